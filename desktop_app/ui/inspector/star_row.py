"""A rating as five stars that can be set by mouse and by keys."""

import math

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from desktop_app.engine.query_language.parts import MOST_STARS
from desktop_app.ui.kit.theme import SMALL_PX, Theme, leading, text_font
from desktop_app.ui.words.language import tr

_STAR_PX = 22
_HEIGHT_PX = 26
_BEGIN_PX = -2  # the first star begins where the text below it does
_INNER = 0.45
"""How far the inner corners of a star are from its middle, as a share of the outer ones."""


class StarRow(QAbstractSlider):
    """Shows a rating; a click on a star gives that many, a click on the last one takes it away.

    Arrows give a star more or less, 0 to 5 so many. For screen readers it is a slider.
    """

    rated = Signal(int)
    """The rating that is wanted, 0 to 5."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rating: int | None = 0
        self._hovered = 0
        self._is_fixed = False
        self.setFont(text_font(self.font(), SMALL_PX))
        self.setFixedHeight(_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setRange(0, MOST_STARS)
        self.valueChanged.connect(self._slide)
        theme.changed.connect(self.update)
        self._describe()

    @property
    def rating(self) -> int | None:
        """The rating shown; None where pictures differ."""
        return self._rating

    def show_rating(self, rating: int | None) -> None:
        """Show a rating, 0 to 5; None where pictures differ."""
        self._rating = rating
        self._show_value()
        self._describe()
        self.update()

    def forbid_changes(self) -> None:
        """Only show from now on."""
        self._is_fixed = True

    def sizeHint(self) -> QSize:
        """Room for the stars and a word."""
        return QSize(_STAR_PX * MOST_STARS + 60, _HEIGHT_PX)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would give."""
        self._hover(0 if self._is_fixed else self._star_at(event.position().x()))

    def leaveEvent(self, _event: QEvent) -> None:
        """Show what is."""
        self._hover(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give as many stars as there are up to the one clicked on."""
        star = self._star_at(event.position().x())
        if star and event.button() == Qt.MouseButton.LeftButton:
            self._ask(0 if star == self._rating else star)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and figures."""
        key, now = event.key(), self._rating or 0
        more = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(key), 0)
        if self.isRightToLeft():
            more = -more
        if more:
            self._ask(min(max(now + more, 0), MOST_STARS))
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_5:
            self._ask(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._ask(0 if key == Qt.Key.Key_Home else MOST_STARS)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the panel scroll: nobody means to rate by that."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Take figures before the window's commands do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if is_plain and Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_5:
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the stars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        if self.hasFocus():
            painter.setPen(QPen(self._theme.accent, 2))
            area = QRectF(1, 1, _STAR_PX * MOST_STARS - 2, _HEIGHT_PX - 2)
            if self.isRightToLeft():
                area.moveRight(self.width() - 1)
            painter.drawRoundedRect(area, 6, 6)
        full = self._hovered or self._rating or 0
        color = QColor(tokens.text if not self._hovered else tokens.secondary)
        for number in range(1, MOST_STARS + 1):
            is_full = number <= full
            painter.setPen(QPen(color if is_full else QColor(tokens.secondary), 1))
            painter.setBrush(color if is_full else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(_star(self._middle(number), 8))
        if self._rating is None and not self._hovered:
            painter.setPen(QColor(tokens.secondary))
            left = _STAR_PX * MOST_STARS + 12
            place = QRect(left, 0, max(0, self.width() - left), _HEIGHT_PX)
            if self.isRightToLeft():
                place.moveLeft(0)
            middle = int(leading(self) | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(place, middle, tr("Inspector", "mixed"))
        painter.end()

    def _ask(self, rating: int) -> None:
        if not self._is_fixed and rating != self._rating:
            self.rated.emit(rating)

    def _slide(self, rating: int) -> None:
        """A screen reader wants another rating, which is shown once it is given."""
        self._show_value()
        self._ask(rating)

    def _show_value(self) -> None:
        self.blockSignals(True)
        self.setValue(self._rating or 0)
        self.blockSignals(False)

    def _hover(self, star: int) -> None:
        if star != self._hovered:
            self._hovered = star
            self.update()

    def _middle(self, number: int) -> QPointF:
        x = (number - 0.5) * _STAR_PX + _BEGIN_PX
        return QPointF(self.width() - x if self.isRightToLeft() else x, _HEIGHT_PX / 2)

    def _star_at(self, x: float) -> int:
        from_edge = self.width() - x if self.isRightToLeft() else x
        star = math.ceil((from_edge - _BEGIN_PX) / _STAR_PX)
        return star if 1 <= star <= MOST_STARS else 0

    def _describe(self) -> None:
        self.setToolTip("" if self._is_fixed else tr("Inspector", "Rate: a click, arrows or 0–5"))
        if self._rating is None:
            said = tr("Inspector", "Rating: mixed")
        elif self._rating == 0:
            said = tr("Inspector", "Rating: none")
        else:
            said = tr("Inspector", "Rating: {stars} of 5 stars").format(stars=self._rating)
        self.setAccessibleName(said)


def _star(middle: QPointF, radius_px: float) -> QPolygonF:
    """A star with five points, one of them up."""
    corners = []
    for number in range(2 * MOST_STARS):
        angle = math.pi * number / MOST_STARS
        length = radius_px if number % 2 == 0 else radius_px * _INNER
        corners.append(middle + QPointF(length * math.sin(angle), -length * math.cos(angle)))
    return QPolygonF(corners)
