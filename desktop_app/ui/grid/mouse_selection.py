"""What clicks and drags on the grid select."""

from PySide6.QtCore import QItemSelection, QPoint, QRect, Qt
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop_app.ui.grid.band_selection import BandSelection
from desktop_app.ui.grid.computed_grid import ComputedGrid
from desktop_app.ui.grid.rubber_band import RubberBand

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class MouseSelection:
    """Selects as file managers do: Ctrl adds or removes, Shift makes a range.

    A drag that begins on a picture takes it out of the window, with all that is selected if it is;
    one that begins beside pictures, or with Ctrl or Shift, selects an area.
    """

    def __init__(self, grid: ComputedGrid) -> None:
        self._grid = grid
        self._press: QPoint | None = None  # in content coordinates
        self._touched: BandSelection | None = None
        self._held: int | None = None  # a row that may be dragged out, or only clicked
        self._before = QItemSelection()
        self._band = RubberBand(grid)
        self._band.scroll.connect(self._scroll)

    @property
    def band(self) -> QRect | None:
        """The rubber band, in content coordinates; None when none is drawn."""
        return self._band.rect if self._band.is_drawn else None

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        grid, keys = self._grid, event.modifiers()
        row = grid.row_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.RightButton:
            if row is not None and not grid.is_selected(row):
                grid.go_to(row)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._press = grid.to_content(event.position().toPoint())
        self._held = None
        if row is None:
            if not keys & (_CTRL | _SHIFT):
                grid.clearSelection()
        elif keys & _SHIFT:
            grid.select_to(row)
        elif keys & _CTRL:
            grid.toggle(row)
        else:
            self._held = row
            if not grid.is_selected(row):
                grid.go_to(row)

    def drag(self, event: QMouseEvent) -> bool:
        """The mouse has moved.

        Returns:
            Whether it is drawing a rubber band.
        """
        if self._press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        point = event.position().toPoint()
        if not self._band.is_drawn:
            way = self._grid.to_content(point) - self._press
            if way.manhattanLength() < QApplication.startDragDistance():
                return False
            if self._held is not None:
                held, self._held, self._press = self._held, None, None
                self._grid.drag_asked.emit(held)
                return False
            adds = event.modifiers() & _CTRL
            before = self._grid.selectionModel().selection() if adds else QItemSelection()
            self._touched = BandSelection(self._grid.selectionModel(), before)
            self._band.begin(self._press)
        self._stretch(point)
        return True

    def let_go(self) -> None:
        """The button is up again: a selected cell that was only clicked is selected alone."""
        held = self._held
        self.release()
        if held is not None:
            self._grid.go_to(held)

    def release(self) -> None:
        """What the button began is over."""
        self._press = self._held = None
        if self._band.is_drawn:
            self._touched = None
            self._band.end()
            self._grid.viewport().update()

    def _stretch(self, point: QPoint) -> None:
        height = self._grid.viewport().height()
        outside = min(point.y(), 0) + max(point.y() - height, 0)
        self._band.stretch(self._grid.to_content(point), outside)
        if self._touched is not None:
            self._touched.select(self._grid.cells, self._band.rect)
        self._grid.viewport().update()

    def _scroll(self, distance_px: int) -> None:
        bar = self._grid.verticalScrollBar()
        bar.setValue(bar.value() + distance_px)
        self._stretch(self._grid.viewport().mapFromGlobal(QCursor.pos()))
