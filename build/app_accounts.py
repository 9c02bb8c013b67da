"""Compares the built program with what it says of itself: its notices and bill of materials."""

from pathlib import Path

from app_notices import FILES, FOLDER, NOTICES, SBOM
from sbom import SbomError, files_in

_LIBRARIES = "_internal"
_LGPL_WORDS = (
    "GNU LESSER GENERAL PUBLIC LICENSE",
    "GNU GENERAL PUBLIC LICENSE",
    "You may replace these libraries",
)
"""What the notices have to say so that Qt may be handed on."""


def account_complaints(folder: Path) -> list[str]:
    """Look whether notices and bill are there and name every file.

    Args:
        folder: The built program.

    Returns:
        A sentence for each thing that is wrong.
    """
    notices = folder / _LIBRARIES / FOLDER
    missing = [name for name in FILES if not (notices / name).is_file()]
    if missing:
        return [f"{FOLDER}/{name} is missing." for name in missing]
    try:
        named = files_in((notices / SBOM).read_text("utf-8"))
    except SbomError as error:
        return [f"{FOLDER}/{SBOM}: {error}"]
    there = {
        _place(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }
    complaints = [f"{path} is in no component of {SBOM}." for path in sorted(there - named)]
    complaints += [f"{SBOM} names {path}, which is not there." for path in sorted(named - there)]
    text = (notices / NOTICES).read_text("utf-8")
    complaints += [f"{NOTICES} lacks {words!r}." for words in _LGPL_WORDS if words not in text]
    return complaints


def _place(path: Path) -> str:
    """A file's path as the bill has it: below the folder of libraries, programs without ending."""
    if path.parts[0] == _LIBRARIES:
        return path.relative_to(_LIBRARIES).as_posix()
    return path.as_posix().removesuffix(".exe")
