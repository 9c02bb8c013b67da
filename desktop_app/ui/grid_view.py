"""The grid of pictures."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QCursor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from desktop_app.ui.computed_grid import ComputedGrid
from desktop_app.ui.debounce import Debounce
from desktop_app.ui.grid_layout import GAP_PX
from desktop_app.ui.grid_painter import Cell, GridPainter
from desktop_app.ui.grid_place import Place, restore, take
from desktop_app.ui.mouse_selection import MouseSelection
from desktop_app.ui.picture_model import PictureModel
from desktop_app.ui.theme import Theme
from desktop_app.ui.thumbnail_loader import ThumbnailLoader

REST_MS = 100
OFFLINE_BADGE, MISSING_BADGE = "unplug", "file-x"


class GridView(ComputedGrid):
    """Square thumbnails of the pictures of a `PictureModel`."""

    opened = Signal(int)
    """The row that was double-clicked, or on which Enter or Space was pressed."""
    menu_asked = Signal(QPoint)
    """Where, on the screen, the menu of the selected pictures should open."""
    copy_asked = Signal()
    """The selected pictures are to go to the clipboard."""

    def __init__(
        self,
        model: PictureModel,
        thumbnails: ThumbnailLoader,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        self._pictures = model
        self._thumbnails = thumbnails
        self._theme = theme
        self._hovered: int | None = None
        self._place: Place | None = None
        self._rest = Debounce(REST_MS)
        super().__init__(model, parent)
        self._painter = GridPainter(theme, self.devicePixelRatioF)
        self._mouse = MouseSelection(self)
        self.setMouseTracking(True)
        self.setAccessibleName("Pictures")
        model.modelAboutToBeReset.connect(self._remember_place)
        model.replaced.connect(self._return_to_place)
        model.forgotten.connect(self._prefetch)
        thumbnails.arrived.connect(self._update_cells)
        self._rest.fired.connect(self._prefetch)
        theme.changed.connect(self._theme_changed)
        self._theme_changed()

    def enter(self) -> None:
        """Take the keyboard, on the selected picture or else the first that is wholly visible."""
        if self.cells.count and not self.selectionModel().hasSelection():
            first, *others = self.visible_rows()
            is_cut = self._dirty_rect(first).top() < 0 and len(others) >= self.cells.columns
            self.go_to(first + self.cells.columns if is_cut else first)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reload(self) -> None:
        """Ask anew for what is visible, because files have come or gone."""
        self._visible_changed()
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll; another cell may be under the mouse then."""
        super().scrollContentsBy(dx, dy)
        if self.underMouse():
            self._hover(self.viewport().mapFromGlobal(QCursor.pos()))

    def _visible_changed(self) -> None:
        """Ask for what is visible, then for a page below and a page above it."""
        visible = self.visible_rows()
        if not visible:
            self._thumbnails.want([], self.cells.side_px, self.devicePixelRatioF())
            return
        page = len(visible)
        below = range(visible.stop, min(self.cells.count, visible.stop + page))
        above = range(max(0, visible.start - page), visible.start)
        ids = self._pictures.ids
        wanted = [int(ids[row]) for rows in (visible, below, above[::-1]) for row in rows]
        self._thumbnails.want(wanted, self.cells.side_px, self.devicePixelRatioF())
        self._rest.trigger()

    def _prefetch(self) -> None:
        """What tooltips and badges tell, once scrolling rests."""
        visible = self.visible_rows()
        self._pictures.prefetch(visible.start, visible.stop)

    def _remember_place(self) -> None:
        self._place = take(self._pictures, self.selectionModel(), self._top_row)

    def _return_to_place(self, same_question: bool) -> None:
        place, self._place = self._place, None
        self._set_hovered(None)
        self._mouse.release()
        if place is None or not same_question:
            self._anchor = self._top_row = self._top_offset_px = 0
            self.updateGeometries()
            self.verticalScrollBar().setValue(0)
            return
        self.setAutoScroll(False)  # the place is kept by what is at the top, not by the selection
        top_row = restore(place, self._pictures, self.selectionModel())
        self.setAutoScroll(True)
        is_at_top = not self._top_row and not self._top_offset_px
        if top_row is not None and not is_at_top:  # at the top, one wants to see what is new
            self._top_row = top_row
        self._anchor = self.current_row() or 0
        self.updateGeometries()

    def _update_cells(self, ids: list[int]) -> None:
        shown = self._pictures.ids
        arrived = set(ids)
        for row in self.visible_rows():
            if int(shown[row]) in arrived:
                self.viewport().update(self._dirty_rect(row))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells that the event touches."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self.verticalOffset()
        dirty = event.rect()
        # Rings reach into the gap, so a line of cells above or below may be touched too.
        rows = self.cells.visible(top + dirty.top() - GAP_PX, top + dirty.bottom() + GAP_PX)
        current = self.current_row() if self.hasFocus() else None
        for row in rows:
            if self._dirty_rect(row).intersects(dirty):
                self._painter.paint(painter, self._cell(row, row == current))
        band = self._mouse.band
        if band is not None:
            color = QColor(self._theme.accent)
            painter.setPen(QPen(color, 1))
            color.setAlpha(40)
            painter.setBrush(color)
            painter.drawRoundedRect(band.translated(0, -top), 2, 2)
        painter.end()

    def _cell(self, row: int, is_current: bool) -> Cell:
        picture_id = int(self._pictures.ids[row])
        return Cell(
            rect=self.cells.rect(row).translated(0, -self.verticalOffset()),
            image=self._thumbnails.image(picture_id),
            is_missing=self._thumbnails.is_missing(picture_id),
            is_selected=self.is_selected(row),
            is_current=is_current,
            is_hovered=row == self._hovered,
            badge=self._badge(picture_id),
        )

    def _badge(self, picture_id: int) -> str:
        picture = self._pictures.known(picture_id)
        if picture is None:
            return ""
        if picture.is_offline:
            return OFFLINE_BADGE
        return MISSING_BADGE if picture.missing_since_s is not None else ""

    def _theme_changed(self) -> None:
        self._scroll.motion_ms = self._theme.motion_ms
        self._painter.theme_changed()
        self.viewport().update()

    def _hover(self, point: QPoint) -> None:
        self._set_hovered(self.cells.index_at(self.to_content(point)))

    def _set_hovered(self, row: int | None) -> None:
        if row != self._hovered:
            for each in (self._hovered, row):
                if each is not None:
                    self.viewport().update(self._dirty_rect(each))
            self._hovered = row

    def event(self, event: QEvent) -> bool:
        """On a screen of another resolution, other thumbnails are sharp."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._visible_changed()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open, Ctrl+C copies; the base class moves and selects."""
        row = self.current_row()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and row is not None and not event.modifiers():
            self.opened.emit(row)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select."""
        self._scroll.stop()
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the rubber band, or hover."""
        if self._mouse.drag(event):
            self._set_hovered(None)
        else:
            self._hover(event.position().toPoint())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the rubber band."""
        self._mouse.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the picture."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._mouse.release()
            self.opened.emit(index.row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu: at the mouse, or at the current cell for the Menu key."""
        if not self.selectionModel().hasSelection():
            return
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_asked.emit(at)

    def leaveEvent(self, _event: QEvent) -> None:
        """The mouse is elsewhere."""
        self._set_hovered(None)
