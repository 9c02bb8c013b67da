"""How a row of the sidebar looks: chevron or icon, name, signs, and the number at the end."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme, leading, scaled_px, text_font
from desktop_app.ui.sidebar.sidebar_items import RowKind, SidebarItem
from desktop_app.ui.sidebar.sidebar_model import AnyIndex, SidebarModel
from desktop_app.ui.words import wording

HEIGHT_PX = 28
EDGE_PX = 8
STEP_PX = 12
"""How much further a row begins than the one above it."""
_ICON_PX = 14
_SIGN_PX = 12
_SPACE_PX = 8
_RADIUS_PX = 6


@dataclass(frozen=True, slots=True)
class Look:
    """What the view knows of a row.

    Attributes:
        depth: How many folders above it are shown.
        is_open: Whether what is below it is shown.
        is_current: Whether it is what is in the grid.
        is_focused: Whether the keyboard is on it.
    """

    depth: int = 0
    is_open: bool = False
    is_current: bool = False
    is_focused: bool = False


class SidebarPainter(QStyledItemDelegate):
    """Paints the rows; `look` is told by the view before each."""

    def __init__(self, model: SidebarModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._widget = parent
        self.look = Look()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """All rows are of one height."""
        return QSize(0, scaled_px(HEIGHT_PX))

    def chevron_end_px(self, depth: int) -> int:
        """How far from the edge a click still opens and closes a folder."""
        return EDGE_PX + depth * STEP_PX + _ICON_PX + _SPACE_PX // 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a row."""
        item = self._model.item(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        self._paint_area(painter, option.rect, item, is_hovered=is_hovered)
        row = _Row(option.rect, self._widget.isRightToLeft())
        row.skip(EDGE_PX)
        if item.kind is RowKind.SECTION:
            self._paint_section(painter, row, item, is_hovered=is_hovered)
        else:
            self._paint_lead(painter, row, index, item)
            self._paint_number(painter, row, item)
            self._paint_signs(painter, row, item)
            self._paint_name(painter, row, item)
        painter.restore()

    def _paint_area(
        self, painter: QPainter, rect: QRect, item: SidebarItem, *, is_hovered: bool
    ) -> None:
        tokens, look = self._theme.tokens, self.look
        area = QRectF(rect).adjusted(4, 1, -4, -1)
        painter.setPen(QPen(self._theme.accent, 2) if look.is_focused else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if look.is_current:
            painter.setBrush(QColor(tokens.hover))
        elif is_hovered and item.is_choice:
            painter.setBrush(QColor(tokens.fill))
        if look.is_focused:
            area.adjust(1, 1, -1, -1)
        painter.drawRoundedRect(area, _RADIUS_PX, _RADIUS_PX)

    def _paint_section(
        self, painter: QPainter, row: "_Row", item: SidebarItem, *, is_hovered: bool
    ) -> None:
        secondary = QColor(self._theme.tokens.secondary)
        font = text_font(painter.font(), SMALL_PX, bold=True)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
        painter.setFont(font)
        painter.setPen(secondary)
        at = row.rest().adjusted(0, 6, 0, 0)  # nearer to what it is about
        painter.drawText(at, int(leading(self._widget) | Qt.AlignmentFlag.AlignVCenter), item.name)
        if is_hovered or self.look.is_focused or not self.look.is_open:
            row.drop(_SPACE_PX)
            self._draw(painter, self._chevron(), row.from_end(_SIGN_PX).translated(0, 3), secondary)

    def _paint_lead(
        self, painter: QPainter, row: "_Row", index: AnyIndex, item: SidebarItem
    ) -> None:
        secondary = self._secondary()
        row.skip(self.look.depth * STEP_PX)
        place = row.from_start(_ICON_PX)
        if item.kind is RowKind.FOLDER:
            if self._model.hasChildren(index):
                self._draw(painter, self._chevron(), place, secondary)
        elif item.icon:
            self._draw(painter, item.icon, place, secondary)
        row.skip(_SPACE_PX)

    def _secondary(self) -> QColor:
        """What is read second, on what is behind the row."""
        tokens = self._theme.tokens
        return QColor(tokens.chosen if self.look.is_current else tokens.secondary)

    def _chevron(self) -> str:
        if self.look.is_open:
            return "chevron-down"
        return "chevron-left" if self._widget.isRightToLeft() else "chevron-right"

    def _paint_number(self, painter: QPainter, row: "_Row", item: SidebarItem) -> None:
        row.drop(EDGE_PX + 4)
        if item.count is None:
            return
        painter.setFont(text_font(painter.font(), SMALL_PX, figures=True))
        painter.setPen(self._secondary())
        counted = wording.count(item.count)
        place = row.from_end(painter.fontMetrics().horizontalAdvance(counted) + 1)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), counted)
        row.drop(_SPACE_PX)

    def _paint_signs(self, painter: QPainter, row: "_Row", item: SidebarItem) -> None:
        for sign in reversed(item.signs):
            is_bad = sign.icon == "circle-alert"
            color = QColor(self._theme.tokens.danger) if is_bad else self._secondary()
            if sign.number:
                painter.setFont(text_font(painter.font(), SMALL_PX, figures=True))
                painter.setPen(color)
                counted = wording.count(sign.number)
                place = row.from_end(painter.fontMetrics().horizontalAdvance(counted) + 1)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), counted)
                row.drop(2)
            self._draw(painter, sign.icon, row.from_end(_SIGN_PX), color)
            row.drop(_SPACE_PX)

    def _paint_name(self, painter: QPainter, row: "_Row", item: SidebarItem) -> None:
        tokens = self._theme.tokens
        is_hint = item.kind is RowKind.HINT
        font = text_font(painter.font(), SMALL_PX if is_hint else BODY_PX)
        painter.setFont(font)
        painter.setPen(QColor(tokens.secondary if is_hint else tokens.text))
        name = row.rest()
        elided = QFontMetrics(font).elidedText(
            item.name, Qt.TextElideMode.ElideMiddle, name.width()
        )
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(name, int(leading(self._widget) | Qt.AlignmentFlag.AlignVCenter), elided)

    def _draw(self, painter: QPainter, icon: str, rect: QRect, color: QColor) -> None:
        side_px = rect.width()
        drawn = _drawing(icon, color.name(), side_px, self._widget.devicePixelRatioF())
        painter.drawImage(rect.left(), rect.top() + (rect.height() - side_px) // 2, drawn)


@lru_cache(maxsize=64)
def _drawing(icon: str, color: str, side_px: int, scale: float) -> QImage:
    """A drawing that is kept: making one takes longer than all else in a row."""
    return icons.drawing(icon, QColor(color), QSize(side_px, side_px), scale)


class _Row:
    """What is left of a row's width while it is filled from both ends, in either direction."""

    def __init__(self, rect: QRect, is_mirrored: bool) -> None:
        self._rect = rect
        self._is_mirrored = is_mirrored
        self._start, self._end = 0, rect.width()

    def skip(self, width_px: int) -> None:
        """Leave some room where one begins to read."""
        self._start += width_px

    def drop(self, width_px: int) -> None:
        """Leave some room at the other end."""
        self._end -= width_px

    def from_start(self, width_px: int) -> QRect:
        """Take some room where one begins to read."""
        self._start += width_px
        return self._at(self._start - width_px, width_px)

    def from_end(self, width_px: int) -> QRect:
        """Take some room at the other end."""
        self._end -= width_px
        return self._at(self._end, width_px)

    def rest(self) -> QRect:
        """What is left."""
        return self._at(self._start, max(0, self._end - self._start))

    def _at(self, left_px: int, width_px: int) -> QRect:
        if self._is_mirrored:
            left_px = self._rect.width() - left_px - width_px
        return QRect(self._rect.left() + left_px, self._rect.top(), width_px, self._rect.height())
