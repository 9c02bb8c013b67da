"""Pauses and slows down what goes on in the background, and shows that it does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.messages.status_line import StatusLine
from desktop_app.ui.words.engine_wording import told

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library
    from desktop_app.engine.pace import WorkPace

LOOK_INTERVAL_MS = 500


class PaceDesk(QObject):
    """Stands between the library's pace and what the window shows of it.

    Others than the user pause it too, such as a battery that runs low; so it is looked at from
    time to time, while there is something to pause.
    """

    looked = Signal()
    """Whether it is paused was looked at just now."""

    def __init__(
        self, indexing: IndexingQueue, status: StatusLine, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._indexing = indexing
        self._status = status
        self._pace: WorkPace | None = None
        self._is_gentle = False
        self._timer = QTimer(self, interval=LOOK_INTERVAL_MS)
        self._timer.timeout.connect(self._look)
        status.paused.connect(self._pause)
        for resume in (status.resumed, status.embedding.continued):
            resume.connect(self._resume)
        indexing.idle_changed.connect(self._busy_changed)
        indexing.embedding_changed.connect(self._busy_changed)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._pace = library.pace
        self.set_gentle(self._is_gentle)
        self._look()
        self._busy_changed()

    def set_gentle(self, is_gentle: bool) -> None:
        """Slow down while the user works, or not."""
        self._is_gentle = is_gentle
        if self._pace is not None:
            self._pace.set_gentle(is_gentle)

    def _pause(self) -> None:
        if self._pace is not None:
            self._pace.pause()
        self._look()

    def _resume(self) -> None:
        if self._pace is not None:
            self._pace.resume()
        self._look()

    def _busy_changed(self) -> None:
        is_busy = not self._indexing.is_idle or self._indexing.is_embedding
        if is_busy and self._pace is not None:
            self._timer.start()
            self._look()
        else:
            self._timer.stop()

    def _look(self) -> None:
        if self._pace is not None:
            self._status.show_pace(told(self._pace.reason) if self._pace.is_paused else None)
            self.looked.emit()
