"""Files that a scan comes across, and why some are not in the library."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells, without reading a file, that it is still the same.

    Attributes:
        size_bytes: Its length.
        mtime_ns: Its modification time, nanoseconds since the epoch.
    """

    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that a scan came across and that may be a picture.

    Attributes:
        path: Absolute path.
        stamp: Its size and modification time.
    """

    path: str
    stamp: FileStamp


class SkipKind(StrEnum):
    """Why a file or folder is not in the library; decides whether a rescan tries it again."""

    NOT_A_PICTURE = "not_a_picture"
    """Neither its name nor its content says picture. Kept apart from failures."""
    DAMAGED = "damaged"
    """Truncated, empty, or not what its name says."""
    TOO_LARGE = "too_large"
    """More pixels than the limit."""
    UNSUPPORTED = "unsupported"
    """A picture of a kind that cannot be read yet, such as HEIC or a camera's raw file."""
    UNREADABLE = "unreadable"
    """The system refuses it now (permission, drive error); tried again at every scan."""
    DECODER_FAILED = "decoder_failed"
    """The process that decoded it crashed, hung or took too much memory."""
    BAD_NAME = "bad_name"
    """Its name is not valid text."""
    SPECIAL_FILE = "special_file"
    """A pipe, a socket or a device."""
    LINK = "link"
    """A link that leads nowhere or round in a circle."""
    EMPTY_FOLDER = "empty_folder"
    """A folder given by the user that holds no picture."""
    OFFLINE = "offline"
    """A folder whose drive is not connected, or that may not be read now; its pictures stay."""
    CLOUD_ONLY = "cloud_only"
    """A placeholder whose content would have to be fetched; never opened, looked at every scan."""
    BEING_WRITTEN = "being_written"
    """Another program was still writing it; tried again at every scan."""

    @property
    def is_failure(self) -> bool:
        """Whether a user would expect a picture there and wonder why it is missing."""
        return self not in (SkipKind.NOT_A_PICTURE, SkipKind.EMPTY_FOLDER)


@dataclass(frozen=True, slots=True)
class SkippedFile:
    r"""A file or folder that is not in the library, and why.

    Attributes:
        path: Absolute path, printable: bytes that are not UTF-8 are written as ``\xff``.
        reason: One plain sentence for the user.
        kind: The class of reason.
        stamp: Size and time when it was tried; None where they could not be read.
        strikes: How often reading it has cost the decoder its process.
        at_s: When it was last tried, seconds since the epoch; None where nobody noted it.
    """

    path: str
    reason: str
    kind: SkipKind
    stamp: FileStamp | None = None
    strikes: int = 0
    at_s: float | None = field(default=None, compare=False)
