"""One run of renaming, moving, throwing away, or taking one of these back."""

import errno
import os
import time
from collections.abc import Sequence
from dataclasses import replace

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.file_actions import sidecars, trash
from desktop_app.engine.file_actions.homes import Homes
from desktop_app.engine.file_actions.order import Order
from desktop_app.engine.file_actions.placing import place
from desktop_app.engine.file_actions.trash import TrashContent
from desktop_app.engine.file_names import numbered
from desktop_app.engine.files.stamp import stamp_now
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import (
    FailedFile,
    FileAction,
    FileStamp,
    FileSummary,
    MovedFile,
)
from desktop_app.engine.store.departed import Departure
from desktop_app.engine.store.file_moves import SINGLE, FileMoves, JournalEntry, Return
from desktop_app.engine.store.pictures import Move

FOLDER_GONE = phrase(
    "Engine: Files", "The folder is not there any more; its drive may not be connected."
)

_TRIES = 20
"""How often another program may take the very name that was just found free."""


class Run:
    """Does orders in parts: `begin` notes a part, `do` moves its files, `write` enters them.

    Args:
        store: Where it is written.
        homes: The folders of the library.
        action: What is done.
        cancel: Stops it, also amid a copy.
        trash: The trash, where files are to be taken out of it.
        is_undo: Whether something is taken back.

    Attributes:
        homes: The folders of the library.
    """

    def __init__(
        self,
        store: FileMoves,
        homes: Homes,
        action: FileAction,
        cancel: CancelToken,
        *,
        trash: TrashContent | None = None,
        is_undo: bool = False,
    ) -> None:
        self._store = store
        self.homes = homes
        self._action = action
        self._cancel = cancel
        self._trash = trash
        self._is_undo = is_undo
        self._done: list[MovedFile] = []
        self._failed: list[FailedFile] = []
        self._left = 0
        self._next_number: dict[tuple[str, str], int] = {}
        self._taken: set[str] = set()
        self._devices: dict[str, int] = {}
        self._planned: dict[int, JournalEntry] = {}
        self._indexed: dict[int, FileStamp] = {}
        self._notes: list[int] = []
        self._moves: list[Move] = []
        self._departures: list[Departure] = []
        self._returns: list[Return] = []

    @property
    def _throws_away(self) -> bool:
        return self._action is FileAction.TRASH and not self._is_undo

    def fail(self, path: str, reason: str) -> None:
        """Note what cannot be done."""
        self._failed.append(FailedFile(path, reason))

    def summary(self, *, is_cancelled: bool) -> FileSummary:
        """What came of it."""
        return FileSummary(
            self._action,
            tuple(self._done),
            tuple(self._failed),
            self._left,
            is_cancelled,
            self._is_undo,
        )

    def begin(self, orders: Sequence[Order]) -> None:
        """Plan a part, and note it where it outlives the program.

        Raises:
            StoreError: If it cannot be noted; nothing has been done then.
        """
        self._taken.clear()
        self._indexed = self._store.stamps([order.picture_id for order in orders])
        entries = [self._plan(order) for order in orders]
        self._notes = self._store.note(entries) if entries else []
        self._planned = {
            entry.picture_id: replace(entry, id=note)
            for entry, note in zip(entries, self._notes, strict=True)
        }

    def do(self, order: Order) -> bool:
        """Move a file, and what goes with it.

        Returns:
            Whether to go on.
        """
        entry = self._planned[order.picture_id]
        # What lies in the trash keeps its time when it comes out.
        before = None if self._trash is not None else stamp_now(entry.old)
        try:
            if self._cancel.is_cancelled:
                return False
            entry = self._throw(entry) if self._throws_away else self._place(order, entry)
        except CancelledError:
            return False
        except OSError as error:
            self.fail(order.source, reason_of(error))
            return True
        self._done.append(
            MovedFile(entry.picture_id, entry.old, entry.new, entry.sidecars, order.is_single)
        )
        self._enter(order, entry, before)
        return True

    def write(self) -> tuple[list[int], list[int]]:
        """Write what was done.

        Returns:
            The ids of pictures that are not in the library any more, and of those that are back.

        Raises:
            StoreError: If it cannot be written; the notes stay for the next start.
        """
        if not self._notes:
            return [], []
        changed = self._store.write(
            self._notes, self._moves, self._departures, self._returns, time.time()
        )
        self._left += len(self._departures)
        self._notes, self._moves, self._departures, self._returns = [], [], [], []
        return changed

    def _plan(self, order: Order) -> JournalEntry:
        with_it = order.sidecars
        if with_it is None:
            with_it = tuple(sidecars.sidecars_of(order.source))
        new = "" if self._throws_away else self._free(order, with_it)
        pairs = tuple(
            (each, sidecars.beside(each, order.source, new) if new else "") for each in with_it
        )
        return JournalEntry(order.picture_id, self._action, order.source, new, pairs)

    def _free(self, order: Order, with_it: Sequence[str]) -> str:
        """A path that nothing has yet, neither the picture nor a file that goes with it."""
        wanted = os.path.join(order.folder, order.name)
        if self._is_free(order, wanted, with_it):
            self._take(order, wanted, with_it)
            return wanted
        key = (order.folder, order.name.casefold())
        for number, name in numbered(order.name, self._next_number.get(key, 2)):
            self._next_number[key] = number
            path = os.path.join(order.folder, name)
            if self._is_free(order, path, with_it):
                self._take(order, path, with_it)
                return path
        raise AssertionError("numbers do not end")

    def _take(self, order: Order, path: str, with_it: Sequence[str]) -> None:
        """No other file of this part gets a name that this one, or what goes with it, will have."""
        self._taken.update(each.casefold() for each in _all(order, path, with_it))

    def _is_free(self, order: Order, path: str, with_it: Sequence[str]) -> bool:
        wanted = _all(order, path, with_it)
        if any(each.casefold() in self._taken for each in wanted):
            return False
        if self._trash is not None and self._trash.find(order.source) is None:
            return True  # somebody has put it back, or nobody can
        if self._trash is None and path.casefold() == order.source.casefold():
            # The same name, written otherwise.
            return path == order.source or _is_alone(path)
        return not any(map(os.path.lexists, wanted))

    def _place(self, order: Order, entry: JournalEntry) -> JournalEntry:
        self._require_folder(order.folder)
        if os.path.islink(order.source) and order.folder != os.path.dirname(order.source):
            raise OSError(
                phrase("Engine: Files", "It is a link, which could lead elsewhere from there.")
            )
        for _ in range(_TRIES):
            try:
                self._bring(entry.old, entry.new, self._cancel)
                break
            except FileExistsError:
                # Somebody else was quicker. What is planned anew is noted anew.
                fresh = self._plan(order)
                (note,) = self._store.note([fresh])
                self._notes.append(note)
                entry = replace(fresh, id=note)
        else:
            raise OSError(phrase("Engine: Files", "Another program takes every name."))
        return replace(entry, sidecars=self._bring_sidecars(entry))

    def _require_folder(self, folder: str) -> None:
        """Make sure that files still go where they went before.

        Where a drive is pulled out, its mount point is an empty folder of another disk.

        Raises:
            OSError: If the folder is gone, or on another drive than at first.
        """
        if self._is_undo and folder not in self._devices:
            os.makedirs(folder, exist_ok=True)
        try:
            device = os.stat(folder).st_dev
        except FileNotFoundError as error:
            raise OSError(FOLDER_GONE) from error
        if self._devices.setdefault(folder, device) != device:
            raise OSError(FOLDER_GONE)

    def _bring_sidecars(self, entry: JournalEntry) -> tuple[tuple[str, str], ...]:
        """Move what goes with a picture, which has been moved; what cannot stays, and is said."""
        moved = []
        for before, after in entry.sidecars:
            try:
                self._bring(before, after, CancelToken())
                moved.append((before, after))
            except OSError as error:
                self.fail(before, reason_of(error))
        return tuple(moved)

    def _bring(self, source: str, target: str, cancel: CancelToken) -> None:
        if self._trash is None:
            place(source, target, cancel)
        elif self._trash.find(source) is not None or not os.path.lexists(target):
            self._trash.restore(source, target, cancel)
        # else somebody has put it back already

    def _throw(self, entry: JournalEntry) -> JournalEntry:
        trash.throw_away(entry.old)
        thrown = []
        for before, _ in entry.sidecars:
            try:
                trash.throw_away(before)
                thrown.append((before, ""))
            except OSError as error:
                self.fail(before, reason_of(error))
        return replace(entry, sidecars=tuple(thrown))

    def _enter(self, order: Order, entry: JournalEntry, before: FileStamp | None) -> None:
        """What the catalog is to be told of a file that was moved.

        Args:
            order: What was wanted.
            entry: What was done.
            before: The file's stamp before that; None for one that was in the trash.
        """
        stamp = stamp_now(entry.new) if entry.new else None
        indexed = self._indexed.get(order.picture_id)
        if stamp is not None and indexed is not None and (before or stamp) != indexed:
            stamp = indexed  # it was edited since: the next scan is to see that
        home = None if stamp is None else self.homes.of(entry.new)
        if home is None and order.is_single:
            home = SINGLE
        if home is None or stamp is None:
            if not order.has_left:
                self._departures.append((order.picture_id, entry.new))
        elif order.has_left:
            self._returns.append(Return(order.picture_id, entry.new, home, stamp))
        else:
            self._moves.append((order.picture_id, entry.new, home, stamp))


def _all(order: Order, path: str, with_it: Sequence[str]) -> list[str]:
    """Where a file and what goes with it will be."""
    return [path, *(sidecars.beside(each, order.source, path) for each in with_it)]


def reason_of(error: OSError) -> str:
    """Say for the user why the system refuses it."""
    known = {
        errno.ENOSPC: phrase("Engine: Files", "The disk is full."),
        errno.EDQUOT: phrase("Engine: Files", "There is no room left for you on this disk."),
        errno.EROFS: phrase("Engine: Files", "This drive may only be read."),
        errno.ENOENT: phrase("Engine: Files", "This file is gone."),
        errno.ENAMETOOLONG: phrase("Engine: Files", "The name is too long."),
        errno.EIO: phrase("Engine: Files", "The drive does not answer."),
        errno.ENODEV: phrase("Engine: Files", "The drive does not answer."),
        errno.ENXIO: phrase("Engine: Files", "The drive does not answer."),
        errno.ENOTCONN: phrase("Engine: Files", "The drive does not answer."),
        errno.EINVAL: phrase("Engine: Files", "The drive does not take such a name."),
        errno.EFBIG: phrase("Engine: Files", "The file is too large for this drive."),
    }
    if error.errno is None or (error.strerror is None and error.args):
        return str(error)
    if isinstance(error, PermissionError):
        return phrase("Engine: Files", "You may not change this file or its folder.")
    if getattr(error, "winerror", None) == 32:  # ERROR_SHARING_VIOLATION
        return phrase("Engine: Files", "Another program is using it.")
    if error.errno == errno.EIO and error.strerror and error.strerror.endswith("."):
        return error.strerror
    return known.get(
        error.errno,
        phrase("Engine: Files", "It cannot be done ({reason}).").format(reason=error.strerror),
    )


def _is_alone(path: str) -> bool:
    """Whether no other file has this very spelling."""
    try:
        return os.path.basename(path) not in os.listdir(os.path.dirname(path))
    except OSError:
        return False
