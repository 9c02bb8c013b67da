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
from desktop_app.ui.folders.folder_lines import FolderLine
from desktop_app.ui.words import date_wording, wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr


@dataclass(frozen=True, slots=True)
class State:
    """How a folder is kept up to date.

    Attributes:
        icon: The icon's name.
        text: In words.
    """

    icon: str
    text: str


def offline(reason: str = "") -> str:
    """That a folder cannot be reached.

    Args:
        reason: Why, in the engine's words; empty where that is not known.
    """
    if reason:
        text = tr("Folders", "Offline. {reason} You can still search its pictures.")
        return text.format(reason=told(reason))
    return tr(
        "Folders",
        "Offline: its drive is not connected, or the folder was moved or may not be read. "
        "You can still search its pictures.",
    )


def empty() -> str:
    """That there is no folder."""
    return tr("Folders", "No folder is in the library yet. Add one, or drop it on the window.")


def waiting() -> str:
    """That something is done later."""
    return tr("Folders", "Waits until indexing is done…")


def stopping() -> str:
    """That something stops as soon as it can."""
    return tr("Folders", "Stopping…")


def name(line: FolderLine) -> str:
    """What a folder is called: the last part of its path."""
    return wording.file_name(line.path) if line.is_folder else _single(len(line.roots))


def _single(number: int) -> str:
    one, many = tr("Folders", "{n} single picture"), tr("Folders", "{n} single pictures")
    return wording.plural(number, one, many)


def moved(roots: Sequence[MovedRoot]) -> str:
    """Where folders are now whose drive was plugged in elsewhere."""
    text = tr("Folders", "{folder} is at {path} now.")
    return " ".join(text.format(folder=wording.file_name(one.old), path=one.new) for one in roots)


def state(line: FolderLine, watch: State | None) -> State:
    """How a folder is kept up to date.

    Args:
        line: The folder.
        watch: How it is watched; None where nobody says.
    """
    if not line.is_connected:
        return State("unplug", offline(line.why_offline))
    if watch is not None:
        return watch
    at_s = line.scanned_at_s
    moment = "" if at_s is None else date_wording.here(at_s, with_time=True)
    if not moment:
        return State("clock", tr("Folders", "Not looked through yet"))
    return State("clock", tr("Folders", "Looked through on {date}").format(date=moment))


def watching(state: WatchState) -> State | None:
    """How a folder is watched, in words; None where it is offline, which is said elsewhere."""
    reason, live = told(state.reason), tr("Folders", "Watching")
    if reason:
        live = tr("Folders", "Watching. {reason}").format(reason=reason)
    periodic = tr("Folders", "Looked through every few minutes")
    return {
        WatchMode.LIVE: State("eye", live),
        WatchMode.PERIODIC: State("clock", reason or periodic),
        WatchMode.STARTING: State("clock", tr("Folders", "Getting ready to watch…")),
    }.get(state.mode)


def failed(number: int) -> str:
    """How many files of a folder could not be read; empty for none."""
    if not number:
        return ""
    one = tr("Folders", "{n} file could not be read")
    return wording.plural(number, one, tr("Folders", "{n} files could not be read"))


def gone(missing: int, of: int) -> str:
    """How many pictures of a folder are gone: ``120 of 400 pictures are gone``."""
    one = tr("Folders", "{n} of {pictures} is gone")
    many = tr("Folders", "{n} of {pictures} are gone")
    return wording.plural(missing, one, many, pictures=wording.pictures(of))


def kept(missing: int, of: int) -> str:
    """The same once the user has said that they are to stay."""
    one = tr("Folders", "{n} of {pictures} is gone; it stays in the library")
    many = tr("Folders", "{n} of {pictures} are gone; they stay in the library")
    return wording.plural(missing, one, many, pictures=wording.pictures(of))


def held_back(roots: Sequence[HeldBack]) -> str:
    """That pictures are gone and wait for a yes, in two sentences."""
    first, others = roots[0], len(roots) - 1
    one = tr("Folders", "{n} of {pictures} is gone from {folder}")
    many = tr("Folders", "{n} of {pictures} are gone from {folder}")
    folder, of = wording.file_name(first.path), wording.pictures(first.of)
    text = wording.plural(first.missing, one, many, pictures=of, folder=folder)
    if others:
        one = tr("Folders", "{gone}, and from {n} other folder")
        many = tr("Folders", "{gone}, and from {n} other folders")
        text = wording.plural(others, one, many, gone=text)
    stay = tr("Folders", "They stay in the library until you say so.")
    return f"{text}. {stay}"


def removal(missing: int) -> str:
    """The button that takes pictures out whose files are gone."""
    text = tr("Folders", "Remove {n} from the library", "So many pictures")
    return text.format(n=wording.count(missing))


def removed(number: int) -> str:
    """What came of it."""
    one = tr("Folders", "{n} picture removed from the library. No file was touched.")
    many = tr("Folders", "{n} pictures removed from the library. No file was touched.")
    return wording.plural(number, one, many)


def forgetting(line: FolderLine) -> str:
    """The question before a folder is forgotten."""
    if not line.pictures:
        text = tr("Folders", "Forget {folder}? It leaves the library; no file is touched.")
        return text.format(folder=name(line))
    if line.is_folder:
        one = tr(
            "Folders", "Forget {folder}? Its {n} picture leaves the library; no file is touched."
        )
        many = tr(
            "Folders", "Forget {folder}? Its {n} pictures leave the library; no file is touched."
        )
    else:
        one = tr(
            "Folders", "Forget {folder}? The {n} picture leaves the library; no file is touched."
        )
        many = tr(
            "Folders", "Forget {folder}? The {n} pictures leave the library; no file is touched."
        )
    return wording.plural(line.pictures, one, many, folder=name(line))


def forgotten(line: FolderLine) -> str:
    """What came of it."""
    if line.is_folder:
        text = tr("Folders", "{folder} left the library. No file was touched.")
        return text.format(folder=name(line))
    one = tr("Folders", "{n} single picture left the library. No file was touched.")
    many = tr("Folders", "{n} single pictures left the library. No file was touched.")
    return wording.plural(len(line.roots), one, many)


def forgetting_progress(percent: int) -> str:
    """How far it is."""
    return tr("Folders", "Forgetting… {percent}%").format(percent=percent)


def not_forgotten(line: FolderLine) -> str:
    """What came of it where it was stopped."""
    text = tr(
        "Folders", "Stopped. {folder} is still in the library, with the pictures that are left."
    )
    return text.format(folder=name(line))


def on_disk(status: LibraryStatus) -> str:
    """What the library takes on disk, and what for."""
    sizes = (status.catalog_bytes, status.index_bytes, status.thumbnail_bytes)
    known, quick, thumbnails = map(wording.file_size, sizes)
    text = tr(
        "Folders",
        "The library takes {size} on disk: {known} what is known of the pictures, "
        "{quick} quick search, {thumbnails} thumbnails.",
    )
    total = wording.file_size(sum(sizes))
    return text.format(size=total, known=known, quick=quick, thumbnails=thumbnails)


def count(roots: Sequence[Root]) -> str:
    """The way to the folders, in the bottom line: ``3 folders``; empty where there is none."""
    folders = [root for root in roots if root.kind is RootKind.FOLDER]
    if not roots:
        return ""
    if not folders:
        return _single(len(roots))
    away = sum(not root.is_connected for root in folders)
    if not away:
        one, many = tr("Folders", "{n} folder"), tr("Folders", "{n} folders")
        return wording.plural(len(folders), one, many)
    one, many = (
        tr("Folders", "{n} folder, {away} offline"),
        tr("Folders", "{n} folders, {away} offline"),
    )
    return wording.plural(len(folders), one, many, away=wording.count(away))
