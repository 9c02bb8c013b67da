"""What pyproject.toml says about the program, for the scripts that build and check it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "out"
BUILT_FOLDER = OUT / "dist" / "ImageSeeker"

FOLDER_LIMIT_MB = 380
ARCHIVE_LIMIT_MB = 120


@dataclass(frozen=True, slots=True)
class Project:
    """The part of pyproject.toml that the built program shares with the wheel.

    Attributes:
        name: Name of the distribution.
        version: Version of the program.
        description: One line on what it does.
        shipped_files: Files outside the package that travel with it: from the path in the
            checkout to the path in the installed program, both relative and with slashes.
        licence: The program's own, an SPDX expression.
    """

    name: str
    version: str
    description: str
    shipped_files: dict[str, str]
    licence: str = ""

    def missing_files(self, root: Path) -> list[str]:
        """The shipped files that the checkout lacks.

        Args:
            root: The checkout.
        """
        return [source for source in self.shipped_files if not (root / source).is_file()]


def read_project(pyproject: Path = ROOT / "pyproject.toml") -> Project:
    """Read pyproject.toml.

    Args:
        pyproject: The file to read.

    Raises:
        OSError: If it cannot be read.
        KeyError: If a table this project needs is not in it.
    """
    with pyproject.open("rb") as file:
        tables = tomllib.load(file)
    wheel = tables["tool"]["hatch"]["build"]["targets"]["wheel"]
    return Project(
        name=tables["project"]["name"],
        version=tables["project"]["version"],
        description=tables["project"]["description"],
        shipped_files=dict(wheel["force-include"]),
        licence=tables["project"]["license"],
    )


def size_mb(path: Path) -> float:
    """Space that a file, or everything in a folder, takes.

    Args:
        path: A file or a folder. Links are not followed and count nothing.

    Returns:
        Megabytes of 1,000,000 bytes.
    """
    files = [path] if path.is_file() else path.rglob("*")
    return (
        sum(file.lstat().st_size for file in files if not file.is_symlink() and file.is_file())
        / 1e6
    )
