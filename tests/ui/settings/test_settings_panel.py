"""The settings, from the panel to the file."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.preferences import Preferences
from desktop_app.engine.settings import Settings
from desktop_app.ui.commands.command_book import Command, CommandBook, Menu
from desktop_app.ui.kit.segments import Segments
from desktop_app.ui.kit.setting_row import SettingRow
from desktop_app.ui.kit.theme import Scheme, Theme
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.settings.settings_desk import SettingsDesk
from desktop_app.ui.settings.settings_group import SettingGroup
from desktop_app.ui.settings.settings_panel import SettingsPanel
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_library import FakeLibrary, jpeg

MIB = 1024 * 1024
NOTHING = "There is no setting like that."
TITLES = ["One", "Two", "Three", "Four", "Five"]


@dataclass
class Place:
    """A desk and what it changes."""

    desk: SettingsDesk
    book: CommandBook
    memory: WindowMemory
    notices: Notices
    cache: ThumbnailCache
    library: FakeLibrary
    file: Path
    done: list[str]

    @property
    def written(self) -> dict[str, object]:
        written = json.loads(self.file.read_text()) if self.file.exists() else {}
        assert isinstance(written, dict)
        return written


def press(segments: Segments, label: str) -> None:
    """Press one of several buttons."""
    next(each for each in segments.findChildren(QPushButton) if each.text() == label).click()


def panel_of(qtbot: QtBot, theme: Theme) -> SettingsPanel:
    """A panel of groups with a row each."""

    def group(title: str) -> SettingGroup:
        group = SettingGroup(theme, title)
        group.add_row("Row", "", None)
        return group

    panel = SettingsPanel(theme, [partial(group, each) for each in TITLES])
    qtbot.addWidget(panel)
    return panel


def shown_texts(panel: SettingsPanel) -> list[str]:
    """What can be read in a panel once it is shown."""
    return [each.text() for each in panel.findChildren(QLabel) if not each.isHidden()]


class WatchedPanel(SettingsPanel):
    """Looks at its rows whenever something is about to be painted."""

    looks = 0
    squashed: Sequence[str] = ()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            self.looks += 1
            rows = [each for each in self.findChildren(SettingRow) if each.isVisible()]
            low = [each for each in rows if each.height() < each.heightForWidth(each.width())]
            self.squashed = [*self.squashed, *(f"{each.height()} px" for each in low)]
        return super().event(event)


@pytest.fixture
def place(qtbot: QtBot, theme: Theme, lanes: Lanes, tmp_path: Path) -> Iterator[Place]:
    window = QWidget()
    qtbot.addWidget(window)
    book = CommandBook(theme, window)
    done: list[str] = []
    for name in ("panel.folders", "panel.models", "folder.rescan"):
        book.add(Command(name, Menu.FILE, name), partial(done.append, name))

    def turned(name: str, is_on: bool) -> None:
        done.append(f"{name} {is_on}")

    for name in ("work.gentle", "view.names"):
        switch = Command(name, Menu.VIEW, name, is_switch=True)
        book.add_switch(switch, partial(turned, name))
    memory = WindowMemory(tmp_path)
    notices = Notices(theme, window)
    desk = SettingsDesk(lanes.open("settings"), theme, memory, book, notices, window)
    qtbot.addWidget(desk.panel)
    file = tmp_path / "settings.json"
    cache = ThumbnailCache(tmp_path / "thumbnails", 2048 * MIB)
    library = FakeLibrary()
    library.preferences = Preferences(file, Settings.load(file), cache)
    desk.panel.resize(400, 700)
    with qtbot.waitExposed(desk.panel):
        desk.panel.show()
    desk.set_library(library)
    qtbot.waitUntil(lambda: desk.panel.is_whole)
    yield Place(desk, book, memory, notices, cache, library, file, done)
    theme.set_scheme(Scheme.SYSTEM)
    theme.set_text_percent(100)
    cache.close()


def test_no_row_is_squashed_while_groups_come(qtbot: QtBot, theme: Theme) -> None:
    def group(title: str) -> SettingGroup:
        group = SettingGroup(theme, title)
        for number in range(4):
            group.add_row(f"Row {number}", "Words that take several lines. " * 8, None)
        return group

    panel = WatchedPanel(theme, [partial(group, each) for each in TITLES])
    qtbot.addWidget(panel)
    panel.resize(400, 600)

    panel.show()
    qtbot.waitUntil(lambda: panel.is_whole)
    qtbot.waitUntil(lambda: panel.looks > 2)

    assert panel.squashed == []


def test_no_row_is_squashed_when_it_says_more(qtbot: QtBot, theme: Theme) -> None:
    group = SettingGroup(theme, "Model")
    row = group.add_row("Processor", "Being found out…", None)
    panel = WatchedPanel(theme, [lambda: group])
    qtbot.addWidget(panel)
    panel.resize(400, 600)
    panel.show()
    qtbot.waitUntil(lambda: panel.looks > 0)

    looks = panel.looks
    row.explain("Words that take several lines. " * 40)
    qtbot.waitUntil(lambda: panel.looks > looks)
    looks = panel.looks
    row.say("Words that take several lines. " * 40)
    qtbot.waitUntil(lambda: panel.looks > looks)

    assert panel.squashed == []


def test_the_field_finds_settings_by_their_words(place: Place) -> None:
    panel = place.desk.panel
    panel.field.setText("batt")
    assert [each.title for each in panel.groups if each.isVisible()] == ["Speed"]
    assert [each.isVisible() for each in place.desk.speed.rows] == [False, True, False]
    panel.field.setText("storage")  # the name of a group shows all of it
    assert all(each.isVisible() for each in place.desk.storage.rows)
    panel.field.setText("xyzzy")
    assert not any(each.isVisible() for each in panel.groups)
    panel.field.clear()
    assert all(each.isVisible() for each in panel.groups)


def test_the_first_groups_are_there_at_once_and_the_others_come_one_by_one(
    qtbot: QtBot, theme: Theme
) -> None:
    panel = panel_of(qtbot, theme)
    assert [each.title for each in panel.groups] == TITLES[:2]
    had: list[int] = []
    turn = QTimer(interval=0)
    turn.timeout.connect(lambda: had.append(len(panel.groups)))
    turn.start()
    panel.show()
    qtbot.waitUntil(lambda: panel.is_whole)
    turn.stop()
    assert {3, 4} <= set(had)  # others had their turn in between
    qtbot.waitUntil(lambda: all(each.isVisible() for each in panel.groups))
    assert [each.title for each in panel.groups] == TITLES
    qtbot.waitUntil(lambda: sorted(panel.groups, key=lambda each: each.y()) == panel.groups)


def test_what_is_searched_for_while_groups_come_is_found_once_they_are_there(
    qtbot: QtBot, theme: Theme
) -> None:
    panel = panel_of(qtbot, theme)
    panel.field.setText("five")
    assert not panel.is_whole
    assert NOTHING not in shown_texts(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.is_whole)
    assert [each.title for each in panel.groups if each.isVisible()] == ["Five"]
    assert NOTHING not in shown_texts(panel)


def test_that_nothing_is_found_is_said_once_all_groups_are_there(
    qtbot: QtBot, theme: Theme
) -> None:
    panel = panel_of(qtbot, theme)
    panel.field.setText("xyzzy")
    assert not panel.is_whole
    assert NOTHING not in shown_texts(panel)
    qtbot.waitUntil(lambda: panel.is_whole)
    assert NOTHING in shown_texts(panel)


def test_patterns_are_kept_and_count(qtbot: QtBot, place: Place) -> None:
    group = place.desk.folders
    with qtbot.waitSignal(place.desk.exclusions_changed):
        group.field.setPlainText(" *.psd \n\nDrafts\n")
        place.desk.flush()
    assert place.written == {"exclude": ["*.psd", "Drafts"]}
    assert tuple(place.library.preferences.exclusions.patterns) == ("*.psd", "Drafts")
    group.look.click()
    group.folders.click()
    place.desk.model.models.click()
    assert place.done == ["folder.rescan", "panel.folders", "panel.models"]


def test_processes_and_the_way_back(qtbot: QtBot, place: Place) -> None:
    segments = place.desk.speed.processes
    press(segments, "1")
    qtbot.waitUntil(lambda: place.written == {"decoder_processes": 1, "encoder_threads": 1})
    press(segments, segments.findChildren(QPushButton)[-1].text())
    qtbot.waitUntil(lambda: place.written == {})


def test_room_for_thumbnails_counts_at_once(qtbot: QtBot, place: Place) -> None:
    press(place.desk.storage.room, "512 MB")
    qtbot.waitUntil(lambda: place.cache.budget_bytes == 512 * MIB)
    assert place.written == {"thumbnail_cache_mib": 512}


def test_thumbnails_go_after_a_question(qtbot: QtBot, place: Place) -> None:
    place.cache.put("abcd", jpeg())
    place.desk.panel.hide()
    place.desk.panel.show()
    storage = place.desk.storage
    qtbot.waitUntil(storage.empty.isEnabled)
    storage.empty.click()
    assert storage.question.isVisible()
    storage.question.declined.emit()
    assert place.cache.size_bytes
    storage.question.accepted.emit()
    qtbot.waitUntil(lambda: storage.rows[-1].note == "Emptied.")
    assert not place.cache.size_bytes
    assert not storage.empty.isEnabled()


def test_a_change_that_is_refused_is_told_and_taken_back(qtbot: QtBot, place: Place) -> None:
    place.file.mkdir()
    press(place.desk.storage.room, "512 MB")
    qtbot.waitUntil(lambda: place.notices.shown is not None)
    assert place.notices.shown is not None
    assert "cannot be changed" in place.notices.shown.text
    assert place.desk.storage.room.value == 2048


def test_a_file_that_was_spoiled_is_told(qtbot: QtBot, place: Place) -> None:
    place.file.write_text("{")
    press(place.desk.storage.room, "512 MB")
    qtbot.waitUntil(lambda: place.notices.shown is not None)
    assert place.notices.shown is not None
    assert "settings-1.json" in place.notices.shown.text
    said = " ".join(shown_texts(place.desk.panel)).replace("\u200b", "")
    assert "settings-1.json" in said


def test_the_theme_changes_at_once(place: Place, theme: Theme) -> None:
    press(place.desk.looks.scheme, "Dark")
    assert theme.tokens.is_dark
    assert place.memory.scheme is Scheme.DARK
    press(place.desk.looks.scheme, "Light")
    assert not theme.tokens.is_dark


def test_larger_text_offers_to_open_the_window_again(
    qtbot: QtBot, place: Place, theme: Theme
) -> None:
    press(place.desk.looks.text_size, "150%")
    assert place.memory.text_percent == 150
    assert theme.text_percent == 100
    button = next(
        each
        for each in place.desk.looks.findChildren(QPushButton)
        if each.text() == "Do it now" and each.isVisible()
    )
    with qtbot.waitSignal(place.desk.reopening_asked):
        button.click()


def test_a_language_is_kept(place: Place) -> None:
    press(place.desk.language.language, "English")
    assert place.memory.language == "en"


def test_switches_of_the_menus_turn_together(place: Place) -> None:
    place.desk.speed.gentle.click()
    assert place.book.action("work.gentle").isChecked()
    place.book.action("work.gentle").setChecked(False)
    assert not place.desk.speed.gentle.isChecked()
    assert place.done == ["work.gentle True", "work.gentle False"]


def test_labels_are_written_beside_pictures_where_that_is_wanted(
    qtbot: QtBot, place: Place
) -> None:
    with qtbot.waitSignal(place.desk.beside_turned):
        place.desk.labels.beside.click()
    assert place.library.sidecars.is_on


def test_habits_are_kept(place: Place) -> None:
    memory = place.memory
    assert (memory.begins_where_left, memory.tells_of_ends, memory.pauses_on_battery) == (True,) * 3
    place.desk.habits.begins.click()
    place.desk.habits.tells.click()
    place.desk.speed.battery.click()
    assert (memory.begins_where_left, memory.tells_of_ends, memory.pauses_on_battery) == (
        False, False, False,
    )  # fmt: skip
    place.library.discharge(10)
    assert not place.library.pace.is_paused


def test_it_can_be_painted_in_both_themes_and_mirrored(place: Place, theme: Theme) -> None:
    from PySide6.QtCore import Qt

    for scheme in (Scheme.DARK, Scheme.LIGHT):
        theme.set_scheme(scheme)
        place.desk.panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        assert not place.desk.panel.grab().isNull()


def test_privacy_names_all_that_goes_out(place: Place) -> None:
    said = " ".join(label.text() for label in place.desk.panel.findChildren(QLabel))
    for what in ("downloading a model", "asking for a newer version", "opening a link"):
        assert what in said


def test_what_is_wrong_in_the_file_stands_in_the_panel(place: Place) -> None:
    place.file.write_text('{"batch_size": 0}')
    wrong = Settings.load(place.file)
    place.library.preferences = Preferences(place.file, wrong, place.cache)
    place.desk.set_library(place.library)
    [said] = [each for each in shown_texts(place.desk.panel) if "batch_size" in each]
    assert said.startswith("The setting batch_size must be a whole number above 0.\n")
    assert "More limits can be set in" in said
