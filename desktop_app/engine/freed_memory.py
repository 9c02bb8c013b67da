"""Gives back to the system what the program has freed."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Let the system have memory that nothing uses any more; does nothing where it is no need.

    glibc keeps what was freed below something that is still used, for the next who asks: 35 MB
    after loading each tower of a CLIP ViT-B/32, whose weights are rearranged then. It takes some
    milliseconds (https://man7.org/linux/man-pages/man3/malloc_trim.3.html); others who allocate
    wait for parts of it.
    """
    trim = _malloc_trim()
    if trim is not None:
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    """What glibc has for it; None on other systems."""
    if sys.platform != "linux":
        return None
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # another C library
        return None
    trim.argtypes, trim.restype = [ctypes.c_size_t], ctypes.c_int
    found: Callable[[int], int] = trim
    return found
