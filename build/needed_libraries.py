"""Which of the system's libraries the built program links to, and what Debian calls them."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
}
"""Packages of Debian and Ubuntu, by what a program links to. All other libraries are inside."""

_C_LIBRARY = re.compile(r"(ld-linux[\w-]*|lib(c|m|mvec|dl|rt|pthread|util|resolv))\.so\.\d+")
"""What the package libc6 consists of."""

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)
_C_VERSION = re.compile(r"\bGLIBC_(\d+)\.(\d+)(?:\.\d+)?$", re.MULTILINE)


class UnknownLibraryError(ValueError):
    """The program links to libraries that neither it nor a known package has."""


@dataclass(frozen=True, slots=True)
class Links:
    """What files of the program link to.

    Attributes:
        libraries: Names of shared libraries, such as ``libxcb.so.1``.
        c_version: The oldest C library that has all they ask for, such as (2, 36).
    """

    libraries: frozenset[str]
    c_version: tuple[int, int]


def read_links(text: str) -> Links:
    """Read what ``objdump -p`` printed about some files.

    Args:
        text: Its output.
    """
    versions = [(int(major), int(minor)) for major, minor in _C_VERSION.findall(text)]
    return Links(frozenset(_NEEDED.findall(text)), max(versions, default=(0, 0)))


def links_of(folder: Path) -> Links:
    """What the system has to have for a built program.

    Args:
        folder: The built program, on Linux.

    Raises:
        OSError: objdump, of binutils, is not there.
        subprocess.CalledProcessError: It did not understand a file.
    """
    files = [
        file
        for file in sorted(folder.rglob("*"))
        if not file.is_symlink() and (".so" in file.suffixes or file.name == "image-seeker")
    ]
    output = subprocess.run(
        ["objdump", "-p", *map(str, files)], capture_output=True, text=True, check=True
    ).stdout
    links = read_links(output)
    inside = {file.name for file in folder.rglob("*.so*")}
    return Links(links.libraries - inside, links.c_version)


def debian_packages(links: Links) -> list[str]:
    """What a Debian package is to depend on.

    Args:
        links: What the system has to have.

    Returns:
        In order of name, as in the field ``Depends``.

    Raises:
        UnknownLibraryError: The packages of some libraries are not known. They belong into the
            program, or into the list of this module.
    """
    others = [name for name in links.libraries if not _C_LIBRARY.fullmatch(name)]
    unknown = sorted(name for name in others if name not in _PACKAGES)
    if unknown:
        names = ", ".join(unknown)
        raise UnknownLibraryError(
            f"{names}: linked to, but neither in the program nor in a known package."
        )
    major, minor = links.c_version
    return sorted([f"libc6 (>= {major}.{minor})", *(_PACKAGES[name] for name in others)])
