"""The last steps on a built folder: smaller, and the same whenever it is built."""

import os
import sys
from pathlib import Path

from debug_symbols import strip_folder
from search_paths import forget_search_paths

_MAY_RUN = 0o755
_MAY_BE_READ = 0o644


def finish(folder: Path, date: int, platform: str = sys.platform) -> None:
    """Finish what PyInstaller built.

    Args:
        folder: The built program.
        date: What all files are to be dated, in seconds since 1970.
        platform: As `sys.platform`.

    Raises:
        OSError: A file cannot be changed, or binutils is missing on Linux.
    """
    if platform.startswith("linux"):
        (folder / "ImageSeeker").symlink_to("image-seeker")
        saved = strip_folder(folder)
        forget_search_paths(folder)
        print(f"stripped: {saved / 1e6:.0f} MB saved")
    if platform != "win32":
        _set_permissions(folder)
    for path in (*folder.rglob("*"), folder):
        if platform == "win32" or not path.is_symlink():
            os.utime(path, (date, date))


def _set_permissions(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        if not path.is_symlink():
            is_library = {".so", ".dylib"} & set(path.suffixes)
            runs = path.is_dir() or (path.stat().st_mode & 0o100 and not is_library)
            path.chmod(_MAY_RUN if runs else _MAY_BE_READ)
