"""A view of equal cells whose positions are computed: a million rows cost what a hundred do."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QRegion, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop_app.ui.grid import grid_hold
from desktop_app.ui.grid.grid_accessible import QTableView
from desktop_app.ui.grid.grid_bar import GridBar
from desktop_app.ui.grid.grid_layout import HEADING_PX, MARGIN_PX, RING_ROOM_PX, GridLayout
from desktop_app.ui.grid.grid_place import ranges
from desktop_app.ui.grid.grid_sections import NO_SECTIONS, Sections
from desktop_app.ui.grid.grid_selection import SelectedRows
from desktop_app.ui.grid.grid_steps import GridSteps
from desktop_app.ui.grid.grid_zoom import GridZoom
from desktop_app.ui.grid.smooth_scroll import SmoothScroll
from desktop_app.ui.memory.cell_sides import LARGEST_PX, SMALLEST_PX, USUAL_PX
from desktop_app.ui.work.throttle import Throttle

AnyIndex = QModelIndex | QPersistentModelIndex
Action = QAbstractItemView.CursorAction
Flag = QItemSelectionModel.SelectionFlag
Hint = QAbstractItemView.ScrollHint

SELECTION_MS = 50


class ComputedGrid(QTableView):
    """Geometry, scrolling and keyboard of the grid; what it looks like is another matter.

    `QTableView` lays every row out and takes seconds for a million of them, at every resize
    again. Rows mean model rows here; several of them stand in a line of the `GridLayout`.
    """

    cell_side_asked = Signal(int)
    """The side that cells are to have, in pixels: the wheel was turned with Ctrl, or fingers."""
    selection_changed = Signal(int)
    """How many rows are selected now, a moment after that has changed."""

    drag_asked = Signal(int)
    """The selected row from which the selection is being dragged out."""

    def __init__(self, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        self._zoom: GridZoom | None = None  # events come before there is one
        super().__init__(parent)
        self._wanted_side_px = USUAL_PX
        self._caption_px = 0
        self._layout = GridLayout(0, 0, USUAL_PX)
        self._steps = GridSteps(self._layout)
        self._hold: grid_hold.Hold | None = None  # None at the top, where one stays
        self._zoomed_at: QPoint | None = None
        self._is_laying_out = False
        self._anchor = 0  # the row where a range made with Shift begins
        self.setVerticalScrollBar(GridBar(self))
        self._selection_due = Throttle(SELECTION_MS, self)
        self._selection_due.fired.connect(self._tell_selection)
        self._scroll = SmoothScroll(self.verticalScrollBar(), self)
        self._zoom = GridZoom(self.viewport(), lambda: self._wanted_side_px)
        self._zoom.asked.connect(self._zoom_at)
        self.setModel(model)  # first: what follows asks for geometry, and that for rows
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that came and went would change the columns, and so come and go.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def cells(self) -> GridLayout:
        """The places of the cells, in content coordinates."""
        return self._layout

    def set_cell_side(self, side_px: int) -> None:
        """Make the cells larger or smaller.

        What was zoomed at with the wheel stays, else the first visible row.
        """
        self._wanted_side_px = min(max(side_px, SMALLEST_PX), LARGEST_PX)
        self.updateGeometries()

    def hold_current(self) -> None:
        """Let the row that the keyboard is on stay when cells change their size, if it is seen."""
        row = self.current_row()
        if row is not None and row in self.visible_rows():
            middle = self.visualRect(self._index(row)).center().y()
            self._hold = grid_hold.at(self._layout, row, middle, self.verticalOffset())

    def visible_rows(self) -> range:
        """The rows that can be seen, at least in part."""
        top = self.verticalOffset()
        return self._layout.visible(top, top + self.viewport().height())

    def sections(self) -> Sections:
        """The groups that the rows stand in."""
        return NO_SECTIONS

    def row_at(self, point: QPoint) -> int | None:
        """The row under a point of the viewport; None where a heading covers it, or none is."""
        top = self.verticalOffset()
        if 0 <= point.y() < self._layout.covered_px(top):
            return None
        return self._layout.index_at(self.to_content(point))

    def current_row(self) -> int | None:
        """The row that the keyboard is on."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def selected_rows(self) -> SelectedRows:
        """The selected rows in order."""
        return SelectedRows(ranges(self.selectionModel().selection()))

    def is_selected(self, row: int) -> bool:
        """Whether a row belongs to the selection."""
        return self.selectionModel().isSelected(self._index(row))

    def go_to(self, row: int) -> None:
        """Select a row alone, show it and let the keyboard continue from it."""
        self._anchor = row
        self.selectionModel().setCurrentIndex(self._index(row), Flag.ClearAndSelect)

    def select_to(self, row: int) -> None:
        """Select from the row selected last to this one, and let the keyboard continue from it."""
        first, last = sorted((min(self._anchor, self._layout.count - 1), row))
        range_ = QItemSelection(self._index(first), self._index(last))
        self.selectionModel().select(range_, Flag.ClearAndSelect)
        self.selectionModel().setCurrentIndex(self._index(row), Flag.NoUpdate)

    def toggle(self, row: int) -> None:
        """Add a row to the selection or take it out."""
        self._anchor = row
        self.selectionModel().setCurrentIndex(self._index(row), Flag.Toggle)

    def to_content(self, point: QPoint) -> QPoint:
        """From a point of the viewport to one of the content."""
        return point + QPoint(0, self.verticalOffset())

    # What Qt asks

    def horizontalOffset(self) -> int:
        """Never scrolled sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far the content is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def visualRect(self, index: AnyIndex) -> QRect:
        """The place of a cell in the viewport."""
        if not index.isValid():
            return QRect()
        return self._layout.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The cell under a point of the viewport."""
        row = self.row_at(point)
        return QModelIndex() if row is None else self._index(row)

    def isIndexHidden(self, _index: AnyIndex) -> bool:
        """No cell is hidden."""
        return False

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where visible cells of a selection are, their rings included."""
        region = QRegion()
        visible = self.visible_rows()
        for part in ranges(selection):
            for row in range(max(part.start, visible.start), min(part.stop, visible.stop)):
                region += self._dirty_rect(row)
        return region

    def updateGeometries(self) -> None:
        """Lay the cells out anew and keep there what is held."""
        self._is_laying_out = True
        count = self.model().rowCount()
        self._layout = GridLayout(
            count,
            self.viewport().width(),
            self._wanted_side_px,
            self.sections(),
            self._caption_px,
        )
        self._steps = GridSteps(self._layout)
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setRange(0, max(0, self._layout.height_px - page))
        bar.setPageStep(page)
        bar.setSingleStep(self._layout.line_px // 2)
        if self._hold is not None:
            bar.setValue(self._hold.offset_px(self._layout))
        super().updateGeometries()
        self._is_laying_out = False
        self._visible_changed()
        self.viewport().update()

    def scrollTo(self, index: AnyIndex, hint: Hint = Hint.EnsureVisible) -> None:
        """Scroll as little as shows the cell with the gap around it, and no heading over it."""
        if not index.isValid():
            return
        rect = self._layout.rect(index.row())
        top = self._layout.reveal_px(index.row())
        end = rect.bottom() + 1 + MARGIN_PX
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        self._scroll.stop()
        if hint == Hint.PositionAtCenter:
            bar.setValue(min(rect.center().y() - page // 2, top))
        elif hint == Hint.PositionAtTop or top < bar.value() or end - top > page:
            bar.setValue(top)
        elif hint == Hint.PositionAtBottom or end > bar.value() + page:
            bar.setValue(end - page)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted already; only what comes into view is painted anew."""
        self.viewport().scroll(dx, dy)
        if len(self._layout.sections):  # the heading at the edge was moved along
            self.viewport().update(0, 0, self.viewport().width(), HEADING_PX + max(dy, 0))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Scroll to the current cell; paint anew its ring, which lies outside it."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            if index.isValid():
                self.viewport().update(self._dirty_rect(index.row()))
        if current.isValid() and self.hasFocus():
            self.tell_current(current.row())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell of it, however much it is, by ranges."""
        super().selectionChanged(selected, deselected)
        self._selection_due.trigger()
        self.tell_changes(ranges(selected), ranges(deselected))

    def reset(self) -> None:
        """There are other rows, of which none is selected."""
        super().reset()
        self._selection_due.trigger()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell which row has the keyboard now."""
        super().focusInEvent(event)
        row = self.current_row()
        if row is not None:
            self.tell_current(row)

    def keyboardSearch(self, _search: str) -> None:
        """Not here: Qt asks each row for its name, which takes seconds for a million."""

    def moveCursor(self, action: Action, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads from the current cell."""
        if not self._layout.count:
            return QModelIndex()
        row = self.current_row()
        if row is None:
            return self._index(self.visible_rows().start)
        return self._index(self._steps.target(row, action, self.viewport().height()))

    def setSelection(self, rect: QRect, command: Flag) -> None:
        """Select for the base class, which knows no mouse here, only keys.

        Args:
            rect: From the middle of one cell to that of another, not normalised.
            command: Has the flag `Current` where Shift extends a range.
        """
        end = self._layout.index_at(self.to_content(rect.bottomRight()))
        if end is None:
            return
        if command & Flag.Current:
            self.select_to(end)
        else:
            self._anchor = end
            self.selectionModel().select(self._index(end), command)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll smoothly; with Ctrl, change the size of the cells."""
        if self._zoom is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom.wheel(event)
        else:
            self._scroll.wheel(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Two fingers change the size of the cells too."""
        is_zoomed = self._zoom is not None and self._zoom.gesture(event)
        return is_zoomed or super().viewportEvent(event)

    def _zoom_at(self, side_px: int, at: QPoint) -> None:
        """Ask for another size, and hold the cell under the pointer through all its changes."""
        self._scroll.stop()
        row = self.row_at(at)
        # The cells move below a pointer that rests; the one it was put on is meant.
        if row is not None and at != self._zoomed_at:
            self._hold = grid_hold.at(self._layout, row, at.y(), self.verticalOffset())
            self._zoomed_at = at
        self.cell_side_asked.emit(side_px)

    def _dirty_rect(self, row: int) -> QRect:
        rect = self._layout.rect(row).translated(0, -self.verticalOffset())
        around = RING_ROOM_PX
        return rect.adjusted(-around, -around, around, around)

    def _scrolled(self) -> None:
        if not self._is_laying_out:
            self._hold = grid_hold.at_top(self._layout, self.verticalOffset())
            self._zoomed_at = None
            self._visible_changed()

    def _visible_changed(self) -> None:
        """Other rows may be visible now."""

    def _tell_selection(self) -> None:
        self.selection_changed.emit(len(self.selected_rows()))

    def _index(self, row: int) -> QModelIndex:
        return self.model().index(row, 0)
