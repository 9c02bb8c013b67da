"""Indexes what is dropped on the window, one run after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.records import IndexProgress, IndexSummary
from desktop_app.ui.tasks import Lane
from desktop_app.ui.throttle import Throttle

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

PROGRESS_INTERVAL_MS = 100


@dataclass(frozen=True, slots=True)
class _Run:
    """Paths to index in one run; none means everything that was added before."""

    paths: tuple[str, ...]
    retry_failed: bool = False
    is_quiet: bool = False


class IndexingQueue(QObject):
    """Runs one indexing at a time and tells about it at a pace that eyes can follow.

    What is asked for before the library is open, or while a run is going, waits.
    """

    progressed = Signal(IndexProgress)
    grown = Signal()
    """Pictures became searchable."""
    finished = Signal(IndexSummary, bool)
    """What a run did, and whether it was a quiet one, which nobody asked for."""
    failed = Signal(object)
    """An exception that ended a run."""
    idle_changed = Signal(bool)

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._library: Library | None = None
        self._waiting: list[_Run] = []
        self._is_running = False
        self._latest: IndexProgress | None = None
        self._has_grown = False
        self._pace = Throttle(PROGRESS_INTERVAL_MS, self)
        self._pace.fired.connect(self._tell)

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        return not self._is_running and not self._waiting

    def set_library(self, library: "Library") -> None:
        """Begin with what waits."""
        self._library = library
        self._next()

    def add(self, paths: Sequence[str]) -> None:
        """Index folders or files."""
        self._queue(_Run(tuple(paths)))

    def rescan(self, *, retry_failed: bool = False) -> None:
        """Look again through everything that was added before.

        Args:
            retry_failed: Whether to try again the files that could not be read.
        """
        self._queue(_Run((), retry_failed=retry_failed))

    def catch_up(self) -> None:
        """Look for what changed while the program was closed; nobody asked for it."""
        self._queue(_Run((), is_quiet=True))

    def cancel(self) -> None:
        """Stop the run and forget what waits; what is indexed stays."""
        self._waiting.clear()
        self._lane.cancel()

    def _queue(self, run: _Run) -> None:
        if run not in self._waiting:
            self._waiting.append(run)
        self._next()

    def _next(self) -> None:
        library = self._library
        if library is None or self._is_running or not self._waiting:
            return
        run = self._waiting.pop(0)
        self._is_running = True
        self.idle_changed.emit(False)
        self._lane.stream(
            lambda token: library.index(run.paths, token, retry_failed=run.retry_failed),
            lambda item: self._take(item, run),
            self._run_over,
            self._run_failed,
        )

    def _take(self, item: IndexProgress | IndexSummary, run: _Run) -> None:
        if isinstance(item, IndexSummary):
            self._tell()
            self.finished.emit(item, run.is_quiet)
            return
        self._latest = item
        self._has_grown = self._has_grown or bool(item.added_ids)
        self._pace.trigger()

    def _tell(self) -> None:
        latest, self._latest = self._latest, None
        if latest is not None:
            self.progressed.emit(latest)
        if self._has_grown:
            self._has_grown = False
            self.grown.emit()

    def _run_over(self) -> None:
        self._pace.cancel()
        self._tell()
        self._is_running = False
        self._next()
        if self.is_idle:
            self.idle_changed.emit(True)

    def _run_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self._run_over()
