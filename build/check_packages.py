"""Check what make_packages.py made for Linux: ``python build/check_packages.py``.

Unpacks every package somewhere else, nothing is installed: compares it with the built program,
starts it, and asks the tools that know the rules for desktop entries, metainfo and packages, where
they are installed.
"""

import argparse
import configparser
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from app_dir import app_dir_name
from archives import archive_name
from compare_builds import Entry, differences, read_build
from debian_package import package_name
from linux_tree import DESKTOP_FILE, ICON_SIDES_PX, LIBRARY, PROGRAMS
from make_packages import PACKAGES
from project_file import BUILT_FOLDER, Project, read_project

_START_LIMIT_S = 120

VALIDATORS = (
    ("usr/share/applications/*.desktop", ("desktop-file-validate",)),
    ("usr/share/metainfo/*.xml", ("appstreamcli", "validate", "--no-net")),
)
"""What knows the rules for some files."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the packages.

    Args:
        arguments: The command line without the script's name; None takes the process's own.

    Returns:
        Exit code: 0 where all is well, 1 where a complaint was printed.
    """
    argparse.ArgumentParser("check_packages.py", description=main.__doc__).parse_args(arguments)
    project = read_project()
    complaints = []
    # People unpack things in folders with such names.
    with tempfile.TemporaryDirectory(prefix="é à ") as scratch:
        for number, (package, unpack) in enumerate(
            (
                (archive_name(project), unpack_archive),
                (package_name(project), unpack_debian_package),
                (app_dir_name(project), link_app_dir),
            )
        ):
            if not (PACKAGES / package).exists():
                complaints.append(f"{package} is missing: run python build/make_packages.py first.")
                continue
            place = Path(scratch) / str(number)
            found = list(unpack(PACKAGES / package, place, project))
            print(f"{package}: {'; '.join(found) or 'all is well'}")
            complaints += [f"{package}: {complaint}" for complaint in found]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


def unpack_archive(package: Path, place: Path, project: Project) -> Iterator[str]:
    """Unpack a .tar.xz and check it.

    Args:
        package: The archive.
        place: Folder to unpack it into.
        project: What pyproject.toml says.

    Yields:
        A sentence for each thing that is wrong.
    """
    with tarfile.open(package) as file:
        file.extractall(place, filter="tar")
    yield from _compared(place / "ImageSeeker")
    for name in PROGRAMS.values():
        yield from _started(place / "ImageSeeker" / name, project)


def unpack_debian_package(package: Path, place: Path, project: Project) -> Iterator[str]:
    """Unpack a .deb without installing it and check it.

    Args:
        package: The package.
        place: Folder to unpack it into.
        project: What pyproject.toml says.

    Yields:
        A sentence for each thing that is wrong.
    """
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(place)], check=True)
    sums = subprocess.run(
        ["md5sum", "--check", "--quiet", "DEBIAN/md5sums"],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    if sums.returncode:
        yield f"its sums are wrong: {sums.stdout.strip()}"
    yield from check_tree(place, project)
    if shutil.which("lintian"):
        yield from _asked(["lintian", "--allow-root", "--fail-on=error,warning", str(package)])


def link_app_dir(package: Path, place: Path, project: Project) -> Iterator[str]:
    """Check an AppDir, called by another name, as an AppImage mounts it.

    Args:
        package: The folder.
        place: Where to put a link to it.
        project: What pyproject.toml says.

    Yields:
        A sentence for each thing that is wrong.
    """
    place.symlink_to(package)
    for name in ("AppRun", DESKTOP_FILE.name, "image-seeker.png", ".DirIcon"):
        if not (place / name).is_file():
            yield f"{name} is missing or leads nowhere."
    yield from check_tree(place, project)
    yield from _started(place / "AppRun", project)


def check_tree(root: Path, project: Project) -> Iterator[str]:
    """Check the program as it lies on a Linux system.

    Args:
        root: Stands for ``/``.
        project: What pyproject.toml says.

    Yields:
        A sentence for each thing that is wrong.
    """
    yield from _compared(root / LIBRARY)
    yield from _desktop_entry(root)
    for name in PROGRAMS:
        yield from _started(root / "usr" / "bin" / name, project)
    for pattern, command in VALIDATORS:
        if shutil.which(command[0]):
            for file in root.glob(pattern):
                yield from _asked([*command, str(file)])


def _desktop_entry(root: Path) -> Iterator[str]:
    entry = configparser.RawConfigParser(delimiters="=", strict=True)
    entry.read(root / "usr" / "share" / "applications" / DESKTOP_FILE.name, "utf-8")
    keys = entry["Desktop Entry"]
    for command in (keys["Exec"].split()[0], keys["TryExec"]):
        if not (root / "usr" / "bin" / command).is_file():
            yield f"the entry for menus starts {command}, which is not there."
    icons = root / "usr" / "share" / "icons" / "hicolor"
    drawn = [f"{side_px}x{side_px}/apps/{keys['Icon']}.png" for side_px in ICON_SIDES_PX]
    for icon in (*drawn, f"scalable/apps/{keys['Icon']}.svg"):
        if not (icons / icon).is_file():
            yield f"the icon {icon} is missing."


def _compared(folder: Path) -> Iterator[str]:
    built, unpacked = (_without_folder_dates(read_build(each)) for each in (BUILT_FOLDER, folder))
    for line in differences(built, unpacked):
        yield f"it is not what was built: {line}"


def _without_folder_dates(build: dict[str, Entry]) -> dict[str, Entry]:
    # dpkg-deb unpacks links last, which gives their folders a new date.
    return {
        path: replace(entry, date=0) if entry.kind == "folder" else entry
        for path, entry in build.items()
    }


def _started(program: Path, project: Project) -> Iterator[str]:
    command = [str(program), "--version"]
    try:
        result = subprocess.run(
            command,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=_START_LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        yield f"{program.name} does not start: {error}"
        return
    said = result.stdout.strip()
    if said != f"{project.name} {project.version}":
        yield f"{program.name} --version says {said or result.stderr.strip()!r}."


def _asked(command: Sequence[str]) -> Iterator[str]:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        yield f"{command[0]} says: {(result.stdout + result.stderr).strip()}"


if __name__ == "__main__":
    sys.exit(main())
