"""Decodes a picture for a screen: as many pixels as it shows, or all of them within a bound."""

import math
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from desktop_app.engine.files.picture_reader import (
    DecodeLimits,
    Reduction,
    UprightPicture,
    decode_upright,
    opened_file,
    plain_errors,
)
from desktop_app.engine.records import Pixels

_STRIP_PIXELS = 500_000
"""Pixels handed over at once: Pillow holds up all other threads for one strip, 1 ms."""
_SMALLEST_LEVEL_PX = 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a picture has to fit into; it is never enlarged.

    Attributes:
        width_px: Greatest width of the upright picture.
        height_px: Greatest height.
        pixels: Greatest number of pixels.
    """

    width_px: int
    height_px: int
    pixels: int

    def scale(self, size: tuple[int, int]) -> float:
        """By what factor, at most 1, a picture of a width and height fits."""
        width_px, height_px = size
        return min(
            1.0,
            self.width_px / width_px,
            self.height_px / height_px,
            math.sqrt(self.pixels / (width_px * height_px)),
        )

    @property
    def reduction(self) -> Reduction:
        """How many times a picture may be shrunk while it is decoded, lying or upright."""
        return lambda size: int(1 / max(self.scale(size), self.scale(size[::-1])))


def read_for_screen(path: str | bytes, bounds: Bounds, limits: DecodeLimits) -> UprightPicture:
    """Decode a file to exactly the size that fits.

    Args:
        path: The file, or its content.
        bounds: What it has to fit into.
        limits: Only `DecodeLimits.pixels` is looked at.

    Raises:
        UndecodableError: As `picture_reader.read_picture`.
    """
    with plain_errors(), opened_file(path) as file:
        upright = decode_upright(file, bounds.reduction, limits)
        fitted = fit(upright.image, (upright.width_px, upright.height_px), bounds)
    return replace(upright, image=fitted)


def fit(image: Image.Image, size: tuple[int, int], bounds: Bounds) -> Image.Image:
    """Shrink a picture into bounds.

    Args:
        image: The picture, perhaps reduced already.
        size: Its width and height before that.
        bounds: What it has to fit into.
    """
    scale = bounds.scale(size)
    target = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    if target[0] >= image.width and target[1] >= image.height:
        return image
    return image.resize(target, Image.Resampling.BICUBIC, reducing_gap=2.0)


def screen_pixels(image: Image.Image) -> Pixels:
    """The pixels of a picture in RGB, in the order of a screen's memory."""
    width, height = image.size
    pixels = np.empty((height, width, 4), dtype=np.uint8)
    rows = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(top + rows, height)))
        raw = np.frombuffer(strip.tobytes("raw", "BGRX"), dtype=np.uint8)
        pixels[top : top + strip.height] = raw.reshape(strip.height, width, 4)
        pixels[top : top + strip.height, :, 3] = 255
    return pixels


def screen_levels(image: Image.Image) -> tuple[Pixels, ...]:
    """A picture in falling sizes, so that every zoom finds one that is less than twice too large.

    A third more memory than the picture alone. Drawing from a much larger one would be slow, and
    fine patterns would flicker.
    """
    levels = [screen_pixels(image)]
    while max(image.size) > _SMALLEST_LEVEL_PX:
        image = image.reduce(2)
        levels.append(screen_pixels(image))
    return tuple(levels)
