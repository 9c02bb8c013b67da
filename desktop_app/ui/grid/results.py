"""Keeps the grid filled with what the search box asks for."""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.records import Hits, Query
from desktop_app.ui.grid.answers import Answer, Shown, answer, divider
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.memory.order import Order
from desktop_app.ui.work.tasks import Lane
from desktop_app.ui.work.throttle import Throttle

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)

LIBRARY_INTERVAL_MS = 1000
SEARCH_INTERVAL_MS = 2000
DIVIDER_INTERVAL_MS = 40


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
        self._order = Order()
        self._shift = 0.0
        self._found: Hits | None = None
        self._is_running = False
        self._is_searching = False
        self._is_stale = self._is_urgent = False
        self.model.wanted.connect(self._fetch_records)
        self.model.colours.wanted.connect(self._fetch_colours)
        self._library_throttle = Throttle(LIBRARY_INTERVAL_MS, self)
        self._library_throttle.fired.connect(self._again)
        self._search_throttle = Throttle(SEARCH_INTERVAL_MS, self)
        self._search_throttle.fired.connect(self._again)
        self._divider_throttle = Throttle(DIVIDER_INTERVAL_MS, self)
        self._divider_throttle.fired.connect(self._divide)

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

    def set_order(self, order: Order) -> None:
        """Show the same pictures in another order."""
        if order != self._order:
            self._order = order
            self._rearrange()

    def set_certainty(self, shift: float) -> None:
        """Move the divider.

        Args:
            shift: How far the border lies above its usual place; see `Hits.strong_at`.
        """
        if shift != self._shift:
            self._shift = shift
            if not self._query.is_empty:
                self._divider_throttle.trigger()

    def refresh(self) -> None:
        """Answer the same question again soon, because the library has grown."""
        (self._library_throttle if self._query.is_empty else self._search_throttle).trigger()

    def renew(self) -> None:
        """Answer the same question again at once, because the user has changed the library.

        What has left by his own hand must not stand there for the time that `refresh` waits.
        """
        self._library_throttle.cancel()
        self._search_throttle.cancel()
        if self._is_running:  # with what was there before
            self._is_stale = self._is_urgent = True
        else:
            self._run()

    def reload_records(self) -> None:
        """Forget names and dates, because files may have changed."""
        self._records.supersede()
        self.model.forget_pictures()

    def _divide(self) -> None:
        """Show the same hits with the divider at another place."""
        shown, found = self.shown, self._found
        is_usual = self._order.of_answer(is_ranked=True).is_usual
        if shown is None or found is None or self._is_running or not is_usual:
            self._rearrange()
        elif shown.query.is_ranked:
            strong = found.strong_at(self._shift)
            self.shown = replace(shown, strong=strong)
            self.model.set_sections(divider(strong, shown.count))
            self.changed.emit()

    def _rearrange(self) -> None:
        """Show the same hits otherwise; what is being searched for is asked for once more."""
        is_answered = self.shown is not None and self.shown.query == self._query
        self._run(self._found if is_answered and not self._is_searching else None)

    def _again(self) -> None:
        if self._is_running:
            self._is_stale = True
        else:
            self._run()

    def _run(self, found: Hits | None = None) -> None:
        library, query = self._library, self._query
        if library is None:
            return
        self._search.supersede()
        self._is_running, self._is_stale, self._is_urgent = True, False, False
        self._is_searching = found is None
        order, shift = self._order, self._shift
        self._search.call(
            lambda: answer(library, query, order, shift, found), self._show, self._fail
        )

    def _show(self, answered: Answer) -> None:
        before, now = self.shown, answered.shown
        is_same = before is not None and (before.query, before.order) == (now.query, now.order)
        self.shown, self._found = now, answered.found
        hits = answered.hits
        self.model.replace(
            hits.ids,
            hits.scores if now.query.is_ranked else None,
            hits.relevance if now.query.is_ranked else None,
            sections=answered.sections,
            reasons=answered.reasons,
            same_question=is_same,
        )
        self._ended()
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        failed, self._query = self._query, self.shown.query if self.shown else Query()
        self._ended()
        self.failed.emit(error)
        if self.shown is None and not failed.is_empty:
            self._run()  # better the library than nothing

    def _ended(self) -> None:
        self._is_running = self._is_searching = False
        if self._is_urgent:
            self._run()
        elif self._is_stale:
            self.refresh()

    def _fetch_records(self, ids: list[int]) -> None:
        library = self._library
        if library is not None:
            self._records.call(lambda: library.pictures(ids), self.model.add_pictures, _no_records)

    def _fetch_colours(self, ids: list[int]) -> None:
        library, colours = self._library, self.model.colours
        if library is not None:
            self._records.call(lambda: library.average_colours(ids), colours.add, _no_records)


def _no_records(error: Exception) -> None:
    """Names and dates are missing from tooltips then, and colours from places; nothing else."""
    _log.error("The records of some pictures could not be read", exc_info=error)
