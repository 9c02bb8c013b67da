"""Lets what is chosen in the settings count, and shows what counts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.commands.command_book import CommandBook
from desktop_app.ui.kit.theme import Scheme, Theme
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages.notices import Notices, explain
from desktop_app.ui.settings.settings_folders import FoldersGroup, ModelGroup
from desktop_app.ui.settings.settings_group import SettingGroup
from desktop_app.ui.settings.settings_habits import HabitsGroup, LabelsGroup, PrivacyGroup
from desktop_app.ui.settings.settings_looks import LanguageGroup, LooksGroup, ReopenRow
from desktop_app.ui.settings.settings_panel import SettingsPanel
from desktop_app.ui.settings.settings_speed import SpeedGroup
from desktop_app.ui.settings.settings_storage import StorageGroup
from desktop_app.ui.words.language import languages, tr
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.cancellation import CancelToken
    from desktop_app.engine.library import Library
    from desktop_app.engine.settings import Settings, SettingValue

MIRRORED = ("view.whole", "view.names", "view.dates")
"""Switches of the menus that stand among the settings too, where the window has them."""


class SettingsDesk(QObject):
    """Stands between the settings' panel, the library's settings file and the window's memory.

    Args:
        lane: For reading and writing what lies on the disk.
        theme: Changes at once.
        memory: Keeps what the window does.
        book: The window's commands, whose switches are shown too.
        notices: Where the user is told.
        parent: The window.
    """

    reopening_asked = Signal()
    """The window is to close and come back, in another language or with larger text."""
    beside_turned = Signal()
    """Ratings and tags are to be written beside pictures from now on, or no longer."""
    exclusions_changed = Signal()
    """Something else is passed over from now on."""
    changed = Signal()
    """Something was chosen, which other windows show too."""

    def __init__(
        self,
        lane: Lane,
        theme: Theme,
        memory: WindowMemory,
        book: CommandBook,
        notices: Notices,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._theme = theme
        self._memory = memory
        self._notices = notices
        self._library: Library | None = None
        mirrored = [book.action(name) for name in MIRRORED if book.has(name)]
        self.folders = FoldersGroup(theme)
        self.model = ModelGroup(theme)
        self.speed = SpeedGroup(theme)
        self.storage = StorageGroup(theme)
        self.looks = LooksGroup(theme, mirrored)
        self.language = LanguageGroup(theme, languages(), memory.language)
        self.habits = HabitsGroup(theme)
        self.labels = LabelsGroup(theme)
        self._reopen_rows = [self._reopen_row(each) for each in (self.looks, self.language)]
        self.panel = SettingsPanel(
            theme,
            [self.folders, self.model, self.speed, self.storage, self.looks, self.language,
             self.labels, self.habits, PrivacyGroup(theme)],
        )  # fmt: skip
        self._connect(book)

    def _reopen_row(self, group: SettingGroup) -> ReopenRow:
        row = ReopenRow(self._theme)
        row.asked.connect(self.reopening_asked)
        after = self.looks.text_row if group is self.looks else self.language.row
        layout = after.layout()
        if layout is not None:
            layout.addWidget(row)
        row.hide()
        return row

    def _connect(self, book: CommandBook) -> None:
        self.panel.opened.connect(self._look)
        self.folders.patterns_changed.connect(lambda lines: self._change({"exclude": lines}))
        self.folders.folders.clicked.connect(lambda: book.run("panel.folders"))
        self.folders.look.clicked.connect(lambda: book.run("folder.rescan"))
        self.model.models.clicked.connect(lambda: book.run("panel.models"))
        gentle = book.action("work.gentle")
        self.speed.gentle.setChecked(gentle.isChecked())
        gentle.toggled.connect(self.speed.gentle.setChecked)
        self.speed.gentle_turned.connect(gentle.setChecked)
        self.speed.battery_turned.connect(self._mind_battery)
        self.speed.processes_chosen.connect(
            lambda count: self._change({"decoder_processes": count, "encoder_threads": count})
        )
        self.storage.room_chosen.connect(lambda mib: self._change({"thumbnail_cache_mib": mib}))
        self.storage.emptied.connect(self._empty)
        self.looks.scheme.chosen.connect(self._choose_scheme)
        self.looks.text_size_chosen.connect(self._choose_text_size)
        self.language.chosen.connect(self._choose_language)
        self.labels.beside_turned.connect(self._write_beside)
        self.habits.begins_turned.connect(self._memory.set_begins_where_left)
        self.habits.tells_turned.connect(self._memory.set_tells_of_ends)
        self._show_choices()
        for chosen in (
            self.speed.battery_turned,
            self.looks.scheme.chosen,
            self.looks.text_size_chosen,
            self.language.chosen,
            self.habits.begins_turned,
            self.habits.tells_turned,
        ):
            chosen.connect(self.changed)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library
        library.pace.mind_battery(self._memory.pauses_on_battery)
        self.panel.show_file(
            tr("Settings", "More limits can be set in {file}.").format(
                file=library.preferences.file
            )
        )
        self._show(library.preferences.settings)
        self._look()

    def flush(self) -> None:
        """Keep what was typed last, because the window closes."""
        self.folders.flush()

    def show_changes(self) -> None:
        """Show what was chosen in another window."""
        self._look()

    def _show_choices(self) -> None:
        """Show what the windows remember, whichever of them it was chosen in."""
        memory, theme = self._memory, self._theme
        self.speed.battery.setChecked(memory.pauses_on_battery)
        self.looks.scheme.choose(theme.scheme)
        self.looks.text_size.choose(memory.text_percent)
        self.language.language.choose(memory.language)
        self.habits.begins.setChecked(memory.begins_where_left)
        self.habits.tells.setChecked(memory.tells_of_ends)

    def _look(self) -> None:
        """Show what counts and how much is used, where somebody sees it."""
        if not self.panel.isVisible():
            return
        self._show_choices()
        library = self._library
        if library is None:
            return
        preferences = library.preferences
        self._show(preferences.settings)
        self._lane.call(preferences.thumbnail_bytes, self.storage.show_used, self._fail)

    def _show(self, settings: "Settings") -> None:
        """Show what counts."""
        self.folders.show_patterns(settings.exclude)
        if self._library is not None:
            self.labels.beside.setChecked(self._library.sidecars.is_on)
        usual = type(settings)()
        processes = (settings.decoder_processes, settings.encoder_threads)
        is_usual = processes == (usual.decoder_processes, usual.encoder_threads)
        self.speed.show_processes(settings.decoder_processes, is_usual=is_usual)
        self.storage.show_room(settings.thumbnail_cache_mib)

    def _change(self, changes: "Mapping[str, SettingValue]") -> None:
        library = self._library
        if library is None:
            return
        before = library.preferences.settings

        def done(settings: "Settings") -> None:
            for complaint in settings.complaints:
                if complaint not in before.complaints:
                    self._notices.mention(complaint)
            self._show(settings)
            self.changed.emit()
            if settings.exclude != before.exclude:
                self.exclusions_changed.emit()

        def failed(error: Exception) -> None:
            self._fail(error)
            self._show(library.preferences.settings)

        self._lane.call(lambda: library.preferences.change(changes), done, failed)

    def _empty(self) -> None:
        library = self._library
        if library is None:
            return
        preferences = library.preferences

        def empty(cancel: "CancelToken") -> int:
            preferences.empty_thumbnails(cancel)
            return preferences.thumbnail_bytes()

        def show(size_bytes: int) -> None:
            self.storage.show_used(size_bytes, note=tr("Settings", "Emptied."))

        self._lane.stream(lambda cancel: iter([empty(cancel)]), show, lambda: None, self._fail)

    def _write_beside(self, is_on: bool) -> None:
        library = self._library
        if library is None:
            return

        def turned(_nothing: None) -> None:
            self.beside_turned.emit()
            self.changed.emit()

        def failed(error: Exception) -> None:
            self._fail(error)
            self._show(library.preferences.settings)

        self._lane.call(
            lambda: library.sidecars.switch(is_on),
            turned,
            failed,
        )

    def _fail(self, error: Exception) -> None:
        self._notices.error(str(explain(error)))

    def _mind_battery(self, is_on: bool) -> None:
        self._memory.set_pauses_on_battery(is_on)
        if self._library is not None:
            self._library.pace.mind_battery(is_on)

    def _choose_scheme(self, scheme: Scheme) -> None:
        self._memory.set_scheme(scheme)
        self._theme.set_scheme(scheme)

    def _choose_text_size(self, percent: int) -> None:
        self._memory.set_text_percent(percent)
        self._reopen_rows[0].setVisible(percent != self._theme.text_percent)

    def _choose_language(self, code: str) -> None:
        has_changed = code != self._memory.language
        self._memory.set_language(code)
        self._reopen_rows[1].setVisible(has_changed)
