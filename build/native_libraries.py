"""Which native library a file is, and what is compiled into it: build/licences/native.toml."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from licence_terms import TABLES

# auditwheel and delocate put a piece of the digest into the names of what they bundle.
_DIGEST = re.compile(r"-[0-9a-f]{8}(?=[-.])")


@dataclass(frozen=True, slots=True)
class NativeLibrary:
    """A native library that may be inside.

    Attributes:
        name: What its authors call it.
        licence: An SPDX expression.
        because: Where the licence stands.
        website: Where it is at home.
        copyright: Its copyright line.
        files: Patterns of the names of its files, in small letters.
        within: Patterns of the names of files that it is compiled into.
    """

    name: str
    licence: str
    because: str
    website: str
    copyright: str
    files: tuple[str, ...]
    within: tuple[str, ...]

    def is_file(self, path: str) -> bool:
        """Whether a file is this library.

        Args:
            path: In the built folder.
        """
        return _matches(path, self.files)

    def is_within(self, path: str) -> bool:
        """Whether it is compiled into a file.

        Args:
            path: In the built folder.
        """
        return _matches(path, self.within)


def read_native_libraries(table: Path = TABLES / "native.toml") -> list[NativeLibrary]:
    """Read the table.

    Args:
        table: The file.

    Raises:
        KeyError: If an entry lacks something.
    """
    with table.open("rb") as file:
        entries = tomllib.load(file)["native"]
    return [
        NativeLibrary(
            name=entry["name"],
            licence=entry["licence"],
            because=entry["because"],
            website=entry["website"],
            copyright=entry["copyright"],
            files=tuple(entry.get("files", ())),
            within=tuple(entry.get("within", ())),
        )
        for entry in entries
    ]


def find_library(path: str, libraries: Iterable[NativeLibrary]) -> NativeLibrary | None:
    """Which library a file is.

    Args:
        path: In the built folder.
        libraries: Those there are.
    """
    return next((library for library in libraries if library.is_file(path)), None)


def _matches(path: str, patterns: Iterable[str]) -> bool:
    name = _DIGEST.sub("", PurePosixPath(path).name.lower())
    return any(fnmatchcase(name, pattern) for pattern in patterns)
