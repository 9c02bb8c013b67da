"""In which order and in which groups pictures come, and what can be asked for."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class SortBy(StrEnum):
    """What pictures are sorted by."""

    RELEVANCE = "relevance"
    """The best hits first; without a search the newest."""
    DATE = "date"
    """When they were taken, by the clock where that was."""
    NAME = "name"
    """The file's name, numbers by their value."""
    SIZE = "size"
    """The length of the file."""
    FOLDER = "folder"
    """The folder's path, and in it the file's name."""


class GroupBy(StrEnum):
    """What pictures are put together by."""

    NONE = "none"
    DAY = "day"
    """By the clock where they were taken."""
    MONTH = "month"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that are shown together.

    Attributes:
        first_row: Where it begins among all rows; it ends where the next one begins.
        key: The day, the first day of the month, or the path of the folder.
    """

    first_row: int
    key: dt.date | str


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Pictures in order.

    Attributes:
        ids: The pictures, int64, shape ``(n,)``.
        groups: Their groups, by row rising, the first at row 0; empty where nothing is grouped.
    """

    ids: NDArray[np.int64]
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that pictures have in common.

    Attributes:
        text: What it is called.
        pictures: How many have it.
    """

    text: str
    pictures: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a search line can name in this library, each by pictures falling.

    Attributes:
        folders: Names of folders, from those that were added on, with the pictures at any depth.
        cameras: Cameras.
        formats: Pillow's names of formats.
        tags: Tags.
    """

    folders: tuple[Counted, ...] = ()
    cameras: tuple[Counted, ...] = ()
    formats: tuple[Counted, ...] = ()
    tags: tuple[Counted, ...] = ()
