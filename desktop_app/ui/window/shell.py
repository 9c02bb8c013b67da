"""What is around the pictures: palette, settings, first steps and help."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.engine.records import Root
from desktop_app.ui.commands.command_book import Command, Entry, Menu
from desktop_app.ui.commands.command_menus import menu_title
from desktop_app.ui.commands.palette import Palette
from desktop_app.ui.commands.palette_model import Choice
from desktop_app.ui.help import about_panel, keyboard_panel, updates_panel
from desktop_app.ui.help.about_panel import AboutPanel
from desktop_app.ui.help.keyboard_panel import KeyboardPanel
from desktop_app.ui.help.single_keys import single_keys
from desktop_app.ui.help.support_desk import SupportDesk
from desktop_app.ui.help.updates_desk import UpdatesDesk
from desktop_app.ui.kit.side_panel import SidePanel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.search_history import SearchHistory
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages import jobs_panel
from desktop_app.ui.messages.jobs_panel import JobsPanel
from desktop_app.ui.models.model_installs import Install
from desktop_app.ui.settings import settings_panel
from desktop_app.ui.settings.settings_desk import SettingsDesk
from desktop_app.ui.system.nearest_folder import pictures_folder
from desktop_app.ui.welcome.examples_desk import ExamplesDesk
from desktop_app.ui.welcome.first_run import FirstRun
from desktop_app.ui.welcome.first_run_desk import FirstRunDesk
from desktop_app.ui.window.header_commands import add_header_commands
from desktop_app.ui.window.last_place_desk import LastPlaceDesk
from desktop_app.ui.window.theme_commands import add_theme_commands
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lanes

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library
    from desktop_app.ui.window.main_window import MainWindow


class Shell(QObject):
    """Makes them, and enters their commands. Panels are made when they are first opened.

    Args:
        window: What they belong to.
        theme: For the colours.
        memory: What the window remembers.
        lanes: For what they ask the library.
        data_dir: Where the library lies.

    Attributes:
        first_steps: What the middle of the window shows at first; None where that is long past.
        first_run: Knows when.
        examples: Words to try.
        palette: All that can be done.
        support: Tells what went wrong in the program itself.
    """

    def __init__(
        self,
        window: "MainWindow",
        theme: Theme,
        memory: WindowMemory,
        lanes: Lanes,
        data_dir: Path,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._memory = memory
        self._data_dir = data_dir
        self._settings_lane = lanes.open("settings", finishes=True)
        self._updates_lane = lanes.open("updates")
        self._library: Library | None = None
        self._settings: SettingsDesk | None = None
        self._panels: dict[str, SidePanel] = {}
        self.first_steps: FirstRun | None = None
        self.first_run: FirstRunDesk | None = None
        if not memory.was_welcomed:
            self._prepare_first_steps(lanes)
        self.examples = ExamplesDesk(
            lanes.open("examples"),
            window.header.examples,
            window.header.search_box,
            window.results,
            memory,
            window.notices,
            self,
            lambda: self.steps_shown is not None,
        )
        self._last_place = LastPlaceDesk(
            lanes.open("last place"),
            memory,
            window.header.search_box.draft,
            window.results,
            window.grid,
            self,
        )
        self.support = SupportDesk(
            lanes.open("support"), theme, window.notices, data_dir,
            lambda: window.status.model_name, self._searches, self,
        )  # fmt: skip
        self.palette = Palette(
            theme, window, self._choices, self._search_for, memory.used_commands,
            memory.set_used_commands,
        )  # fmt: skip
        window.status.jobs_asked.connect(partial(self._toggle, "jobs"))
        self._add_commands()
        add_theme_commands(window.book, theme, memory)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library
        library.pace.mind_battery(self._memory.pauses_on_battery)
        self.support.set_library(library)
        self.examples.set_library(library)
        self._last_place.set_library(library)
        if self.first_run is not None:
            self.first_run.set_library(library)
        if self._settings is not None:
            self._settings.set_library(library)

    def roots_known(self, roots: Sequence[Root]) -> None:
        """Begin with the first steps, where the library has no folder yet and never had one."""
        if self.first_run is not None:
            self.first_run.begin_if_new(roots, self._window.unwritable)

    def save(self) -> None:
        """Keep what is to be kept, because the window may close."""
        if self._settings is not None:
            self._settings.flush()
        self._last_place.save()

    def close(self) -> None:
        """Listen no longer, because the window closes."""
        self.support.close()

    @property
    def steps_shown(self) -> QWidget | None:
        """The first steps while they are what is to be seen; else None."""
        is_shown = self.first_run is not None and self.first_run.is_running
        return self.first_steps if is_shown else None

    # Commands

    def _add_commands(self) -> None:
        book = self._window.book
        for command, act in (
            (Command("panel.settings", Menu.FILE, tr("Commands", "Settings…"), 1, ("Ctrl+,",),
                     "settings"), partial(self._toggle, "settings")),
            (Command("panel.jobs", Menu.VIEW, tr("Commands", "Jobs and messages…"), 7,
                     ("Ctrl+J",), "activity"), partial(self._toggle, "jobs")),
            (Command("palette.open", Menu.HELP, tr("Commands", "Find a command…"), 0,
                     ("Ctrl+K",), "search", in_palette=False), self.palette.open),
            (Command("help.keys", Menu.HELP, tr("Commands", "Keyboard shortcuts"), 0, ("F1",),
                     "keyboard"), partial(self._toggle, "keys")),
            (Command("help.try", Menu.HELP, tr("Commands", "Try a search"), 0), self.examples.ask),
            (Command("help.updates", Menu.HELP, tr("Commands", "Check for updates…"), 9, (),
                     "refresh-cw"), partial(self._toggle, "updates")),
            (Command("help.about", Menu.HELP, tr("Commands", "About"), 9, (), "info"),
             partial(self._toggle, "about")),
        ):  # fmt: skip
            book.add(command, act)
        self.support.add_to(book)
        add_header_commands(book, self._window.header)

    def _choices(self) -> Sequence[Choice]:
        window = self._window
        commands = [self._choice(each) for each in window.book.entries if each.command.in_palette]
        place = tr("Palette", "Saved search")
        searches = [
            Choice(
                f"search:{each.id}",
                each.name,
                place,
                act=partial(window.sidebar.search_asked.emit, each),
            )
            for each in window.searches_desk.searches
        ]
        return [*commands, *searches]

    def _choice(self, entry: Entry) -> Choice:
        command, keys = entry.command, entry.shown_keys
        return Choice(
            command.name,
            command.full_text,
            menu_title(command.menu).replace("&", ""),
            keys[0] if keys else "",
            entry.why_not(),
            command.is_switch and entry.action.isChecked(),
            partial(self._window.book.run, command.name),
        )

    def _searches(self) -> Sequence[str]:
        """What was searched for, newest first, as a line and as words alone."""
        draft = self._window.header.search_box.draft
        words = [each.text for each in draft.query.words]
        lines = (draft.state.line, *SearchHistory(self._memory).lines, *words)
        return [each for each in dict.fromkeys(lines) if each.strip()]

    def _search_for(self, words: str) -> Choice:
        box = self._window.header.search_box

        def search() -> None:
            box.draft.set_line(words)
            box.remember()
            box.entered.emit()

        text = tr("Palette", "Search for “{words}”").format(words=words)
        return Choice("search", text, act=search)

    # Panels

    @property
    def settings(self) -> SettingsDesk | None:
        """The settings, once their panel was opened."""
        return self._settings

    def _toggle(self, name: str) -> None:
        """Open or close a panel, made when it is first wanted."""
        if name not in self._panels:
            make, width_px = self._makers[name]
            self._panels[name] = make()
            self._window.panels.add(self._panels[name], width_px)
        self._window.panels.toggle(self._panels[name])

    @property
    def _makers(self) -> dict[str, tuple[Callable[[], SidePanel], int]]:
        theme, window = self._theme, self._window
        return {
            "settings": (self._make_settings, settings_panel.WIDTH_PX),
            "jobs": (
                lambda: JobsPanel(theme, window.jobs, window.notices), jobs_panel.WIDTH_PX
            ),
            "keys": (
                lambda: KeyboardPanel(theme, window.book, single_keys()), keyboard_panel.WIDTH_PX
            ),
            "about": (self._make_about, about_panel.WIDTH_PX),
            "updates": (self._make_updates, updates_panel.WIDTH_PX),
        }  # fmt: skip

    def _make_settings(self) -> SidePanel:
        window = self._window
        desk = SettingsDesk(
            self._settings_lane, self._theme, self._memory, window.book, window.notices, window
        )
        self._settings = desk
        desk.reopening_asked.connect(window.reopen)
        session = window.session
        desk.beside_turned.connect(session.label_files.write)
        desk.exclusions_changed.connect(session.follow_folders)
        desk.changed.connect(lambda: session.settings_changed.emit(desk))
        session.settings_changed.connect(self._settings_changed)
        desk.model.show_model(window.status.model_name)
        desk.panel.opened.connect(window.models_desk.find_device)
        window.models_desk.device_found.connect(desk.model.show_device)
        window.models_desk.looked_up.connect(partial(self._show_model, desk))
        if self._library is not None:
            desk.set_library(self._library)
        return desk.panel

    def _show_model(self, desk: SettingsDesk) -> None:
        """Show which model answers now, and what it runs on where somebody sees that."""
        desk.model.show_model(self._window.status.model_name)
        desk.model.forget_device()
        if desk.panel.isVisible():
            self._window.models_desk.find_device()

    def _make_about(self) -> SidePanel:
        panel = AboutPanel(self._theme, QApplication.applicationName(), self._data_dir)
        panel.unopened.connect(self._window.notices.error)
        return panel

    def _make_updates(self) -> SidePanel:
        from desktop_app.engine.updates import UpdateCheck  # few ever ask

        notices = self._window.notices
        return UpdatesDesk(self._updates_lane, self._theme, UpdateCheck(), notices, self).panel

    def _settings_changed(self, desk: object) -> None:
        if self._settings is not None and desk is not self._settings:
            self._settings.show_changes()

    # First steps

    def _prepare_first_steps(self, lanes: Lanes) -> None:
        window = self._window
        pictures = pictures_folder()
        # Nobody means all that is in there; without a HOME, Qt takes all of the disk for it.
        is_too_much = Path(pictures) in (Path.home(), Path(Path(pictures).anchor))
        self.first_steps = FirstRun(self._theme, "" if is_too_much else pictures)
        self.first_run = FirstRunDesk(
            lanes.open("first steps"),
            self.first_steps,
            self._memory,
            window.indexing,
            window.choose_folder,
            self,
        )
        self.first_run.model_chosen.connect(
            lambda name: window.models.lists.install_asked.emit(Install(name, is_download=True))
        )
        self.first_run.changed.connect(self._steps_changed)

    def _steps_changed(self) -> None:
        self._window.middle.refresh()
        self.examples.refresh()
        if self.steps_shown is None:
            self._window.take_keyboard()
