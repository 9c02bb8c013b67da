"""How headings and dividers of the grid look."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from desktop_app.ui.grid.grid_layout import GAP_PX
from desktop_app.ui.grid.grid_sections import Section
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme, text_font
from desktop_app.ui.words import wording

_WORDS_ROOM_PX = 12  # between the words of a divider and its line
_SHORTEST_LINE_PX = 24


class SectionPainter:
    """Paints what stands before the sections, in the colours of the theme.

    Args:
        theme: For the colours.
        font: The system's font.
    """

    def __init__(self, theme: Theme, font: QFont) -> None:
        self._theme = theme
        self._heading_font = text_font(font, BODY_PX, bold=True, figures=True)
        self._count_font = text_font(font, BODY_PX, figures=True)
        self._divider_font = text_font(font, SMALL_PX, figures=True)

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        margin_px: int,
        section: Section,
        count: int,
        *,
        is_stuck: bool = False,
    ) -> None:
        """Paint what stands before a section.

        Args:
            painter: Where to.
            rect: Its place, across the whole width; what is above ends a gap before it.
            margin_px: What is left free at either side.
            section: Has the words, and says whether they are a heading.
            count: How many pictures stand below it.
            is_stuck: Whether pictures pass below it, so that it needs a background.
        """
        if section.is_divider:
            words = f"{section.title}{_counted(count)}" if section.title else ""
            self._divider(painter, rect.adjusted(margin_px, -GAP_PX, -margin_px, 0), words)
            return
        if is_stuck:
            painter.fillRect(rect, QColor(self._theme.tokens.surface))
        inner = rect.adjusted(margin_px, 0, -margin_px, 0)
        self._heading(painter, inner, section.title, _counted(count))

    def _heading(self, painter: QPainter, inner: QRect, title: str, counted: str) -> None:
        metrics = QFontMetrics(self._heading_font)
        room = inner.width() - QFontMetrics(self._count_font).horizontalAdvance(counted)
        # Of a folder both ends say something, of a date all fits.
        text = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, room)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(self._heading_font)
        painter.setPen(QColor(self._theme.tokens.text))
        painter.drawText(inner, flags, text)
        painter.setFont(self._count_font)
        painter.setPen(QColor(self._theme.tokens.secondary))
        painter.drawText(inner.adjusted(metrics.horizontalAdvance(text), 0, 0, 0), flags, counted)

    def _divider(self, painter: QPainter, inner: QRect, words: str) -> None:
        """A thin line across the width with words in its middle, or the line alone."""
        metrics = QFontMetrics(self._divider_font)
        around = 2 * (_WORDS_ROOM_PX + _SHORTEST_LINE_PX)
        text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width() - around)
        hole = QRect(0, 0, metrics.horizontalAdvance(text), metrics.height())
        hole.moveCenter(inner.center())
        room = _WORDS_ROOM_PX if text else 0
        y = inner.center().y()
        line = QColor(self._theme.tokens.hover)
        painter.fillRect(inner.left(), y, hole.left() - room - inner.left(), 1, line)
        right = hole.right() + 1 + room
        painter.fillRect(right, y, inner.right() + 1 - right, 1, line)
        painter.setFont(self._divider_font)
        painter.setPen(QColor(self._theme.tokens.secondary))
        painter.drawText(hole, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), text)


def _counted(count: int) -> str:
    """How many pictures stand below, behind the words."""
    return f" · {wording.count(count)}"
