"""A small icon with a sentence beside it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import SMALL_PX, Theme

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
        """Put something right after the sentence, which must be a short one."""
        self._text.setWordWrap(False)
        self._text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._row.setAlignment(self._text, Qt.AlignmentFlag.AlignVCenter)
        self._row.setAlignment(self._icon, Qt.AlignmentFlag.AlignVCenter)
        self._row.setStretchFactor(self._text, 0)
        self._row.addWidget(widget)
        self._row.addStretch(1)

    def say(self, icon: str, text: str, tint: Tint | None = None) -> None:
        """Show another icon and sentence, in another colour if one is given.

        An empty sentence takes the row away.
        """
        self._icon_name = icon
        if tint is not None:
            self._tint = tint
        self._text.say(text, tint)
        self._paint_icon()
        self.setVisible(bool(text))

    def _paint_icon(self) -> None:
        if self._icon_name:
            color = QColor(getattr(self._theme.tokens, self._tint))
            drawn = icons.icon(self._icon_name, color, _ICON_PX)
            self._icon.setPixmap(drawn.pixmap(QSize(_ICON_PX, _ICON_PX)))
