"""Make what people download: ``python build/make_packages.py``.

Builds the program and packs it as the system that this runs on knows it: on Linux as .tar.xz, .deb
and AppDir, on Windows as .zip and installer, on macOS as .dmg. All of it lies in
build/out/packages/.
"""

import argparse
import hashlib
import shutil
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import make_app
from archives import archive_name, pack
from project_file import ARCHIVE_LIMIT_MB, BUILT_FOLDER, OUT, Project, read_project, size_mb

PACKAGES = OUT / "packages"
SUMS = "SHA256SUMS"
_LEVEL = 6
_FAST_LEVEL = 0

Maker = Callable[[], Path | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the packages of this system.

    Args:
        arguments: The command line without the script's name; None takes the process's own.

    Returns:
        Exit code: 0 done, 1 something is missing, the build failed or a package is too large.
    """
    parser = argparse.ArgumentParser("make_packages.py", description=main.__doc__)
    parser.add_argument(
        "--no-build", action="store_true", help="pack what make_app.py has built before"
    )
    parser.add_argument(
        "--fast", action="store_true", help="hardly press it: for trying, not for handing out"
    )
    options = parser.parse_args(arguments)
    if not options.no_build and make_app.main([]):
        return 1
    if not BUILT_FOLDER.is_dir():
        print(f"{BUILT_FOLDER} is not there: leave out --no-build.", file=sys.stderr)
        return 1
    shutil.rmtree(PACKAGES, ignore_errors=True)
    PACKAGES.mkdir(parents=True)
    date = int(BUILT_FOLDER.stat().st_mtime)  # which the build has set, maybe of another commit
    makers = makers_for(sys.platform, read_project(), date, fast=options.fast)
    # Pressing takes most of the time, and one core each.
    with ThreadPoolExecutor() as pool:
        made = [package for package in pool.map(lambda make: make(), makers) if package]
    for package in made:
        print(f"{package}: {size_mb(package):.0f} MB")
    (PACKAGES / SUMS).write_text(sums_text(made), "utf-8")
    too_large = [] if options.fast else oversized(made)
    for package in too_large:
        print(f"{package.name} is over the limit of {ARCHIVE_LIMIT_MB} MB.", file=sys.stderr)
    return 1 if too_large else 0


def makers_for(platform: str, project: Project, date: int, *, fast: bool = False) -> list[Maker]:
    """What makes the packages of a system.

    Args:
        platform: As `sys.platform`.
        project: What pyproject.toml says.
        date: What the build is dated, in seconds since 1970.
        fast: Whether the packages may be larger.

    Returns:
        Functions without arguments that make a package each, or say why there is none.
    """
    level = _FAST_LEVEL if fast else _LEVEL

    def archive() -> Path:
        return pack(BUILT_FOLDER, PACKAGES / archive_name(project), date, level)

    def debian_package() -> Path | None:
        from debian_package import make_debian_package

        if shutil.which("dpkg-deb") is None:
            print("No .deb: dpkg-deb is not installed.")
            return None
        return make_debian_package(BUILT_FOLDER, PACKAGES, project, date, level)

    def app_dir() -> Path:
        from app_dir import make_app_dir

        return make_app_dir(BUILT_FOLDER, PACKAGES, project, date)

    def installer() -> Path | None:
        from windows_installer import make_installer

        icon = OUT / "looks" / "image-seeker.ico"
        made = make_installer(BUILT_FOLDER, icon, PACKAGES, project)
        if made is None:
            print("No installer: Inno Setup 6 is not installed.")
        return made

    def disk_image() -> Path:
        from mac_image import make_disk_image

        return make_disk_image(BUILT_FOLDER.with_name("ImageSeeker.app"), PACKAGES, project)

    if platform == "win32":
        return [archive, installer]
    if platform == "darwin":
        return [disk_image]
    return [archive, debian_package, app_dir]


def oversized(packages: Sequence[Path], limit_mb: float = ARCHIVE_LIMIT_MB) -> list[Path]:
    """Those packages that are larger than they may be. An AppDir is not packed yet.

    Args:
        packages: What was made.
        limit_mb: The size that a package may have.
    """
    return [package for package in packages if package.is_file() and size_mb(package) > limit_mb]


def sums_text(packages: Sequence[Path]) -> str:
    """Lines for ``sha256sum --check``.

    Args:
        packages: What was made; folders are passed over.
    """
    lines = []
    for package in sorted(packages):
        if package.is_file():
            with package.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {package.name}\n")
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
