"""Where in a picture it is what words say.

Overlapping windows are cut out at several sizes and scored by the same model as whole pictures;
each window tells about its middle more than about its edges. That needs nothing of the inside of
a model, so that it works with any (occlusion and attention maps do not; cf. Zeiler and Fergus,
Visualizing and Understanding Convolutional Networks, 2014, for the idea of asking with parts).
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.records import HeatMap

EXPLAINED_SIDE_PX = 1024
"""Size at which a picture is explained: its smallest windows are as large as a model's input."""

_SIZES = (0.7, 0.5, 0.35)
"""Sides of windows, as parts of the side of a square as large as the picture. With the built-in
model and two pictures of sports side by side, the brightest place is in the one that is asked for
in all of 59 tries; with 1/2, 1/3 and 1/4, which are twice as many windows, in 98%."""

_MOST_ALONG = 16
"""How many windows fit side by side into the longer side of a picture: where it is still longer,
they are larger than its shorter side, and black above and below. So there are never 150."""

_CELLS = 4
"""Cells of the map in the side of the smallest window."""

_BATCH = 8
"""Windows between two looks at the cancel token: 0.1 s with ViT-B/32."""

_EDGE = 0.05
"""What a window tells about its edge, where it tells 1 about its middle."""

CropEncoder = Callable[[Sequence[Image.Image]], NDArray[np.float32]]
"""From pictures to their unit vectors, shape ``(n, dim)``."""


@dataclass(frozen=True, slots=True)
class Window:
    """A square part of a picture, in pixels. Of a very narrow one it goes beyond both edges."""

    left: int
    top: int
    side: int


def windows(width_px: int, height_px: int) -> list[list[Window]]:
    """Cut a picture into overlapping squares, for each size from the largest on.

    Some 50 in all, in the worst shape 150; in a panorama the largest are as high as it is.

    Args:
        width_px: At least 1.
        height_px: At least 1.
    """
    sides = [round(size * math.sqrt(width_px * height_px)) for size in _SIZES]
    least = math.ceil(max(width_px, height_px) / _MOST_ALONG)
    largest = max(min(width_px, height_px), least)
    return [
        [
            Window(left, top, side)
            for top in _places(height_px, side)
            for left in _places(width_px, side)
        ]
        for side in sorted({max(least, min(side, largest)) for side in sides}, reverse=True)
    ]


def explain(
    image: Image.Image,
    vector: NDArray[np.float32],
    encode: CropEncoder,
    scale: tuple[float, float],
    cancel: CancelToken,
) -> Iterator[HeatMap]:
    """Score the parts of a picture.

    Args:
        image: Upright, mode RGB.
        vector: The query, a unit vector, shape ``(dim,)``.
        encode: The model.
        scale: The scores that are ordinary and strong.
        cancel: Stops it between two batches.

    Yields:
        The map after each batch.

    Raises:
        CancelledError: If it was stopped.
    """
    sizes = windows(*image.size)
    total = sum(map(len, sizes))
    cell = max(1.0, sizes[-1][0].side / _CELLS)
    shape = (max(1, round(image.height / cell)), max(1, round(image.width / cell)))
    maps: list[_Blurred] = []
    done = 0
    for size in sizes:
        maps.append(_Blurred(shape, image.size))
        for start in range(0, len(size), _BATCH):
            cancel.raise_if_cancelled()
            batch = size[start : start + _BATCH]
            scores = encode([_cut(image, one) for one in batch]) @ vector
            for window, score in zip(batch, scores.tolist(), strict=True):
                maps[-1].add(window, score)
            done += len(batch)
            yield HeatMap(_scaled(_joined(maps), *scale), done, total)


class _Blurred:
    """A map of the scores of windows of one size.

    Args:
        shape: Rows and columns.
        size_px: Width and height of the picture.
    """

    def __init__(self, shape: tuple[int, int], size_px: tuple[int, int]) -> None:
        self._weighted = np.zeros(shape, dtype=np.float32)
        self._weights = np.zeros(shape, dtype=np.float32)
        rows, columns = shape
        self._ys = (np.arange(rows) + 0.5) * size_px[1] / rows
        self._xs = (np.arange(columns) + 0.5) * size_px[0] / columns

    def add(self, window: Window, score: float) -> None:
        """Take a window in."""
        weights = np.outer(
            _nearness(self._ys, window.top, window.side),
            _nearness(self._xs, window.left, window.side),
        )
        self._weights += weights
        self._weighted += np.float32(score) * weights

    @property
    def mean(self) -> NDArray[np.float32]:
        """The mean score of each cell; NaN where no window has been."""
        mean = np.full_like(self._weighted, np.nan)
        np.divide(self._weighted, self._weights, out=mean, where=self._weights > 0)
        return mean


def _places(length: int, side: int) -> list[int]:
    """Where windows begin: from edge to edge, half a window apart or a little less."""
    if side >= length:
        return [(length - side) // 2]
    count = math.ceil((length - side) / (side / 2)) + 1
    return [round(place) for place in np.linspace(0, length - side, count)]


def _nearness(centres: NDArray[np.float64], start: int, side: int) -> NDArray[np.float32]:
    """How much a window tells about cells along one side: 1 in its middle, 0 outside."""
    off = np.abs(centres - (start + side / 2)) / (side / 2)
    nearness = np.where(off <= 1, _EDGE + (1 - _EDGE) * (1 - off), 0)
    return np.asarray(nearness, dtype=np.float32)


def _cut(image: Image.Image, window: Window) -> Image.Image:
    right, bottom = window.left + window.side, window.top + window.side
    return image.crop((window.left, window.top, right, bottom))


def _joined(maps: Sequence[_Blurred]) -> NDArray[np.float32]:
    """The mean of all sizes that tell about a cell; NaN where none has been."""
    means = np.stack([one.mean for one in maps])
    known = np.isfinite(means)
    counts = known.sum(axis=0)
    joined = np.full(counts.shape, np.nan, dtype=np.float32)
    sums = np.where(known, means, 0).sum(axis=0, dtype=np.float32)
    np.divide(sums, counts, out=joined, where=counts > 0)
    return joined


def _scaled(scores: NDArray[np.float32], ordinary: float, strong: float) -> NDArray[np.float32]:
    """Scores as shares of the way from ordinary to strong, or to the best if that is stronger.

    So a picture that has none of it stays dim everywhere, which stretching each map would hide.
    """
    highest = max(strong, float(np.nanmax(scores)))
    if highest - ordinary < np.finfo(np.float32).eps:
        return np.zeros_like(scores)
    share = (scores - np.float32(ordinary)) / np.float32(highest - ordinary)
    clipped: NDArray[np.float32] = np.clip(np.nan_to_num(share, nan=0.0), 0, 1)
    return clipped
