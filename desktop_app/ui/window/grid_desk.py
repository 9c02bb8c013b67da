"""Joins the grid with what is beside it: sizes, typed letters, names in the catalog, status."""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from desktop_app.ui.commands.command_book import Command, CommandBook, Menu
from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.results import Results
from desktop_app.ui.memory.captions import Captions
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages.status_line import StatusLine
from desktop_app.ui.window.header import Header
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)


class GridDesk(QObject):
    """Leads what is done in the grid to where it belongs.

    Args:
        grid: The grid.
        header: Has the slider for sizes and the search box.
        results: What is in the grid.
        status: Where is said how much is selected.
        memory: Remembers whether pictures are shown whole.
        lane: Where names are looked up.
        parent: Owner.
    """

    def __init__(
        self,
        grid: GridView,
        header: Header,
        results: Results,
        status: StatusLine,
        memory: WindowMemory,
        lane: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._grid = grid
        self._header = header
        self._results = results
        self._memory = memory
        self._lane = lane
        self._library: Library | None = None
        grid.set_whole(memory.is_whole)
        grid.set_cell_side(header.cell_side_px)
        header.cell_side_changed.connect(grid.set_cell_side)
        grid.cell_side_asked.connect(header.set_cell_side)
        grid.selection_changed.connect(status.show_selected)
        grid.typing.searched.connect(header.search_box.type_text)
        grid.typing.sought.connect(self._seek)
        results.changed.connect(self._tell_order)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library

    def add_to(self, book: CommandBook) -> None:
        """Enter what can be done."""
        menu = Menu.VIEW
        book.add(
            Command("view.larger", menu, tr("Commands", "Larger pictures"), 1,
                    ("Ctrl+Shift+Up",), "square"),
            lambda: self._resize(-1),
        )  # fmt: skip
        book.add(
            Command("view.smaller", menu, tr("Commands", "Smaller pictures"), 1,
                    ("Ctrl+Shift+Down",), "grid-2x2"),
            lambda: self._resize(1),
        )  # fmt: skip
        book.add_switch(
            Command("view.whole", menu, tr("Commands", "Whole pictures"), 2, is_switch=True),
            self._set_whole,
        ).setChecked(self._memory.is_whole)
        grid, captions = self._grid, self._memory.captions
        book.add_switch(
            Command("view.names", menu, tr("Commands", "Show names"), 2, is_switch=True),
            lambda is_on: self._set_captions(replace(grid.captions, names=is_on)),
        ).setChecked(captions.names)
        book.add_switch(
            Command("view.dates", menu, tr("Commands", "Show dates"), 2, is_switch=True),
            lambda is_on: self._set_captions(replace(grid.captions, dates=is_on)),
        ).setChecked(captions.dates)

    def _resize(self, more_columns: int) -> None:
        """Make pictures larger, or smaller; the one the keyboard is on stays where it is."""
        cells = self._grid.cells
        self._grid.hold_current()
        self._header.set_cell_side(cells.side_of(max(1, cells.columns + more_columns)))

    def _set_captions(self, captions: Captions) -> None:
        self._memory.set_captions(captions)
        self._grid.set_captions(captions)

    def _set_whole(self, is_whole: bool) -> None:
        self._memory.set_whole(is_whole)
        self._grid.set_whole(is_whole)

    def _tell_order(self) -> None:
        shown = self._results.shown
        if shown is not None:
            self._grid.show_order(shown.order)

    def _seek(self, typed: str, is_next: bool) -> None:
        """Go to the picture whose name begins like that, from the current one on and around.

        Args:
            typed: The beginning; the same letter several times may mean one of it.
            is_next: Whether the current one is passed over.
        """
        library, ids = self._library, self._results.model.ids
        if library is None:
            return
        current = self._grid.current_row()
        start = 0 if current is None else current + is_next

        def find() -> int | None:
            row = _next_row(ids, library.ids_beginning(typed), start)
            if row is None and is_next and len(typed) > 1:
                return _next_row(ids, library.ids_beginning(typed[0]), start)
            return row

        def go(row: int | None) -> None:
            if self._results.model.ids is ids and row is not None:
                self._grid.go_to(row)
            elif row is None:
                self._grid.tell(tr("Grid", "No name begins with “{typed}”").format(typed=typed))

        self._lane.supersede()
        self._lane.call(
            find,
            go,
            lambda error: _log.error("A name could not be looked up", exc_info=error),
        )


def _next_row(ids: NDArray[np.int64], wanted: NDArray[np.int64], start: int) -> int | None:
    """The first row from one on, and from the top again, that has one of some ids."""
    rows = np.flatnonzero(np.isin(ids, wanted))
    if not len(rows):
        return None
    place = int(np.searchsorted(rows, start))
    return int(rows[place % len(rows)])
