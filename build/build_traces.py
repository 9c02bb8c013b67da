"""Looks for traces of the building computer in a built program: paths that name its folders."""

import mmap
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from project_file import ROOT

# Homes that build farms share: the authors of wheels have left those in their libraries.
_SHARED_HOMES = frozenset({
    "/root", "/home/runner", "/home/vsts", "/Users/runner", "C:\\Users\\runneradmin",
    "C:\\Users\\VssAdministrator",
})  # fmt: skip
_SHARED_PREFIXES = frozenset({"/usr", "/usr/local", "/"})


def telling_paths() -> list[str]:
    """Paths of this computer that nobody else has to know: checkout, environment, home."""
    found = {str(ROOT), *({sys.prefix} - _SHARED_PREFIXES)}
    found |= {str(Path.home())} - _SHARED_HOMES
    return sorted(found)


def traces_in(folder: Path, paths: Iterable[str], packed: Iterable[tuple[str, bytes]]) -> list[str]:
    """Files of a built program that name such a path.

    Args:
        folder: The built program.
        paths: What to look for.
        packed: Names and contents of what is packed into its executables.

    Returns:
        Sentences.
    """
    wanted = {path: _spellings(path) for path in paths}
    found = []
    for name, content in _contents(folder, packed):
        for path, spellings in wanted.items():
            if any(content.find(spelling) >= 0 for spelling in spellings):
                found.append(f"{name} names {path}, a folder of the building computer.")
    return sorted(found)


def _spellings(path: str) -> list[bytes]:
    texts = {path, path.replace("\\", "/"), path.replace("\\", "\\\\")}
    return [text.encode(coding) for text in texts for coding in ("utf-8", "utf-16-le")]


def _contents(
    folder: Path, packed: Iterable[tuple[str, bytes]]
) -> Iterator[tuple[str, bytes | mmap.mmap]]:
    yield from packed
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or not path.stat().st_size:
            continue
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    yield f"{name}/{member}", archive.read(member)
            continue
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            yield name, view
