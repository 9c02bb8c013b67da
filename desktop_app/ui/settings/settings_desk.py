"""Lets what is chosen in the settings count, and shows what counts."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.commands.command_book import CommandBook
from desktop_app.ui.kit.setting_row import SettingRow
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
from desktop_app.ui.words.engine_wording import told
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
        self._book = book
        self._notices = notices
        self._library: Library | None = None
        self._shows: list[Callable[[], None]] = []
        self.panel = SettingsPanel(
            theme,
            [self._make_folders, self._make_model, self._make_speed, self._make_storage,
             self._make_looks, self._make_language, self._make_labels, self._make_habits,
             lambda: PrivacyGroup(theme)],
        )  # fmt: skip
        self.panel.opened.connect(self._look)

    # Each group is made when it is its turn, and shows what counts from then on.

    def _serve(self, group: SettingGroup, show: Callable[[], None]) -> SettingGroup:
        self._shows.append(show)
        show()
        return group

    def _make_folders(self) -> SettingGroup:
        group = self.folders = FoldersGroup(self._theme)
        group.patterns_changed.connect(lambda lines: self._change({"exclude": lines}))
        group.folders.clicked.connect(lambda: self._book.run("panel.folders"))
        group.look.clicked.connect(lambda: self._book.run("folder.rescan"))
        return self._serve(group, self._show_folders)

    def _make_model(self) -> SettingGroup:
        group = self.model = ModelGroup(self._theme)
        group.models.clicked.connect(lambda: self._book.run("panel.models"))
        return group

    def _make_speed(self) -> SettingGroup:
        group = self.speed = SpeedGroup(self._theme)
        gentle = self._book.action("work.gentle")
        group.gentle.setChecked(gentle.isChecked())
        gentle.toggled.connect(group.gentle.setChecked)
        group.gentle_turned.connect(gentle.setChecked)
        group.battery_turned.connect(self._mind_battery)
        group.battery_turned.connect(self.changed)
        group.processes_chosen.connect(
            lambda count: self._change({"decoder_processes": count, "encoder_threads": count})
        )
        return self._serve(group, self._show_speed)

    def _make_storage(self) -> SettingGroup:
        group = self.storage = StorageGroup(self._theme)
        group.room_chosen.connect(lambda mib: self._change({"thumbnail_cache_mib": mib}))
        group.emptied.connect(self._empty)
        return self._serve(group, self._show_storage)

    def _make_looks(self) -> SettingGroup:
        mirrored = [self._book.action(name) for name in MIRRORED if self._book.has(name)]
        group = self.looks = LooksGroup(self._theme, mirrored)
        self._text_reopening = self._reopen_row(group.text_row)
        group.scheme.chosen.connect(self._choose_scheme)
        group.text_size_chosen.connect(self._choose_text_size)
        for chosen in (group.scheme.chosen, group.text_size_chosen):
            chosen.connect(self.changed)
        return self._serve(group, self._show_looks)

    def _make_language(self) -> SettingGroup:
        group = self.language = LanguageGroup(self._theme, languages(), self._memory.language)
        self._language_reopening = self._reopen_row(group.row)
        group.chosen.connect(self._choose_language)
        group.chosen.connect(self.changed)
        return self._serve(group, lambda: group.language.choose(self._memory.language))

    def _make_labels(self) -> SettingGroup:
        group = self.labels = LabelsGroup(self._theme)
        group.beside_turned.connect(self._write_beside)
        return self._serve(group, self._show_labels)

    def _make_habits(self) -> SettingGroup:
        group = self.habits = HabitsGroup(self._theme)
        group.begins_turned.connect(self._memory.set_begins_where_left)
        group.tells_turned.connect(self._memory.set_tells_of_ends)
        for turned in (group.begins_turned, group.tells_turned):
            turned.connect(self.changed)
        return self._serve(group, self._show_habits)

    def _reopen_row(self, after: SettingRow) -> ReopenRow:
        row = ReopenRow(self._theme)
        row.asked.connect(self.reopening_asked)
        layout = after.layout()
        if layout is not None:
            layout.addWidget(row)
        row.hide()
        return row

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library
        library.pace.mind_battery(self._memory.pauses_on_battery)
        self._show()

    def flush(self) -> None:
        """Keep what was typed last, because the window closes."""
        self.folders.flush()

    def show_changes(self) -> None:
        """Show what was chosen in another window."""
        self._look()

    # What counts, whichever window it was chosen in

    def _look(self) -> None:
        """Show what counts, where somebody sees it."""
        if self.panel.isVisible():
            self._show()

    def _show(self) -> None:
        """Show what counts."""
        self._show_file()
        for show in self._shows:
            show()

    @property
    def _settings(self) -> "Settings | None":
        return None if self._library is None else self._library.preferences.settings

    def _show_file(self) -> None:
        """Say where there is more to set, and what is wrong there: a notice about it goes by."""
        library = self._library
        if library is not None:
            preferences = library.preferences
            more = tr("Settings", "More limits can be set in {file}.").format(file=preferences.file)
            wrong = (told(each) for each in preferences.settings.complaints)
            self.panel.show_file("\n".join((*wrong, more)))

    def _show_folders(self) -> None:
        settings = self._settings
        if settings is not None:
            self.folders.show_patterns(settings.exclude)

    def _show_speed(self) -> None:
        self.speed.battery.setChecked(self._memory.pauses_on_battery)
        settings = self._settings
        if settings is None:
            return
        usual = type(settings)()
        processes = (settings.decoder_processes, settings.encoder_threads)
        is_usual = processes == (usual.decoder_processes, usual.encoder_threads)
        self.speed.show_processes(settings.decoder_processes, is_usual=is_usual)

    def _show_storage(self) -> None:
        """Show how much may be used, and where somebody sees it, how much is."""
        library = self._library
        if library is None:
            return
        preferences = library.preferences
        self.storage.show_room(preferences.settings.thumbnail_cache_mib)
        if self.panel.isVisible():
            self._lane.call(preferences.thumbnail_bytes, self.storage.show_used, self._fail)

    def _show_looks(self) -> None:
        self.looks.scheme.choose(self._theme.scheme)
        self.looks.text_size.choose(self._memory.text_percent)

    def _show_labels(self) -> None:
        if self._library is not None:
            self.labels.beside.setChecked(self._library.sidecars.is_on)

    def _show_habits(self) -> None:
        self.habits.begins.setChecked(self._memory.begins_where_left)
        self.habits.tells.setChecked(self._memory.tells_of_ends)

    # What is chosen

    def _change(self, changes: "Mapping[str, SettingValue]") -> None:
        library = self._library
        if library is None:
            return
        before = library.preferences.settings

        def done(settings: "Settings") -> None:
            for complaint in settings.complaints:
                if complaint not in before.complaints:
                    self._notices.mention(told(complaint))
            self._show()
            self.changed.emit()
            if settings.exclude != before.exclude:
                self.exclusions_changed.emit()

        def failed(error: Exception) -> None:
            self._fail(error)
            self._show()

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
            self._show()

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
        self._text_reopening.setVisible(percent != self._theme.text_percent)

    def _choose_language(self, code: str) -> None:
        has_changed = code != self._memory.language
        self._memory.set_language(code)
        self._language_reopening.setVisible(has_changed)
