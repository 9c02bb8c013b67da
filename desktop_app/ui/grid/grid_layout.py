"""Where each cell of the grid is, by arithmetic and binary search, whatever their number."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect

from desktop_app.ui.grid.grid_sections import NO_SECTIONS, Sections

GAP_PX = 8
MARGIN_PX = 12
HEADING_PX = 40
DIVIDER_PX = 40
RING_ROOM_PX = 4
"""How far a cell's selection ring reaches into the gap around it."""


class GridLayout:
    """Cells in lines that fill a width, in coordinates of the whole content.

    A line has as many cells as come nearest to the side that is wanted, and these fill it: from
    four columns on they are an eighth larger or smaller at most, whatever opens beside them. Each
    section begins with a heading or a divider across the width and with a line of its own; the
    last line of a section may be short. Sections that begin beyond the last cell are left out.

    Args:
        count: Number of cells.
        width_px: Width to fill, margins included.
        wanted_side_px: Side that a picture is to have, as nearly as the width allows.
        sections: The groups that the cells stand in.
        caption_px: Height of what is written below each picture, within its cell.

    Attributes:
        columns: Cells in a full line; at least one.
        side_px: Side of a picture, and width of its cell; at least one pixel.
        cell_px: Height of a cell.
        pitch_px: Distance from one column to the next.
        line_px: Distance from one line of a section to the next.
        left_px: Where the first column begins.
        lines: Number of lines.
        height_px: Height of the whole content, margins included; 0 where there is none.
    """

    def __init__(
        self,
        count: int,
        width_px: int,
        wanted_side_px: int,
        sections: Sections = NO_SECTIONS,
        caption_px: int = 0,
    ) -> None:
        self.count, self.width_px, self.wanted_side_px = count, width_px, wanted_side_px
        inner = width_px - 2 * MARGIN_PX
        self.columns = _columns(inner, wanted_side_px)
        self.side_px = self.side_of(self.columns)
        self.cell_px = self.side_px + caption_px
        self.pitch_px = self.side_px + GAP_PX
        self.line_px = self.cell_px + GAP_PX
        self.left_px = max(0, (width_px - self.columns * self.pitch_px + GAP_PX) // 2)
        self.sections = sections
        self._place_blocks()

    def side_of(self, columns: int) -> int:
        """The side of cells of which so many fill the width."""
        inner = self.width_px - 2 * MARGIN_PX
        return max(1, (inner - (columns - 1) * GAP_PX) // columns)

    def _place_blocks(self) -> None:
        """Compute where each block is: a section, or the cells before the first one.

        Arrays of shape ``(blocks,)``: number of the section (-1 for none), first cell, upper
        edge, height of what stands before its cells, first line.
        """
        kept = int(np.searchsorted(self.sections.first_rows, self.count, side="left"))
        firsts = self.sections.first_rows[:kept]
        leads = np.where(self.sections.are_dividers[:kept], DIVIDER_PX, HEADING_PX)
        numbers = np.arange(kept)
        margin = 0  # a heading brings its own
        if self.count and (not kept or firsts[0] > 0):
            numbers = np.concatenate(([-1], numbers))
            firsts, leads = np.concatenate(([0], firsts)), np.concatenate(([0], leads))
            margin = MARGIN_PX
        self._numbers: NDArray[np.int64] = numbers
        self._firsts: NDArray[np.int64] = firsts
        self._leads: NDArray[np.int64] = leads
        lines = -(-np.diff(firsts, append=self.count) // self.columns)
        ends = np.cumsum(leads + lines * self.line_px) + margin
        self._tops: NDArray[np.int64] = ends - leads - lines * self.line_px
        self._first_lines: NDArray[np.int64] = np.cumsum(lines) - lines
        self._cell_tops = self._tops + leads
        self._block_lines = lines
        self.lines = int(lines.sum())
        self.height_px = int(ends[-1]) - GAP_PX + MARGIN_PX if self.count else 0

    # Lines

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of a cell."""
        block = _last(self._firsts, index)
        line, column = divmod(index - int(self._firsts[block]), self.columns)
        return int(self._first_lines[block]) + line, column

    def line_cells(self, line: int) -> range:
        """The cells of a line."""
        block = _last(self._first_lines, line)
        after = block + 1
        stop = int(self._firsts[after]) if after < len(self._firsts) else self.count
        start = int(self._firsts[block]) + (line - int(self._first_lines[block])) * self.columns
        return range(start, min(stop, start + self.columns))

    def line_top_px(self, line: int) -> int:
        """Upper edge of a line of cells."""
        block = _last(self._first_lines, line)
        return int(self._cell_tops[block]) + (line - int(self._first_lines[block])) * self.line_px

    def last_line_from(self, y_px: int) -> int:
        """The last line whose upper edge is at a height or above it; -1 for none."""
        block = _last(self._cell_tops, y_px)
        if block < 0:
            return -1
        line = (y_px - int(self._cell_tops[block])) // self.line_px
        return int(self._first_lines[block]) + min(line, int(self._block_lines[block]) - 1)

    def first_line_to(self, y_px: int) -> int:
        """The first line whose lower edge is below a height; `lines` for none."""
        return self.last_line_from(y_px - self.cell_px) + 1

    # Cells

    def rect(self, index: int) -> QRect:
        """The place of a cell, with what is written below its picture."""
        line, column = self.place(index)
        x = self.left_px + column * self.pitch_px
        return QRect(x, self.line_top_px(line), self.side_px, self.cell_px)

    def index_at(self, point: QPoint) -> int | None:
        """The cell that contains a point; None in a gap, a margin or a heading."""
        column, x = divmod(point.x() - self.left_px, self.pitch_px)
        line = self.last_line_from(point.y())
        if line < 0 or x >= self.side_px or not 0 <= column < self.columns:
            return None
        if point.y() >= self.line_top_px(line) + self.cell_px:
            return None
        cells = self.line_cells(line)
        return cells[column] if column < len(cells) else None

    def visible(self, top_px: int, bottom_px: int) -> range:
        """The cells of all lines that touch the band from `top_px` (included) to `bottom_px`."""
        first, last = self.first_line_to(top_px), self.last_line_from(bottom_px - 1)
        if first > last:
            start = self.line_cells(first).start if first < self.lines else self.count
            return range(start, start)
        return range(self.line_cells(first).start, self.line_cells(last).stop)

    def first_whole(self, top_px: int, bottom_px: int) -> int | None:
        """The first cell of a band that is wholly in it and below the heading at its edge.

        Returns:
            The first one in it at all where none is, or the last cell; None where there are none.
        """
        if not self.count:
            return None
        visible = self.visible(top_px, bottom_px)
        line = self.last_line_from(top_px + self.covered_px(top_px) - 1) + 1
        cell = self.line_cells(line).start if line < self.lines else visible.stop
        return min(cell if cell in visible else visible.start, self.count - 1)

    def touched(self, area: QRect) -> tuple[range, range]:
        """The columns and the lines that a rectangle touches."""
        area = area.normalized()
        first = max(0, -(-(area.left() - self.left_px - self.side_px + 1) // self.pitch_px))
        last = min(self.columns - 1, (area.right() - self.left_px) // self.pitch_px)
        from_, to = self.first_line_to(area.top()), self.last_line_from(area.bottom())
        return range(first, last + 1), range(from_, to + 1)

    def runs(self, columns: range, lines: range) -> list[range]:
        """The cells of some columns in some lines, as ranges."""
        if not columns or not lines:
            return []
        if len(columns) == self.columns:
            return [range(self.line_cells(lines[0]).start, self.line_cells(lines[-1]).stop)]
        found = (self.line_cells(line)[columns.start : columns.stop] for line in lines)
        return [run for run in found if run]

    # What stands before the sections

    def leads(self, top_px: int, bottom_px: int) -> list[tuple[int, QRect]]:
        """Number of the section and place of all headings and dividers that touch a band."""
        first = int(np.searchsorted(self._cell_tops, top_px, side="right"))
        stop = int(np.searchsorted(self._tops, bottom_px, side="left"))
        return [
            (int(self._numbers[block]), self._lead(block))
            for block in range(first, stop)
            if self._numbers[block] >= 0
        ]

    def stuck(self, offset_px: int) -> tuple[int, QRect] | None:
        """The heading that stays at the upper edge of the view, and its place in the content.

        It is that of the section that the edge is in. The next one pushes it out. A divider does
        not stay, and a heading that is just where it belongs needs not.

        Args:
            offset_px: How far the content is scrolled.
        """
        block = _last(self._tops, offset_px)
        if block < 0 or self._tops[block] == offset_px or not self._is_headed(block):
            return None
        top = offset_px
        if block + 1 < len(self._tops):
            top = min(top, int(self._tops[block + 1]) - HEADING_PX)
        return int(self._numbers[block]), QRect(0, top, self.width_px, HEADING_PX)

    def covered_px(self, offset_px: int) -> int:
        """Height that such a heading takes from the view."""
        stuck = self.stuck(offset_px)
        return 0 if stuck is None else stuck[1].bottom() + 1 - offset_px

    def reveal_px(self, index: int) -> int:
        """How far the content has to be scrolled at most for all of a cell to be seen.

        The heading or divider above it is seen too, or else the one that stays at the edge.
        """
        line, _column = self.place(index)
        block = _last(self._firsts, index)
        if not line:
            return 0
        if line == self._first_lines[block] and self._numbers[block] >= 0:
            return int(self._tops[block])
        covered = HEADING_PX + RING_ROOM_PX if self._is_headed(block) else MARGIN_PX
        return self.line_top_px(line) - covered

    def _is_headed(self, block: int) -> bool:
        number = int(self._numbers[block])
        return number >= 0 and not self.sections.are_dividers[number]

    def _lead(self, block: int) -> QRect:
        return QRect(0, int(self._tops[block]), self.width_px, int(self._leads[block]))


def _columns(inner_px: int, wanted_px: int) -> int:
    """In how many columns cells that fill a width come nearest to a side, as a ratio."""
    fewer = max(1, (inner_px + GAP_PX) // (wanted_px + GAP_PX))
    larger, smaller = (
        (inner_px - (columns - 1) * GAP_PX) / columns for columns in (fewer, fewer + 1)
    )
    # A picture alone in its line may not be larger than the line.
    return fewer if larger * smaller <= wanted_px**2 else fewer + 1


def _last(starts: NDArray[np.int64], value: int) -> int:
    """The last of some ascending starts that is not beyond a value; -1 for none."""
    # The method, because NumPy's function takes three times as long to find out what it is given.
    return int(starts.searchsorted(value, side="right")) - 1
