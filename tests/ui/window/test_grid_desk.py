"""The grid together with what is beside it, in the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import SortBy
from desktop_app.ui.grid.grid_bubble import ScrollBubble
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.captions import Captions
from desktop_app.ui.memory.order import Order
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.ui.fake_library import FakeLibrary

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Open = Callable[[], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme, tmp_path: Path, windows: list[MainWindow]) -> Open:
    def open_() -> MainWindow:
        window = MainWindow(Session(lambda: FakeLibrary(400), tmp_path), theme)
        windows.append(window)
        window.resize(1000, 700)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: window.pictures.rowCount() == 400)
        window.grid.enter()
        return window

    return open_


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    return open_window()


def by_name(qtbot: QtBot, window: MainWindow) -> None:
    window.header.order.set_order(Order(SortBy.NAME))
    qtbot.waitUntil(
        lambda: (
            window.results.shown is not None and window.results.shown.order == Order(SortBy.NAME)
        )
    )


def current_id(window: MainWindow) -> int:
    row = window.grid.current_row()
    assert row is not None
    return int(window.pictures.ids[row])


def test_pictures_are_shown_whole_and_that_is_remembered(qtbot: QtBot, open_window: Open) -> None:
    first = open_window()
    switch = first.book.action("view.whole")
    assert not switch.isChecked()
    switch.trigger()
    first.close()
    second = open_window()
    assert second.book.action("view.whole").isChecked()


def test_names_and_dates_are_switched_each_by_itself(window: MainWindow) -> None:
    window.book.run("view.dates")
    assert window.grid.captions == Captions(dates=True)
    window.book.run("view.names")
    assert window.grid.captions == Captions(names=True, dates=True)
    window.book.run("view.dates")
    assert window.grid.captions == Captions(names=True)


def test_keys_change_the_size(qtbot: QtBot, window: MainWindow) -> None:
    before = window.grid.cells.columns
    qtbot.keyClick(window, Key.Key_Up, CTRL | SHIFT)
    assert window.grid.cells.columns == before - 1
    assert window.header.cell_side_px == window.grid.cells.side_px
    qtbot.keyClick(window, Key.Key_Down, CTRL | SHIFT)
    qtbot.keyClick(window, Key.Key_Down, CTRL | SHIFT)
    assert window.grid.cells.columns == before + 1


def test_the_current_picture_stays_while_keys_change_the_size(
    qtbot: QtBot, window: MainWindow
) -> None:
    grid = window.grid
    grid.go_to(200)
    grid.scrollTo(grid.currentIndex(), grid.ScrollHint.PositionAtCenter)
    middle = grid.visualRect(grid.currentIndex()).center().y()
    for key in [Key.Key_Up] * 5 + [Key.Key_Down] * 9:
        qtbot.keyClick(window, key, CTRL | SHIFT)
        assert abs(grid.visualRect(grid.currentIndex()).center().y() - middle) <= 1


def test_a_panel_beside_the_grid_leaves_the_size_of_the_pictures(window: MainWindow) -> None:
    side, columns = window.grid.cells.side_px, window.grid.cells.columns
    window.book.run("panel.folders")
    window.grid.updateGeometries()
    assert abs(window.grid.cells.side_px / side - 1) < 1 / 4
    assert window.grid.cells.columns < columns


def test_the_status_says_how_many_are_selected(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.grid, Key.Key_A, CTRL)
    qtbot.waitUntil(lambda: window.status.text.startswith("400 selected · "))
    window.grid.go_to(3)
    qtbot.waitUntil(lambda: "selected" not in window.status.text)


def test_letters_begin_a_search(qtbot: QtBot, window: MainWindow) -> None:
    line = window.header.search_box.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    window.header.search_box.draft.set_line("snow")
    qtbot.keyClicks(window.grid, "d")
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(QGuiApplication.focusObject(), "og")
    assert line.text() == "dog"
    qtbot.waitUntil(lambda: bool(window.results.shown and window.results.shown.query.words))


def test_among_names_letters_lead_to_the_next_that_begins_so(
    qtbot: QtBot, window: MainWindow
) -> None:
    by_name(qtbot, window)
    window.grid.go_to(0)
    qtbot.keyClicks(window.grid, "picture 7")  # with the space in it
    qtbot.waitUntil(lambda: str(current_id(window)).startswith("7"))
    assert not window.viewer.isVisible()
    seven = window.grid.current_row()
    window.grid.typing.stop()
    qtbot.keyClick(window.grid, Key.Key_P)
    qtbot.waitUntil(lambda: window.grid.current_row() != seven)
    assert window.grid.current_row() == (seven or 0) + 1
    qtbot.keyClick(window.grid, Key.Key_P)
    qtbot.waitUntil(lambda: window.grid.current_row() == (seven or 0) + 2)


def test_the_search_for_a_name_goes_around(qtbot: QtBot, window: MainWindow) -> None:
    by_name(qtbot, window)
    window.grid.go_to(window.pictures.rowCount() - 1)
    qtbot.keyClick(window.grid, Key.Key_P)
    qtbot.waitUntil(lambda: window.grid.current_row() == 0)


def test_where_no_name_begins_so_that_is_said(qtbot: QtBot, window: MainWindow) -> None:
    by_name(qtbot, window)
    bubble = window.grid.findChild(ScrollBubble)
    assert isinstance(bubble, ScrollBubble)
    row = window.grid.current_row()
    qtbot.keyClicks(window.grid, "zz")
    qtbot.waitUntil(lambda: bubble.text == "No name begins with “zz”")
    assert window.grid.current_row() == row


def test_all_are_selected_by_key_and_menu_but_not_behind_the_viewer(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window.grid, Key.Key_A, CTRL)
    qtbot.waitUntil(lambda: window.grid.selectionModel().isSelected(window.pictures.index(399, 0)))
    window.grid.go_to(0)
    line = window.header.search_box.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, "dog")
    qtbot.keyClick(line, Key.Key_A, CTRL)
    assert line.selectedText() == "dog"
    assert not window.grid.selectionModel().isSelected(window.pictures.index(399, 0))
    line.clear()
    window.viewer.open_row(0)
    window.book.refresh()
    assert not window.book.action("edit.select_all").isEnabled()
