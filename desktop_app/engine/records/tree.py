"""The folders of the library as a tree, and what several pictures come to together."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TreeFolder:
    """A folder with pictures in it or below it.

    Attributes:
        path: Absolute path.
        name: The last part of it.
        root_id: The root it belongs to; for a folder of single pictures the first of theirs.
        own: Pictures right in it.
        total: Pictures in it and below it.
        failed: Files right in it that should be in the library and are not.
        all_failed: The same with those below it.
        children: The paths of the folders right below it, in natural order.
        above: The path of the one right above it; empty for one at the top.
        is_top: Whether it has no folder above it in the tree: the user added it, or single
            pictures of it.
        is_single: Whether only single pictures of it were added.
        is_offline: Whether it is a root, or the place of a drive, that cannot be reached now.
        why_offline: Why, in one plain sentence; empty where it can be reached.
    """

    path: str
    name: str
    root_id: int
    own: int = 0
    total: int = 0
    failed: int = 0
    all_failed: int = 0
    children: tuple[str, ...] = ()
    above: str = ""
    is_top: bool = False
    is_single: bool = False
    is_offline: bool = False
    why_offline: str = ""


@dataclass(frozen=True, slots=True)
class FolderTreeState:
    """All folders of the library at one time.

    Attributes:
        tops: The paths of those without one above them, in the order in which they were added.
        folders: Every folder by its path.
        pictures: Pictures in the library.
    """

    tops: tuple[str, ...] = ()
    folders: Mapping[str, TreeFolder] = field(default_factory=dict)
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class PictureSums:
    """What some pictures come to together.

    Attributes:
        count: How many of them there are in the library.
        size_bytes: Size of their files together.
        first: The day on which the first of them was taken, by the clock there; None where there
            is none, or beyond the years that dates know.
        last: The same of the last.
        folders: In how many folders they lie.
        folder: The path of that folder, where it is one.
    """

    count: int = 0
    size_bytes: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    folders: int = 0
    folder: str = ""
