"""Make the program that starts by double-click: ``python build/make_app.py``.

The result is a folder, build/out/dist/ImageSeeker/, that runs where there is no Python.
"""

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from project_file import (
    ARCHIVE_LIMIT_MB,
    BUILT_FOLDER,
    FOLDER_LIMIT_MB,
    OUT,
    ROOT,
    Project,
    read_project,
    size_mb,
)
from windows_version import write_version_file


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the program.

    Args:
        arguments: The command line without the script's name; None takes the process's own.

    Returns:
        Exit code: 0 done, 1 something is missing or the build failed.
    """
    parser = argparse.ArgumentParser("make_app.py", description=main.__doc__)
    parser.add_argument(
        "--archive", action="store_true", help="pack the folder, too, for others to download"
    )
    options = parser.parse_args(arguments)

    project = read_project()
    obstacle = find_obstacle(project)
    if obstacle:
        print(obstacle, file=sys.stderr)
        return 1
    code = run_pyinstaller(project)
    if code:
        print(f"PyInstaller stopped with exit code {code}; see its last lines.", file=sys.stderr)
        return 1
    print(f"{BUILT_FOLDER}: {size_mb(BUILT_FOLDER):.0f} MB (limit {FOLDER_LIMIT_MB} MB)")
    if options.archive:
        archive = pack(BUILT_FOLDER, OUT / archive_name(project))
        print(f"{archive}: {size_mb(archive):.0f} MB (limit {ARCHIVE_LIMIT_MB} MB)")
    return 0


def find_obstacle(project: Project, root: Path = ROOT) -> str | None:
    """Look for what would make the build fail.

    Args:
        project: What pyproject.toml says.
        root: The checkout.

    Returns:
        One plain sentence, or None where nothing is in the way.
    """
    if importlib.util.find_spec("PyInstaller") is None:
        return 'PyInstaller is not installed: run pip install -e ".[dev]" first.'
    try:
        importlib.metadata.version(project.name)
    except importlib.metadata.PackageNotFoundError:
        return f'{project.name} is not installed: run pip install -e ".[dev]" first.'
    missing = project.missing_files(root)
    if missing:
        return f"The program cannot be built without {', '.join(missing)}."
    return None


def run_pyinstaller(project: Project) -> int:
    """Make what the spec expects and run PyInstaller, in place of what an earlier run left.

    Args:
        project: What pyproject.toml says.

    Returns:
        PyInstaller's exit code.
    """
    from app_icons import SUFFIXES, write_icon  # needs Qt, which a bare Python may lack

    work, dist, looks = OUT / "work", BUILT_FOLDER.parent, OUT / "looks"
    for folder in (work, dist, looks):
        shutil.rmtree(folder, ignore_errors=True)
    if sys.platform in SUFFIXES:
        write_icon(looks, sys.platform)
    if sys.platform == "win32":
        write_version_file(looks / "version.txt", project)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--workpath", str(work), "--distpath", str(dist), str(ROOT / "packaging.spec")]
    # Byte code of sets depends on the seed: a fixed one makes two builds comparable.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def archive_name(project: Project) -> str:
    """Name of the packed program for this platform: ZIP on Windows, .tar.xz elsewhere."""
    suffix = ".zip" if sys.platform == "win32" else ".tar.xz"
    return f"ImageSeeker-{project.version}-{sys.platform}-{platform.machine().lower()}{suffix}"


def pack(folder: Path, archive: Path) -> Path:
    """Pack a folder, with its name as the one entry at the top.

    Args:
        folder: What to pack.
        archive: Where to, its ending says how: ``.zip`` or ``.tar.xz``.

    Returns:
        The archive.
    """
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zip_file:
            for path in sorted(folder.rglob("*")):
                zip_file.write(path, path.relative_to(folder.parent))
    else:
        with tarfile.open(archive, "w:xz") as tar_file:
            tar_file.add(folder, folder.name, filter=_owned_by_nobody)  # adds in order of name
    return archive


def _owned_by_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    sys.exit(main())
