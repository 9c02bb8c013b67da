"""Takes folders of the building machine out of where shared libraries look for others.

A Python that was compiled on the machine tells its libraries to look in its own folder. On another
machine somebody else may own a folder of that name; and whose it was is nobody's business.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from elf_image import Image, NotElfError, Section, read_image

# Numbers of elf(5): entries of the dynamic section, kinds of sections.
_END, _STRINGS, _OLD_PATH, _PATH = 0, 5, 15, 29
_DYNAMIC, _SYMBOLS, _VERSIONS = 6, 11, (0x6FFFFFFD, 0x6FFFFFFE)

_ENTRY = struct.Struct("<QQ")
"""A tag and a value, of which the dynamic section is a list."""

_SYMBOL_BYTES = 24
_INSIDE = b"$ORIGIN"
"""Relative to the library itself; what wheels and PyInstaller use."""


def forget_search_paths(folder: Path) -> list[Path]:
    """Let no library in a folder look anywhere but beside itself and where the system does.

    Args:
        folder: The built program, on Linux.

    Returns:
        The libraries that were changed.
    """
    files = sorted(folder.rglob("*.so*"))
    return [file for file in files if not file.is_symlink() and forget_search_path(file)]


def forget_search_path(file: Path) -> bool:
    """Let a library look only beside itself and where the system does.

    Args:
        file: The library; is changed in place and keeps its size.

    Returns:
        Whether there was something to forget.
    """
    try:
        image = read_image(file)
    except NotElfError:
        return False
    dynamic = next((each for each in image.sections if each.kind == _DYNAMIC), None)
    entries = list(_ENTRY.iter_unpack(dynamic.contents or b"")) if dynamic else []
    start = next((value for tag, value in entries if tag == _STRINGS), None)
    strings = next((each for each in image.sections if each.address == start), None)
    if dynamic is None or strings is None:
        return False
    kept, text = _inside_only(entries, strings.contents or b"", frozenset(_names(image)))
    if kept == entries and text == strings.contents:
        return False
    kept += [(_END, 0)] * (len(entries) - len(kept))
    data = bytearray(file.read_bytes())
    _put(data, dynamic, b"".join(_ENTRY.pack(*entry) for entry in kept))
    _put(data, strings, text)
    file.write_bytes(data)
    return True


def _inside_only(
    entries: list[tuple[int, int]], strings: bytes, names: frozenset[int]
) -> tuple[list[tuple[int, int]], bytes]:
    """Drop entries that lead elsewhere, and overwrite where they lead.

    Args:
        entries: Of the dynamic section.
        strings: What the entries and the names refer to, by offset.
        names: Where the names begin. A linker lets a name share the end of a longer text, which
            then cannot be overwritten.

    Returns:
        The entries that stay, and the strings.
    """
    kept, text = [], bytearray(strings)
    for tag, value in entries:
        if tag not in (_OLD_PATH, _PATH):
            kept.append((tag, value))
            continue
        old = strings[value : strings.index(b"\0", value)]
        new = b":".join(part for part in old.split(b":") if part.startswith(_INSIDE))
        if new:
            kept.append((tag, value))
        if new != old and names.isdisjoint(range(value, value + len(old))):
            text[value : value + len(old)] = new.ljust(len(old), b"\0")
    return kept, bytes(text)


def _names(image: Image) -> Iterator[int]:
    """Where in the strings the names of symbols begin, and all that may be names of versions."""
    for section in image.sections:
        if section.contents is None:
            continue
        if section.kind == _SYMBOLS:
            for place in range(0, section.size, _SYMBOL_BYTES):
                yield struct.unpack_from("<I", section.contents, place)[0]
        elif section.kind in _VERSIONS:
            for (word,) in struct.iter_unpack("<I", section.contents):
                yield word


def _put(data: bytearray, section: Section, contents: bytes) -> None:
    data[section.offset : section.offset + section.size] = contents
