"""A switch that is on or off, and looks like one."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.ui.kit.keyboard_mark import is_marked
from desktop_app.ui.kit.theme import Theme

_WIDTH_PX, _HEIGHT_PX = 36, 20
_RING_PX = 3


class Switch(QCheckBox):
    """A check box to the keyboard and to screen readers; its words stand beside it.

    Args:
        theme: For the colours.
        name: What a screen reader calls it.
        parent: Where it belongs.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.sizeHint())
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for the switch and the ring of the focus."""
        return QSize(_WIDTH_PX + 2 * _RING_PX, _HEIGHT_PX + 2 * _RING_PX)

    def hitButton(self, at: QPoint) -> bool:
        """All of it can be clicked."""
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(_RING_PX, _RING_PX, _WIDTH_PX, _HEIGHT_PX)
        round_px = _HEIGHT_PX / 2
        if self.hasFocus() and is_marked(self):
            painter.setPen(QPen(self._theme.accent, 2))
            painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), round_px + 2, round_px + 2)
        tokens, is_on = self._theme.tokens, self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        color = QColor(self._theme.accent if is_on else tokens.secondary)
        if not self.isEnabled():
            color.setAlphaF(0.4)
        painter.setBrush(color)
        painter.drawRoundedRect(track, round_px, round_px)
        is_right = is_on != self.isRightToLeft()
        knob_px = _HEIGHT_PX - 6
        left_px = track.right() - knob_px - 3 if is_right else track.left() + 3
        painter.setBrush(QColor("#ffffff"))
        painter.drawEllipse(QRectF(left_px, track.top() + 3, knob_px, knob_px))
        painter.end()
