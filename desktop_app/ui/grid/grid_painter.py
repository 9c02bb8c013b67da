"""How the cells of the grid look."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.pictures.thumbnail_image import RADIUS_PX

RING_PX = 3
_LIFT = QColor(255, 255, 255, 36)
_MISSING_ICON = QSize(28, 28)
_BADGE_ICON = QSize(14, 14)
_BADGE_PX, _BADGE_INSET_PX, _BADGE_RADIUS_PX = 22, 6, 6
# The same in both themes, because it stands on a picture.
_BADGE_FILL, _BADGE_INK = QColor(28, 28, 30, 200), QColor(242, 242, 244)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is to be shown of one picture.

    Attributes:
        rect: Where.
        image: Its thumbnail, None while it has not arrived or where there is none.
        is_missing: Whether it is known that there is none.
        is_selected: Whether it belongs to the selection.
        is_current: Whether the keyboard is on it.
        is_hovered: Whether the mouse is on it.
        badge: Icon that tells something about its file; empty for none.
        colour: What colour it is on the whole, shown while there is no image, where known.
    """

    rect: QRect
    image: QImage | None
    is_missing: bool
    is_selected: bool
    is_current: bool
    is_hovered: bool
    badge: str = ""
    colour: QColor | None = None


class GridPainter:
    """Paints cells in the colours of the theme."""

    def __init__(self, theme: Theme, scale: Callable[[], float]) -> None:
        self._theme = theme
        self._scale = scale
        self._missing: QImage | None = None
        self._badges: dict[tuple[str, float], QImage] = {}

    def theme_changed(self) -> None:
        """Forget what was drawn in the old colours."""
        self._missing = None

    def paint(self, painter: QPainter, cell: Cell) -> None:
        """Paint one cell; the painter antialiases."""
        if cell.image is None:
            self._paint_placeholder(painter, cell)
        elif _is_of_size(cell.image, cell.rect.size()):
            painter.drawImage(QPointF(cell.rect.topLeft()), cell.image)
        else:
            painter.drawImage(cell.rect, cell.image)
        if cell.is_hovered:
            self._fill(painter, cell.rect, _LIFT)
        if cell.badge:
            self._paint_badge(painter, cell)
        if cell.is_selected:
            self._ring(painter, cell.rect, self._theme.accent, RING_PX)
        elif cell.is_current:
            self._ring(painter, cell.rect, QColor(self._theme.tokens.secondary), 1)

    def _paint_placeholder(self, painter: QPainter, cell: Cell) -> None:
        self._fill(painter, cell.rect, cell.colour or QColor(self._theme.tokens.cell))
        if cell.is_missing and cell.rect.width() >= 2 * _MISSING_ICON.width():
            if self._missing is None:
                color = QColor(self._theme.tokens.secondary)
                self._missing = icons.drawing("image-off", color, _MISSING_ICON, self._scale())
            place = QRect(0, 0, _MISSING_ICON.width(), _MISSING_ICON.height())
            place.moveCenter(cell.rect.center())
            painter.drawImage(place.topLeft(), self._missing)

    def _paint_badge(self, painter: QPainter, cell: Cell) -> None:
        """A small sign in the lower right corner."""
        key = cell.badge, self._scale()
        if key not in self._badges:
            self._badges[key] = icons.drawing(cell.badge, _BADGE_INK, _BADGE_ICON, self._scale())
        place = QRect(0, 0, _BADGE_PX, _BADGE_PX)
        inset = QPoint(_BADGE_INSET_PX, _BADGE_INSET_PX)
        place.moveBottomRight(cell.rect.bottomRight() - inset)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_BADGE_FILL)
        painter.drawRoundedRect(place, _BADGE_RADIUS_PX, _BADGE_RADIUS_PX)
        sign = QRect(0, 0, _BADGE_ICON.width(), _BADGE_ICON.height())
        sign.moveCenter(place.center())
        painter.drawImage(sign.topLeft(), self._badges[key])

    @staticmethod
    def _fill(painter: QPainter, rect: QRect, color: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)

    @staticmethod
    def _ring(painter: QPainter, rect: QRect, color: QColor, width_px: int) -> None:
        """A ring in the gap around a cell, a pixel away from it."""
        away = 1 + width_px / 2
        painter.setPen(QPen(color, width_px))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = RADIUS_PX + away
        painter.drawRoundedRect(QRectF(rect).adjusted(-away, -away, away, away), radius, radius)


def _is_of_size(image: QImage, size: QSize) -> bool:
    """Whether an image was made for a size, which it may miss by part of a pixel."""
    has = image.deviceIndependentSize()
    return abs(has.width() - size.width()) < 1 and abs(has.height() - size.height()) < 1
