"""What says beside the scroll bar where one is, while it moves."""

from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QStyle, QStyleOptionSlider

from desktop_app.ui.kit.theme import BODY_PX, Theme, text_font

SHOWN_MS = 900
_HEIGHT_PX, _INSET_PX, _AWAY_PX, _RADIUS_PX = 28, 12, 4, 8
_WIDEST_PX = 260


class ScrollBubble(QObject):
    """Stands beside the handle of an area's scroll bar, for a moment after each movement.

    It is painted by the area. A widget on top of it would have everything below painted anew at
    each step, where else what is there is moved.

    Args:
        area: What is scrolled.
        theme: For the colours.
    """

    def __init__(self, area: QAbstractScrollArea, theme: Theme) -> None:
        super().__init__(area)
        self._area = area
        self._theme = theme
        self._text = ""
        self._rect = QRect()
        self._font = text_font(area.font(), BODY_PX, figures=True)
        self._metrics = QFontMetrics(self._font)
        self._gone = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._gone.timeout.connect(self.hide)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    @property
    def rect(self) -> QRect:
        """Where in the viewport it is seen; empty while it is not."""
        return self._rect

    def say(self, text: str) -> None:
        """Say where one is; where that is not known, go on to say what was said last.

        Args:
            text: A few words; empty where it is not known.
        """
        self._text = text or self._text
        if self._text:
            self._gone.start()
            self._put(self._place())

    def forget(self) -> None:
        """Other pictures are there."""
        self._text = ""
        self._gone.stop()
        self.hide()

    def hide(self) -> None:
        """Be seen no more."""
        self._put(QRect())

    def moved_along(self, dy: int) -> None:
        """What was painted has been moved, and the bubble with it, where it does not belong."""
        if not self._rect.isEmpty():
            self._area.viewport().update(self._rect.translated(0, dy))
            self._area.viewport().update(self._rect)

    def paint(self, painter: QPainter) -> None:
        """Paint the bubble and its words, if it is seen; the painter antialiases."""
        if self._rect.isEmpty():
            return
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.hover), 1))
        painter.setBrush(QColor(tokens.raised))
        outline = QRectF(self._rect).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(outline, _RADIUS_PX, _RADIUS_PX)
        inner = self._rect.adjusted(_INSET_PX, 0, -_INSET_PX, 0)
        shown = self._metrics.elidedText(self._text, Qt.TextElideMode.ElideMiddle, inner.width())
        painter.setFont(self._font)
        painter.setPen(QColor(tokens.text))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter), shown)

    def _put(self, rect: QRect) -> None:
        viewport = self._area.viewport()
        for each in (self._rect, rect):
            if not each.isEmpty():
                viewport.update(each)
        self._rect = rect

    def _place(self) -> QRect:
        """Beside the middle of the handle, within the viewport."""
        bar, viewport = self._area.verticalScrollBar(), self._area.viewport()
        option = QStyleOptionSlider()
        bar.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ScrollBar, QStyle.SubControl.SC_ScrollBarSlider
        handle = bar.style().subControlRect(control, option, part, bar)
        middle = handle.center().y()
        most_px = max(0, min(_WIDEST_PX, viewport.width() - 2 * _AWAY_PX))
        width = min(self._metrics.horizontalAdvance(self._text) + 2 * _INSET_PX, most_px)
        top = max(0, min(middle - _HEIGHT_PX // 2, viewport.height() - _HEIGHT_PX))
        is_right = bar.mapTo(self._area, bar.rect().topLeft()).x() > viewport.x()
        left = viewport.width() - _AWAY_PX - width if is_right else _AWAY_PX
        return QRect(left, top, width, _HEIGHT_PX)
