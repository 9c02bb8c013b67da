"""Looks for damage in the library and has it backed up, in the background."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.engine.cancellation import CancelToken
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

    Work = Callable[[Library, CancelToken], Iterator[None]]


class LibraryCare(QObject):
    """Does one after the other, and says only what went wrong.

    Args:
        lane: For the work.
        notices: Where the user is told.
        parent: Its owner.
    """

    def __init__(self, lane: Lane, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._notices = notices
        self._library: Library | None = None

    def set_library(self, library: "Library") -> None:
        """Begin to serve: look for damage, where the last program ended uncleanly."""
        self._library = library
        self._run(library, _check)

    def back_up(self) -> None:
        """Back the library up, if it is time to."""
        if self._library is not None:
            self._run(self._library, _back_up)

    def _run(
        self, library: "Library", work: "Callable[[Library, CancelToken], Iterator[None]]"
    ) -> None:
        self._lane.stream(
            lambda token: work(library, token),
            lambda _nothing: None,
            lambda: None,
            self._notices.exception,
        )


def _check(library: "Library", cancel: CancelToken) -> Iterator[None]:
    library.check(cancel)
    yield


def _back_up(library: "Library", cancel: CancelToken) -> Iterator[None]:
    library.back_up(cancel)
    yield
