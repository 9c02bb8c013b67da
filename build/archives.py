"""Packs the built program into one file that comes out the same whenever it is packed."""

import lzma
import platform
import sys
import tarfile
import time
import zipfile
from pathlib import Path

from project_file import Project


def archive_name(project: Project) -> str:
    """Name of the packed program for this platform: ZIP on Windows, .tar.xz elsewhere."""
    suffix = ".zip" if sys.platform == "win32" else ".tar.xz"
    return f"ImageSeeker-{project.version}-{sys.platform}-{platform.machine().lower()}{suffix}"


def pack(folder: Path, archive: Path, date: int, level: int = 6) -> Path:
    """Pack a folder, with its name as the one entry at the top.

    Args:
        folder: What to pack.
        archive: Where to, its ending says how: ``.zip`` or ``.tar.xz``.
        date: What all entries are to be dated, in seconds since 1970.
        level: How hard to press, from 0 to 9.

    Returns:
        The archive.
    """
    paths = [folder, *sorted(folder.rglob("*"))]
    archive.unlink(missing_ok=True)
    if archive.suffix == ".zip":
        _pack_zip(paths, folder.parent, archive, date, level)
    else:
        with (
            lzma.open(archive, "wb", preset=level) as stream,
            tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as tar_file,
        ):
            for path in paths:
                entry = tar_file.gettarinfo(path, path.relative_to(folder.parent).as_posix())
                _forget(entry, date)
                if entry.isreg():
                    with path.open("rb") as file:
                        tar_file.addfile(entry, file)
                else:
                    tar_file.addfile(entry)
    return archive


def _forget(entry: tarfile.TarInfo, date: int) -> None:
    """Take away who packed it and when, and what their umask was."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = date
    if entry.issym():
        entry.mode = 0o777
    else:
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644


def _pack_zip(paths: list[Path], top: Path, archive: Path, date: int, level: int) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as zip_file:
        for path in paths:
            if path.is_file():
                name = path.relative_to(top).as_posix()
                entry = zipfile.ZipInfo(name, time.gmtime(date)[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = (0o100755 if path.suffix == ".exe" else 0o100644) << 16
                zip_file.writestr(entry, path.read_bytes(), compresslevel=level)
