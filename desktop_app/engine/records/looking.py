"""Pictures as they are looked at closely: pixels for the screen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Rows of pixels for the screen, shape ``(height, width, 4)``: blue, green, red and 255."""


@dataclass(frozen=True, slots=True)
class CloseLook:
    """A picture, decoded to be looked at.

    Attributes:
        levels: The same picture in one or more sizes, the largest first, each half the one before.
        width_px: Width of the upright picture in its file.
        height_px: Height of the upright picture in its file.
        plays: How often it plays if it is animated, 0 for without an end; None if it is not.
    """

    levels: tuple[Pixels, ...]
    width_px: int
    height_px: int
    plays: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it has all the pixels of its file."""
        height_px, width_px, _ = self.levels[0].shape
        return (width_px, height_px) == (self.width_px, self.height_px)


@dataclass(frozen=True, slots=True)
class Unseen:
    """A picture that cannot be shown.

    Attributes:
        reason: Why, as a sentence.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class AnimationFrame:
    """One image of a picture that moves.

    Attributes:
        pixels: What it shows.
        duration_ms: How long.
    """

    pixels: Pixels
    duration_ms: int
