"""What is in the middle of the window when there are no pictures to show."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import TITLE_PX, Theme, text_font

_DRAWING = QSize(160, 128)
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True)
class Message:
    """One sentence, one drawing, at most one button.

    Attributes:
        drawing: Name of an SVG; empty for none.
        title: The sentence.
        hint: What to do; may be empty.
        action: Label of the button; empty for none.
        act: What the button does.
    """

    drawing: str
    title: str
    hint: str = ""
    action: str = ""
    act: Callable[[], None] | None = None


class EmptyState(QWidget):
    """Shows a `Message`, centred."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message = Message("", "")
        self._picture = QLabel()
        self._title = _centred_label()
        self._title.setFont(text_font(self.font(), TITLE_PX, bold=True))
        self._hint = _centred_label()
        self._button = QPushButton()
        self._button.setProperty("primary", True)
        self._button.clicked.connect(self._act)
        self._button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(4)
        # Labels that wrap must be free in width: an aligned one gets the height of its first line.
        column.addWidget(self._picture, 0, _MIDDLE)
        column.addSpacing(20)
        column.addWidget(self._title)
        column.addSpacing(8)
        column.addWidget(self._hint)
        column.addSpacing(24)
        column.addWidget(self._button, 0, _MIDDLE)
        column.addStretch(5)
        theme.changed.connect(self._tint)

    @property
    def message(self) -> Message:
        """What is shown."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Show another message."""
        self._message = message
        self._title.setText(message.title)
        self._hint.setText(message.hint)
        self._hint.setVisible(bool(message.hint))
        self._button.setText(message.action)
        self._button.setVisible(bool(message.action))
        self._tint()

    def _act(self) -> None:
        if self._message.act is not None:
            self._message.act()

    def _tint(self) -> None:
        tokens = self._theme.tokens
        self._picture.setVisible(bool(self._message.drawing))
        if self._message.drawing:
            image = icons.drawing(
                self._message.drawing,
                QColor(tokens.secondary),
                _DRAWING,
                self.devicePixelRatioF(),
            )
            self._picture.setPixmap(QPixmap.fromImage(image))
        palette = self._hint.palette()
        palette.setColor(self._hint.foregroundRole(), QColor(tokens.secondary))
        self._hint.setPalette(palette)


def _centred_label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(_MIDDLE)
    label.setWordWrap(True)
    return label
