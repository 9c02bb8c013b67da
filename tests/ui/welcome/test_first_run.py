"""The first steps, in a library that nobody has used."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import ModelOffer, Root, RootKind
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.welcome.first_run import FirstRun
from desktop_app.ui.welcome.first_run_desk import FirstRunDesk
from desktop_app.ui.work.tasks import Lanes
from tests.ui.fake_library import FakeLibrary

OFFER = ModelOffer(
    "siglip", "SigLIP 2", "https://example.org", "1", 400_000_000, "mit", ("multilingual",), "Good."
)
ROOT = Root(1, "/pictures", RootKind.FOLDER, None, 0, is_connected=True)


@dataclass
class Place:
    """The steps and what they lead to."""

    steps: FirstRun
    desk: FirstRunDesk
    memory: WindowMemory
    library: FakeLibrary
    chosen: list[str]

    def press(self, label: str) -> None:
        next(
            each
            for each in self.steps.findChildren(QPushButton)
            if each.text() == label and each.isVisible()
        ).click()


@pytest.fixture
def place(qtbot: QtBot, theme: Theme, lanes: Lanes, tmp_path: Path) -> Iterator[Place]:
    steps = FirstRun(theme, "/home/me/Pictures")
    qtbot.addWidget(steps)
    memory = WindowMemory(tmp_path)
    chosen: list[str] = []
    indexing = IndexingQueue(lanes.open("indexing"))
    desk = FirstRunDesk(
        lanes.open("steps"), steps, memory, indexing, lambda: chosen.append("other")
    )
    library = FakeLibrary()
    library.offers = [OFFER]
    library.runs = [[]]
    indexing.set_library(library)
    desk.set_library(library)
    desk.model_chosen.connect(chosen.append)
    with qtbot.waitExposed(steps):
        steps.show()
    yield Place(steps, desk, memory, library, chosen)
    indexing.deleteLater()


@pytest.fixture
def begun(qtbot: QtBot, place: Place) -> Place:
    with qtbot.waitSignal(place.desk.changed):
        place.desk.begin_if_new([], "")
    assert place.desk.is_running
    return place


def test_all_three_steps(qtbot: QtBot, begun: Place) -> None:
    begun.press("Use Pictures")
    qtbot.waitUntil(lambda: begun.library.asked == [(["/home/me/Pictures"], False)])
    assert begun.steps.step == 1
    model = next(each for each in begun.steps.findChildren(QRadioButton) if "SigLIP" in each.text())
    assert "400 MB" in model.accessibleDescription()
    model.click()
    begun.press("Continue")
    assert begun.chosen == ["siglip"]
    assert begun.steps.step == 2
    with qtbot.waitSignal(begun.desk.changed):
        begun.press("Start searching")
    assert not begun.desk.is_running
    assert begun.memory.was_welcomed


def test_each_can_be_skipped_and_the_built_in_model_stays(begun: Place) -> None:
    begun.press("Skip")
    begun.press("Continue")
    begun.press("Start searching")
    assert begun.chosen == []
    assert begun.library.asked == []
    assert begun.memory.was_welcomed


def test_escape_leaves_all_of_them(qtbot: QtBot, begun: Place) -> None:
    qtbot.keyClick(begun.steps, Qt.Key.Key_Escape)
    assert not begun.desk.is_running
    assert begun.memory.was_welcomed


def test_enter_does_what_the_main_button_says(qtbot: QtBot, begun: Place) -> None:
    begun.steps.go_on()
    with qtbot.waitSignal(begun.desk.model_chosen):
        radios = begun.steps.findChildren(QRadioButton)
        qtbot.keyClick(radios[0], Qt.Key.Key_Down)
        qtbot.keyClick(radios[1], Qt.Key.Key_Return)
    assert begun.steps.step == 2
    button = next(
        each for each in begun.steps.findChildren(QPushButton) if each.text() == "Start searching"
    )
    with qtbot.waitSignal(begun.steps.ended):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_another_folder_goes_on_once_it_is_added(qtbot: QtBot, begun: Place) -> None:
    begun.press("Another folder…")
    assert begun.chosen == ["other"]
    assert begun.steps.step == 0
    begun.desk._indexing.add(["/elsewhere"])  # as a drop does too
    assert begun.steps.step == 1


@pytest.mark.parametrize("why", ["welcomed", "roots", "pictures", "unwritable"])
def test_nobody_who_has_begun_is_led_through(qtbot: QtBot, place: Place, why: str) -> None:
    if why == "welcomed":
        place.memory.set_welcomed()
    if why == "pictures":
        place.library.ids = FakeLibrary(3).ids
    roots = [ROOT] if why == "roots" else []
    place.desk.begin_if_new(roots, "It cannot be written." if why == "unwritable" else "")
    done: list[int] = []
    place.desk._lane.call(lambda: 1, done.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(done))
    assert not place.desk.is_running
    assert place.memory.was_welcomed == (why in ("welcomed", "roots"))


def test_without_a_folder_of_pictures_one_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    steps = FirstRun(theme, "")
    qtbot.addWidget(steps)
    steps.show()
    button = next(each for each in steps.findChildren(QPushButton) if each.isVisible())
    assert button.text() == "Choose a folder…"
    with qtbot.waitSignal(steps.other_asked):
        button.click()
