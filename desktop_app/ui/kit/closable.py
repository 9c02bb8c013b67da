"""A raised surface with a cross that closes it; so does Esc."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import Theme

_CROSS_PX = 28


class Closable(QWidget):
    """What panels and strips share.

    Args:
        theme: For the colours.
        hint: The tooltip of the cross.
        name: What a screen reader calls it.
        parent: Where the surface belongs.

    Attributes:
        cross: The button, to be put where it belongs.
    """

    closed = Signal()

    def __init__(self, theme: Theme, hint: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cross = QToolButton()
        self.cross.setProperty("quiet", True)
        self.cross.setFixedSize(_CROSS_PX, _CROSS_PX)
        self.cross.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cross.setToolTip(hint)
        self.cross.setAccessibleName(name)
        self.cross.clicked.connect(self.leave)
        theme.changed.connect(self._tint_cross)
        self._tint_cross()

    def leave(self) -> None:
        """Ask to be closed."""
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the surface."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        painter.end()

    def _tint_cross(self) -> None:
        self.cross.setIcon(icons.icon("x", QColor(self._theme.tokens.secondary)))
        self.update()
