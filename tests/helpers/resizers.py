"""Resizers for tests of the decoder: well-behaved ones, and one that does harm on request.

A module of its own, because the decoder's processes import it: nothing heavy may come with it.
"""

import os
import signal
import sys
import time

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE_PX = 16

CRASH = (250, 0, 250)
HANG = (0, 250, 250)
HOARD = (250, 250, 0)
FAIL = (130, 130, 130)
"""Colours of pictures on which `harmful` crashes, hangs, takes memory, raises."""

SEGFAULT = (250, 0, 0)
NO_MEMORY = (0, 0, 250)
"""Colours of pictures on which `fatal` crashes, or finds no memory."""

HOARD_BYTES = 400 * 1024 * 1024


def small(image: Image.Image) -> NDArray[np.uint8]:
    """Squeeze to 16 × 16."""
    return np.asarray(image.resize((SIDE_PX, SIDE_PX), Image.Resampling.BOX))


def harmful(image: Image.Image) -> NDArray[np.uint8]:
    """Squeeze to 16 × 16, except for pictures of the colours above."""
    pixels = small(image)
    colour = tuple(int(level) for level in pixels[0, 0])
    if colour == CRASH:
        os._exit(3)
    if colour == HANG:
        while True:
            time.sleep(0.05)
    if colour == HOARD:
        hoard = [np.ones(10 * 1024 * 1024, dtype=np.uint8) for _ in range(HOARD_BYTES >> 20)]
        time.sleep(len(hoard))
    if colour == FAIL:
        raise ValueError("this picture is not to the resizer's taste")
    return pixels


def fatal(image: Image.Image) -> NDArray[np.uint8]:
    """Squeeze to 16 × 16, except for pictures of the colours above."""
    pixels = small(image)
    colour = tuple(int(level) for level in pixels[0, 0])
    if colour == SEGFAULT:
        signal.raise_signal(signal.SIGSEGV)
    if colour == NO_MEMORY:
        return np.ones(1 << 60, dtype=np.uint8)
    return pixels


def imported_modules(_image: Image.Image) -> NDArray[np.uint8]:
    """The names of all imported modules as UTF-8, shape ``(1, n, 1)``, instead of pixels."""
    names = "\n".join(sorted(sys.modules)).encode()
    return np.frombuffer(names, dtype=np.uint8).reshape(1, -1, 1)


def process_facts(_image: Image.Image) -> NDArray[np.uint8]:
    """Process id in four bytes, then the niceness, shape ``(1, 5, 1)``, instead of pixels."""
    niceness = os.nice(0) if sys.platform != "win32" else 0
    facts = os.getpid().to_bytes(4, "little") + bytes([niceness])
    return np.frombuffer(facts, dtype=np.uint8).reshape(1, -1, 1)
