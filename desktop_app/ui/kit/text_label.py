"""Plain text in one of the theme's colours, which follows when the theme changes."""

from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.ui.kit.theme import BODY_PX, Colours, leading, text_font
from desktop_app.ui.words import wording


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
        theme: Colours,
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
        self._align()
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

    def changeEvent(self, event: QEvent) -> None:
        """Stay at the side where one begins to read the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        # QLabel would align a Latin name as in a window that is read from the left.
        self.setAlignment(leading(self) | Qt.AlignmentFlag.AlignVCenter)

    def _color(self) -> None:
        palette = self.palette()
        color = QColor(getattr(self._theme.tokens, self._tint))
        palette.setColor(QPalette.ColorRole.WindowText, color)
        self.setPalette(palette)


def taken_px(widgets: Iterable[QWidget], spacing_px: int) -> int:
    """What those of some widgets that are not hidden take in a row, each with a space beside it."""
    shown = (each for each in widgets if not each.isHidden())
    return sum(max(each.sizeHint().width(), each.minimumWidth()) + spacing_px for each in shown)


class ElidedLabel(QWidget):
    """One line; where it does not fit, a shorter one or a part of it. The tooltip has it all.

    Args:
        theme: For the colour.
        parent: Where it belongs.
        elide: Which part is left out.
        tint: Which of the theme's colours it has.
    """

    def __init__(
        self,
        theme: Colours,
        parent: QWidget | None = None,
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        tint: Tint = Tint.SECONDARY,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._elide = elide
        self._tint = tint
        self._texts: tuple[str, ...] = ("",)
        self._limit_px: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._texts[0]

    @property
    def shown(self) -> str:
        """The wording that fits."""
        return self._fitting(self.width())

    def say(self, text: str, *shorter: str) -> None:
        """Show another text.

        Args:
            text: All of it.
            shorter: What is shown where that does not fit, from long to short.
        """
        if (text, *shorter) != self._texts:
            self._texts = (text, *shorter)
            self.setAccessibleName(text)
            self.setToolTip(wording.tooltip(text))
            self.updateGeometry()
            self.update()

    def limit(self, room_px: int) -> None:
        """Ask for no more room than this, but for enough to show the shortest wording."""
        if room_px != self._limit_px:
            self._limit_px = room_px
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the longest wording within the limit."""
        limit_px = self._limit_px
        text = self._texts[0] if limit_px is None else self._fitting(limit_px)
        return QSize(self._width_px(text), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the shortest wording; a text without one may be cut."""
        shortest_px = self._width_px(self._texts[-1]) if len(self._texts) > 1 else 0
        return QSize(shortest_px, self.fontMetrics().height())

    def _width_px(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + 1

    def _fitting(self, room_px: int) -> str:
        fitting = (text for text in self._texts if self._width_px(text) <= room_px)
        return next(fitting, self._texts[-1])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        painter = QPainter(self)
        painter.setPen(QColor(getattr(self._theme.tokens, self._tint)))
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.shown, self._elide, self.width())
        # By its own direction: in a window read from the right, "14 May" is not "May 14".
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | leading(self), shown)
        painter.end()
