"""Copies of pictures that are taken elsewhere: how they are made, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.engine.records.file_actions import FailedFile


class KeptDetails(StrEnum):
    """What a smaller copy still says of how the picture was taken."""

    ALL = "all"
    NO_PLACE = "no_place"
    """Everything but where."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CopyForm:
    """How a smaller copy is made: a JPEG, upright, with the colour profile of the original.

    Attributes:
        longest_side_px: Longest side at most; smaller pictures are not enlarged.
        quality: Of JPEG, 1 to 95.
        details: What it says of how it was taken.
    """

    longest_side_px: int
    quality: int = 88
    details: KeptDetails = KeptDetails.ALL


@dataclass(frozen=True, slots=True)
class PictureCopy:
    """A smaller copy.

    Attributes:
        data: An encoded JPEG.
        width_px: Its width.
        height_px: Its height.
    """

    data: bytes
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class CopiesSummary:
    """What came of an export.

    Attributes:
        done: How many pictures were written.
        failed: Those that could not be, with reasons.
        folder: Where they are.
        cancelled: Whether it was stopped before its end.
        stopped: Why it ended before its end all by itself, a sentence; empty if it did not.
    """

    done: int
    failed: tuple[FailedFile, ...] = ()
    folder: str = ""
    cancelled: bool = False
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """A picture for a contact sheet.

    Attributes:
        path: Its file.
        data: An encoded JPEG; empty where it cannot be shown.
        reason: Why it cannot.
    """

    path: str
    data: bytes = b""
    reason: str = ""
