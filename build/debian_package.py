"""Makes the package for Debian, Ubuntu and their relatives."""

import hashlib
import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from linux_tree import install_tree, write_gzip
from needed_libraries import debian_packages, links_of
from project_file import ROOT, Project
from source_date import VARIABLE

MAINTAINER = "The Image Seeker authors <authors@imageseeker.invalid>"
"""Packages must name one who can be written to; this address says that there is none."""

_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_DESCRIPTION = """\
 Add a folder, type what a picture shows, such as "two dogs in the snow", and
 see the pictures that show it. Or drop a picture on the window to find others
 like it.
 .
 Everything is computed on this computer, and the program goes online only
 when it is asked to. A small model is built in.
"""
_OVERRIDES = ROOT / "build" / "linux" / "lintian-overrides"


def package_name(project: Project) -> str:
    """File name of the package for this machine, as Debian's archive would call it."""
    return f"{project.name}_{debian_version(project.version)}_{_architecture()}.deb"


def debian_version(version: str) -> str:
    """A Python version as Debian sorts it: ``1.2rc1`` is older than ``1.2``.

    Args:
        version: In the normal form of PEP 440, without local part.
    """
    for sign in ("a", "b", "rc", ".dev"):
        version = version.replace(sign, f"~{sign.strip('.')}", 1) if sign in version else version
    return version


def make_debian_package(
    folder: Path, target: Path, project: Project, date: int, level: int = 6
) -> Path:
    """Make the package.

    Args:
        folder: The built program.
        target: Folder to put the package into.
        project: What pyproject.toml says.
        date: What the build is dated, in seconds since 1970.
        level: How hard to press, from 0 to 9.

    Returns:
        The package.

    Raises:
        OSError: dpkg-deb or objdump is not there.
        subprocess.CalledProcessError: dpkg-deb refused.
        UnknownLibraryError: It is not known which package has a library of the system.
    """
    root = target / "debian"
    shutil.rmtree(root, ignore_errors=True)
    install_tree(folder, root, project, date)
    _write_documents(root / "usr" / "share" / "doc" / project.name, project, date)
    overrides = root / "usr" / "share" / "lintian" / "overrides" / project.name
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(_OVERRIDES, overrides)
    control = root / "DEBIAN"
    control.mkdir()
    depends = debian_packages(links_of(folder))
    (control / "control").write_text(control_text(project, depends, _installed_kib(root)), "utf-8")
    (control / "md5sums").write_text(_md5sums(root), "utf-8")
    _plain_permissions(root)
    package = target / package_name(project)
    subprocess.run(
        [
            "dpkg-deb",
            "--root-owner-group",
            "-Zxz",
            f"-z{level}",
            "--build",
            str(root),
            str(package),
        ],
        env={**os.environ, VARIABLE: str(date)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(root)
    return package


def control_text(project: Project, depends: list[str], installed_kib: int) -> str:
    """What dpkg is told about the package.

    Args:
        project: What pyproject.toml says.
        depends: Packages that it needs.
        installed_kib: Room that it takes, in units of 1024 bytes.
    """
    return f"""\
Package: {project.name}
Version: {debian_version(project.version)}
Section: graphics
Priority: optional
Architecture: {_architecture()}
Maintainer: {MAINTAINER}
Installed-Size: {installed_kib}
Depends: {", ".join(depends)}
Recommends: hicolor-icon-theme, xdg-utils
Description: {project.description[0].lower()}{project.description[1:]}
{_DESCRIPTION}"""


def _architecture() -> str:
    machine = platform.machine()
    return _ARCHITECTURES.get(machine, machine)


def _write_documents(folder: Path, project: Project, date: int) -> None:
    """The two files that each package has: whose it is, and what changed."""
    folder.mkdir(parents=True)
    licences = [
        ("*", ROOT / "LICENSE"),
        (
            "usr/lib/image-seeker/_internal/desktop_app/resources/models/*",
            ROOT / "models" / "starter" / "LICENSE",
        ),
    ]
    text = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
    text += "Upstream-Name: Image Seeker\n"
    text += "Comment: The libraries inside have licences of their own, which lie beside them.\n"
    for files, licence in licences:
        body = "".join(
            f" {line.strip() or '.'}\n" for line in licence.read_text("utf-8").splitlines()
        )
        text += f"\nFiles: {files}\nCopyright: 2026 The Image Seeker authors\nLicense: MIT\n{body}"
    (folder / "copyright").write_text(text, "utf-8")
    day = format_datetime(datetime.fromtimestamp(date, UTC))
    version = debian_version(project.version)
    write_gzip(
        folder / "changelog.gz",
        f"{project.name} ({version}) stable; urgency=medium\n\n"
        f"  * Version {project.version}: CHANGELOG.md in the source says what is new.\n\n"
        f" -- {MAINTAINER}  {day}\n",
    )


def _installed_kib(root: Path) -> int:
    """Room as dpkg-gencontrol counts it: whole units of 1024 bytes a file, one for all else."""
    return sum(
        -(-path.lstat().st_size // 1024) if path.is_file() and not path.is_symlink() else 1
        for path in root.rglob("*")
    )


def _md5sums(root: Path) -> str:
    files = sorted(
        path for path in (root / "usr").rglob("*") if path.is_file() and not path.is_symlink()
    )
    sums = (
        (hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest(), path) for path in files
    )
    return "".join(f"{digest}  {path.relative_to(root).as_posix()}\n" for digest, path in sums)


def _plain_permissions(root: Path) -> None:
    """Whatever the umask of who builds: all may read, the owner may write, programs may run."""
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
