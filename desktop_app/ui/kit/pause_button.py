"""A small button that pauses what is going on, or lets it go on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import Theme

_ICON_PX = 12
_WIDTH_PX = 28


class PauseButton(QPushButton):
    """Shows two bars, or the arrow of a player while it is paused."""

    paused = Signal()
    resumed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_paused = False
        self.setProperty("small", True)
        self.setProperty("bare", True)
        self.setFixedWidth(_WIDTH_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._emit)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def is_paused(self) -> bool:
        """Whether a click lets it go on."""
        return self._is_paused

    def show_state(self, name: str, meaning: str, *, is_paused: bool) -> None:
        """Show what a click does now.

        Args:
            name: What a screen reader calls it.
            meaning: Its tooltip.
            is_paused: Whether it lets it go on.
        """
        self._is_paused = is_paused
        self.setAccessibleName(name)
        self.setToolTip(meaning)
        self._tint()

    def _emit(self) -> None:
        (self.resumed if self._is_paused else self.paused).emit()

    def _tint(self) -> None:
        color = QColor(self._theme.tokens.text)
        self.setIcon(icons.icon("play" if self._is_paused else "pause", color, _ICON_PX))
