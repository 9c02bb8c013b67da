"""Opens the library in the background, and closes it once nothing uses it any more."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

OpenLibrary = Callable[[], "Library"]


class LibraryOpener(QObject):
    """Holds the library from the moment it is open."""

    opened = Signal(object)
    """The `Library`."""
    failed = Signal(object)
    """The exception."""

    def __init__(
        self, open_library: OpenLibrary, lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._open_library = open_library
        self._lane = lane
        self._library: Library | None = None

    def open(self, first: Callable[[], object] | None = None) -> None:
        """Open it, or try again.

        Args:
            first: What to do before, in the background.
        """
        self._lane.call(lambda: self._open(first), self.opened.emit, self.failed.emit)

    def close(self) -> None:
        """Close it; only once no lane uses it any more."""
        library, self._library = self._library, None
        if library is not None:
            library.close()

    def leave(self) -> None:
        """Let it be as it is when the process ends, because something uses it still."""
        if self._library is not None:
            self._library.leave()

    def _open(self, first: Callable[[], object] | None) -> "Library":
        """Runs in the lane's thread; kept here so that even an unwanted library gets closed."""
        if first is not None:
            first()
        self._library = self._open_library()
        return self._library
