"""How the names and dates below the pictures of the grid look."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from desktop_app.engine.records import Picture
from desktop_app.ui.kit.theme import SMALL_PX, Theme, text_font
from desktop_app.ui.memory.captions import ABOVE_PX, LINE_PX, Captions
from desktop_app.ui.words import date_wording, wording


class CaptionPainter:
    """Paints names and dates in the colours of the theme.

    Args:
        theme: For the colours.
        font: The system's font.
    """

    def __init__(self, theme: Theme, font: QFont) -> None:
        self._theme = theme
        self._font = text_font(font, SMALL_PX, figures=True)
        self._metrics = QFontMetrics(self._font)

    def paint(
        self, painter: QPainter, below: QRect, captions: Captions, picture: Picture | None
    ) -> None:
        """Paint what is known of a picture, which may be nothing yet.

        Args:
            painter: Where to.
            below: The place of the picture itself; its caption begins below.
            captions: What is to be written.
            picture: The picture's record.
        """
        if picture is None:
            return
        line = QRect(below.left(), below.bottom() + 1 + ABOVE_PX, below.width(), LINE_PX)
        painter.setFont(self._font)
        if captions.names:
            # The end of a name tells more than its middle: numbers, and what kind of file it is.
            self._write(painter, line, self._theme.tokens.text, wording.file_name(picture.path))
            line.translate(0, LINE_PX)
        if captions.dates:
            self._write(
                painter, line, self._theme.tokens.secondary, date_wording.short_day(picture)
            )

    def _write(self, painter: QPainter, line: QRect, color: str, text: str) -> None:
        painter.setPen(QColor(color))
        shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(
            line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown
        )
