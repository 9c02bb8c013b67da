"""Memory that was freed goes back to the system."""

import ctypes
import sys

import psutil
import pytest

from desktop_app.engine import freed_memory

BLOCK = 4_000
BLOCKS = 12_000


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps it and gives it back")
def test_what_lies_below_something_used_goes_back() -> None:
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "malloc_trim"):
        pytest.skip("this C library is not glibc")
    libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    libc.free.restype, libc.free.argtypes = None, [ctypes.c_void_p]
    blocks = [libc.malloc(BLOCK) for _ in range(BLOCKS)]
    try:
        for block in blocks:
            ctypes.memset(block, 1, BLOCK)
    finally:
        for block in blocks[:-1]:
            libc.free(block)
    before = psutil.Process().memory_info().rss
    freed_memory.give_back()
    after = psutil.Process().memory_info().rss
    libc.free(blocks[-1])
    assert before - after > BLOCK * BLOCKS / 2


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_library(_name: object) -> object:
        raise OSError("no such library")

    for platform in ("win32", "darwin", "linux"):
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.setattr(ctypes, "CDLL", no_library)
        freed_memory._malloc_trim.cache_clear()
        try:
            freed_memory.give_back()
            assert freed_memory._malloc_trim() is None
        finally:
            freed_memory._malloc_trim.cache_clear()
