"""What the user added, where it is, and how it is followed."""

from dataclasses import dataclass
from enum import StrEnum


class RootKind(StrEnum):
    """What the user added."""

    FOLDER = "folder"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Root:
    """A folder, or a single picture, that the user added.

    Attributes:
        id: The catalog's id.
        path: Absolute path.
        kind: Folder or single file.
        scanned_at_s: When its last complete scan ended, None if never.
        picture_count: Pictures of it in the library.
        is_connected: Whether it can be reached now.
        missing_count: Pictures among them whose file is gone and whose removal waits for a yes.
        missing_since_s: When the last of those was found gone, seconds since the epoch; 0 where
            there are none.
        why_offline: Why it cannot be reached, in one plain sentence; empty where it can.
    """

    id: int
    path: str
    kind: RootKind
    scanned_at_s: float | None
    picture_count: int
    is_connected: bool
    missing_count: int = 0
    missing_since_s: float = 0.0
    why_offline: str = ""


@dataclass(frozen=True, slots=True)
class MovedRoot:
    """A folder of the library that was found at another place.

    Attributes:
        root_id: The catalog's id.
        old: Where it was.
        new: Where it is.
    """

    root_id: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangedPlace:
    """A file or folder to look at again, because something happened there.

    Attributes:
        path: Absolute path; need not be there any more.
        saw_removal: Whether something was seen being removed here: what is missing now is gone,
            and not on a drive that was unplugged.
    """

    path: str
    saw_removal: bool = False


class WatchMode(StrEnum):
    """How changes in a root come to be known."""

    STARTING = "starting"
    """It is being prepared; changes are not seen yet."""
    LIVE = "live"
    """The system tells of every change."""
    PERIODIC = "periodic"
    """It is looked through every few minutes."""
    OFFLINE = "offline"
    """It is not there, or does not answer."""


@dataclass(frozen=True, slots=True)
class WatchState:
    """How a root is followed now.

    Attributes:
        root_id: Which root.
        mode: How changes come to be known.
        reason: Why it is not simply live, one plain sentence; empty where it is.
    """

    root_id: int
    mode: WatchMode
    reason: str = ""
