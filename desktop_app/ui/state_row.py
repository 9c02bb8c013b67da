"""A small icon with a sentence beside it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.ui import icons
from desktop_app.ui.text_label import TextLabel, Tint
from desktop_app.ui.theme import SMALL_PX, Theme

_ICON_PX = 14


class StateRow(QWidget):
    """Without a sentence it takes no room."""

    def __init__(self, theme: Theme, tint: Tint = Tint.SECONDARY) -> None:
        super().__init__()
        self._theme = theme
        self._tint = tint
        self._icon_name = ""
        self._icon = QLabel()
        self._icon.setFixedSize(_ICON_PX, _ICON_PX)
        self._text = TextLabel(theme, self, SMALL_PX, tint)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._paint_icon)
        self.hide()

    @property
    def said(self) -> str:
        """The sentence."""
        return self._text.said

    def add(self, widget: QWidget) -> None:
        """Put something after the sentence."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, icon: str, text: str) -> None:
        """Show another icon and sentence; an empty sentence takes the row away."""
        self._icon_name = icon
        self._text.say(text)
        self._paint_icon()
        self.setVisible(bool(text))

    def _paint_icon(self) -> None:
        if self._icon_name:
            color = QColor(getattr(self._theme.tokens, self._tint))
            drawn = icons.icon(self._icon_name, color, _ICON_PX)
            self._icon.setPixmap(drawn.pixmap(QSize(_ICON_PX, _ICON_PX)))
