"""What a search line consists of: one record for each part, as chips show them.

All are frozen and hashable, and hold values, not text: equal parts mean the same.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture shows, in words; they also match names of files and folders.

    Attributes:
        text: Not empty, words separated by single spaces.
        weight: How much they count beside other parts; negative pushes away. Never 0.
    """

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Name:
    """Text that the name of the file, or of a folder above it, must contain.

    Attributes:
        text: Not empty. Upper and lower case are the same.
        is_excluded: Whether it must not contain it.
    """

    text: str
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A year, a month or a day of the calendar, as exactly as it was said.

    Attributes:
        year: 1 to 9999.
        month: 1 to 12; None for the whole year.
        day: 1 to 31; None for the whole month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.month or 1, self.day or 1)


@dataclass(frozen=True, slots=True)
class After:
    """Taken on the first day of a time or later, by the clock where it was taken.

    ``after:2023-05`` is from 1 May 2023 on, that day included.
    """

    day: Day
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """Taken before the first day of a time, by the clock where it was taken."""

    day: Day
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class InFolder:
    """Lies in a folder of that name, at any depth, or at or below that path.

    Attributes:
        folder: ``Holiday``, the end of a path such as ``2023/Holiday``, or an absolute path. With
            forward slashes, none at its end. Upper and lower case are the same.
        is_excluded: Whether it must not lie there.
    """

    folder: str
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class OfType:
    """Is a file of that type.

    Attributes:
        format: Pillow's name of the format, such as ``JPEG``.
        is_excluded: Whether it must not be.
    """

    format: str
    is_excluded: bool = False


MOST_RECENT = 500
"""How many pictures are recent ones."""


class Kind(StrEnum):
    """What `Is` can ask for."""

    LANDSCAPE = "landscape"
    """Wider than high."""
    PORTRAIT = "portrait"
    """Higher than wide."""
    SQUARE = "square"
    """Sides that differ by at most 2%."""
    SCREENSHOT = "screenshot"
    """Named like one, or a PNG without camera and exactly as large as a common screen. A JPEG of
    that size is none: photos that came by a messenger have such sizes, and no camera any more."""
    RECENT = "recent"
    """One of the `MOST_RECENT` that came into the library last."""


@dataclass(frozen=True, slots=True)
class Is:
    """Is of some kind."""

    kind: Kind
    is_excluded: bool = False


class Measure(StrEnum):
    """What the size of a picture can be measured in."""

    MEGAPIXELS = "mp"
    KILOBYTES = "kb"
    MEGABYTES = "mb"

    @property
    def unit(self) -> int:
        """How many pixels or bytes one of it is."""
        return 1_000 if self is Measure.KILOBYTES else 1_000_000


class Comparison(StrEnum):
    """How a size is compared."""

    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class OfSize:
    """Is larger or smaller than a size.

    Attributes:
        comparison: How it compares.
        amount: 0 or more, in the measure.
        measure: Of the picture's pixels or of the file's bytes.
        is_excluded: Whether the opposite is asked for.
    """

    comparison: Comparison
    amount: float
    measure: Measure
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class ByCamera:
    """Taken with a camera whose maker or model contains a text.

    Attributes:
        camera: Not empty. Upper and lower case are the same.
        is_excluded: Whether it must not be.
    """

    camera: str
    is_excluded: bool = False


MOST_STARS = 5
"""The best rating."""


@dataclass(frozen=True, slots=True)
class Rated:
    """Has a rating within bounds, both included; 0 stands for none.

    Attributes:
        least: 0 to 5 stars.
        most: As many stars or more, up to 5.
        is_excluded: Whether its rating must not lie there.
    """

    least: int
    most: int
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Tagged:
    """Has a tag.

    Attributes:
        tag: Its whole name, not empty. Upper and lower case are the same.
        is_excluded: Whether it must not have it.
    """

    tag: str
    is_excluded: bool = False


Filter = Name | After | Before | InFolder | OfType | Is | OfSize | ByCamera | Rated | Tagged
"""A part that a picture fulfils or does not. Of several types, folders, cameras and ratings one is
enough (no file is of two types); all others must be fulfilled, and everything excluded must not
be."""

Part = Words | Filter
