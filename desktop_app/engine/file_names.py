"""Names of files: which can be given, and which one is free."""

import os
import re
from collections.abc import Iterator

from desktop_app.engine.phrases import phrase

LONGEST_BYTES = 255
"""What file systems of today let a name have: https://en.wikipedia.org/wiki/Comparison_of_file_systems#Limits"""

_FORBIDDEN = '<>:"/\\|?*'
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions"""

_NUMBERED = re.compile(r" \((\d{1,9})\)$")


def name_problem(name: str) -> str:
    """Why a file should not be called so; empty where it can.

    What Windows refuses is refused everywhere: pictures travel on drives from one to another.
    """
    if not name.strip():
        return phrase("Engine: Library", "A picture needs a name.")
    if name in (".", "..") or name.startswith("."):
        return phrase("Engine: Library", "A name that begins with a dot would hide the picture.")
    bad = next((sign for sign in name if sign in _FORBIDDEN), None)
    if bad is not None:
        return phrase("Engine: Library", "A name cannot hold the sign “{bad}”.").format(bad=bad)
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in name):
        return phrase(
            "Engine: Library", "A name cannot hold line breaks or other control characters."
        )
    if name.endswith((" ", ".")) or name.startswith(" "):
        return phrase(
            "Engine: Library", "A name cannot begin with a space, or end with a space or a dot."
        )
    if _RESERVED.fullmatch(name):
        return phrase("Engine: Library", "{name} is a name that Windows keeps for itself.").format(
            name=name.split(".")[0]
        )
    return _length_problem(name)


def _length_problem(name: str) -> str:
    try:
        length = len(name.encode())
    except UnicodeEncodeError:
        return phrase("Engine: Library", "This name is not valid text.")
    return "" if length <= LONGEST_BYTES else phrase("Engine: Library", "This name is too long.")


def split_ending(name: str) -> tuple[str, str]:
    """A name and its ending, with the dot: ``a.b.jpg`` -> ``a.b``, ``.jpg``."""
    return os.path.splitext(name)


def with_ending(name: str, old: str) -> str:
    """A new name with the ending of the old one, unless it has an ending of a picture itself.

    A picture that loses its ending is one that no other program opens any more.
    """
    ending = split_ending(old)[1]
    has_same = split_ending(name)[1].casefold() == ending.casefold()
    return name if has_same or not ending else name + ending


def numbered(name: str, first: int = 2) -> Iterator[tuple[int, str]]:
    """Other names for a file: ``a.jpg`` -> ``a (2).jpg``, ``a (3).jpg`` and so on.

    Args:
        name: The name that is taken; a number it has already is counted on.
        first: The number to begin with, at least.

    Yields:
        The number and the name, never longer than `LONGEST_BYTES`.
    """
    stem, ending = split_ending(name)
    known = _NUMBERED.search(stem)
    if known is not None and known.start() > 0:
        stem, first = stem[: known.start()], max(first, int(known.group(1)) + 1)
    number = first
    while True:
        tail = f" ({number}){ending}"
        yield number, _cut(stem, LONGEST_BYTES - len(os.fsencode(tail))) + tail
        number += 1


def _cut(stem: str, length: int) -> str:
    """The beginning of a name that takes so many bytes at most, without half a letter."""
    while len(os.fsencode(stem)) > max(1, length):
        stem = stem[:-1]
    return stem
