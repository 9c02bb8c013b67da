"""The panel of settings: few, explained, and found by a field at the top."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.panel_frame import EDGE_PX
from desktop_app.ui.kit.side_panel import SidePanel
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme
from desktop_app.ui.settings.settings_group import SettingGroup
from desktop_app.ui.words.language import tr
from desktop_app.ui.words.plain_words import words_of

WIDTH_PX = 400


class SettingsPanel(SidePanel):
    """Shows groups of settings; each changes what it is about at once.

    Args:
        theme: For the colours.
        groups: What can be set, in order.
        parent: Where it belongs.
    """

    def __init__(
        self, theme: Theme, groups: Sequence[SettingGroup], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, tr("Settings", "Settings"), None, parent)
        self.groups = groups
        self.field = QLineEdit(placeholderText=tr("Settings", "Search the settings"))
        self.field.setProperty("boxed", True)
        self.field.setAccessibleName(tr("Settings", "Search the settings"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._filter)
        self._nothing = TextLabel(theme, self, BODY_PX, Tint.SECONDARY)
        self._file = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        around = self.layout()
        if isinstance(around, QVBoxLayout):
            holder = QVBoxLayout()
            holder.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
            holder.addWidget(self.field)
            around.insertLayout(1, holder)
        for group in groups:
            self.cards.addWidget(group)
        self.cards.addWidget(self._nothing)
        self.cards.addStretch(1)
        self.footer.addWidget(self._file)

    def show_file(self, text: str) -> None:
        """Say where there is more to set."""
        self._file.say(text)

    def take_keyboard(self) -> None:
        """Go on with the keyboard in the field."""
        give_focus(self.field)
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field first, then closes."""
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
            give_focus(self.field)
        else:
            super().keyPressEvent(event)

    def _filter(self, typed: str) -> None:
        wanted = words_of(typed)
        found = [group.filter(wanted) for group in self.groups]
        nothing = tr("Settings", "There is no setting like that.")
        self._nothing.say("" if any(found) else nothing)
