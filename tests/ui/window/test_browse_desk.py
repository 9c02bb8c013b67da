"""Both sides of the window, in the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import SkipKind, SkippedFile
from desktop_app.ui.kit.question import Question
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.sidebar.sidebar_items import FOLDERS, SEARCHES, folder_key
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.ui.fake_labels import tree_of
from tests.ui.fake_library import FakeLibrary, folder

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
MANY = [f"/pictures/Photos/{number:03}" for number in range(100)]


@pytest.fixture
def library() -> FakeLibrary:
    library = FakeLibrary(50)
    library.added = [folder()]
    library.tree.told = tree_of(*MANY, root="/pictures/Photos", failed=MANY[:1])
    library.skips = [SkippedFile(f"{MANY[0]}/a.jpg", "It is damaged.", SkipKind.DAMAGED)]
    return library


@pytest.fixture
def open_window(
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    library: FakeLibrary,
    windows: list[MainWindow],
) -> Callable[[], MainWindow]:
    def open_() -> MainWindow:
        window = MainWindow(Session(lambda: library, tmp_path / "data"), theme)
        windows.append(window)
        window.resize(1180, 700)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        qtbot.waitUntil(lambda: window.results.shown is not None)
        return window

    return open_


def is_listed(window: MainWindow) -> bool:
    return bool(window.sidebar.content.tree.tops)


def test_how_the_sides_were_left_is_remembered(
    qtbot: QtBot, open_window: Callable[[], MainWindow]
) -> None:
    first = open_window()
    assert (first.sidebar.isVisible(), first.inspector.isVisible()) == (False, False)
    qtbot.keyClick(first, Key.Key_B, CTRL)
    qtbot.keyClick(first, Key.Key_I, CTRL)
    assert (first.sidebar.isVisible(), first.inspector.isVisible()) == (True, True)
    qtbot.waitUntil(lambda: is_listed(first))
    view = first.sidebar.view
    view.open_row(folder_key("/pictures/Photos"))
    index = view.model().index(0, 0)
    while index.data() != "Searches":
        index = view.indexBelow(index)
    view.collapse(index)
    view.go_back_to(200)
    assert view.verticalScrollBar().value() == 200
    opened = view.open_keys
    assert opened == [folder_key("/pictures/Photos"), f"-{SEARCHES}"]
    first.close()
    second = open_window()
    assert (second.sidebar.isVisible(), second.inspector.isVisible()) == (True, True)
    qtbot.waitUntil(lambda: second.sidebar.view.verticalScrollBar().value() == 200)
    assert second.sidebar.view.open_keys == opened
    assert second.sidebar.content.children(FOLDERS) == (folder_key("/pictures/Photos"),)


def test_the_sidebar_stays_where_it_is_when_one_searches(
    qtbot: QtBot, open_window: Callable[[], MainWindow]
) -> None:
    window = open_window()
    qtbot.keyClick(window, Key.Key_B, CTRL)
    before = window.sidebar.mapTo(window, QPoint())
    window.header.search_box.draft.set_line("tag:snow tag:dogs")
    qtbot.waitUntil(window.header.strip.isVisible)
    window.grab()  # lays everything out
    assert window.sidebar.mapTo(window, QPoint()) == before


def test_a_folder_leads_to_its_files_that_are_not_indexed(
    qtbot: QtBot, open_window: Callable[[], MainWindow], library: FakeLibrary
) -> None:
    window = open_window()
    window.sidebar.problems_asked.emit(MANY[0])
    assert window.problems.isVisible()
    qtbot.waitUntil(lambda: window.problems.model.rowCount() == 1)
    with qtbot.waitSignal(window.problems.retry_asked) as asked:
        window.problems.retry()
    assert asked.args == [[f"{MANY[0]}/a.jpg"]]


def test_a_folder_is_forgotten_after_a_question(
    qtbot: QtBot, open_window: Callable[[], MainWindow], library: FakeLibrary
) -> None:
    window = open_window()
    window.sidebar.panel_asked.emit(library.tree.told.folders["/pictures/Photos"], True)
    assert window.folders.isVisible()

    def question() -> Question | None:
        asked = window.folders.findChildren(Question)
        return next((each for each in asked if each.isVisible()), None)

    qtbot.waitUntil(lambda: question() is not None)
    assert library.forgotten == []
    asked = question()
    assert asked is not None
    asked.accepted.emit()
    qtbot.waitUntil(lambda: library.forgotten == [1])


def test_what_is_chosen_in_a_narrow_window_is_seen(
    qtbot: QtBot, open_window: Callable[[], MainWindow]
) -> None:
    window = open_window()
    window.resize(480, 600)
    qtbot.waitUntil(lambda: window.width() == 480)
    qtbot.keyClick(window, Key.Key_B, CTRL)
    assert window.sidebar.isVisible()
    assert not window.grid.isVisible()
    item = window.sidebar.content.item("library")
    window.sidebar.ask(item)
    assert window.grid.isVisible()
    qtbot.keyClick(window, Key.Key_B, CTRL)
    qtbot.keyClick(window, Key.Key_I, CTRL)  # makes way for the other side
    assert (window.sidebar.isVisible(), window.inspector.isVisible()) == (False, True)
    qtbot.keyClick(window.inspector, Key.Key_Escape)
    assert window.grid.isVisible()


def test_the_keyboard_goes_to_the_sidebar(
    qtbot: QtBot, open_window: Callable[[], MainWindow]
) -> None:
    window = open_window()
    window.book.run("view.enter_sidebar")
    assert window.sidebar.view.hasFocus()
    qtbot.waitUntil(lambda: is_listed(window))
    with qtbot.waitSignal(window.sidebar.library_asked):
        qtbot.keyClick(window.sidebar.view, Key.Key_Return)


def test_escape_leads_from_the_inspector_to_the_pictures_and_keeps_the_choice(
    qtbot: QtBot, open_window: Callable[[], MainWindow]
) -> None:
    window = open_window()
    qtbot.keyClick(window, Key.Key_I, CTRL)
    window.grid.go_to(3)
    qtbot.waitUntil(window.inspector.tags.isVisible)
    field = window.inspector.tags.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    qtbot.keyClick(field, Key.Key_Escape)
    assert window.grid.hasFocus()
    assert window.grid.currentIndex().row() == 3
    assert window.grid.selectionModel().isSelected(window.pictures.index(3, 0))
