"""A question asked in place: a sentence, the button that does it, and the one that does not."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.card import ButtonRow
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.side_panel import SidePanel
from desktop_app.ui.kit.text_label import TextLabel
from desktop_app.ui.kit.theme import Theme


class Question(QWidget):
    """Hidden until it is asked; the answer that changes nothing has the focus, and Esc gives it.

    Args:
        theme: For the text.
        yes: Label of the button that does it.
        no: Label of the button that does not.
    """

    accepted = Signal()
    declined = Signal()

    def __init__(self, theme: Theme, yes: str, no: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = TextLabel(theme, self)
        buttons = ButtonRow()
        buttons.add(yes, self._accept)
        self._no = buttons.add(no, self._decline)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._text)
        column.addWidget(buttons)
        self.hide()

    @property
    def text(self) -> str:
        """What is asked."""
        return self._text.said

    def ask(self, text: str) -> None:
        """Appear."""
        self._text.say(text)
        self._no.setAccessibleDescription(text)
        self.show()
        give_focus(self._no)
        announce(self, text)
        # As soon as it has its place; it may be below what its panel shows.
        QTimer.singleShot(0, self, self._come_into_sight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc declines."""
        if event.key() == Qt.Key.Key_Escape:
            self._decline()
        else:
            super().keyPressEvent(event)

    def _come_into_sight(self) -> None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, SidePanel):
            around = around.parentWidget()
        if around is not None and self.isVisible():
            around.scroll_to(self)

    def _accept(self) -> None:
        self._disappear()
        self.accepted.emit()

    def _decline(self) -> None:
        self._disappear()
        self.declined.emit()

    def _disappear(self) -> None:
        # Else Qt would send the keyboard to whatever comes next, and scroll there.
        around = self.parentWidget()
        if around is not None:
            give_focus(around)
        self.hide()
