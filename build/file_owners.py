"""Who made a file that goes into the built program: a wheel, Python, a system package, or we."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from project_file import ROOT


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a file is.

    Attributes:
        kind: ``wheel``, ``python``, ``system`` or ``own``.
        name: Of the distribution or package; empty for our own files.
        version: Of the distribution or package.
    """

    kind: str
    name: str
    version: str

    @property
    def words(self) -> str:
        """Whence the file came, for people."""
        if self.kind == "wheel":
            return f"the wheel of {self.name} {self.version}"
        if self.kind == "system":
            return f"the system's package {self.name} {self.version}"
        return "Python's own installation" if self.kind == "python" else "this project"


PYTHON = Owner("python", "Python", ".".join(map(str, sys.version_info[:3])))
OURS = Owner("own", "", "")


class FileOwners:
    """Answers whose a file is.

    Attributes:
        distributions: Those that own a file, by the name their metadata has, in small letters.
    """

    def __init__(self) -> None:
        self.distributions: dict[str, importlib.metadata.Distribution] = {}
        self._by_path: dict[str, Owner] = {}
        for distribution in importlib.metadata.distributions():
            self._take(distribution)
        self._python = {
            os.path.realpath(folder)
            for name in ("stdlib", "platstdlib")
            if (folder := sysconfig.get_path(name))
        }
        self._python.add(os.path.realpath(Path(sys.base_prefix) / "DLLs"))

    def _take(self, distribution: importlib.metadata.Distribution) -> None:
        name = distribution.metadata["Name"]
        self.distributions.setdefault(name.lower(), distribution)
        owner = Owner("wheel", name, distribution.version)
        root = str(distribution.locate_file(""))
        for file in distribution.files or ():
            self._by_path.setdefault(os.path.normpath(os.path.join(root, file)), owner)

    def owner_of(self, source: str) -> Owner | None:
        """Whose a file is.

        Args:
            source: Its absolute path on this computer.

        Returns:
            None if nobody knows.
        """
        path = os.path.normpath(source)
        wheel = self._by_path.get(path) or self._by_path.get(os.path.realpath(path))
        if wheel is not None:
            return wheel
        real = os.path.realpath(path)
        if _is_below(path, str(ROOT)) and ".venv" not in Path(path).relative_to(ROOT).parts:
            return OURS
        if "site-packages" in path or "dist-packages" in path:
            return None  # in a folder of packages, but no package says that it is its own
        if any(_is_below(each, folder) for each in (path, real) for folder in self._python):
            return PYTHON
        return PYTHON if _is_python_library(path) else _system_package(path)


def _is_below(path: str, folder: str) -> bool:
    return os.path.normcase(path).startswith(os.path.normcase(folder) + os.sep)


def _is_python_library(path: str) -> bool:
    """Whether it is Python itself, or a library that its installer put beside it."""
    name = os.path.basename(path).lower()
    is_itself = name.startswith(("libpython3", "python3")) or name == "python"
    base = os.path.realpath(sys.base_prefix)
    is_all_its_own = os.name == "nt" or "Python.framework" in Path(base).parts
    return is_itself or (is_all_its_own and _is_below(os.path.realpath(path), base))


@cache
def _system_package(path: str) -> Owner | None:
    """The Debian package of a file; other systems have none."""
    if shutil.which("dpkg-query") is None:
        return None
    # Where /lib is a link to /usr/lib, packages know a file by either path.
    real = os.path.realpath(path)
    spellings = dict.fromkeys(
        spelling
        for each in (path, real)
        for spelling in (each, each.removeprefix("/usr"), f"/usr{each}")
    )
    for spelling in spellings:
        found = _ask("dpkg-query", "--search", spelling)
        if found and ": " in found:
            package = found.split(": ")[0].split(",")[0].strip()
            version = _ask("dpkg-query", "--show", "--showformat=${Version}", package)
            return Owner("system", package.split(":")[0], version)
    return None


def _ask(*command: str) -> str:
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    return process.stdout.strip() if process.returncode == 0 else ""
