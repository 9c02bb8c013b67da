"""Words to try, below the search line, for who has not searched yet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.ui.kit.mirroring import margins
from desktop_app.ui.kit.theme import SMALL_PX, Theme, text_font
from desktop_app.ui.words.language import tr

_GAP_PX = 6


class ExampleStrip(QWidget):
    """One row of buttons; those that do not fit are not shown."""

    chosen = Signal(str)
    """Words to search for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: list[QPushButton] = []
        self.setAccessibleName(tr("Examples", "Examples of searches"))
        self._label = QLabel(tr("Examples", "Try"))
        self._label.setFont(text_font(self.font(), SMALL_PX))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(margins(4, 0, 0, 4))
        self._row.setSpacing(_GAP_PX)
        self._row.addWidget(self._label)
        self._row.addStretch(1)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    @property
    def words(self) -> list[str]:
        """What is offered."""
        return [button.text() for button in self._buttons]

    def show_words(self, words: Sequence[str]) -> None:
        """Offer other words; none hides the row."""
        if list(words) != self.words:
            for button in self._buttons:
                self._row.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = [self._button(each) for each in words]
            for at, button in enumerate(self._buttons, start=1):
                self._row.insertWidget(at, button)
        self.setVisible(bool(words))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit."""
        super().resizeEvent(event)
        self._fit()

    def _button(self, word: str) -> QPushButton:
        button = QPushButton(word)
        button.setProperty("small", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(tr("Examples", "Search for {words}").format(words=word))
        button.clicked.connect(lambda: self.chosen.emit(word))
        return button

    def _fit(self) -> None:
        room_px = self.width() - self._label.sizeHint().width() - 4
        for button in self._buttons:
            room_px -= button.sizeHint().width() + _GAP_PX
            button.setVisible(room_px >= 0)

    def _tint(self) -> None:
        palette = self._label.palette()
        palette.setColor(self._label.foregroundRole(), self._theme.tokens.secondary)
        self._label.setPalette(palette)
