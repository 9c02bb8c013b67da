"""Where the keys lead in the grid."""

from PySide6.QtWidgets import QAbstractItemView

from desktop_app.ui.grid.grid_layout import HEADING_PX, GridLayout

Action = QAbstractItemView.CursorAction


class GridSteps:
    """Goes from cell to cell, up and down within a column.

    Where a line is too short for the column its last cell is the next one; the column is kept
    in mind for the lines after it.

    Args:
        cells: Where the cells are.
    """

    def __init__(self, cells: GridLayout) -> None:
        self._cells = cells
        self._row, self._column = -1, 0

    def target(self, row: int, action: Action, view_px: int) -> int:
        """The row that a key leads to.

        Args:
            row: The current row.
            action: What the key means.
            view_px: Height of the view, for a page.
        """
        last = self._cells.count - 1
        kept_row, self._row = self._row, -1
        match action:
            case Action.MoveLeft | Action.MovePrevious:
                return max(row - 1, 0)
            case Action.MoveRight | Action.MoveNext:
                return min(row + 1, last)
            case Action.MoveHome:
                return 0
            case Action.MoveEnd:
                return last
        line, column = self._cells.place(row)
        if row == kept_row:
            column = self._column
        to = self._line(line, action, view_px)
        if to < 0:
            return row
        if to >= self._cells.lines:
            return last
        cells = self._cells.line_cells(to)
        self._row, self._column = cells[min(column, len(cells) - 1)], column
        return self._row

    def _line(self, line: int, action: Action, view_px: int) -> int:
        """The line that a key leads to; none above the first or below the last."""
        if action == Action.MoveUp:
            return line - 1
        if action == Action.MoveDown:
            return line + 1
        cells = self._cells
        heading = HEADING_PX if len(cells.sections) else 0
        page = max(cells.line_px, view_px - heading)
        top = cells.line_top_px(line)
        if action == Action.MovePageUp:
            return min(line - 1, cells.last_line_from(top - page - 1) + 1)
        below = cells.last_line_from(top + page)
        return below if below > line else line + 1
