"""Looks for damage in the library, has it backed up and its files tidied, in the background."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.cancellation import CancelToken
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from collections.abc import Callable

    from desktop_app.engine.library import Library


class LibraryCare(QObject):
    """Does one after the other, and tells only what went wrong or came back.

    Args:
        lane: For looking and for backups.
        files: For what is done with the files of pictures, one thing after another.
        parent: Its owner.
    """

    failed = Signal(object)
    """An exception."""
    came_back = Signal()
    """Pictures are back whose files were put back by hand."""

    def __init__(self, lane: Lane, files: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._files = files
        self._library: Library | None = None

    def set_library(self, library: "Library") -> None:
        """Begin to serve: look for damage, where the last program ended uncleanly.

        What was being done with files when it was killed is brought to its end.
        """
        self._library = library
        self._run(library, _check)
        if library.unwritable is None:
            self._files.call(library.files.recover, lambda _nothing: None, self.failed.emit)

    def back_up(self) -> None:
        """Back the library up, if it is time to."""
        if self._library is not None:
            self._run(self._library, _back_up)

    def welcome_back(self) -> None:
        """Look whether pictures are back whose files were put back by hand."""
        library = self._library
        if library is not None and library.unwritable is None:
            self._files.call(library.files.welcome_back, self._came, self.failed.emit)

    def _came(self, count: int) -> None:
        if count:
            self.came_back.emit()

    def _run(
        self, library: "Library", work: "Callable[[Library, CancelToken], Iterator[None]]"
    ) -> None:
        self._lane.stream(
            lambda token: work(library, token),
            lambda _nothing: None,
            lambda: None,
            self.failed.emit,
        )


def _check(library: "Library", cancel: CancelToken) -> Iterator[None]:
    library.check(cancel)
    yield


def _back_up(library: "Library", cancel: CancelToken) -> Iterator[None]:
    library.back_up(cancel)
    yield
