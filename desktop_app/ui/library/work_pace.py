"""Pauses and slows down what goes on in the background, and tells that it does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.words.engine_wording import told

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library
    from desktop_app.engine.pace import WorkPace

LOOK_INTERVAL_MS = 500


class PaceDesk(QObject):
    """Stands between the library's pace and what the windows show of it.

    Others than the user pause it too, such as a battery that runs low; so it is looked at from
    time to time, while there is something to pause.

    Args:
        indexing: What is paused.
        is_gentle: Whether to slow down while the user works.
        parent: Its owner.
    """

    looked = Signal()
    """Whether it is paused was looked at just now; see `why_paused`."""
    gentle_changed = Signal(bool)
    """Whether it slows down while the user works."""

    def __init__(
        self, indexing: IndexingQueue, *, is_gentle: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._indexing = indexing
        self._pace: WorkPace | None = None
        self._is_gentle = is_gentle
        self._timer = QTimer(self, interval=LOOK_INTERVAL_MS)
        self._timer.timeout.connect(self._look)
        indexing.idle_changed.connect(self._busy_changed)
        indexing.embedding_changed.connect(self._busy_changed)

    @property
    def is_known(self) -> bool:
        """Whether there is anything that can be paused."""
        return self._pace is not None

    @property
    def why_paused(self) -> str | None:
        """Why it is paused, as a sentence, empty where the user wants it so; None where not."""
        pace = self._pace
        return told(pace.reason) if pace is not None and pace.is_paused else None

    @property
    def is_gentle(self) -> bool:
        """Whether it slows down while the user works."""
        return self._is_gentle

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._pace = library.pace
        self._pace.set_gentle(self._is_gentle)
        self._look()
        self._busy_changed()

    def set_gentle(self, is_gentle: bool) -> None:
        """Slow down while the user works, or not."""
        has_changed, self._is_gentle = is_gentle != self._is_gentle, is_gentle
        if self._pace is not None:
            self._pace.set_gentle(is_gentle)
        if has_changed:
            self.gentle_changed.emit(is_gentle)

    def pause(self) -> None:
        """Let everything in the background wait."""
        if self._pace is not None:
            self._pace.pause()
        self._look()

    def resume(self) -> None:
        """Let it go on."""
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
            self.looked.emit()
