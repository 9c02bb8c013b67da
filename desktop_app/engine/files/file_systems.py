"""Which file system a path is on, whether that tells of changes, and whether it may vanish."""

import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from desktop_app.engine.paths import is_below

logger = logging.getLogger(__name__)

# The manual of inotify says of network and pseudo file systems that it does not see what others
# change in them. Names as Linux, macOS and the guests of virtual machines give them.
_REMOTE = frozenset(["9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2"]) | {
    *("gfs2", "glusterfs", "gpfs", "lustre", "macfuse", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2"),
    *(
        "osxfuse",
        "prl_fs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
        "webdav",
    ),
}

# Of file systems in user space most are remote too, such as ``fuse.sshfs``; these are disks.
_LOCAL_FUSE = frozenset(["fuse.exfat", "fuse.ntfs", "fuse.ntfs-3g"])


_DEVICES = Path("/sys/class/block")


@dataclass(frozen=True, slots=True)
class FileSystem:
    """A mounted file system.

    Attributes:
        mount_point: Where it is mounted.
        kind: What the system calls it, such as ``ext4``; empty where nothing is known.
        is_remote: Whether its files may change without this system hearing of it.
        device: What it lies on, such as ``/dev/sdb1``; empty where nothing is known.
        is_removable: Whether the table of what is mounted says that it can be taken out.
    """

    mount_point: str
    kind: str
    is_remote: bool
    device: str = ""
    is_removable: bool = False


def mounted(*, disks_only: bool = False) -> list[FileSystem]:
    """Everything that is mounted; nothing where the system does not say.

    Opens none of it, except on Windows.

    Args:
        disks_only: Whether to leave out network shares and what is no disk at all.
    """
    try:
        parts = psutil.disk_partitions(all=not disks_only)
    except (OSError, psutil.Error) as error:  # such as in a sandbox without /proc
        logger.warning("What is mounted cannot be found out: %s", error)
        return []
    return [
        FileSystem(
            part.mountpoint,
            part.fstype,
            _is_remote(part.fstype, part.opts),
            part.device,
            # Windows says so.
            not {"removable", "cdrom"}.isdisjoint(part.opts.split(",")),
        )
        for part in parts
    ]


def file_system_of(path: str, table: Sequence[FileSystem] | None = None) -> FileSystem:
    """The file system that a path is on.

    Args:
        path: Absolute path without links.
        table: What is mounted, as `mounted` says; later entries lie over earlier ones.
    """
    if path.startswith(("\\\\", "//")):  # \\server\share of Windows, which is in no table
        return FileSystem(path, "", is_remote=True)
    holders = [
        one for one in (mounted() if table is None else table) if _is_below(path, one.mount_point)
    ]
    if not holders:
        return FileSystem("", "", is_remote=False)
    longest = max(len(one.mount_point) for one in holders)
    return [one for one in holders if len(one.mount_point) == longest][-1]


def has_remote_below(path: str, table: Sequence[FileSystem]) -> bool:
    """Whether a file system that does not tell of changes is mounted somewhere below a path."""
    return any(
        one.is_remote and one.mount_point != path and _is_below(one.mount_point, path)
        for one in table
    )


def may_vanish(
    path: str, table: Sequence[FileSystem] | None = None, devices: Path = _DEVICES
) -> bool:
    """Whether a path lies on a drive that can be pulled out, or on another computer.

    A disk that is built in counts as staying, even if it is not the system's.

    Args:
        path: Absolute path.
        table: What is mounted, as `mounted` says.
        devices: Where Linux describes disks and their parts.
    """
    found = file_system_of(os.path.realpath(path), table)
    if found.is_remote or found.is_removable:
        return True
    if sys.platform == "darwin":
        return found.mount_point.startswith("/Volumes/")
    return bool(found.device) and _can_be_pulled(
        os.path.basename(os.path.realpath(found.device)), devices
    )


def _can_be_pulled(device: str, devices: Path) -> bool:
    """What Linux says of a disk, a part of one, or what is made of some, such as by encryption."""
    try:
        place = (devices / device).resolve(strict=True)
        below = [one.name for one in place.glob("slaves/*")]
        # Disks behind USB mostly say that they stay, and so do cards in a slot of their own.
        is_removable = any(_says(one / "removable", "1") for one in (place, place.parent))
        is_card = any(_says(one / "device" / "type", "SD") for one in (place, place.parent))
    except OSError:  # no disk of this computer
        return False
    is_usb = any(part.startswith("usb") for part in place.parts)
    return is_removable or is_card or is_usb or any(_can_be_pulled(one, devices) for one in below)


def _says(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text().strip() == text


def _is_remote(kind: str, options: str) -> bool:
    # psutil says "remote" of a network drive of Windows.
    kind = kind.lower()
    is_remote_fuse = kind.startswith("fuse.") and kind not in _LOCAL_FUSE
    return kind in _REMOTE or is_remote_fuse or "remote" in options.split(",")


def _is_below(path: str, folder: str) -> bool:
    return is_below(os.path.normcase(path), os.path.normcase(folder))
