"""The plan of the house, as import-linter's contracts in ``pyproject.toml`` have it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = "desktop_app"
ENGINE = f"{PROGRAM}.engine"
WINDOW = f"{PROGRAM}.ui"


@dataclass(frozen=True, slots=True)
class Door:
    """A library that one place of a room alone may import.

    Attributes:
        module: The module of the room; empty where all of them may.
        libraries: What it imports.
    """

    module: str
    libraries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """A folder or a module.

    Attributes:
        name: Its last name.
        is_folder: Whether it holds modules.
        package: What it is in, by its full name.
        doors: What it alone may import.
    """

    name: str
    is_folder: bool
    package: str
    doors: tuple[Door, ...] = ()


Floors = Sequence[Sequence[Room]]
"""From the top: a room may import those on floors below it, and none on its own."""


def read_contracts(project: Path = ROOT / "pyproject.toml") -> list[dict[str, Any]]:
    """The contracts, as they are written."""
    tools = tomllib.loads(project.read_text("utf-8"))["tool"]
    contracts: list[dict[str, Any]] = tools["importlinter"]["contracts"]
    return contracts


def floors_of(contracts: Sequence[Mapping[str, Any]], package: str) -> Floors:
    """The floors inside a package.

    Raises:
        KeyError: If no contract says how they lie.
    """
    for contract in contracts:
        if contract["type"] == "layers" and package in contract["containers"]:
            doors = doors_of(contracts)
            return [
                [_room(f"{package}.{name.strip()}", doors) for name in layer.split("|")]
                for layer in contract["layers"]
            ]
    raise KeyError(package)


def layered_packages(contracts: Sequence[Mapping[str, Any]]) -> list[str]:
    """All packages of which a contract tells the floors, as they are written."""
    return [
        container
        for contract in contracts
        if contract["type"] == "layers"
        for container in contract["containers"]
    ]


def doors_of(contracts: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Door, ...]]:
    """What only one place may import, by the full name of the room that it belongs to.

    A contract that forbids a library to the whole program names the exceptions.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for contract in contracts:
        if contract["type"] == "forbidden" and contract["source_modules"] == [PROGRAM]:
            for exception in contract.get("ignore_imports", ()):
                importer, library = exception.split(" -> ")
                room, module = importer.rsplit(".", 1)
                by_module = found.setdefault(room, {})
                by_module.setdefault("" if module == "*" else module, []).append(library)
    return {
        room: tuple(Door(module, tuple(libraries)) for module, libraries in by_module.items())
        for room, by_module in found.items()
    }


def _room(full_name: str, doors: Mapping[str, tuple[Door, ...]]) -> Room:
    is_folder = ROOT.joinpath(*full_name.split(".")).is_dir()
    package, _, name = full_name.rpartition(".")
    return Room(name, is_folder, package, doors.get(full_name, ()))
