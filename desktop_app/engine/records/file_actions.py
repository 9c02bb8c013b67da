"""What is done with the files of pictures: how far it is, and what came of it."""

import sys
from dataclasses import dataclass
from enum import StrEnum

_SAMPLE = 100
"""Pictures whose memory is counted, to tell that of all."""


class FileAction(StrEnum):
    """What is done with files."""

    RENAME = "rename"
    MOVE = "move"
    TRASH = "trash"


@dataclass(frozen=True, slots=True)
class FileProgress:
    """How far it is.

    Attributes:
        done: Pictures that are through, failed ones included.
        total: Pictures in all.
        current: Path of the last one.
    """

    done: int
    total: int
    current: str = ""


@dataclass(frozen=True, slots=True)
class MovedFile:
    """A picture whose file lies elsewhere now.

    Attributes:
        picture_id: The catalog's id, which stays.
        old: Where it lay.
        new: Where it lies; empty for the trash, which has names of its own.
        sidecars: Files that went with it: where each lay, and where it lies.
        is_single: Whether it was added to the library by itself, and not with a folder.
    """

    picture_id: int
    old: str
    new: str = ""
    sidecars: tuple[tuple[str, str], ...] = ()
    is_single: bool = False

    @property
    def held_bytes(self) -> int:
        """About how much memory it takes."""
        texts = (self.old, self.new, *(text for pair in self.sidecars for text in pair))
        return sys.getsizeof(self) + sum(map(sys.getsizeof, texts))


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file with which it could not be done.

    Attributes:
        path: Absolute path.
        reason: One plain sentence for the user.
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What came of it.

    Attributes:
        action: What was done.
        done: Pictures with which it was done.
        failed: Pictures with which it could not be done; these are where they were.
        left: How many of those done are not in the library any more.
        cancelled: Whether it was stopped before its end.
        is_undo: Whether something was taken back.
    """

    action: FileAction
    done: tuple[MovedFile, ...] = ()
    failed: tuple[FailedFile, ...] = ()
    left: int = 0
    cancelled: bool = False
    is_undo: bool = False

    @property
    def held_bytes(self) -> int:
        """About how much memory what was done takes, by a sample of it: quick for a million."""
        some = self.done[:: max(1, len(self.done) // _SAMPLE)]
        return sum(one.held_bytes for one in some) * len(self.done) // max(1, len(some))
