"""What is known of the things that the built program consists of: licence, version, texts."""

import platform
import sys
import sysconfig
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from component import Component, LicenceText
from file_owners import PYTHON, FileOwners, Owner
from licence_terms import TABLES
from native_libraries import NativeLibrary
from project_file import ROOT, Project
from python_components import embedded_sboms

_DOCUMENTS = Path("/usr/share/doc")


@dataclass(frozen=True, slots=True)
class OwnPart:
    """Something in the checkout that comes from elsewhere or has terms of its own.

    Attributes:
        name: What it is called.
        files: Patterns of its files, by path in the checkout.
        licence: An SPDX expression.
        website: Where it is at home.
        copyright: Its copyright line.
        texts: Files of the checkout that have to travel with it.
    """

    name: str
    files: tuple[str, ...]
    licence: str
    website: str
    copyright: str
    texts: tuple[str, ...]


def read_own_parts(table: Path = TABLES / "python.toml") -> list[OwnPart]:
    """Read what the table says of them.

    Args:
        table: The file.
    """
    with table.open("rb") as file:
        entries = tomllib.load(file)["own"]
    return [
        OwnPart(
            name=entry["name"],
            files=tuple(entry["files"]),
            licence=entry["licence"],
            website=entry["website"],
            copyright=entry["copyright"],
            texts=tuple(entry["texts"]),
        )
        for entry in entries
    ]


def the_program(project: Project) -> Component:
    """This program itself.

    Args:
        project: What pyproject.toml says.
    """
    return Component(
        name="Image Seeker",
        version=project.version,
        licence=project.licence,
        because="its LICENSE",
        origin="this project",
        texts=(LicenceText("LICENSE", (ROOT / "LICENSE").read_text("utf-8")),),
    )


def own_component(part: OwnPart) -> Component:
    """Describe a part of the checkout that has terms of its own.

    Args:
        part: Which.
    """
    return Component(
        name=part.name,
        version="",
        licence=part.licence,
        because="its licence in the checkout",
        origin="this project",
        website=part.website,
        copyright=part.copyright,
        texts=tuple(
            LicenceText(Path(text).name, (ROOT / text).read_text("utf-8")) for text in part.texts
        ),
    )


def library_component(library: NativeLibrary, owner: Owner | None, owners: FileOwners) -> Component:
    """Describe a native library, without its files.

    Args:
        library: What the table says of it.
        owner: Whence its file came; None where nobody knows.
        owners: Knows the distributions.
    """
    version, purl = "", ""
    texts: tuple[LicenceText, ...] = ()
    if owner and owner.kind == "system":
        version = owner.version
        system = platform.freedesktop_os_release().get("ID", "linux")
        purl = f"pkg:deb/{system}/{owner.name}@{version}"
        document = _DOCUMENTS / owner.name / "copyright"
        if document.is_file():
            texts = (LicenceText("copyright", document.read_text("utf-8", errors="replace")),)
    elif owner and owner.kind == "wheel":
        distribution = owners.distributions[owner.name.lower()]
        version = _version_in_sbom(library.name, embedded_sboms(distribution))
    return Component(
        name=library.name,
        version=version,
        licence=library.licence,
        because=library.because,
        origin=owner.words if owner else "the building computer",
        website=library.website,
        purl=purl,
        copyright=library.copyright,
        texts=texts,
    )


def compiled_in(library: NativeLibrary, around: Component) -> Component:
    """Describe a native library that is compiled into something.

    Args:
        library: What the table says of it.
        around: Into what.
    """
    return Component(
        name=library.name,
        version="",
        licence=library.licence,
        because=library.because,
        origin=f"compiled into {around.full_name}",
        website=library.website,
        copyright=library.copyright,
    )


def _version_in_sbom(name: str, components: Iterable[dict[str, object]]) -> str:
    """The version that a wheel says of a library, such as ``1.4.2`` of ``libavif``."""
    wanted = name.lower()
    for entry in components:
        spellings = [part.strip() for part in str(entry.get("name", "")).lower().split("/")]
        if any(each == wanted or each.startswith(f"{wanted} ") for each in spellings):
            return str(entry.get("version") or "")
    return ""


def python_itself() -> Component:
    """The Python that runs the program."""
    stdlib = Path(sysconfig.get_path("stdlib"))
    major, minor = sys.version_info[:2]
    places = [stdlib / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"]
    packages = (f"libpython{major}.{minor}", f"python{major}.{minor}")
    places += [_DOCUMENTS / package / "copyright" for package in packages]
    place = next((each for each in places if each.is_file()), None)
    texts = (LicenceText(place.name, place.read_text("utf-8", errors="replace")),) if place else ()
    return Component(
        name="Python",
        version=PYTHON.version,
        licence="PSF-2.0",
        because="its LICENSE",
        origin="Python's own installation",
        website="https://www.python.org",
        copyright="Copyright (c) 2001 Python Software Foundation. All rights reserved.",
        texts=texts,
    )
