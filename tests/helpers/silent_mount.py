"""A real mount that never answers: FUSE without anybody behind it."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_MNT_DETACH = 2


@contextmanager
def silent_mount(folder: Path) -> Iterator[None]:
    """Lay a file system over a folder that keeps whoever asks it waiting, till the block ends.

    Skips the test where that is not allowed: only the system's administrator may, and not in
    every container.
    """
    if sys.platform != "linux" or not os.access("/dev/fuse", os.R_OK | os.W_OK):
        pytest.skip("only where Linux lets FUSE be used")
    libc = ctypes.CDLL(None, use_errno=True)
    # The kernel's messages are never read from it, so nothing is ever answered.
    device = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
    options = f"fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}"
    try:
        if libc.mount(b"silent", os.fsencode(folder), b"fuse", 0, options.encode()):
            pytest.skip(f"nothing can be mounted here: {os.strerror(ctypes.get_errno())}")
        try:
            yield
        finally:
            os.close(device)  # lets all go that wait
            device = -1
            libc.umount2(os.fsencode(folder), _MNT_DETACH)
    finally:
        if device != -1:
            os.close(device)
