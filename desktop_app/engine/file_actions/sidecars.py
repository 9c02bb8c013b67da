"""Finds the XMP files beside a picture; they go where it goes.

Some programs write ``a.jpg.xmp``, others ``a.xmp``.
"""

import os

from desktop_app.engine.file_names import split_ending
from desktop_app.engine.files.sidecars import has_siblings

_ENDINGS = (".xmp", ".XMP")


def sidecars_of(path: str) -> list[str]:
    """The files that belong to a picture alone; blocks."""
    stem = split_ending(path)[0]
    found = [path + ending for ending in _ENDINGS if os.path.isfile(path + ending)]
    shared = [stem + ending for ending in _ENDINGS if os.path.isfile(stem + ending)]
    if shared and not has_siblings(path):
        found += shared
    return _distinct(found)


def beside(sidecar: str, old: str, new: str) -> str:
    """What a sidecar is called when its picture is called otherwise."""
    if sidecar.startswith(old):
        return new + sidecar[len(old) :]
    return split_ending(new)[0] + sidecar[len(split_ending(old)[0]) :]


def _distinct(paths: list[str]) -> list[str]:
    """Each file once: where letters count alike, both endings are one file."""
    kept: list[str] = []
    for path in paths:
        if not any(path.casefold() == one.casefold() and _same(path, one) for one in kept):
            kept.append(path)
    return kept


def _same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False
