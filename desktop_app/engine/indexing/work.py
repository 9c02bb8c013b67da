"""What is to be done after a scan, and what was done already."""

import time
from dataclasses import dataclass, field, replace

from desktop_app.engine.records import FoundFile, HeldBack, SkippedFile


@dataclass(frozen=True, slots=True)
class Work:
    """A file to decode.

    Attributes:
        file: The file.
        root_id: The root it belongs to.
        picture_id: The picture that it replaces; None where it is new.
        strikes: How often it has cost the decoder its process before.
        is_edited: Whether its content may be another one than the library knows.
    """

    file: FoundFile
    root_id: int
    picture_id: int | None = None
    strikes: int = 0
    is_edited: bool = True


@dataclass(slots=True)
class Reconciled:
    """What a scan came to.

    Attributes:
        work: What is to be decoded.
        moved: Number of pictures found at another place.
        touched: Number of pictures whose files have another time and the same content.
        removed: Ids of pictures that were removed.
        unneeded: Fingerprints that no picture has any more.
        held_back: Folders from which so much is gone that the user is to be asked first.
        known_sizes: Lengths of new files that some picture of the catalog has too.
    """

    work: list[Work] = field(default_factory=list)
    moved: int = 0
    touched: int = 0
    removed: list[int] = field(default_factory=list)
    unneeded: list[bytes] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)
    known_sizes: set[int] = field(default_factory=set)


def dated(skip: SkippedFile) -> SkippedFile:
    """Say that a file was tried now."""
    return replace(skip, at_s=time.time())
