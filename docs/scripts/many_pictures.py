"""A library that shows its pictures again and again, as if it had a great many."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.library import Library
from desktop_app.engine.records import Picture


class ManyPictures:
    """Answers for a library: each of its pictures is there as often as it takes.

    Args:
        library: The library, which has some.
        count: How many there seem to be.
    """

    def __init__(self, library: Library, count: int) -> None:
        self._count = count
        real = library.pictures(library.picture_ids().tolist())
        # By path: ids come in the order in which pictures happened to be ready.
        self._real = sorted(real, key=lambda each: real[each].path)
        self._last = max(real)
        self._pictures, self._thumbnail = library.pictures, library.thumbnail
        self._average_colours = library.average_colours
        for name in ("picture_ids", "picture_count", "pictures", "thumbnail", "average_colours"):
            setattr(library, name, getattr(self, name))

    def picture_ids(self) -> NDArray[np.int64]:
        """All that there seem to be, newest first, int64, shape ``(count,)``."""
        return np.arange(self._last + self._count, self._last, -1, dtype=np.int64)

    def picture_count(self) -> int:
        """How many there seem to be."""
        return self._count

    def pictures(self, ids: Sequence[int]) -> dict[int, Picture]:
        """What is known of them."""
        known = self._pictures([self._of(each) for each in ids])
        return {each: replace(known[self._of(each)], id=each) for each in ids}

    def thumbnail(self, picture_id: int) -> bytes | None:
        """What one looks like."""
        return self._thumbnail(self._of(picture_id))

    def average_colours(self, ids: Sequence[int]) -> dict[int, int]:
        """What they look like from far away."""
        known = self._average_colours([self._of(each) for each in ids])
        return {each: known[self._of(each)] for each in ids if self._of(each) in known}

    def _of(self, picture_id: int) -> int:
        if picture_id <= self._last:  # the library asks itself
            return picture_id
        return self._real[picture_id % len(self._real)]
