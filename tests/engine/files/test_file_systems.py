"""Which file system a path is on."""

import sys
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from desktop_app.engine.files.file_systems import (
    FileSystem,
    file_system_of,
    has_remote_below,
    may_vanish,
    mounted,
)


class Part(NamedTuple):
    """As psutil describes a mount."""

    device: str
    mountpoint: str
    fstype: str
    opts: str


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> list[FileSystem]:
    parts = [
        Part("/dev/sda", "/", "ext4", "rw"),
        Part("nas:/photos", "/home/me/nas", "nfs4", "rw"),
        Part("/dev/sdb", "/home/me/nas/local", "fuseblk", "rw"),
        Part("me@host:", "/mnt/host", "fuse.sshfs", "rw"),
        Part("/dev/sdc", "/mnt/stick", "fuse.exfat", "rw"),
        Part("/dev/sdd", "/mnt/twice", "cifs", "rw"),
        Part("/dev/sdd", "/mnt/twice", "vfat", "rw"),
        Part("Z:", "/mnt/z", "NTFS", "rw,remote"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: parts if all else [])
    return mounted()


@pytest.mark.parametrize(
    ("path", "kind", "is_remote"),
    [
        ("/home/me/pictures", "ext4", False),
        ("/home/me/nas", "nfs4", True),
        ("/home/me/nas/2024", "nfs4", True),
        ("/home/me/nas2", "ext4", False),
        ("/home/me/nas/local/a", "fuseblk", False),
        ("/mnt/host/a", "fuse.sshfs", True),
        ("/mnt/stick", "fuse.exfat", False),
        ("/mnt/twice/a", "vfat", False),
        ("/mnt/z/a", "NTFS", True),
        ("//server/share/a", "", True),
    ],
)
def test_the_longest_mount_point_counts(
    table: list[FileSystem], path: str, kind: str, is_remote: bool
) -> None:
    found = file_system_of(path, table)
    assert (found.kind, found.is_remote) == (kind, is_remote)
    assert file_system_of(path) == found


def test_a_network_drive_below_a_folder_is_noticed(table: list[FileSystem]) -> None:
    assert has_remote_below("/home/me", table)
    assert not has_remote_below("/home/me/nas/local", table)
    assert not has_remote_below("/home/me/nas", table)
    assert not has_remote_below("/home/you", table)


def test_what_is_mounted_here_is_known() -> None:
    assert mounted()
    assert file_system_of("/").mount_point


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), psutil.AccessDenied()])
def test_where_the_system_does_not_say_everything_is_taken_for_a_disk(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(**_: object) -> None:
        raise error

    monkeypatch.setattr(psutil, "disk_partitions", refuse)
    assert mounted() == []
    assert not file_system_of("/home/me").is_remote


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """As Linux describes disks: one built in, two that are not, and encryption over one of them."""
    real, links = tmp_path / "devices", tmp_path / "block"
    links.mkdir()
    for place, removable, kind in (
        ("pci0/ata1/host0/block/sda", 0, ""),
        ("pci0/usb2/2-1/host6/block/sdb", 0, ""),
        ("pci0/ata2/host1/block/sdc", 1, ""),
        ("pci0/mmc0/block/mmcblk0", 0, "SD"),
        ("pci0/mmc1/block/mmcblk1", 0, "MMC"),
        ("virtual/block/dm-0", 0, ""),
        ("virtual/block/dm-1", 0, ""),
    ):
        disk = real / place
        disk.mkdir(parents=True)
        (disk / "removable").write_text(f"{removable}\n")
        (links / disk.name).symlink_to(disk)
        if kind:
            (disk / "device").mkdir()
            (disk / "device" / "type").write_text(f"{kind}\n")
        part = disk / f"{disk.name}{'p' * disk.name.startswith('mmc')}1"
        part.mkdir()
        (links / part.name).symlink_to(part)
    for over, below in (("dm-0", "sda1"), ("dm-1", "sdb1")):
        (real / "virtual/block" / over / "slaves").mkdir()
        (real / "virtual/block" / over / "slaves" / below).symlink_to(links / below)
    return links


@pytest.mark.skipif(sys.platform != "linux", reason="as Linux describes disks")
@pytest.mark.parametrize(
    ("device", "vanishes"),
    [
        *(("sda", False), ("sda1", False), ("sdb", True), ("sdb1", True), ("sdc1", True)),
        *(("mmcblk0p1", True), ("mmcblk1p1", False), ("dm-0", False), ("dm-1", True)),
        *(("tmpfs", False), ("", False)),
    ],
)
def test_disks_that_can_be_pulled_out(devices: Path, device: str, vanishes: bool) -> None:
    table = [FileSystem("/", "ext4", False), FileSystem("/data", "ext4", False, f"/dev/{device}")]
    assert may_vanish("/data/image-seeker", table, devices) is vanishes
    assert not may_vanish("/home/me", table, devices)


def test_other_computers_and_what_the_system_calls_removable_may_vanish() -> None:
    table = [
        FileSystem("/", "ext4", False),
        FileSystem("/nas", "nfs", True),
        FileSystem("/stick", "FAT32", False, "E:\\", is_removable=True),
    ]
    assert may_vanish("/nas/a", table)
    assert may_vanish("/stick/a", table)


def test_windows_says_what_can_be_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [Part("E:\\", "/e", "FAT32", "rw,removable"), Part("D:\\", "/d", "NTFS", "rw,fixed")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: parts)
    assert [one.is_removable for one in mounted()] == [True, False]
