"""Reads build/requirements.lock: the one version of everything that goes inside, with hashes."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from project_file import ROOT

LOCK = ROOT / "build" / "requirements.lock"
EXTRA = "package"
"""The optional dependencies that are locked, too: what turns the project into a program."""

SUPPORTED_PYTHONS = ("3.11", "3.12", "3.13")
_SYSTEMS = {
    "linux": ("Linux", "posix", "x86_64"),
    "win32": ("Windows", "nt", "AMD64"),
    "darwin": ("Darwin", "posix", "arm64"),
}
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class LockedVersion:
    """One entry of the lock file.

    Attributes:
        requirement: Name, exact version, and where it counts.
        hashes: SHA-256 of the files that may be taken, in hex.
    """

    requirement: Requirement
    hashes: frozenset[str]

    @property
    def name(self) -> str:
        """The distribution, as PyPI writes it in addresses."""
        return str(canonicalize_name(self.requirement.name))

    @property
    def version(self) -> str:
        """The one version."""
        (only,) = self.requirement.specifier
        return only.version


def read_lock(path: Path = LOCK) -> list[LockedVersion]:
    """Read the lock file.

    Args:
        path: The file.

    Raises:
        ValueError: If an entry is not pinned to one version, or has no hash.
    """
    text = path.read_text("utf-8").replace("\\\n", " ")
    entries = []
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        entry = LockedVersion(
            Requirement(line.partition(" --hash=")[0]), frozenset(_HASH.findall(line))
        )
        operators = [each.operator for each in entry.requirement.specifier]
        if operators != ["=="]:
            raise ValueError(f"{entry.name} is not pinned to one version: {entry.requirement}")
        if not entry.hashes:
            raise ValueError(f"{entry.name} has no hash.")
        entries.append(entry)
    return entries


def wanted_requirements(pyproject: Path = ROOT / "pyproject.toml") -> list[Requirement]:
    """What pyproject.toml asks for of that which is locked.

    Args:
        pyproject: The file.
    """
    with pyproject.open("rb") as file:
        project = tomllib.load(file)["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"][EXTRA]]
    return [Requirement(line) for line in lines]


def environments() -> list[dict[str, str]]:
    """Every supported Python on every supported system, as markers see them."""
    return [
        {
            "python_version": python,
            "python_full_version": f"{python}.9",
            "sys_platform": platform,
            "platform_system": system,
            "os_name": os_name,
            "platform_machine": machine,
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
            "extra": "",
        }
        for python in SUPPORTED_PYTHONS
        for platform, (system, os_name, machine) in _SYSTEMS.items()
    ]


def misfits(
    wanted: Iterable[Requirement],
    lock: Iterable[LockedVersion],
    environment: Mapping[str, str],
) -> list[str]:
    """Where a lock file does not give what is asked for.

    Args:
        wanted: What is asked for.
        lock: The lock file.
        environment: The Python and system that it is for.

    Returns:
        A sentence for each.
    """
    locked = [entry for entry in lock if _counts(entry.requirement.marker, environment)]
    where = f"on {environment['sys_platform']} with Python {environment['python_version']}"
    found = []
    for requirement in wanted:
        if not _counts(requirement.marker, environment):
            continue
        name = canonicalize_name(requirement.name)
        versions = [entry.version for entry in locked if entry.name == name]
        if len(versions) != 1:
            found.append(f"{name} is locked {len(versions)} times {where}.")
        elif not requirement.specifier.contains(versions[0], prereleases=True):
            found.append(f"{name} is locked at {versions[0]} {where}, not {requirement.specifier}.")
    return found


def _counts(marker: Marker | None, environment: Mapping[str, str]) -> bool:
    return marker is None or marker.evaluate(dict(environment))
