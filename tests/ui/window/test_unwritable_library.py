"""The window on a library that can only be read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import Query
from desktop_app.ui.folders.folder_card import FolderCard
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.library import room_watch
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.helpers.disks import small_disk
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel
from tests.ui.fake_library import FakeLibrary, folder

Key = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
WHY = "The library folder /cd cannot be written (Read-only file system)."
SAID = (
    "You can search, but nothing can be indexed or changed: "
    "the library folder /cd cannot be written (Read-only file system)."
)
OpenWindow = Callable[[Callable[[], Library]], MainWindow]


@pytest.fixture
def library() -> FakeLibrary:
    library = FakeLibrary(50)
    library.added = [folder("Photos", 1)]
    library.why_unwritable = WHY
    return library


@pytest.fixture
def open_window(
    qtbot: QtBot, theme: Theme, tmp_path: Path, windows: list[MainWindow]
) -> OpenWindow:
    def open_(open_library: Callable[[], Library]) -> MainWindow:
        window = MainWindow(Session(open_library, tmp_path / "window"), theme)
        windows.append(window)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.results.shown is not None)
        return window

    return open_


@pytest.fixture
def window(open_window: OpenWindow, library: FakeLibrary) -> MainWindow:
    return open_window(lambda: library)


def notice(window: MainWindow) -> tuple[str, bool]:
    """What is to be read, and whether as an error."""
    shown = window.notices.shown
    return (shown.text, shown.is_error) if shown is not None else ("", False)


def test_it_says_so_once_quietly_and_searches(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    assert notice(window) == (SAID, False)
    window.notices.dismiss()
    qtbot.waitUntil(lambda: window.status.model_name != "")
    assert notice(window) == ("", False)
    window.results.ask(Query.of_words("dogs"))
    qtbot.waitUntil(lambda: library.searches == [Query.of_words("dogs")])
    assert (library.asked, library.embedded, library.watching) == ([], 0, None)


def test_what_would_change_it_is_not_offered(qtbot: QtBot, window: MainWindow) -> None:
    window.book.refresh()
    assert window.book.action("panel.folders").isEnabled()
    for name in ("folder.add", "folder.rescan"):
        assert not window.book.action(name).isEnabled()
        assert "nothing can be indexed" in window.book.action(name).toolTip()
    window.book.let_go()
    add = next(
        each
        for each in window.header.findChildren(QPushButton)
        if each.accessibleName() == "Add folder"
    )
    assert not add.isEnabled()
    qtbot.keyClick(window, Key.Key_F, CTRL_SHIFT)
    qtbot.waitUntil(lambda: bool(window.folders.findChildren(FolderCard)))
    [card] = window.folders.findChildren(FolderCard)
    assert [each.text() for each in card.findChildren(QPushButton) if each.isVisible()] == []
    assert not window.folders.top_button.isEnabled()


@pytest.mark.parametrize(
    "act",
    [
        lambda window: window.choose_folder(),
        lambda window: window.indexing.add(["/pictures/New"]),
        lambda window: window.indexing.rescan(),
        lambda window: window.problems.retry_asked.emit([]),
        lambda window: window.searches_desk.save(),
        lambda window: window.header.search_box.save_asked.emit(),
    ],
)
def test_whoever_asks_all_the_same_gets_the_same_sentence(
    window: MainWindow, library: FakeLibrary, act: Callable[[MainWindow], None]
) -> None:
    window.notices.dismiss()
    act(window)
    assert notice(window) == (SAID, False)
    assert window.indexing.is_idle
    assert window.findChild(QFileDialog) is None
    assert library.asked == []


def test_what_was_dropped_before_it_was_open_is_answered(
    qtbot: QtBot, theme: Theme, tmp_path: Path, library: FakeLibrary
) -> None:
    window = MainWindow(Session(lambda: library, tmp_path / "window"), theme)
    window.indexing.add(["/pictures/New"])
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.results.shown is not None)
    assert window.indexing.is_idle
    assert notice(window) == (SAID, False)
    window.close()
    window.deleteLater()


def test_an_empty_one_invites_nobody_to_drop_a_folder(open_window: OpenWindow) -> None:
    library = FakeLibrary(0)
    library.why_unwritable = WHY
    window = open_window(lambda: library)
    said = [each.text() for each in window.empty.findChildren(QLabel)]
    assert SAID in said
    assert not [each for each in window.empty.findChildren(QPushButton) if each.isVisible()]


# Where the disk was full, it may be written once there is room


@pytest.fixture
def full(library: FakeLibrary, monkeypatch: pytest.MonkeyPatch) -> FakeLibrary:
    monkeypatch.setattr(room_watch, "LOOK_MS", 20)
    library.why_unwritable = "The disk was full. Free some space and try again."
    library.is_awaiting_room, library.room = True, False
    return library


FULL = (
    "You can search, but nothing can be indexed or changed: the disk was full. "
    "Free some space and try again."
)


def press(window: MainWindow, label: str) -> None:
    """Press the button of what is to be read."""
    shown = window.notices.shown
    assert shown is not None
    assert shown.action == label
    [button] = [each for each in window.notices.findChildren(QPushButton) if each.text() == label]
    button.click()


def test_who_tries_again_too_early_is_told(
    qtbot: QtBot, open_window: OpenWindow, full: FakeLibrary
) -> None:
    window = open_window(lambda: full)
    assert notice(window) == (FULL, False)
    press(window, "Try again")
    qtbot.waitUntil(lambda: notice(window) == ("The disk is still full.", False))
    window.notices.dismiss()
    assert notice(window) == (FULL, False)


def test_who_tries_again_with_room_gets_a_window_that_writes(
    qtbot: QtBot, open_window: OpenWindow, full: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_watch, "LOOK_MS", 60_000)
    window = open_window(lambda: full)
    full.room = True
    with qtbot.waitSignal(window.reopening_asked):
        press(window, "Try again")


def test_room_is_told_and_nothing_closes_by_itself(
    qtbot: QtBot, open_window: OpenWindow, full: FakeLibrary
) -> None:
    window = open_window(lambda: full)
    with qtbot.assertNotEmitted(window.reopening_asked):
        full.room = True
        qtbot.waitUntil(lambda: notice(window)[0].startswith("There is room on the disk again."))
    assert window.notices.staying == [notice(window)[0]]
    with qtbot.waitSignal(window.reopening_asked):
        press(window, "Open anew")


def test_what_is_added_meanwhile_waits_for_room(
    qtbot: QtBot, open_window: OpenWindow, full: FakeLibrary
) -> None:
    window = open_window(lambda: full)
    window.indexing.add(["/pictures/New"])
    said = f"{FULL} What you have added is taken in then."
    qtbot.waitUntil(lambda: window.notices.staying == [said])
    with qtbot.waitSignal(window.reopening_asked):
        full.room = True
    assert window.indexing.refused_paths == ("/pictures/New",)


def test_no_job_is_stopped_for_what_was_added(
    qtbot: QtBot, open_window: OpenWindow, full: FakeLibrary
) -> None:
    window = open_window(lambda: full)
    window.session.jobs.begin("Exporting")
    with qtbot.assertNotEmitted(window.reopening_asked):
        window.indexing.add(["/pictures/New"])
        full.room = True
        qtbot.waitUntil(lambda: notice(window)[0].startswith("There is room on the disk again."))
    with qtbot.waitSignal(window.reopening_asked):
        press(window, "Open anew")
    assert window.indexing.refused_paths == ("/pictures/New",)


def test_an_empty_one_can_be_tried_again(
    qtbot: QtBot, open_window: OpenWindow, full: FakeLibrary
) -> None:
    full.ids = full.ids[:0]
    window = open_window(lambda: full)
    [button] = [each for each in window.empty.findChildren(QPushButton) if each.isVisible()]
    assert button.text() == "Try again"
    button.click()
    qtbot.waitUntil(lambda: notice(window) == ("The disk is still full.", False))


def test_on_a_real_disk(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, pictures: Path
) -> None:
    models = OneModel(FakeEncoder())
    with small_disk(tmp_path / "disk", "64m") as disk:
        paths = DataPaths.below(disk.folder / "data")
        library = Library.open(paths, models)
        list(library.index([pictures], CancelToken()))
        library.close()
        disk.remount("ro")
        window = open_window(lambda: Library.open_even_if_unwritable(paths, models))
        qtbot.waitUntil(lambda: window.status.model_name != "")
        text, is_error = notice(window)
        assert text.startswith("You can search, but nothing can be indexed or changed: the library")
        assert not is_error
        window.results.ask(Query.of_words("red"))
        qtbot.waitUntil(
            lambda: window.results.shown is not None and bool(window.results.shown.query.words)
        )
        assert window.results.shown is not None
        assert window.results.shown.count == len(COLOURS)
        assert notice(window) == (text, False)
        window.close()
