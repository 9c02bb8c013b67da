"""The settings of what the program does by itself: at its start, beside pictures, to others."""

from PySide6.QtCore import Signal

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.settings.settings_group import SettingGroup
from desktop_app.ui.words.language import tr


class HabitsGroup(SettingGroup):
    """What the window does by itself."""

    begins_turned = Signal(bool)
    tells_turned = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Settings", "Start and messages"))
        self.begins = self.add_switch(
            tr("Settings", "Begin where I left off"),
            tr("Settings", "With the search that was there when the window was closed."),
            self.begins_turned.emit,
        )
        self.tells = self.add_switch(
            tr("Settings", "Tell me when long work is done"),
            tr("Settings", "A message of the system, while you are in another window."),
            self.tells_turned.emit,
        )


class LabelsGroup(SettingGroup):
    """Where ratings and tags are written."""

    beside_turned = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Settings", "Tags and files"))
        self.beside = self.add_switch(
            tr("Settings", "Write ratings and tags beside the pictures"),
            tr(
                "Settings",
                "Into small XMP files that other programs read. The pictures themselves are never "
                "changed. Turned off, what was written stays.",
            ),
            self.beside_turned.emit,
        )


class PrivacyGroup(SettingGroup):
    """What there is to know; nothing to set."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Settings", "Privacy"))
        self.add_row(
            tr("Settings", "Nothing leaves this computer."),
            tr(
                "Settings",
                "Pictures, searches and what is known of them stay here. Only three things go out, "
                "and only when you do them: downloading a model, asking for a newer version, and "
                "opening a link.",
            ),
            None,
        )
