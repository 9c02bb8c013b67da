"""A rounded area of a panel that is about one thing and can hold the keyboard's focus."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.kit.keyboard_mark import is_marked
from desktop_app.ui.kit.theme import Theme

RADIUS_PX = 8
_PADDING_PX = 12


class Card(QWidget):
    """Stacks what it holds; a screen reader gets it as a whole when it has the focus.

    The ring that shows the focus is for those who use the keyboard.

    Attributes:
        column: Takes what is in it.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_PADDING_PX, _PADDING_PX, _PADDING_PX, _PADDING_PX)
        self.column.setSpacing(4)
        theme.changed.connect(self.update)

    def describe(self, name: str, parts: Sequence[str]) -> None:
        """Say what a screen reader reads: a name, and all that stands below it."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(" ".join(part for part in parts if part))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the area, with a ring while it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._theme.tokens.surface))
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        if self.hasFocus() and is_marked(self):
            painter.setPen(QPen(self._theme.accent, 2))
            area.adjust(1, 1, -1, -1)
        painter.drawRoundedRect(area, RADIUS_PX, RADIUS_PX)
        painter.end()


class ButtonRow(QWidget):
    """Small buttons side by side; without a visible one it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 4, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._buttons: list[QPushButton] = []

    def add(self, label: str, act: Callable[[], None]) -> QPushButton:
        """Add a button at the end."""
        button = QPushButton(label)
        button.setProperty("compact", True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: act())
        self._row.insertWidget(self._row.count() - 1, button)
        self._buttons.append(button)
        return button

    def offer(self, *buttons: QPushButton) -> None:
        """Show these buttons alone."""
        for each in self._buttons:
            each.setVisible(each in buttons)
        self.setVisible(bool(buttons))
