"""What the window shows while files are dragged over it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import BODY_PX, TITLE_PX, Theme, text_font
from desktop_app.ui.words.language import tr

_DRAWING = QSize(160, 128)


class DropOverlay(QWidget):
    """Covers what is below with a dashed frame and one sentence; lets drag events through."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hint = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(text_font(self.font(), TITLE_PX, bold=True))
        self.hide()

    def cover(self, area: QRect, hint: str) -> None:
        """Appear over everything in an area of the parent, with a second line for a hint."""
        self._hint = hint
        self.setGeometry(area)
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint veil, frame, drawing and sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self._theme.tokens.surface)
        veil.setAlpha(245)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(self._theme.accent, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(12, 12, -12, -12), 12, 12)
        color = self._theme.accent
        image = icons.drawing("drop-folder", color, _DRAWING, self.devicePixelRatioF())
        middle = self.rect().center()
        painter.drawImage(middle.x() - _DRAWING.width() // 2, middle.y() - _DRAWING.height(), image)
        painter.setPen(QColor(self._theme.tokens.text))
        words = self.rect().adjusted(24, self.height() // 2 + 16, -24, 0)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        painter.drawText(words, flags, tr("Pictures", "Drop to add to your pictures"))
        painter.setFont(text_font(self.font(), BODY_PX))
        painter.setPen(QColor(self._theme.tokens.secondary))
        painter.drawText(words.adjusted(0, 36, 0, 0), flags, self._hint)
        painter.end()
