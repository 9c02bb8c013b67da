"""The panel of settings: few, explained, and found by a field at the top."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt
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
from desktop_app.ui.work.turns import Turns

WIDTH_PX = 400
_AT_ONCE = 2
"""So many groups are there when the panel appears; all of them would take seven frames."""


class SettingsPanel(SidePanel):
    """Shows groups of settings; each changes what it is about at once.

    The first groups are there at once, the others come below them, one in a turn of the event loop.

    Args:
        theme: For the colours.
        makers: What makes the groups, in order.
        parent: Where it belongs.

    Attributes:
        groups: Those that are there.
    """

    def __init__(
        self,
        theme: Theme,
        makers: Sequence[Callable[[], SettingGroup]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, tr("Settings", "Settings"), None, parent)
        self.groups: list[SettingGroup] = []
        self._turns = Turns(self)
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
        self.cards.addWidget(self._nothing)
        self.cards.addStretch(1)
        self.footer.addWidget(self._file)
        for make in makers[:_AT_ONCE]:
            self._add(make)
        self._turns.add(*(partial(self._add, make) for make in makers[_AT_ONCE:]))

    @property
    def is_whole(self) -> bool:
        """Whether all groups are there."""
        return self._turns.are_over

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

    def _add(self, make: Callable[[], SettingGroup]) -> None:
        """Take one more group, below those that are there."""
        group = make()
        self.cards.insertWidget(len(self.groups), group)
        if self.isVisible():
            # At once, or the rows would be squashed until the panel knows how tall they all are.
            group.show()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.groups.append(group)
        if self.field.text():
            self._filter(self.field.text())

    def _filter(self, typed: str) -> None:
        wanted = words_of(typed)
        found = [group.filter(wanted) for group in self.groups]
        nothing = tr("Settings", "There is no setting like that.")
        self._nothing.say("" if any(found) or not self.is_whole else nothing)
