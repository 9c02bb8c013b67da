"""Words to try, below an empty search line."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.grid.results import Results
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.search.search_box import SearchBox
from desktop_app.ui.welcome.example_strip import ExampleStrip
from desktop_app.ui.welcome.examples_desk import ExamplesDesk
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_library import FakeLibrary


@dataclass
class Place:
    """The desk and what stands around it."""

    desk: ExamplesDesk
    strip: ExampleStrip
    box: SearchBox
    memory: WindowMemory
    notices: Notices
    library: FakeLibrary
    window: QWidget


@pytest.fixture
def place(qtbot: QtBot, theme: Theme, lanes: Lanes, tmp_path: Path) -> Place:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 300)
    strip, box = ExampleStrip(theme, window), SearchBox(theme, parent=window)
    strip.setGeometry(0, 60, 700, 30)
    model = PictureModel(window)
    results = Results(model, lanes.open("search"), lanes.open("records"), window)
    memory, notices = WindowMemory(tmp_path), Notices(theme, window)
    desk = ExamplesDesk(lanes.open("examples"), strip, box, results, memory, notices, window)
    desk._quiet = type(desk._quiet)(0, desk)  # nothing is searched for here at the same time
    desk._quiet.fired.connect(desk._find)
    box.asked.connect(lambda: results.ask(box.query))
    library = FakeLibrary(20)
    library.example_words.words = ("dogs", "snow", "beach")
    with qtbot.waitExposed(window):
        window.show()
    results.set_library(library)
    desk.set_library(library)
    return Place(desk, strip, box, memory, notices, library, window)


def test_they_are_offered_and_searched_for_by_a_click(qtbot: QtBot, place: Place) -> None:
    qtbot.waitUntil(place.strip.isVisible)
    assert place.strip.words == ["dogs", "snow", "beach"]
    place.strip.findChildren(QPushButton)[1].click()
    assert place.box.draft.state.line == "snow"
    assert not place.strip.isVisible()
    qtbot.waitUntil(lambda: place.memory.has_searched)
    place.box.clear()
    assert not place.strip.isVisible()  # who has searched knows how


def test_they_come_back_when_they_are_asked_for(qtbot: QtBot, place: Place) -> None:
    qtbot.waitUntil(place.strip.isVisible)
    place.box.draft.set_line("cats")
    qtbot.waitUntil(lambda: place.memory.has_searched)
    place.desk.ask()
    assert place.box.draft.state.is_empty
    qtbot.waitUntil(place.strip.isVisible)


def test_where_there_are_none_it_says_so_only_to_who_asks(qtbot: QtBot, place: Place) -> None:
    qtbot.waitUntil(place.strip.isVisible)
    place.library.example_words.words = ()
    place.desk.ask()
    qtbot.waitUntil(lambda: place.notices.shown is not None)
    assert place.notices.shown is not None
    assert "too few pictures" in place.notices.shown.text
    assert not place.strip.isVisible()


def test_as_many_are_shown_as_fit(qtbot: QtBot, place: Place) -> None:
    qtbot.waitUntil(place.strip.isVisible)
    place.strip.resize(110, 30)
    shown = [each for each in place.strip.findChildren(QPushButton) if each.isVisible()]
    assert 0 < len(shown) < 3


def test_they_stand_among_the_earlier_searches(qtbot: QtBot, place: Place) -> None:
    qtbot.waitUntil(place.strip.isVisible)
    place.box.line.setFocus()
    qtbot.keyClick(place.box.line, Qt.Key.Key_Down)
    rows = place.box._suggestions.rows
    assert [(each.label, each.hint) for each in rows] == [
        ("dogs", "Try"), ("snow", "Try"), ("beach", "Try"),
    ]  # fmt: skip


def test_they_wait_for_the_first_steps_to_be_over(qtbot: QtBot, place: Place) -> None:
    qtbot.waitUntil(place.strip.isVisible)
    is_led = [True]
    place.desk._keeps_back = lambda: is_led[0]
    place.desk.refresh()
    assert not place.strip.isVisible()
    is_led[0] = False
    place.desk.refresh()
    assert place.strip.isVisible()
