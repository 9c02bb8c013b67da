"""The viewer in the window: its commands, its place, and what is remembered of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.ui.fake_library import FakeLibrary

Key = Qt.Key


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(10)


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, tmp_path: Path, library: FakeLibrary
) -> Iterator[MainWindow]:
    window = MainWindow(Session(lambda: library, tmp_path), theme)
    window.resize(900, 700)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.results.shown is not None)
    yield window
    window.close()
    window.deleteLater()


def why_not(window: MainWindow, name: str) -> str:
    return next(each.why_not() for each in window.book.entries if each.command.name == name)


def test_commands_say_what_they_need_and_change_the_view(qtbot: QtBot, window: MainWindow) -> None:
    for name in ("full_screen", "zoom_in", "zoom_out", "fit", "every_pixel", "turn_left",
                 "turn_right", "crop", "explain", "play"):  # fmt: skip
        assert why_not(window, f"viewer.{name}") == "Look at a picture first (Enter)."
    assert why_not(window, "picture.look") == "Select one picture first."
    window.grid.go_to(3)
    assert why_not(window, "picture.look") == ""
    window.book.run("picture.look")
    assert window.viewer.isVisible()
    assert window.viewer.row == 3
    assert why_not(window, "picture.look") == "You are looking at it."
    assert why_not(window, "viewer.zoom_in") == ""
    assert why_not(window, "viewer.play") == "This picture does not move."
    assert why_not(window, "viewer.explain").startswith("Search for words first")
    window.viewer.set_explainable(True)
    assert why_not(window, "viewer.explain") == ""

    view = window.viewer.canvas.view
    fitted = view.zoom
    window.book.run("viewer.zoom_in")
    assert view.zoom > fitted
    window.book.run("viewer.zoom_out")
    window.book.run("viewer.turn_left")
    assert view.turns == 3
    window.book.run("viewer.turn_right")
    window.book.run("viewer.every_pixel")
    assert view.zoom == 1.0
    window.book.run("viewer.fit")
    assert view.is_fitted
    qtbot.waitUntil(lambda: bool(window.viewer._show.image))
    window.book.run("viewer.crop")
    assert window.viewer.parts.is_cropping


def test_switches_and_keys_say_the_same(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    strip, information = map(window.book.action, ("viewer.strip", "viewer.information"))
    assert strip.isChecked()
    window.viewer.open_row(0)
    qtbot.keyClick(window.viewer, Key.Key_T)
    assert not strip.isChecked()
    assert not WindowMemory(tmp_path).is_strip_shown
    strip.trigger()
    assert window.viewer.is_strip_shown
    assert WindowMemory(tmp_path).is_strip_shown
    information.trigger()
    assert window.viewer.is_informed
    qtbot.keyClick(window.viewer, Key.Key_I)
    assert not information.isChecked()
    line = window.header.search_box.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    window.take_keyboard()
    qtbot.keyClicks(line, "citpe01")  # letters can still be typed
    assert line.text() == "citpe01"
    assert strip.isChecked()


def test_f11_covers_the_screen_with_nothing_but_the_picture(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.viewer.open_row(0)
    before = window.viewer.height()
    qtbot.keyClick(window.viewer, Key.Key_F11)
    assert window.isFullScreen()
    assert window.menuBar().isHidden()
    assert window.status.isHidden()
    qtbot.waitUntil(lambda: window.viewer.height() > before)
    qtbot.keyClick(window.viewer, Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.menuBar().isVisible()
    assert window.status.isVisible()
    assert window.viewer.isVisible()


def test_a_window_that_closes_in_full_screen_opens_as_it_was(
    qtbot: QtBot, window: MainWindow, theme: Theme, tmp_path: Path, library: FakeLibrary
) -> None:
    window.viewer.open_row(0)
    window.viewer.full_screen.enter()
    window.close()
    again = MainWindow(Session(lambda: library, tmp_path), theme)
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    assert not again.isFullScreen()
    assert again.menuBar().isVisible()
    qtbot.waitUntil(lambda: again.results.shown is not None)
    again.close()
