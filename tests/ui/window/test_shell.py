"""What is around the pictures, in a whole window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app import __version__
from desktop_app.engine.records import IndexProgress
from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui.help.about_panel import AboutPanel
from desktop_app.ui.kit.side_panel import SidePanel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.ui.fake_library import FakeLibrary

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
Open = Callable[[FakeLibrary], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme, tmp_path: Path, windows: list[MainWindow]) -> Open:
    def open_(library: FakeLibrary) -> MainWindow:
        window = MainWindow(Session(lambda: library, tmp_path / "data"), theme)
        windows.append(window)
        window.resize(900, 700)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: window.results.shown is not None)
        return window

    return open_


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    return open_window(FakeLibrary(20))


def panel_of(window: MainWindow, title: str) -> SidePanel:
    return next(each for each in window.findChildren(SidePanel) if each.heading.text() == title)


def test_panels_open_and_close_by_their_keys(qtbot: QtBot, window: MainWindow) -> None:
    for key, modifiers, title in (
        (Key.Key_Comma, CTRL, "Settings"),
        (Key.Key_J, CTRL, "Jobs and messages"),
        (Key.Key_F1, Qt.KeyboardModifier.NoModifier, "Keyboard shortcuts"),
    ):
        qtbot.keyClick(window, key, modifiers)
        panel = panel_of(window, title)
        assert panel.isVisible()
        focused = window.focusWidget()
        assert focused is not None
        assert panel.isAncestorOf(focused)
        qtbot.keyClick(focused, Key.Key_Escape)
        assert not panel.isVisible()
        qtbot.keyClick(window, key, modifiers)
        assert panel.isVisible()  # the same one
    window.book.run("help.about")
    about = window.findChild(AboutPanel)
    assert isinstance(about, AboutPanel)
    assert about.isVisible()
    texts = [each.text() for each in about.findChildren(QLabel)]
    assert f"Version {__version__}" in texts
    assert "Nothing leaves this computer." in texts


def test_the_palette_does_any_command(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Key.Key_K, CTRL)
    palette = window.shell.palette
    assert palette.isVisible()
    names = {each.name for each in palette.model.rows}
    offered = {each.command.name for each in window.book.entries if each.command.in_palette}
    assert names == offered
    similar = next(each for each in palette.model.rows if each.name == "picture.similar")
    assert similar.why_not == "Select one picture first."
    qtbot.keyClicks(palette.line, "show nam")
    qtbot.keyClick(palette.line, Key.Key_Return)
    assert window.grid.captions.names
    qtbot.keyClick(window, Key.Key_K, CTRL)
    assert palette.model.rows[0].name == "view.names"
    assert palette.model.rows[0].is_checked


def test_the_palette_searches_and_knows_saved_searches(qtbot: QtBot, open_window: Open) -> None:
    library = FakeLibrary(20)
    library.saved = {1: SavedSearch(1, "Winter walks", "snow")}
    window = open_window(library)
    qtbot.waitUntil(lambda: bool(window.searches_desk.searches))
    palette, draft = window.shell.palette, window.header.search_box.draft
    palette.open()
    qtbot.keyClicks(palette.line, "winter")
    qtbot.keyClick(palette.line, Key.Key_Return)
    qtbot.waitUntil(lambda: draft.state.line == "snow")
    palette.open()
    qtbot.keyClicks(palette.line, "two dogs")
    qtbot.keyClick(palette.line, Key.Key_Return)
    assert draft.state.line == "two dogs"
    qtbot.waitUntil(window.grid.hasFocus)


@pytest.mark.parametrize("folder", [Path.home(), Path(Path.home().anchor)])
def test_nobody_is_offered_to_index_all_there_is(
    open_window: Open, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr("desktop_app.ui.window.shell.pictures_folder", lambda: str(folder))
    monkeypatch.setattr(Path, "home", lambda: folder if folder.name else folder / "me")

    steps = open_window(FakeLibrary(0)).shell.first_steps

    assert steps is not None
    assert not [each for each in steps.findChildren(QPushButton) if str(folder) in each.text()]


def test_an_empty_library_begins_with_the_first_steps(qtbot: QtBot, open_window: Open) -> None:
    library = FakeLibrary(0)
    window = open_window(library)
    steps = window.shell.first_steps
    assert steps is not None
    qtbot.waitUntil(steps.isVisible)
    assert not window.empty.isVisible()
    for label in ("Skip", "Continue", "Start searching"):
        next(
            each
            for each in steps.findChildren(QPushButton)
            if each.text() == label and each.isVisible()
        ).click()
    assert window.empty.isVisible()
    assert window.empty.message.title == "Drop a folder here"
    window.close()
    again = open_window(library)
    assert again.shell.first_steps is None


def test_a_click_on_what_goes_on_opens_the_jobs(qtbot: QtBot, window: MainWindow) -> None:
    window.indexing.progressed.emit(IndexProgress(5, 10, 20, current="/photos/Winter/a.jpg"))
    assert [each.title for each in window.jobs.running] == ["Indexing"]
    at = window.status._progress.geometry().center()
    qtbot.mouseClick(window.status, Qt.MouseButton.LeftButton, pos=at)
    assert panel_of(window, "Jobs and messages").isVisible()
    window.indexing.idle_changed.emit(True)
    assert window.jobs.running == []


def test_the_last_search_comes_back_in_a_window_that_reopens(
    qtbot: QtBot, open_window: Open
) -> None:
    library = FakeLibrary(20)
    window = open_window(library)
    window.header.search_box.draft.set_line("dogs")
    with qtbot.waitSignal(window.reopening_asked):
        window.reopen()
    window.close()
    again = open_window(library)
    qtbot.waitUntil(lambda: again.header.search_box.draft.state.line == "dogs")
