"""Which file system a path is on."""

from typing import NamedTuple

import psutil
import pytest

from desktop_app.engine.files.file_systems import (
    FileSystem,
    file_system_of,
    has_remote_below,
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
