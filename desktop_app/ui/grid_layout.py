"""Where each cell of the grid is, by arithmetic alone: any number of cells costs the same."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

GAP_PX = 8
MARGIN_PX = 12


@dataclass(frozen=True, slots=True)
class GridLayout:
    """Square cells in rows that fill a width, in coordinates of the whole content.

    Cells grow beyond the wanted side so that the last column ends at the margin; pixels that do
    not divide evenly go to the left and right margin.

    Attributes:
        count: Number of cells.
        width_px: Width to fill, margins included.
        wanted_side_px: Side a cell has at least, where the width allows it.
    """

    count: int
    width_px: int
    wanted_side_px: int

    @property
    def columns(self) -> int:
        """Cells in a full row; at least one."""
        inner = self.width_px - 2 * MARGIN_PX
        return max(1, (inner + GAP_PX) // (self.wanted_side_px + GAP_PX))

    @property
    def side_px(self) -> int:
        """Side of a cell; at least one pixel."""
        inner = self.width_px - 2 * MARGIN_PX
        return max(1, (inner - GAP_PX * (self.columns - 1)) // self.columns)

    @property
    def pitch_px(self) -> int:
        """Distance from one cell to the next."""
        return self.side_px + GAP_PX

    @property
    def rows(self) -> int:
        """Rows of cells, the last of which may be short."""
        return -(-self.count // self.columns)

    @property
    def height_px(self) -> int:
        """Height of the whole content, margins included; 0 where there is none."""
        return self.rows * self.pitch_px - GAP_PX + 2 * MARGIN_PX if self.count else 0

    @property
    def left_px(self) -> int:
        """Where the first column begins."""
        used = self.columns * self.pitch_px - GAP_PX
        return max(0, (self.width_px - used) // 2)

    def row_top_px(self, row: int) -> int:
        """Upper edge of a row of cells."""
        return MARGIN_PX + row * self.pitch_px

    def rect(self, index: int) -> QRect:
        """The place of a cell."""
        row, column = divmod(index, self.columns)
        x = self.left_px + column * self.pitch_px
        return QRect(x, self.row_top_px(row), self.side_px, self.side_px)

    def index_at(self, point: QPoint) -> int | None:
        """The cell that contains a point; None in a gap or margin."""
        row, y = divmod(point.y() - MARGIN_PX, self.pitch_px)
        column, x = divmod(point.x() - self.left_px, self.pitch_px)
        if max(x, y) >= self.side_px or row < 0 or not 0 <= column < self.columns:
            return None
        index = row * self.columns + column
        return index if index < self.count else None

    def visible(self, top_px: int, bottom_px: int) -> range:
        """The cells of all rows that touch the band from `top_px` (included) to `bottom_px`."""
        first, last = self._rows_between(top_px, bottom_px)
        return range(first * self.columns, min(self.count, (last + 1) * self.columns))

    def touching(self, area: QRect) -> list[range]:
        """The cells that a rectangle touches, as one range for each row of cells."""
        area = area.normalized()
        first_row, last_row = self._rows_between(area.top(), area.bottom() + 1)
        first = max(0, -(-(area.left() - self.left_px - self.side_px + 1) // self.pitch_px))
        last = min(self.columns - 1, (area.right() - self.left_px) // self.pitch_px)
        if first > last:
            return []
        starts = (row * self.columns for row in range(first_row, last_row + 1))
        runs = (range(start + first, min(self.count, start + last + 1)) for start in starts)
        return [run for run in runs if run]

    def _rows_between(self, top_px: int, bottom_px: int) -> tuple[int, int]:
        """First and last row that touch a band; the last is before the first where none does."""
        first = -(-(top_px - MARGIN_PX - self.side_px + 1) // self.pitch_px)
        last = (bottom_px - 1 - MARGIN_PX) // self.pitch_px
        return max(0, first), min(self.rows - 1, last)
