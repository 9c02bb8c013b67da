"""Keeps the grid filled with what the search box asks for."""

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from desktop_app.engine.records import Hits, Query
from desktop_app.ui.picture_model import PictureModel
from desktop_app.ui.tasks import Lane
from desktop_app.ui.throttle import Throttle

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)

LIBRARY_INTERVAL_MS = 1000
SEARCH_INTERVAL_MS = 2000


@dataclass(frozen=True, slots=True)
class Shown:
    """What is in the grid.

    Attributes:
        query: What it answers; an empty query is answered by the whole library.
        count: How many pictures.
        seconds: Time the search took, None for the whole library.
    """

    query: Query = field(default_factory=Query)
    count: int = 0
    seconds: float | None = None


class Results(QObject):
    """Asks the library in the background; the newest question wins.

    What is shown stays until the answer to the newest question is there.
    """

    changed = Signal()
    """Something else is shown now; see `shown`."""
    failed = Signal(object)
    """An exception: the newest question has no answer."""

    def __init__(
        self, model: PictureModel, search: Lane, records: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.shown: Shown | None = None
        self.model = model
        self._search = search
        self._records = records
        self._library: Library | None = None
        self._query = Query()
        self._is_running = False
        self._is_stale = False
        self.model.wanted.connect(self._fetch_records)
        self._library_throttle = Throttle(LIBRARY_INTERVAL_MS, self)
        self._library_throttle.fired.connect(self._again)
        self._search_throttle = Throttle(SEARCH_INTERVAL_MS, self)
        self._search_throttle.fired.connect(self._again)

    @property
    def is_running(self) -> bool:
        """Whether an answer is on its way."""
        return self._is_running

    def set_library(self, library: "Library") -> None:
        """Begin to answer; a question asked meanwhile is the first."""
        self._library = library
        self._run()

    def ask(self, query: Query) -> None:
        """Show the answer to a query."""
        if query == self._query and (self.shown is not None or self._is_running):
            return
        self._query = query
        self._library_throttle.cancel()
        self._search_throttle.cancel()
        self._run()

    def refresh(self) -> None:
        """Answer the same question again soon, because the library has grown."""
        (self._library_throttle if self._query.is_empty else self._search_throttle).trigger()

    def reload_records(self) -> None:
        """Forget names and dates, because files may have changed."""
        self._records.supersede()
        self.model.forget_pictures()

    def _again(self) -> None:
        if self._is_running:
            self._is_stale = True
        else:
            self._run()

    def _run(self) -> None:
        library, query = self._library, self._query
        if library is None:
            return
        self._search.supersede()
        self._is_running, self._is_stale = True, False
        if query.is_empty:
            self._search.call(library.picture_ids, self._show_library, self._fail)
        else:
            self._search.call(lambda: library.search(query), self._show_hits, self._fail)

    def _show_library(self, ids: NDArray[np.int64]) -> None:
        self._show(Shown(self._query, len(ids)), ids, None)

    def _show_hits(self, hits: Hits) -> None:
        self._show(Shown(self._query, len(hits.ids), hits.seconds), hits.ids, hits.scores)

    def _show(
        self, shown: Shown, ids: NDArray[np.int64], scores: NDArray[np.float32] | None
    ) -> None:
        is_same = self.shown is not None and self.shown.query == shown.query
        self.shown = shown
        self.model.replace(ids, scores, same_question=is_same)
        self._ended()
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        failed, self._query = self._query, self.shown.query if self.shown else Query()
        self._ended()
        self.failed.emit(error)
        if self.shown is None and not failed.is_empty:
            self._run()  # better the library than nothing

    def _ended(self) -> None:
        self._is_running = False
        if self._is_stale:
            self.refresh()

    def _fetch_records(self, ids: list[int]) -> None:
        library = self._library
        if library is not None:
            self._records.call(lambda: library.pictures(ids), self.model.add_pictures, _no_records)


def _no_records(error: Exception) -> None:
    """Names and dates are missing from tooltips then, nothing else."""
    _log.error("The records of some pictures could not be read", exc_info=error)
