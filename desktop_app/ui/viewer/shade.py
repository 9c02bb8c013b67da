"""The colours of what lies over the viewer's picture: dark in full screen, in both themes."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from desktop_app.ui.kit.theme import DARK, Theme, Tokens, style_sheet


class Shade(QObject):
    """Has the colours of the theme, or the dark ones while the screen is covered.

    A light bar over a picture with black around it would be the brightest thing on the screen.

    Args:
        theme: What counts otherwise.
        viewer: Whose children are coloured.
    """

    changed = Signal()

    def __init__(self, theme: Theme, viewer: QWidget) -> None:
        super().__init__(viewer)
        self._theme = theme
        self._viewer = viewer
        self._is_dark = False
        theme.changed.connect(self._refresh)

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return DARK if self._is_dark else self._theme.tokens

    @property
    def accent(self) -> QColor:
        """The system's accent colour."""
        return self._theme.accent

    def darken(self, is_dark: bool) -> None:
        """Be dark whatever the theme is, or as it is."""
        if is_dark != self._is_dark:
            self._is_dark = is_dark
            self._refresh()

    def _refresh(self) -> None:
        # Buttons are drawn by the style, which reads no tokens.
        is_other = self.tokens is not self._theme.tokens
        self._viewer.setStyleSheet(style_sheet(DARK, self.accent.name()) if is_other else "")
        self.changed.emit()
