"""Renames, moves and throws away the files of pictures, and takes that back."""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.file_actions import recovery
from desktop_app.engine.file_actions.homes import Homes
from desktop_app.engine.file_actions.order import Order
from desktop_app.engine.file_actions.run import Run
from desktop_app.engine.file_actions.trash import TrashContent
from desktop_app.engine.file_names import name_problem, with_ending
from desktop_app.engine.files.exclusions import Exclusions
from desktop_app.engine.files.reach import is_out_of_reach
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import FileAction, FileProgress, FileSummary, Picture, PictureIds
from desktop_app.engine.store.catalog import Catalog

Report = FileProgress | FileSummary

_AT_ONCE = 50
"""Pictures between two transactions: a hundredth of a second each way."""

OFFLINE = phrase("Engine: Files", "Its drive or folder cannot be reached.")
GONE = phrase("Engine: Files", "This file is gone.")
FOLDER_GONE = phrase("Engine: Files", "Its folder is not there; its drive may not be connected.")


class FileActions:
    """What a user does with the files of pictures. Every method may be called from any thread.

    Nothing is ever overwritten: a second file of a name gets a number. Pictures keep their ids
    and all that is known of them. What cannot be done with one picture is data, see
    `FileSummary.failed`; the rest is done.

    Args:
        catalog: Where the pictures are.
        exclusions: Gives what scans pass over: what is moved there leaves the library.
        offline: Tells what cannot be reached; see `RootPresence.offline`.
        gate: Keeps out, while it is held, what forgets or relocates folders.
        on_change: Called after every change with the ids of pictures that are not in the library
            any more, and of those that are back.
    """

    def __init__(
        self,
        catalog: Catalog,
        exclusions: Callable[[], Exclusions],
        offline: Callable[[], Collection[int | str]],
        gate: Callable[[], AbstractContextManager[None]],
        on_change: Callable[[Sequence[int], Sequence[int]], object],
    ) -> None:
        self._catalog = catalog
        self._exclusions = exclusions
        self._offline = offline
        self._gate = gate
        self._on_change = on_change

    def rename(self, picture_id: int, name: str, cancel: CancelToken) -> Iterator[Report]:
        """Give a picture's file another name in its folder.

        Args:
            picture_id: Which picture.
            name: The name; without the ending, it keeps the one it has.
            cancel: Stops it.

        Yields:
            Progress, and as the last item a `FileSummary`.

        Raises:
            UserFacingError: If no file can be called so, or the library cannot be changed.
        """

        def renamed(picture: Picture) -> tuple[str, str]:
            folder, old = os.path.split(picture.path)
            new = with_ending(name, old)
            problem = name_problem(new)
            if problem:
                raise UserFacingError(problem, phrase("Engine: Files", "Choose another name."))
            return folder, new

        yield from self._carry(FileAction.RENAME, [picture_id], renamed, cancel)

    def move(self, ids: PictureIds, folder: str, cancel: CancelToken) -> Iterator[Report]:
        """Move pictures into a folder; those that lie there already stay.

        Args:
            ids: Which pictures.
            folder: Absolute path.
            cancel: Stops it; what was moved stays moved.

        Yields:
            Progress, and as the last item a `FileSummary`.

        Raises:
            UserFacingError: If the folder cannot take them, or the library cannot be changed.
        """
        check_folder(folder)
        homes = Homes(self._catalog.roots(), self._exclusions())
        place = homes.known_as(os.path.abspath(folder), self._offline())
        is_there: dict[str, bool] = {}

        def moved(picture: Picture) -> tuple[str, str]:
            now, name = os.path.split(picture.path)
            if now not in is_there:  # also under another name, by way of a link
                is_there[now] = _is_same_folder(now, place)
            return (now if is_there[now] else place), name

        yield from self._carry(FileAction.MOVE, ids, moved, cancel)

    def trash(self, ids: PictureIds, cancel: CancelToken) -> Iterator[Report]:
        """Put the files of pictures into the system's trash; they leave the library.

        Args:
            ids: Which pictures.
            cancel: Stops it; what was thrown away stays in the trash.

        Yields:
            Progress, and as the last item a `FileSummary`.

        Raises:
            UserFacingError: If the library cannot be changed.
        """
        yield from self._carry(FileAction.TRASH, ids, lambda _one: ("", ""), cancel)

    def undo(self, done: FileSummary, cancel: CancelToken) -> Iterator[Report]:
        """Bring files back to where they were, and pictures into the library that had left it.

        Args:
            done: What is to be taken back.
            cancel: Stops it; what is back stays.

        Yields:
            Progress, and as the last item a `FileSummary`.

        Raises:
            UserFacingError: If the library cannot be changed.
        """
        trash = TrashContent() if done.action is FileAction.TRASH else None
        run = self._new_run(done.action, cancel, trash=trash, is_undo=True)
        total = len(done.done)
        for start in range(0, total, _AT_ONCE):
            if cancel.is_cancelled:
                break
            some = done.done[start : start + _AT_ONCE]
            with self._gate():
                offline, orders = self._offline(), []
                for one in some:
                    order = Order.back(one, self._catalog.path_of(one.picture_id))
                    if not (order.has_left or order.is_needed):
                        continue  # it is back already
                    # Nothing is put into the empty folder that a drive leaves behind.
                    if is_out_of_reach(offline, run.homes.of(one.old) or 0, one.old):
                        run.fail(order.source, OFFLINE)
                    else:
                        orders.append(order)
                yield from self._do(run, orders, start, total)
        yield run.summary(is_cancelled=cancel.is_cancelled)

    def recover(self) -> None:
        """Finish what was under way when the program was killed; to be called when it starts.

        Also welcomes pictures back whose files were put back by somebody else, and forgets those
        that left more than `recovery.KEPT_DAYS` days ago.

        Raises:
            UserFacingError: If the library cannot be changed.
        """
        with self._gate():
            homes = Homes(self._catalog.roots(), self._exclusions())
            changes = [
                recovery.finish(self._catalog, homes),
                recovery.welcome_back(self._catalog),
            ]
            recovery.expire(self._catalog.file_moves)
        for change in changes:
            self._on_change(*change)

    def welcome_back(self) -> int:
        """Let pictures that left with their files, and came back, be what they were.

        For files that were put back by hand from the trash, and were indexed as new ones.

        Returns:
            How many there were.
        """
        if not self._catalog.file_moves.returned():
            return 0
        with self._gate():
            gone, back = recovery.welcome_back(self._catalog)
        self._on_change(gone, back)
        return len(back)

    def _carry(
        self,
        action: FileAction,
        ids: PictureIds,
        target: Callable[[Picture], tuple[str, str]],
        cancel: CancelToken,
    ) -> Iterator[Report]:
        """Do the same with many pictures.

        Args:
            action: What.
            ids: The pictures.
            target: Tells the folder and the name that a picture's file gets.
            cancel: Stops it.
        """
        run = self._new_run(action, cancel)
        for start in range(0, len(ids), _AT_ONCE):
            if cancel.is_cancelled:
                break
            with self._gate():
                orders = []
                offline = self._offline()
                for picture in self._catalog.pictures(ids[start : start + _AT_ONCE]):
                    is_single = run.homes.is_single(picture.root_id)
                    order = Order(picture.id, picture.path, *target(picture), is_single)
                    if is_out_of_reach(offline, picture.root_id, picture.path):
                        run.fail(picture.path, OFFLINE)
                    elif not os.path.lexists(picture.path):
                        has_folder = os.path.isdir(os.path.dirname(picture.path))
                        run.fail(picture.path, GONE if has_folder else FOLDER_GONE)
                    elif os.path.isdir(picture.path):  # somebody's folder has its name now
                        run.fail(picture.path, GONE)
                    elif order.is_needed:
                        orders.append(order)
                yield from self._do(run, orders, start, len(ids))
        yield run.summary(is_cancelled=cancel.is_cancelled)

    def _do(
        self, run: Run, orders: Sequence[Order], start: int, total: int
    ) -> Iterator[FileProgress]:
        """Do some of it; what is done is written, whatever happens."""
        run.begin(orders)
        try:
            for count, order in enumerate(orders, start=1):
                if not run.do(order):
                    break
                yield FileProgress(min(start + count, total), total, order.source)
        finally:
            self._on_change(*run.write())

    def _new_run(
        self,
        action: FileAction,
        cancel: CancelToken,
        *,
        trash: TrashContent | None = None,
        is_undo: bool = False,
    ) -> Run:
        homes = Homes(self._catalog.roots(), self._exclusions())
        return Run(self._catalog.file_moves, homes, action, cancel, trash=trash, is_undo=is_undo)


def check_folder(folder: str) -> None:
    """Find out whether files can be put into a folder; blocks.

    Raises:
        UserFacingError: If not.
    """
    try:
        folder.encode()
    except UnicodeEncodeError as error:
        raise UserFacingError(
            phrase("Engine: Files", "The name of this folder is not valid text."),
            phrase("Engine: Files", "Choose another folder."),
        ) from error
    if not os.path.isdir(folder):
        raise UserFacingError(
            phrase("Engine: Files", "There is no folder at {folder}.").format(folder=folder),
            phrase("Engine: Files", "Choose another folder."),
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UserFacingError(
            phrase("Engine: Files", "You may not put anything into {folder}.").format(
                folder=folder
            ),
            phrase("Engine: Files", "Choose another folder."),
        )


def _is_same_folder(folder: str, other: str) -> bool:
    try:
        return os.path.samefile(folder, other)
    except OSError:
        return False
