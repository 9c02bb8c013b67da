"""A sentence below the picture in the viewer."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.theme import SMALL_PX, Colours, text_font

_EDGE_PX = 12
_ALPHA = 225
_WRAP = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignCenter.value


class PictureNote(QWidget):
    """As wide as its sentence, in the middle above a line; gone without one."""

    def __init__(self, theme: Colours, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setFont(text_font(self.font(), SMALL_PX, figures=True))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._text

    def say(self, text: str) -> None:
        """Say something else; what is new is read aloud."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            announce(self, text)
        self.setVisible(bool(text))

    def place(self, room: QRect) -> None:
        """Lie in the middle of the lower edge of a room, not wider than it."""
        inner = room.adjusted(2 * _EDGE_PX, 0, -2 * _EDGE_PX, 0)
        needed = self.fontMetrics().boundingRect(inner, _WRAP, self._text)
        box = needed.adjusted(-_EDGE_PX, -4, _EDGE_PX, 4)
        box.moveCenter(room.center())
        box.moveBottom(room.bottom())
        self.setGeometry(box)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it upon a ground on which it can be read whatever the picture is."""
        tokens = self._theme.tokens
        ground = QColor(tokens.raised)
        ground.setAlpha(_ALPHA)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        radius = min(12.0, self.height() / 2)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setPen(QColor(tokens.secondary))
        painter.drawText(self.rect().adjusted(_EDGE_PX, 0, -_EDGE_PX, 0), _WRAP, self._text)
        painter.end()
