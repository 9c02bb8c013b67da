"""What is said about the folders of the library."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.engine.records import (
    HeldBack,
    LibraryStatus,
    MovedRoot,
    Root,
    RootKind,
    WatchMode,
    WatchState,
)
from desktop_app.ui import date_wording, wording
from desktop_app.ui.folder_lines import FolderLine

OFFLINE = "Offline: this drive is not connected. You can still search its pictures."
EMPTY = "No folder is in the library yet. Add one, or drop it on the window."
STAY = "They stay in the library until you say so."
WAITING = "Waits until indexing is done…"
STOPPING = "Stopping…"


@dataclass(frozen=True, slots=True)
class State:
    """How a folder is kept up to date.

    Attributes:
        icon: The icon's name.
        text: In words.
    """

    icon: str
    text: str


def name(line: FolderLine) -> str:
    """What a folder is called: the last part of its path."""
    if line.is_folder:
        return wording.file_name(line.path)
    return wording.plural(len(line.roots), "single picture", "single pictures")


def moved(roots: Sequence[MovedRoot]) -> str:
    """Where folders are now whose drive was plugged in elsewhere."""
    return " ".join(f"{wording.file_name(one.old)} is at {one.new} now." for one in roots)


def state(line: FolderLine, watch: State | None) -> State:
    """How a folder is kept up to date.

    Args:
        line: The folder.
        watch: How it is watched; None where nobody says.
    """
    if not line.is_connected:
        return State("unplug", OFFLINE)
    if watch is not None:
        return watch
    at_s = line.scanned_at_s
    moment = "" if at_s is None else date_wording.here(at_s, with_time=True)
    return State("clock", f"Looked through on {moment}" if moment else "Not looked through yet")


def watching(state: WatchState) -> State | None:
    """How a folder is watched, in words; None where it is offline, which is said elsewhere."""
    live = f"Watching. {state.reason}" if state.reason else "Watching"
    return {
        WatchMode.LIVE: State("eye", live),
        WatchMode.PERIODIC: State("clock", state.reason or "Looked through every few minutes"),
        WatchMode.STARTING: State("clock", "Getting ready to watch…"),
    }.get(state.mode)


def failed(number: int) -> str:
    """How many files of a folder could not be read; empty for none."""
    return f"{wording.plural(number, 'file', 'files')} could not be read" if number else ""


def gone(missing: int, of: int) -> str:
    """How many pictures of a folder are gone: ``120 of 400 pictures are gone``."""
    verb = "is" if missing == 1 else "are"
    return f"{wording.count(missing)} of {wording.pictures(of)} {verb} gone"


def kept(missing: int, of: int) -> str:
    """The same once the user has said that they are to stay."""
    they = "it stays" if missing == 1 else "they stay"
    return f"{gone(missing, of)}; {they} in the library"


def held_back(roots: Sequence[HeldBack]) -> str:
    """That pictures are gone and wait for a yes, in two sentences."""
    first, *others = (
        f"{gone(one.missing, one.of)} from {wording.file_name(one.path)}" for one in roots
    )
    more = f", and from {wording.plural(len(others), 'other folder', 'other folders')}"
    return f"{first}{more if others else ''}. {STAY}"


def removal(missing: int) -> str:
    """The button that takes pictures out whose files are gone."""
    return f"Remove {wording.count(missing)} from the library"


def removed(number: int) -> str:
    """What came of it."""
    return f"{wording.pictures(number)} removed from the library. No file was touched."


def forgetting(line: FolderLine) -> str:
    """The question before a folder is forgotten."""
    whose = "Its" if line.is_folder else "The"
    many = wording.pictures(line.pictures)
    leave = f"{whose} {many} {'leaves' if line.pictures == 1 else 'leave'} the library"
    return f"Forget {name(line)}? {leave if line.pictures else 'It leaves the library'}; " + (
        "no file is touched."
    )


def forgotten(line: FolderLine) -> str:
    """What came of it."""
    what = name(line) if line.is_folder else name(line).capitalize()
    return f"{what} left the library. No file was touched."


def forgetting_progress(percent: int) -> str:
    """How far it is."""
    return f"Forgetting… {percent}%"


def not_forgotten(line: FolderLine) -> str:
    """What came of it where it was stopped."""
    return f"Stopped. {name(line)} is still in the library, with the pictures that are left."


def on_disk(status: LibraryStatus) -> str:
    """What the library takes on disk, and what for."""
    sizes = (status.catalog_bytes, status.index_bytes, status.thumbnail_bytes)
    what = ("what is known of the pictures", "quick search", "thumbnails")
    parts = (f"{wording.file_size(size)} {each}" for size, each in zip(sizes, what, strict=True))
    return f"The library takes {wording.file_size(sum(sizes))} on disk: {', '.join(parts)}."


def count(roots: Sequence[Root]) -> str:
    """The way to the folders, in the bottom line: ``3 folders``; empty where there is none."""
    folders = [root for root in roots if root.kind is RootKind.FOLDER]
    if not roots:
        return ""
    if not folders:
        return wording.plural(len(roots), "single picture", "single pictures")
    offline = sum(not root.is_connected for root in folders)
    text = wording.plural(len(folders), "folder", "folders")
    return f"{text}, {wording.count(offline)} offline" if offline else text
