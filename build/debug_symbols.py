"""Strips from shared libraries what only a debugger reads, and proves that nothing else changed."""

import shutil
import subprocess
from pathlib import Path

from elf_image import NotElfError, read_image


def strip_folder(folder: Path) -> int:
    """Strip every shared library in a folder that stays the same for all who run it.

    Programs that PyInstaller made are left alone: what they carry lies where strip would drop it.

    Args:
        folder: The built program, on Linux.

    Returns:
        Bytes saved.

    Raises:
        OSError: strip, of binutils, is not there.
    """
    files = sorted(folder.rglob("*.so*"))
    return sum(strip_library(file) for file in files if not file.is_symlink() and file.is_file())


def strip_library(file: Path) -> int:
    """Strip a shared library, unless more than what debuggers read would change.

    Libraries that were edited when their wheel was made can come out of strip with segments that
    no system loads; these stay as they were.

    Args:
        file: The library; replaced at once or not at all.

    Returns:
        Bytes saved; 0 where it was left alone.

    Raises:
        OSError: strip, of binutils, is not there.
    """
    stripped = file.with_name(f"{file.name}.stripped")
    command = ["strip", "--strip-unneeded", "-o", str(stripped), str(file)]
    try:
        subprocess.run(command, check=True, capture_output=True)
        if read_image(stripped) != read_image(file):
            return 0
        saved = file.stat().st_size - stripped.stat().st_size
        if saved <= 0:
            return 0
        shutil.copymode(file, stripped)
        stripped.replace(file)
    except (NotElfError, subprocess.CalledProcessError):
        return 0
    else:
        return saved
    finally:
        stripped.unlink(missing_ok=True)
