"""What a picture of the window looks like from far away: where things are, not their letters.

Letters differ from one machine's fonts to the next. Made twenty times smaller, a line of text is a
grey stripe whatever its font, while a panel, a row of pictures or a button that is missing or
elsewhere still shows.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

SHRUNK = 20
"""So many pixels of the window become one."""

LARGEST_SHARE = 0.05
"""Of the pixels that may differ by more than `NOTICED`: other fonts differ in 1 to 2 of a hundred,
a side panel in 25."""

NOTICED = 8
"""Difference of grey, of 255, from which on a pixel counts as another."""


def structure(picture: QImage) -> NDArray[np.uint8]:
    """Shrink a picture of the window.

    Returns:
        Grey, uint8, shape ``(height / 20, width / 20)``.
    """
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    whole = Image.fromarray(rows[:, : grey.width()])
    size = (grey.width() // SHRUNK, grey.height() // SHRUNK)
    return np.asarray(whole.resize(size, Image.Resampling.BOX))


def save(shape: NDArray[np.uint8], path: Path) -> None:
    """Keep a structure as a small PNG."""
    Image.fromarray(shape).save(path, optimize=True)


def load(path: Path) -> NDArray[np.uint8]:
    """Read a structure that was kept."""
    with Image.open(path) as image:
        return np.asarray(image.convert("L"))


def differing_share(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """How much of two structures differs: 0 for nothing, 1 for all, or another size."""
    if one.shape != other.shape:
        return 1.0
    return float(np.mean(np.abs(one.astype(np.int16) - other) > NOTICED))
