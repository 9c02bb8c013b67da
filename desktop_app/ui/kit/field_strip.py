"""A strip with a field to type into and a button: what is asked for in place."""

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.ui.kit.keyboard_mark import mark
from desktop_app.ui.kit.strip import Strip
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import SMALL_PX, Theme

_FIELD_PX, _FIELD_HEIGHT_PX = 140, 28


class FieldStrip(Strip):
    """Takes the keyboard when it appears, and leads it back when it goes.

    Args:
        theme: For the colours.
        title: What stands before the field.
        label: What stands on the button.

    Attributes:
        title: What stands before the field.
        field: Where one types; Enter does what the button does.
        button: Does it.
        below: A line below the field.
    """

    def __init__(self, theme: Theme, title: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._came_from: QWidget | None = None
        self.title = QLabel(title)
        self.field = QLineEdit()
        self.field.setMinimumSize(_FIELD_PX, _FIELD_HEIGHT_PX)
        self.field.setTextMargins(4, 0, 4, 0)
        self.title.setBuddy(self.field)
        self.button = QPushButton(label)
        self.button.setProperty("compact", True)
        self.below = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self.row.addWidget(self.title)
        self.row.addWidget(self.field, 1)
        self.row.addWidget(self.button)
        self.column.addWidget(self.below)

    def appear(self) -> None:
        """Be seen, with the keyboard in the field."""
        if self.isHidden():
            self._came_from = QApplication.focusWidget()
        self.show()
        mark(self.window())
        self.field.setFocus()

    def leave(self) -> None:
        """Disappear, and lead the keyboard back to where it was."""
        has_keyboard = self.isAncestorOf(QApplication.focusWidget() or self.window())
        super().leave()
        came_from, self._came_from = self._came_from, None
        if has_keyboard and came_from is not None and came_from.isVisible():
            came_from.setFocus()
