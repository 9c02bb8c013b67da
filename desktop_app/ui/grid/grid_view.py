"""The grid of pictures."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QCursor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
)
from PySide6.QtWidgets import QWidget

from desktop_app.engine.records import SortBy
from desktop_app.ui.grid.caption_painter import CaptionPainter
from desktop_app.ui.grid.computed_grid import ComputedGrid
from desktop_app.ui.grid.grid_cells import GridCells
from desktop_app.ui.grid.grid_layout import GAP_PX
from desktop_app.ui.grid.grid_painter import GridPainter
from desktop_app.ui.grid.grid_place import Place, restore, take
from desktop_app.ui.grid.grid_position import PositionTeller
from desktop_app.ui.grid.grid_sections import Sections
from desktop_app.ui.grid.grid_typing import GridTyping
from desktop_app.ui.grid.mouse_selection import MouseSelection
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.grid.section_painter import SectionPainter
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.captions import Captions
from desktop_app.ui.memory.order import Order
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.debounce import Debounce
from desktop_app.ui.work.throttle import Throttle

REST_MS = 100
COLOURS_MS = 30


class GridView(ComputedGrid):
    """Square thumbnails of the pictures of a `PictureModel`.

    Attributes:
        typing: Takes the letters that are typed here.
    """

    opened = Signal(int)
    """The row that was double-clicked, or on which Enter or Space was pressed."""
    menu_asked = Signal(QPoint)
    """Where, on the screen, the menu of the selected pictures should open."""

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
        self._colours_due = Throttle(COLOURS_MS)
        self._shown = GridCells(model, thumbnails)
        self._teller: PositionTeller | None = None  # one scrolls before there is one
        super().__init__(model, parent)
        self.typing = GridTyping(self)
        self._teller = PositionTeller(self, model, self._first_whole_row, theme)
        model.dataChanged.connect(self._records_came)
        self._painter = GridPainter(theme, self.devicePixelRatioF)
        self._section_painter = SectionPainter(theme, self.font())
        self._caption_painter = CaptionPainter(theme, self.font())
        self._mouse = MouseSelection(self)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Grid", "Pictures"))
        model.modelAboutToBeReset.connect(self._remember_place)
        model.replaced.connect(self._return_to_place)
        model.sections_changed.connect(self._sections_changed)
        model.forgotten.connect(self._prefetch)
        model.forgotten.connect(self._colours_due.trigger)
        model.colours.arrived.connect(self._update_cells)
        thumbnails.arrived.connect(self._update_cells)
        self._rest.fired.connect(self._prefetch)
        self._captions_due.fired.connect(self._prefetch)
        self._colours_due.fired.connect(self._want_colours)
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

    def show_order(self, order: Order) -> None:
        """Say in which order the pictures are."""
        if self._teller is not None:
            self._teller.order = order
        self.typing.is_by_name = order.sort_by is SortBy.NAME

    def tell(self, text: str) -> None:
        """Say something for a moment, beside the scroll bar."""
        if self._teller is not None:
            self._teller.bubble.say(text)

    def set_whole(self, is_whole: bool) -> None:
        """Show pictures whole, or cropped to squares; nothing moves."""
        if is_whole != self._shown.is_whole:
            self._shown.is_whole = is_whole
            self._visible_changed()
            self.viewport().update()

    def sections(self) -> Sections:
        """The groups that the pictures stand in."""
        return self._pictures.sections

    def enter(self) -> None:
        """Take the keyboard, on the selected picture or else the first that is wholly visible.

        Not where something else stands in its place: Qt would give it the keyboard once it is
        there again, in the middle of what is typed next.
        """
        if not self.isVisible():
            return
        row = self._first_whole_row()
        if row is not None and not self.selectionModel().hasSelection():
            self.go_to(row)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _first_whole_row(self) -> int | None:
        top = self.verticalOffset()
        return self.cells.first_whole(top, top + self.viewport().height())

    def reload(self) -> None:
        """Ask anew for what is visible, because files have come or gone."""
        self._visible_changed()
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll; another cell may be under the mouse then."""
        super().scrollContentsBy(dx, dy)
        if self._teller is not None:
            self._teller.bubble.moved_along(dy)
        if self.underMouse():
            self._hover(self.viewport().mapFromGlobal(QCursor.pos()))

    def _scrolled(self) -> None:
        super()._scrolled()
        if self._teller is not None and not self._is_laying_out:
            self._teller.moved()

    def _records_came(self, first: QModelIndex, last: QModelIndex) -> None:
        row = self.current_row()
        if row is not None and first.row() <= row <= last.row() and self.hasFocus():
            self.tell_named(row)

    def _visible_changed(self) -> None:
        """Ask for what is visible, then for a page below and a page above it."""
        visible = self.visible_rows()
        wanted: list[int] = []
        if visible:
            page = len(visible)
            below = range(visible.stop, min(self.cells.count, visible.stop + page))
            above = range(max(0, visible.start - page), visible.start)
            ids = self._pictures.ids
            wanted = [int(ids[row]) for rows in (visible, below, above[::-1]) for row in rows]
            self._colours_due.trigger()
            self._rest.trigger()
            if self._caption_px:
                self._captions_due.trigger()
        self._thumbnails.want(
            wanted, self.cells.side_px, self.devicePixelRatioF(), is_whole=self._shown.is_whole
        )

    def _want_colours(self) -> None:
        """Ask what colour is to stand for what has not come yet, here and on the page below."""
        visible = self.visible_rows()
        rows = slice(visible.start, visible.stop + len(visible))
        ids = self._pictures.ids[rows].tolist()
        self._pictures.colours.want([each for each in ids if self._thumbnails.image(each) is None])

    def _prefetch(self) -> None:
        """What tooltips and badges tell, once scrolling rests; captions are seen meanwhile."""
        visible = self.visible_rows()
        self._pictures.prefetch(visible.start, visible.stop)

    def _remember_place(self) -> None:
        held_row = 0 if self._hold is None else self._hold.row
        self._place = take(self._pictures, self.selectionModel(), held_row)

    def _return_to_place(self, same_question: bool) -> None:
        place, self._place = self._place, None
        self.typing.stop()
        self._set_hovered(None)
        self._mouse.release()
        if place is None or not same_question:
            self._anchor, self._hold = 0, None
            self.updateGeometries()
            self.verticalScrollBar().setValue(0)
            if self._teller is not None:
                self._teller.bubble.forget()
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
        with self._thumbnails.resting():
            self._paint(event)

    def _paint(self, event: QPaintEvent) -> None:
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
        if self._teller is not None:
            self._teller.bubble.paint(painter)
        painter.end()

    def _paint_cell(self, painter: QPainter, row: int, is_current: bool) -> None:
        place = self.cells.rect(row).translated(0, -self.verticalOffset())
        square = QRect(place.topLeft(), QSize(self.cells.side_px, self.cells.side_px))
        cell = self._shown.cell(
            row,
            square,
            is_selected=self.is_selected(row),
            is_current=is_current,
            is_hovered=row == self._hovered,
        )
        self._painter.paint(painter, cell)
        if self._caption_px:
            picture = self._pictures.known(int(self._pictures.ids[row]))
            self._caption_painter.paint(painter, square, self._captions, picture)

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
                    painter,
                    rect,
                    cells.left_px,
                    cells.sections[number],
                    cells.sections.count(number, cells.count),
                    is_stuck=lead is stuck,
                )

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
        """Enter and Space open, letters lead to names or searches; the base class does the rest."""
        row = self.current_row()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        is_in_name = event.key() == Qt.Key.Key_Space and self.typing.is_in_name
        if event.key() in keys and row is not None and not event.modifiers() and not is_in_name:
            self.typing.stop()
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif self.typing.key(event):
            event.accept()
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
        self._mouse.let_go()

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
