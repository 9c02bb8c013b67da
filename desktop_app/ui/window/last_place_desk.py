"""Brings the window back to where it was when it was closed."""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView

from desktop_app.engine.errors import QueryError
from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.results import Results
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.search.query_draft import DraftState, QueryDraft
from desktop_app.ui.search.query_picture import QueryPicture, read_file
from desktop_app.ui.search.saved_state import state_of
from desktop_app.ui.window.last_place import LastPlace
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)


class LastPlaceDesk(QObject):
    """Keeps the search and what is at the top of the grid, and puts both back at the next start.

    Where the user has begun to search by then, nothing is put back.

    Args:
        lane: For looking up what the search consists of.
        memory: Keeps it.
        draft: The search in the box.
        results: What answers it.
        grid: What is scrolled.
        parent: Its owner.
    """

    def __init__(
        self,
        lane: Lane,
        memory: WindowMemory,
        draft: QueryDraft,
        results: Results,
        grid: GridView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._memory = memory
        self._draft = draft
        self._results = results
        self._grid = grid
        self._top_id = 0
        results.changed.connect(self._scroll)

    def save(self) -> None:
        """Remember where one is, or that nobody wants that."""
        place = ""
        if self._memory.begins_where_left:
            place = LastPlace.of(self._draft.state, self._top()).written()
        self._memory.set_last_place(place)

    def set_library(self, library: "Library") -> None:
        """Go back to the place, if the pictures it is made of are still there.

        Those from outside the library are read again.
        """
        place = LastPlace.read(self._memory.last_place)
        if not self._memory.begins_where_left or place.is_empty or not self._draft.state.is_empty:
            return
        if not (place.search.line or place.search.examples):
            self._top_id = place.top_id  # the library itself, further down
            self._scroll()
            return

        def look_up() -> DraftState:
            ids = [each.example.picture_id for each in place.search.examples]
            wanted = [each for each in ids if each is not None]
            if len(library.pictures(wanted)) < len(set(wanted)):
                return DraftState()
            return _state_of(place, library)

        def go(state: DraftState) -> None:
            if self._draft.state.is_empty and not state.is_empty:
                self._top_id = place.top_id
                self._draft.become(state)

        self._lane.call(
            look_up, go, lambda error: _log.warning("The last search is lost", exc_info=error)
        )

    def _top(self) -> int:
        """The first picture that is wholly seen; 0 where one is at its beginning."""
        if not self._grid.verticalOffset():
            return 0
        model = self._results.model
        for row in self._grid.visible_rows():
            if self._grid.visualRect(model.index(row, 0)).top() >= 0:
                return int(model.ids[row])
        return 0

    def _scroll(self) -> None:
        """Scroll to the place once its search is answered."""
        shown = self._results.shown
        if not self._top_id or shown is None or shown.query != self._draft.query:
            return
        top_id, self._top_id = self._top_id, 0
        rows = np.flatnonzero(self._results.model.ids == top_id)
        if len(rows):
            index = self._results.model.index(int(rows[0]), 0)
            self._grid.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)


def _state_of(place: LastPlace, library: "Library") -> DraftState:
    """The search as the box has it; blocks. Empty where a file is no picture any more."""
    examples = []
    for each, file in zip(place.search.examples, place.files, strict=True):
        image = each.example.image
        if file:
            try:
                image = read_file(file, 1.0).image
                if image is not None:
                    library.try_picture(image)
            except QueryError as error:
                _log.info("The last search is lost: %s", error)
                return DraftState()
        examples.append(replace(each, example=replace(each.example, image=image)))
    state = state_of(replace(place.search, examples=tuple(examples)), library)
    files = iter(place.files)  # those of the pictures come first

    def with_file(picture: QueryPicture) -> QueryPicture:
        return replace(picture, path=next(files, ""))

    return replace(state, pictures=tuple(map(with_file, state.pictures)))
