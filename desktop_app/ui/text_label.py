"""Plain text in one of the theme's colours, which follows when the theme changes."""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.ui import wording
from desktop_app.ui.theme import BODY_PX, Theme, text_font


class Tint(StrEnum):
    """The theme's colours for text."""

    TEXT = "text"
    SECONDARY = "secondary"
    DANGER = "danger"


class TextLabel(QLabel):
    """A label that wraps; long words break too. Without text it takes no room.

    Args:
        theme: For the colour.
        parent: Where it belongs: without a parent its appearing would open a window.
        size_px: One of the theme's sizes.
        tint: Which of its colours.
        bold: Half bold.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        size_px: int = BODY_PX,
        tint: Tint = Tint.TEXT,
        *,
        bold: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tint = tint
        self._said = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(text_font(self.font(), size_px, bold=bold, figures=True))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._color)
        self._color()
        self.hide()

    @property
    def said(self) -> str:
        """The text as it was given, without the places where words may break."""
        return self._said

    def say(self, text: str, tint: Tint | None = None) -> None:
        """Show another text, in another colour if one is given."""
        self._said = text
        self.setText(wording.breakable(text))
        self.setAccessibleName(text)
        if tint is not None:
            self._tint = tint
            self._color()
        self.setVisible(bool(text))

    def _color(self) -> None:
        palette = self.palette()
        color = QColor(getattr(self._theme.tokens, self._tint))
        palette.setColor(QPalette.ColorRole.WindowText, color)
        self.setPalette(palette)


class ElidedLabel(QWidget):
    """One line; where it does not fit, a shorter one or its beginning. The tooltip has it all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def say(self, text: str, short: str = "") -> None:
        """Show another text.

        Args:
            text: All of it.
            short: What is shown where that does not fit.
        """
        if (text, short) != (self._text, self._short):
            self._text, self._short = text, short
            self.setAccessibleName(text)
            self.setToolTip(wording.tooltip(text))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 1, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Room for the shorter text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._short), metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        painter = QPainter(self)
        painter.setPen(QColor(self._theme.tokens.secondary))
        metrics = self.fontMetrics()
        fits = metrics.horizontalAdvance(self._text) <= self.width()
        text = self._text if fits or not self._short else self._short
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), int(middle), shown)
        painter.end()
