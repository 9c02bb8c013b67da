"""What stays at its place on the screen while the cells of the grid are laid out anew."""

from dataclasses import dataclass

from desktop_app.ui.grid.grid_layout import RING_ROOM_PX, GridLayout


@dataclass(frozen=True, slots=True)
class Hold:
    """A point of a cell.

    Attributes:
        row: The cell.
        share: How far down in it, 0 at its upper edge and 1 at the lower one.
        y_px: Where the point is in the viewport.
    """

    row: int
    share: float
    y_px: int

    def offset_px(self, cells: GridLayout) -> int:
        """How far other cells have to be scrolled for the point to stay; below 0 not possible."""
        if not cells.count:
            return 0
        rect = cells.rect(min(self.row, cells.count - 1))
        return rect.top() + round(self.share * rect.height()) - self.y_px


def at(cells: GridLayout, row: int, y_px: int, offset_px: int) -> Hold:
    """Hold the point of a cell that is at a height of the viewport."""
    rect = cells.rect(row)
    return Hold(row, (y_px + offset_px - rect.top()) / rect.height(), y_px)


def at_top(cells: GridLayout, offset_px: int) -> Hold | None:
    """Hold the first line that is seen, by what of it is seen.

    Returns:
        None at the top of the content, where one wants to stay.
    """
    if offset_px <= 0 or not cells.count:
        return None
    covered = cells.covered_px(offset_px)
    # What looks out by no more than the room of a ring is not seen.
    line = min(cells.first_line_to(offset_px + covered + RING_ROOM_PX), cells.lines - 1)
    y_px = max(covered, cells.line_top_px(line) - offset_px)
    return at(cells, cells.line_cells(line).start, y_px, offset_px)
