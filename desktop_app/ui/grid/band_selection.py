"""What a rubber band selects, however long it has become."""

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect

from desktop_app.ui.grid.grid_layout import GridLayout
from desktop_app.ui.grid.grid_place import ranges

Flag = QItemSelectionModel.SelectionFlag
_NOTHING = range(0)


class BandSelection:
    """Selects what a rectangle touches, and changes only the lines that came to it or left it.

    A band over a thousand lines, in some of the columns, is a thousand ranges: making them all at
    each movement of the mouse takes longer than a frame.

    Args:
        selection: What it selects in.
        before: What is selected besides.
    """

    def __init__(self, selection: QItemSelectionModel, before: QItemSelection) -> None:
        self._selection = selection
        self._before = before
        self._cells: GridLayout | None = None
        self._columns, self._lines = _NOTHING, _NOTHING

    def select(self, cells: GridLayout, area: QRect) -> None:
        """Select what a rectangle touches now.

        Args:
            cells: Where the cells are.
            area: In content coordinates.
        """
        columns, lines = cells.touched(area)
        if cells is not self._cells or columns != self._columns or len(columns) == cells.columns:
            chosen = self._of(cells.runs(columns, lines))
            chosen.merge(self._before, Flag.Select)
            self._selection.select(chosen, Flag.ClearAndSelect)
        else:
            self._leave(cells, _without(self._lines, lines))
            for some in _without(lines, self._lines):
                self._selection.select(self._of(cells.runs(columns, some)), Flag.Select)
        self._cells, self._columns, self._lines = cells, columns, lines

    def _leave(self, cells: GridLayout, parts: Iterable[range]) -> None:
        """Take back lines, except for what was selected in them before."""
        for lines in parts:
            runs = cells.runs(self._columns, lines)
            if not runs:
                continue
            self._selection.select(self._of(runs), Flag.Deselect)
            first, stop = runs[0].start, runs[-1].stop
            kept = (
                range(max(first, part.start), min(stop, part.stop)) for part in ranges(self._before)
            )
            self._selection.select(self._of(part for part in kept if part), Flag.Select)

    def _of(self, runs: Iterable[range]) -> QItemSelection:
        model = self._selection.model()
        chosen = QItemSelection()
        for run in runs:
            chosen.select(model.index(run.start, 0), model.index(run.stop - 1, 0))
        return chosen


def _without(lines: range, others: range) -> list[range]:
    """What of some lines is not among others."""
    if not others:
        return [lines] if lines else []
    parts = (
        range(lines.start, min(lines.stop, others.start)),
        range(max(lines.start, others.stop), lines.stop),
    )
    return [part for part in parts if part]
