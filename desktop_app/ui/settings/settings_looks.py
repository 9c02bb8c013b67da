"""The settings of how the window looks and what it says."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from desktop_app.ui.kit.segments import Segments
from desktop_app.ui.kit.setting_row import SettingRow
from desktop_app.ui.kit.theme import TEXT_SIZES, Scheme, Theme
from desktop_app.ui.settings.settings_group import SettingGroup
from desktop_app.ui.words.language import ENGLISH, SYSTEM, language_name, tr
from desktop_app.ui.words.number_wording import percent


class LooksGroup(SettingGroup):
    """Colours, text, and what stands below the pictures.

    Args:
        theme: What it looks like now.
        mirrored: Switches of the menus that are shown here too.
    """

    text_size_chosen = Signal(object)
    """In percent."""

    def __init__(self, theme: Theme, mirrored: Sequence[QAction]) -> None:
        super().__init__(theme, tr("Settings", "Looks"))
        title = tr("Settings", "Theme")
        self.scheme = Segments(
            title,
            [
                (Scheme.SYSTEM, tr("Settings", "System")),
                (Scheme.LIGHT, tr("Settings", "Light")),
                (Scheme.DARK, tr("Settings", "Dark")),
            ],
        )
        self._theme = theme
        self._show_scheme()
        theme.changed.connect(self._show_scheme)
        self.add_row(title, "", self.scheme)
        title = tr("Settings", "Size of text")
        self.text_size = Segments(title, [(size, percent(size)) for size in TEXT_SIZES])
        self.text_size.choose(theme.text_percent)
        self.text_size.chosen.connect(self.text_size_chosen)
        self.text_row = self.add_row(
            title, tr("Settings", "Compared with the text of the system."), self.text_size
        )
        for action in mirrored:
            self._mirror(action)

    def _show_scheme(self) -> None:
        self.scheme.choose(self._theme.scheme)

    def _mirror(self, action: QAction) -> None:
        """Show a switch of a menu; both turn together."""
        switch = self.add_switch(action.text(), "", action.setChecked)
        switch.setChecked(action.isChecked())
        action.toggled.connect(switch.setChecked)


class LanguageGroup(SettingGroup):
    """Which language the window speaks.

    Args:
        theme: For the colours.
        codes: The languages that there are.
        chosen: What was chosen, or `SYSTEM`.
    """

    chosen = Signal(object)
    """A code, or `SYSTEM`."""

    def __init__(self, theme: Theme, codes: Sequence[str], chosen: str) -> None:
        super().__init__(theme, tr("Settings", "Language"))
        title = tr("Settings", "Language of the window")
        system = (SYSTEM, tr("Settings", "System"))
        self.language = Segments(title, [system, *((each, language_name(each)) for each in codes)])
        self.language.choose(chosen)
        self.language.chosen.connect(self.chosen)
        more = tr("Settings", "There is only English so far.")
        self.row = self.add_row(title, more if list(codes) == [ENGLISH] else "", self.language)


class ReopenRow(SettingRow):
    """Says that something counts in a new window, and opens one.

    Args:
        theme: For the colours.
    """

    asked = Signal()

    def __init__(self, theme: Theme) -> None:
        self.button = QPushButton(tr("Settings", "Do it now"))
        self.button.setProperty("compact", True)
        super().__init__(
            theme,
            tr("Settings", "Counts once the window is opened again"),
            tr("Settings", "It closes and comes back as it is; nothing is lost."),
            self.button,
            is_beside=True,
        )
        self.button.clicked.connect(self.asked)
        self.hide()
