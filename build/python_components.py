"""What the metadata of Python distributions says: licence, texts, home, and what is compiled in."""

import importlib.metadata
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from component import Component, LicenceText
from licence_terms import TABLES, LicenceError, is_expression

_CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
"""Those that can mean one licence only; "BSD License", for one, can mean several."""

_TEXT_NAMES = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is known of a distribution beyond its metadata.

    Attributes:
        licence: An SPDX expression.
        because: Where the licence stands.
        texts: Files of the distribution that have to travel with it, with slashes.
    """

    licence: str
    because: str
    texts: tuple[str, ...]


def read_statements(table: Path = TABLES / "python.toml") -> dict[str, Statement]:
    """Read the table of distributions whose metadata leaves something open.

    Args:
        table: The file.

    Returns:
        By name, as PyPI writes it in addresses.
    """
    with table.open("rb") as file:
        entries = tomllib.load(file)["distribution"]
    return {
        name: Statement(entry["licence"], entry["because"], tuple(entry.get("texts", ())))
        for name, entry in entries.items()
    }


def python_component(
    distribution: importlib.metadata.Distribution, statements: dict[str, Statement]
) -> Component:
    """Describe a distribution, without its files.

    Args:
        distribution: As it is installed.
        statements: What is known beyond its metadata.

    Raises:
        LicenceError: If nobody says its licence in words of SPDX.
    """
    name, version = distribution.metadata["Name"], distribution.version
    key = re.sub(r"[-_.]+", "-", name).lower()
    statement = statements.get(key)
    licence = statement.licence if statement else _stated_licence(distribution)
    if not licence:
        raise LicenceError(
            f"the metadata of {name} says no licence in words of SPDX: look it up and write it "
            "into build/licences/python.toml"
        )
    return Component(
        name=name,
        version=version,
        licence=licence,
        because=statement.because if statement else "its metadata",
        origin=f"PyPI: {name} {version}",
        website=_website(distribution),
        purl=f"pkg:pypi/{key}@{version}",
        texts=_texts(distribution, statement.texts if statement else ()),
        parts=_crates(distribution),
    )


def _stated_licence(distribution: importlib.metadata.Distribution) -> str:
    for field in ("License-Expression", "License"):
        stated = _field(distribution, field).strip()
        if stated and is_expression(stated):
            return stated
    classifiers = distribution.metadata.get_all("Classifier") or []
    stated_there = [each for each in classifiers if each.startswith("License :: OSI Approved :: ")]
    return _CLASSIFIERS.get(stated_there[0], "") if len(stated_there) == 1 else ""


def _field(distribution: importlib.metadata.Distribution, name: str) -> str:
    """A field of the metadata that is there once at most."""
    return str((distribution.metadata.get_all(name) or [""])[0])


def _website(distribution: importlib.metadata.Distribution) -> str:
    home = _field(distribution, "Home-page")
    if home.startswith("http"):
        return home
    for entry in distribution.metadata.get_all("Project-URL") or []:
        address = str(entry).partition(",")[2].strip()
        if address.startswith("http"):
            return address
    return ""


def _texts(
    distribution: importlib.metadata.Distribution, more: tuple[str, ...]
) -> tuple[LicenceText, ...]:
    found = {}
    for file in distribution.files or ():
        path = PurePosixPath(file.as_posix())
        in_metadata = path.parts[0].endswith(".dist-info")
        is_text = "licenses" in path.parts[1:2] or (
            len(path.parts) == 2 and _TEXT_NAMES.match(path.name)
        )
        if (in_metadata and is_text) or path.as_posix() in more:
            title = path.relative_to(path.parts[0]).as_posix().removeprefix("licenses/")
            text = Path(str(distribution.locate_file(file))).read_text("utf-8", errors="replace")
            found[title] = LicenceText(title, text)
    missing = {PurePosixPath(each).name for each in more} - {PurePosixPath(t).name for t in found}
    if missing:
        name = distribution.metadata["Name"]
        raise LicenceError(f"{name} has no {', '.join(sorted(missing))} any more")
    return tuple(found[title] for title in sorted(found))


def embedded_sboms(distribution: importlib.metadata.Distribution) -> list[dict[str, object]]:
    """The components that a wheel says it has inside (PEP 770), as CycloneDX describes them.

    Args:
        distribution: As it is installed.
    """
    components: list[dict[str, object]] = []
    for file in distribution.files or ():
        if ".dist-info/sboms/" in file.as_posix() and file.name.endswith(".json"):
            sbom = json.loads(Path(str(distribution.locate_file(file))).read_text("utf-8"))
            components += sbom.get("components", [])
    return components


def _crates(distribution: importlib.metadata.Distribution) -> tuple[Component, ...]:
    """The Rust crates compiled into a wheel; what only built it is not inside."""
    crates = []
    for entry in embedded_sboms(distribution):
        purl = str(entry.get("purl", ""))
        if not purl.startswith("pkg:cargo/") or entry.get("scope") == "excluded":
            continue
        crates.append(
            Component(
                name=str(entry["name"]),
                version=str(entry.get("version", "")),
                licence=_licence_in_sbom(entry),
                because=f"the list of parts in {distribution.metadata['Name']}",
                origin=f"compiled into {distribution.metadata['Name']}",
                website=f"https://crates.io/crates/{entry['name']}",
                purl=purl.partition("?")[0],
                copyright=f"Copyright {entry['author']}" if entry.get("author") else "",
            )
        )
    return tuple(crates)


def _licence_in_sbom(entry: dict[str, object]) -> str:
    licences = entry.get("licenses", [])
    stated = []
    for each in licences if isinstance(licences, list) else []:
        inner = each.get("license", {})
        stated.append(each.get("expression") or inner.get("id") or inner.get("name") or "")
    return " AND ".join(f"({one})" if len(stated) > 1 else one for one in stated)
