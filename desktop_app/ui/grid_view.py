"""The grid of pictures."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
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
    QRegion,
)
from PySide6.QtWidgets import QWidget

from desktop_app.ui.captions import CaptionPainter, Captions
from desktop_app.ui.computed_grid import ComputedGrid
from desktop_app.ui.debounce import Debounce
from desktop_app.ui.grid_layout import GAP_PX
from desktop_app.ui.grid_painter import Cell, GridPainter
from desktop_app.ui.grid_place import Place, restore, take
from desktop_app.ui.grid_sections import Sections
from desktop_app.ui.mouse_selection import MouseSelection
from desktop_app.ui.picture_model import PictureModel
from desktop_app.ui.section_painter import SectionPainter
from desktop_app.ui.theme import Theme
from desktop_app.ui.throttle import Throttle
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
        self._captions = Captions()
        self._rest = Debounce(REST_MS)
        self._captions_due = Throttle(REST_MS)
        super().__init__(model, parent)
        self._painter = GridPainter(theme, self.devicePixelRatioF)
        self._section_painter = SectionPainter(theme, self.font())
        self._caption_painter = CaptionPainter(theme, self.font())
        self._mouse = MouseSelection(self)
        self.setMouseTracking(True)
        self.setAccessibleName("Pictures")
        model.modelAboutToBeReset.connect(self._remember_place)
        model.replaced.connect(self._return_to_place)
        model.sections_changed.connect(self._sections_changed)
        model.forgotten.connect(self._prefetch)
        thumbnails.arrived.connect(self._update_cells)
        self._rest.fired.connect(self._prefetch)
        self._captions_due.fired.connect(self._prefetch)
        theme.changed.connect(self._theme_changed)
        self._theme_changed()

    @property
    def captions(self) -> Captions:
        """What is written below each picture."""
        return self._captions

    def set_captions(self, captions: Captions) -> None:
        """Write something else below each picture; the first visible row stays."""
        self._captions = captions
        self._caption_px = captions.height_px
        self.updateGeometries()

    def sections(self) -> Sections:
        """The groups that the pictures stand in."""
        return self._pictures.sections

    def enter(self) -> None:
        """Take the keyboard, on the selected picture or else the first that is wholly visible."""
        if self.cells.count and not self.selectionModel().hasSelection():
            top = self.verticalOffset()
            first = self.cells.last_line_from(top + self.cells.covered_px(top) - 1) + 1
            visible = self.visible_rows()
            row = self.cells.line_cells(first).start if first < self.cells.lines else visible.stop
            self.go_to(row if row in visible else visible.start)
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
        if self._caption_px:
            self._captions_due.trigger()

    def _prefetch(self) -> None:
        """What tooltips and badges tell, once scrolling rests; captions are seen meanwhile."""
        visible = self.visible_rows()
        self._pictures.prefetch(visible.start, visible.stop)

    def _remember_place(self) -> None:
        held_row = 0 if self._hold is None else self._hold.row
        self._place = take(self._pictures, self.selectionModel(), held_row)

    def _return_to_place(self, same_question: bool) -> None:
        place, self._place = self._place, None
        self._set_hovered(None)
        self._mouse.release()
        if place is None or not same_question:
            self._anchor, self._hold = 0, None
            self.updateGeometries()
            self.verticalScrollBar().setValue(0)
            return
        self.setAutoScroll(False)  # the place is kept by what is at the top, not by the selection
        top_row = restore(place, self._pictures, self.selectionModel())
        self.setAutoScroll(True)
        if not self.verticalOffset():  # at the top, one wants to see what is new
            self._hold = None
        elif self._hold is not None and top_row is not None:
            self._hold = replace(self._hold, row=top_row)
        self._anchor = self.current_row() or 0
        self.updateGeometries()

    def _sections_changed(self) -> None:
        """Lay out the same rows anew; one that is held stays where it is seen."""
        self._set_hovered(None)
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
        # The parts count, not what is around them: while one scrolls, these are a strip at one
        # edge of the view and the heading at the other.
        dirty, around = event.region(), event.rect()
        # Rings reach into the gap, so a line of cells above or below may be touched too.
        rows = self.cells.visible(top + around.top() - GAP_PX, top + around.bottom() + GAP_PX)
        current = self.current_row() if self.hasFocus() else None
        for row in rows:
            if dirty.intersects(self._dirty_rect(row)):
                self._paint_cell(painter, row, row == current)
        self._paint_sections(painter, dirty)
        band = self._mouse.band
        if band is not None:
            color = QColor(self._theme.accent)
            painter.setPen(QPen(color, 1))
            color.setAlpha(40)
            painter.setBrush(color)
            painter.drawRoundedRect(band.translated(0, -top), 2, 2)
        painter.end()

    def _paint_cell(self, painter: QPainter, row: int, is_current: bool) -> None:
        cell = self._cell(row, is_current)
        self._painter.paint(painter, cell)
        if self._caption_px:
            picture = self._pictures.known(int(self._pictures.ids[row]))
            self._caption_painter.paint(painter, cell.rect, self._captions, picture)

    def _paint_sections(self, painter: QPainter, dirty: QRegion) -> None:
        """Paint headings and dividers, and over the cells the heading that stays at the edge."""
        cells, top, around = self.cells, self.verticalOffset(), dirty.boundingRect()
        leads = cells.leads(top + around.top() - GAP_PX, top + around.bottom() + GAP_PX)
        stuck = cells.stuck(top)
        if stuck is not None:
            leads = [*(lead for lead in leads if lead[0] != stuck[0]), stuck]
        for lead in leads:
            number, place = lead
            rect = place.translated(0, -top)
            if dirty.intersects(rect.adjusted(0, -GAP_PX, 0, 0)):
                self._section_painter.paint(
                    painter, rect, cells.left_px, cells.sections[number], is_stuck=lead is stuck
                )

    def _cell(self, row: int, is_current: bool) -> Cell:
        picture_id = int(self._pictures.ids[row])
        place = self.cells.rect(row).translated(0, -self.verticalOffset())
        side_px = self.cells.side_px
        return Cell(
            rect=QRect(place.left(), place.top(), side_px, side_px),
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
        self._set_hovered(self.row_at(point))

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
