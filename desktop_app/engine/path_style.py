"""Paths of another computer: how they are taken apart whatever system this one runs."""

import os
import re

_WINDOWS = re.compile(r"[A-Za-z]:(\\|/|$)|\\\\")


def separator_of(path: str) -> str:
    r"""What stands between the parts of an absolute path: ``\`` or ``/``.

    A path that begins with a drive's letter or with two backslashes is of Windows.
    """
    return "\\" if _WINDOWS.match(path) else "/"


def parts_below_drive(path: str) -> list[str]:
    r"""The names of an absolute path, without its drive: ``E:\Photos\a.jpg`` -> Photos, a.jpg."""
    separator = separator_of(path)
    if separator == "\\":
        path = re.sub(r"^[A-Za-z]:", "", path).replace("/", "\\")
    return [part for part in path.split(separator) if part]


def moved(path: str, old: str, new: str) -> str:
    """Where something lies after its folder came to lie elsewhere.

    Args:
        path: At ``old`` or below it, in the style of its system.
        old: Where the folder was, absolute.
        new: Where it is now, absolute, in the style of this system.
    """
    if path == old:
        return new
    separator = separator_of(old)
    relative = path[len(old.rstrip(separator)) + len(separator) :]
    if separator != os.sep:
        relative = relative.replace(separator, os.sep)
    return new.rstrip(os.sep) + os.sep + relative
