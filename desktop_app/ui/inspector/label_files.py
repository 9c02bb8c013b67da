"""Has ratings and tags written beside pictures, where that is switched on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.records import SidecarProgress
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library


class LabelFiles(QObject):
    """Writes what has changed, one run after another, whichever window changed it.

    Args:
        lane: For the files, which takes long.
        parent: Its owner.
    """

    progressed = Signal(object)
    """How far it is, a `SidecarProgress`."""
    ended = Signal(int)
    """A run is over; beside so many pictures nothing could be written."""
    failed = Signal(object)
    """The exception that ended a run."""

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._library: Library | None = None
        self._failed = 0

    def set_library(self, library: "Library") -> None:
        """Begin to serve; what was left unwritten when the program ended is written now."""
        self._library = library
        if library.unwritable is None:
            self.retry()

    def write(self) -> None:
        """Write labels beside pictures; to be called too when that has been switched on."""
        library = self._library
        if library is not None:
            self._lane.stream(library.sidecars.write, self._take, self._end, self._fail)

    def stop(self) -> None:
        """Write no further; the rest is written the next time."""
        self._lane.cancel()

    def retry(self) -> None:
        """Try again what could not be written, and write what has changed."""
        library = self._library
        if library is not None and library.sidecars.is_on:
            self._lane.call(library.sidecars.retry, lambda _nothing: self.write(), self.failed.emit)

    def _take(self, progress: SidecarProgress) -> None:
        self._failed += len(progress.failures)
        self.progressed.emit(progress)

    def _end(self) -> None:
        failed, self._failed = self._failed, 0
        self.ended.emit(failed)

    def _fail(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)
