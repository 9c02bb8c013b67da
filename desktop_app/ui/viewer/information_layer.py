"""What is known of a picture, laid over it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import SMALL_PX, Colours
from desktop_app.ui.viewer.picture_facts import Line
from desktop_app.ui.words.language import tr

WIDTH_PX = 320
_ALPHA = 235
_RADIUS_PX = 8


class InformationLayer(QWidget):
    """A panel of lines, as high as they need; their texts can be selected and copied."""

    def __init__(self, theme: Colours, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self._labels: list[tuple[TextLabel, TextLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 12, 12, 12)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.setAccessibleName(tr("Viewer", "Information"))
        theme.changed.connect(self.update)
        self.hide()

    @property
    def lines(self) -> Sequence[Line]:
        """What it says."""
        return self._lines

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Say something else."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        while len(self._labels) < len(lines):
            self._add_row()
        for pair, line in zip(self._labels, lines, strict=False):
            for label, text in zip(pair, line, strict=True):
                label.say(text)
        for pair in self._labels[len(lines) :]:
            for label in pair:
                label.say("")
        self.setAccessibleDescription(", ".join(f"{name}: {text}" for name, text in lines))
        self.fit(self.width())

    def fit(self, width_px: int) -> None:
        """Be as wide as this and as high as the lines need."""
        self._grid.activate()
        self.resize(width_px, self._grid.totalHeightForWidth(width_px))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the panel."""
        color = QColor(self._theme.tokens.surface)
        color.setAlpha(_ALPHA)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(self.rect()), _RADIUS_PX, _RADIUS_PX)
        painter.end()

    def _add_row(self) -> None:
        name = TextLabel(self._theme, self, SMALL_PX, Tint.SECONDARY)
        text = TextLabel(self._theme, self, SMALL_PX)
        name.setWordWrap(False)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(name, len(self._labels), 0, top)
        self._grid.addWidget(text, len(self._labels), 1, top)
        self._labels.append((name, text))
