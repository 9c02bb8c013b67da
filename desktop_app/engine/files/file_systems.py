"""Which file system a path is on, and whether that tells of changes."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class FileSystem:
    """A mounted file system.

    Attributes:
        mount_point: Where it is mounted.
        kind: What the system calls it, such as ``ext4``; empty where nothing is known.
        is_remote: Whether its files may change without this system hearing of it.
    """

    mount_point: str
    kind: str
    is_remote: bool


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
        FileSystem(part.mountpoint, part.fstype, _is_remote(part.fstype, part.opts))
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


def _is_remote(kind: str, options: str) -> bool:
    # psutil says "remote" of a network drive of Windows.
    kind = kind.lower()
    is_remote_fuse = kind.startswith("fuse.") and kind not in _LOCAL_FUSE
    return kind in _REMOTE or is_remote_fuse or "remote" in options.split(",")


def _is_below(path: str, folder: str) -> bool:
    return is_below(os.path.normcase(path), os.path.normcase(folder))
