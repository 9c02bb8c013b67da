"""Settings that belong together, as rows below a heading."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.kit.card import Card
from desktop_app.ui.kit.setting_row import SettingRow
from desktop_app.ui.kit.switch import Switch
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import SMALL_PX, Theme
from desktop_app.ui.words.plain_words import words_of

_ROWS_PX = 14


class SettingGroup(QWidget):
    """Settings that belong together, below a heading.

    Args:
        theme: For the colours.
        title: The heading.
    """

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._title = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY, bold=True)
        self._title.say(title)
        self._area = Card(theme)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.column.setSpacing(_ROWS_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._area)
        self.rows: list[SettingRow] = []

    @property
    def title(self) -> str:
        """The heading."""
        return self._title.said

    def add_row(
        self, title: str, explanation: str, control: QWidget | None, *, is_beside: bool = False
    ) -> SettingRow:
        """Add a setting."""
        row = SettingRow(self._theme, title, explanation, control, is_beside=is_beside)
        self.rows.append(row)
        self._area.column.addWidget(row)
        return row

    def add_switch(self, title: str, explanation: str, turned: Callable[[bool], object]) -> Switch:
        """Add a setting that is on or off.

        Args:
            title: What it is.
            explanation: What it does.
            turned: Gets whether it is on now, when the user has turned it.
        """
        switch = Switch(self._theme, title)
        switch.clicked.connect(lambda is_on: turned(is_on))
        self.add_row(title, explanation, switch, is_beside=True)
        return switch

    def add_buttons(self, row_title: str, explanation: str, label: str) -> QPushButton:
        """Add something that is done elsewhere, with the button that leads there."""
        button = QPushButton(label)
        button.setProperty("compact", True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(f"{row_title}: {label}" if row_title else label)
        self.add_row(row_title, explanation, button, is_beside=True)
        return button

    def filter(self, wanted: Sequence[str]) -> bool:
        """Show only what has words that begin like these; the group's own name counts too.

        Returns:
            Whether anything is left.
        """
        title = words_of(self.title)
        is_any = False
        for row in self.rows:
            has = (*title, *row.words)
            is_found = all(any(each.startswith(word) for each in has) for word in wanted)
            row.setVisible(is_found)
            is_any = is_any or is_found
        self.setVisible(is_any)
        return is_any
