"""Make the program that starts by double-click: ``python build/make_app.py``.

The result is a folder, build/out/dist/ImageSeeker/, that runs where there is no Python.
"""

import argparse
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from finishing import finish
from project_file import (
    BUILT_FOLDER,
    FOLDER_LIMIT_MB,
    OUT,
    ROOT,
    Project,
    read_project,
    size_mb,
)
from source_date import VARIABLE, source_date
from windows_version import write_version_file


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the program.

    Args:
        arguments: The command line without the script's name; None takes the process's own.

    Returns:
        Exit code: 0 done, 1 something is missing or the build failed.
    """
    argparse.ArgumentParser("make_app.py", description=main.__doc__).parse_args(arguments)
    project = read_project()
    obstacle = find_obstacle(project)
    if obstacle:
        print(obstacle, file=sys.stderr)
        return 1
    date = source_date()
    code = run_pyinstaller(project, date)
    if code:
        print(f"PyInstaller stopped with exit code {code}; see its last lines.", file=sys.stderr)
        return 1
    finish(BUILT_FOLDER, date)
    print(f"{BUILT_FOLDER}: {size_mb(BUILT_FOLDER):.0f} MB (limit {FOLDER_LIMIT_MB} MB)")
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


def run_pyinstaller(project: Project, date: int) -> int:
    """Make what the spec expects and run PyInstaller, in place of what an earlier run left.

    Args:
        project: What pyproject.toml says.
        date: What the build is dated, in seconds since 1970.

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
    # Byte code of sets depends on the seed, and some files carry a date: with both fixed, two
    # builds of a commit come out the same.
    environment = {**os.environ, "PYTHONHASHSEED": "0", VARIABLE: str(date)}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
