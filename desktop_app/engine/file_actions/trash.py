"""The system's trash: puts files in, and gets them out again where the system lets us.

On freedesktop systems the trash is a folder with a description of every file in it
(https://specifications.freedesktop.org/trash-spec/latest/). Windows and macOS tell nobody which
file in their trash was which: there it can only be put back by hand.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.file_actions.placing import place
from desktop_app.engine.phrases import phrase

NO_TRASH = phrase("Engine: Files", "There is no trash for this drive.")
BY_HAND = phrase(
    "Engine: Files", "Put it back in the system's trash: no program but the system can."
)
NOT_IN_TRASH = phrase("Engine: Files", "It is not in the trash any more.")

CAN_RESTORE = sys.platform not in ("win32", "darwin")
_DRIVE_FIXED = 3


@dataclass(frozen=True, slots=True)
class Trashed:
    """A file in the trash.

    Attributes:
        path: Where it lies now.
        info: Its description.
        at: When it was thrown away, as the description says.
    """

    path: str
    info: str
    at: str


def throw_away(path: str) -> None:
    """Put a file into the trash; never deletes it.

    Raises:
        OSError: If it cannot be done.
    """
    if sys.platform == "win32" and not _has_recycle_bin(path):
        raise OSError(NO_TRASH)
    from send2trash import send2trash  # looks for its way at import

    try:
        send2trash(path)
    except PermissionError as error:
        if os.access(path, os.W_OK) and os.access(os.path.dirname(path), os.W_OK):
            raise OSError(NO_TRASH) from error  # the drive lets nobody make a trash
        raise
    except FileNotFoundError as error:
        if os.path.lexists(path):
            raise OSError(NO_TRASH) from error  # such as a user without a home
        raise
    if os.path.lexists(path):
        raise OSError(phrase("Engine: Files", "The trash did not take it."))


class TrashContent:
    """What is in the trash, read once a drive, when something of it is first asked for."""

    def __init__(self) -> None:
        self._read: dict[Path, dict[str, Trashed]] = {}
        self._real: dict[str, str] = {}
        self._trashes: dict[str, list[tuple[Path, Path]]] = {}

    def find(self, path: str) -> Trashed | None:
        """The file that was thrown away last of those that lay at a path; blocks."""
        if not CAN_RESTORE:
            return None
        lay_in = os.path.dirname(path)
        if lay_in not in self._trashes:
            self._trashes[lay_in] = list(_trashes(lay_in))
        place = self._place(path)
        found = [self._of(*trash).get(place) for trash in self._trashes[lay_in]]
        there = [one for one in found if one is not None and os.path.lexists(one.path)]
        return max(there, key=lambda one: one.at, default=None)

    def restore(self, path: str, target: str, cancel: CancelToken) -> None:
        """Take the file out that lay at a path last.

        Args:
            path: Where it lay.
            target: Where to put it.
            cancel: Stops it, where it has to be copied.

        Raises:
            FileExistsError: If something lies there now.
            FileNotFoundError: If it is not in the trash.
            OSError: If it cannot be done.
        """
        found = self.find(path)
        if found is None:
            raise FileNotFoundError(NOT_IN_TRASH if CAN_RESTORE else BY_HAND)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        place(found.path, target, cancel)
        with suppress(OSError):
            os.unlink(found.info)

    def _of(self, folder: Path, top: Path) -> dict[str, Trashed]:
        if folder not in self._read:
            newest: dict[str, Trashed] = {}
            for lay, one in _described(folder, top):
                place = self._place(lay)
                known = newest.get(place)
                if known is None or known.at <= one.at:
                    newest[place] = one
            self._read[folder] = newest
        return self._read[folder]

    def _place(self, path: str) -> str:
        """A path without links on the way: descriptions name the folders that they lead to."""
        folder, name = os.path.split(path)
        if folder not in self._real:
            self._real[folder] = os.path.realpath(folder)
        return os.path.join(self._real[folder], name)


def _described(folder: Path, top: Path) -> Iterator[tuple[str, Trashed]]:
    """Where the files of one trash lay, and where they are in it."""
    try:
        names = sorted(os.listdir(folder / "info"))
    except OSError:
        return
    for name in names:
        if name.endswith(".trashinfo"):
            info = folder / "info" / name
            lay, at = _read_info(info)
            inside = folder / "files" / name.removesuffix(".trashinfo")
            # A program that is killed leaves descriptions of what never came.
            if lay and os.path.lexists(inside):
                yield os.path.join(top, lay), Trashed(str(inside), str(info), at)


def _read_info(info: Path) -> tuple[str, str]:
    """Where a file lay, as its description says, and when it was thrown away."""
    lay, at = "", ""
    try:
        lines = info.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return lay, at
    for line in lines:
        key, _, value = line.partition("=")
        if key.strip() == "Path" and not lay:
            lay = unquote(value.strip(), errors="surrogateescape")
        elif key.strip() == "DeletionDate" and not at:
            at = value.strip()
    return lay, at


def _trashes(folder: str) -> Iterator[tuple[Path, Path]]:
    """The trashes for files of a folder, and what paths in their descriptions are relative to."""
    data = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    yield data / "Trash", data
    top = _mount_point(Path(folder))
    uid = os.getuid() if sys.platform != "win32" else 0
    yield top / ".Trash" / str(uid), top
    yield top / f".Trash-{uid}", top


def _mount_point(folder: Path) -> Path:
    folder = folder.resolve()
    while not os.path.ismount(folder) and folder != folder.parent:
        folder = folder.parent
    return folder


def _has_recycle_bin(path: str) -> bool:
    """Whether Windows keeps what is thrown away there; elsewhere it deletes without a word."""
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(os.path.abspath(path))[0] + "\\"
        return bool(ctypes.windll.kernel32.GetDriveTypeW(drive) == _DRIVE_FIXED)
    return True
