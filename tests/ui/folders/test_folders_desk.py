"""Folders in the window as a whole, on a library that answers on command."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import NoRoomError, UserFacingError
from desktop_app.engine.records import (
    ChangedPlace,
    HeldBack,
    IndexProgress,
    IndexSummary,
    Root,
    RootKind,
    SkipKind,
    SkippedFile,
    WatchMode,
    WatchState,
)
from desktop_app.ui.folders import folder_wording, folders_desk
from desktop_app.ui.folders.folder_card import FolderCard
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.library import room_watch
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.ui.fake_library import FakeLibrary, folder

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
HELD = HeldBack(2, "/pictures/Work", 20, 50, 1.7e9)
BROKEN = SkippedFile("/pictures/Photos/cut.jpg", "It is cut short.", SkipKind.DAMAGED)


@pytest.fixture
def library() -> Iterator[FakeLibrary]:
    library = FakeLibrary(50)
    library.added = [folder("Photos", 1), folder("Work", 2)]
    yield library
    library.index_gate.set()


@pytest.fixture
def window(
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    library: FakeLibrary,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    monkeypatch.setattr(folders_desk, "PRESENCE_INTERVAL_MS", 20)
    monkeypatch.setattr(folders_desk, "NEWS_INTERVAL_MS", 20)
    window = MainWindow(Session(lambda: library, tmp_path / "data"), theme)
    window.resize(1000, 800)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: window.results.shown is not None)
    qtbot.waitUntil(lambda: bool(library.asked) and window.indexing.is_idle)
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def open_panel(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    def open_() -> None:
        qtbot.keyClick(window, Key.Key_F, CTRL_SHIFT)
        qtbot.waitUntil(lambda: bool(cards(window)))

    return open_


def cards(window: MainWindow) -> dict[str, FolderCard]:
    shown = [each for each in window.folders.findChildren(FolderCard) if not each.isHidden()]
    return {folder_wording.name(each.line): each for each in shown}


def press(qtbot: QtBot, parent: QWidget, text: str) -> None:
    buttons = (each for each in parent.findChildren(QPushButton) if each.isVisible())
    qtbot.mouseClick(next(each for each in buttons if each.text() == text), LEFT)


def labels(parent: QWidget) -> list[str]:
    return [each.text() for each in parent.findChildren(QPushButton) if each.isVisible()]


def notice(window: MainWindow) -> str:
    shown = window.notices.shown
    return shown.text if shown else ""


# The way to the panel


def test_the_panel_is_reached_by_keys_by_menu_and_by_the_bottom_line(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window, Key.Key_F, CTRL_SHIFT)
    assert window.folders.isVisible()
    assert window.folders.isAncestorOf(QApplication.focusWidget() or window)
    qtbot.keyClick(window.folders, Key.Key_Escape)
    assert not window.folders.isVisible()
    window.book.run("panel.folders")
    assert window.folders.isVisible()
    qtbot.waitUntil(lambda: "2 folders" in labels(window.status))
    press(qtbot, window.status, "2 folders")
    assert not window.folders.isVisible()


def test_the_first_folder_is_named_as_soon_as_it_has_pictures(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.added = []
    window.folders_desk.refresh()
    qtbot.waitUntil(lambda: not [each for each in labels(window.status) if "folder" in each])
    real = library.index

    def index(
        paths: Sequence[str | Path], cancel: CancelToken, **options: bool
    ) -> Iterator[IndexProgress | IndexSummary]:
        for report in real(paths, cancel, **options):
            library.added = [folder("Photos", 1)]
            yield report
            library.index_gate.clear()

    library.index = index  # type: ignore[method-assign]
    library.runs = [[IndexProgress(1, 5, 5, added_ids=(1,)), IndexSummary()]]
    window.indexing.add(["/pictures/Photos"])
    qtbot.waitUntil(lambda: "1 folder" in labels(window.status))
    assert not window.indexing.is_idle
    library.index_gate.set()


def test_folders_and_what_they_take_are_listed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    library.skips = [BROKEN]
    open_panel()
    assert list(cards(window)) == ["Photos", "Work"]
    assert "1 file could not be read" in cards(window)["Photos"].accessibleDescription()
    press(qtbot, cards(window)["Photos"], "Show")
    assert window.problems.isVisible()


def test_a_folder_can_be_added_from_the_panel(
    qtbot: QtBot, window: MainWindow, open_panel: Callable[[], None]
) -> None:
    open_panel()
    press(qtbot, window.folders, "Add folder…")
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.close()


# What can be done with a folder


def test_one_folder_is_looked_through(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    open_panel()
    press(qtbot, cards(window)["Work"], "Look for changes")
    qtbot.waitUntil(lambda: library.asked[-1] == (["/pictures/Work"], False))


def test_single_pictures_are_looked_through_with_everything(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    library.added = [Root(5, "/a.jpg", RootKind.FILE, None, 1, True)]
    open_panel()
    press(qtbot, cards(window)["1 single picture"], "Look for changes")
    qtbot.waitUntil(lambda: library.asked[-1] == ([], False))


def test_a_folder_is_forgotten_after_a_yes(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    open_panel()
    press(qtbot, cards(window)["Photos"], "Forget…")
    with qtbot.waitSignal(window.results.changed):
        press(qtbot, cards(window)["Photos"], "Forget")
        qtbot.waitUntil(lambda: list(cards(window)) == ["Work"])
    assert library.forgotten == [1]
    assert notice(window) == "Photos left the library. No file was touched."
    assert cards(window)["Work"].hasFocus()
    qtbot.waitUntil(lambda: "1 folder" in labels(window.status))


def test_forgetting_waits_for_indexing_and_outlives_its_cancellation(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    open_panel()
    library.index_gate.clear()
    library.runs = [[IndexProgress(1, 5, 5), IndexSummary()]]
    window.indexing.rescan()
    qtbot.waitUntil(lambda: len(library.asked) == 2)
    press(qtbot, cards(window)["Work"], "Forget…")
    press(qtbot, cards(window)["Work"], "Forget")
    assert "Waits until indexing is done" in cards(window)["Work"].accessibleDescription()
    assert library.forgotten == []
    window.indexing.cancel()
    library.index_gate.set()
    qtbot.waitUntil(lambda: library.forgotten == [2])


def test_forgetting_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    open_panel()
    library.forget_gate.clear()
    press(qtbot, cards(window)["Photos"], "Forget…")
    press(qtbot, cards(window)["Photos"], "Forget")
    qtbot.waitUntil(lambda: "Forgetting… 40%" in cards(window)["Photos"].accessibleDescription())
    assert labels(cards(window)["Photos"]) == ["Cancel"]
    press(qtbot, cards(window)["Photos"], "Cancel")
    qtbot.waitUntil(lambda: notice(window).startswith("Stopped. Photos is still in the library"))
    assert library.forgotten == []
    assert "Forget…" in labels(cards(window)["Photos"])
    library.forget_gate.set()
    press(qtbot, cards(window)["Photos"], "Forget…")
    press(qtbot, cards(window)["Photos"], "Forget")
    qtbot.waitUntil(lambda: list(cards(window)) == ["Work"])


def test_a_window_that_closes_does_not_wait_for_forgetting(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    open_panel()
    library.forget_gate.clear()
    press(qtbot, cards(window)["Photos"], "Forget…")
    press(qtbot, cards(window)["Photos"], "Forget")
    qtbot.waitUntil(lambda: "Cancel" in labels(cards(window)["Photos"]))
    window.close()
    assert library.is_closed
    assert library.forgotten == []


def test_what_went_wrong_is_said_at_the_folder(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    open_panel()
    library.folder_error = UserFacingError("The disk is full.", "Make some space.")
    press(qtbot, cards(window)["Photos"], "Forget…")
    press(qtbot, cards(window)["Photos"], "Forget")
    qtbot.waitUntil(lambda: "disk is full" in cards(window)["Photos"].accessibleDescription())
    assert notice(window) == ""
    assert list(cards(window)) == ["Photos", "Work"]


def test_what_went_wrong_is_said_below_where_the_panel_is_closed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    open_panel()
    library.folder_error = UserFacingError("The disk is full.", "Make some space.")
    press(qtbot, cards(window)["Photos"], "Forget…")
    press(qtbot, cards(window)["Photos"], "Forget")
    qtbot.keyClick(window.folders, Key.Key_Escape)
    qtbot.waitUntil(lambda: notice(window) == "The disk is full. Make some space.")


@pytest.mark.parametrize("is_open", [True, False])
def test_what_a_full_disk_kept_from_being_done_is_said_while_it_is_full(
    qtbot: QtBot,
    window: MainWindow,
    library: FakeLibrary,
    open_panel: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    is_open: bool,
) -> None:
    monkeypatch.setattr(room_watch, "LOOK_MS", 20)
    open_panel()
    library.room = False
    library.folder_error = NoRoomError("The disk is full.", "Make some space.")
    press(qtbot, cards(window)["Photos"], "Forget…")
    press(qtbot, cards(window)["Photos"], "Forget")
    if not is_open:
        qtbot.keyClick(window.folders, Key.Key_Escape)

    def said() -> bool:
        return "disk is full" in (
            cards(window)["Photos"].accessibleDescription() if is_open else notice(window)
        )

    qtbot.waitUntil(said)
    library.room = True
    qtbot.waitUntil(lambda: not said())


# Drives that are not connected


def test_a_drive_that_goes_and_comes_back_is_noticed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    open_panel()
    qtbot.waitUntil(lambda: window.pictures.known(50) is not None)
    library.offline = frozenset({1})
    qtbot.waitUntil(lambda: "Locate…" in labels(cards(window)["Photos"]))
    qtbot.waitUntil(lambda: "2 folders, 1 offline" in labels(window.status))

    def is_offline() -> bool:
        picture = window.pictures.known(50)
        return picture is not None and picture.is_offline

    qtbot.waitUntil(is_offline)
    library.offline = frozenset()
    qtbot.waitUntil(lambda: window.pictures.known(50) is not None and not is_offline())
    qtbot.waitUntil(lambda: "Look for changes" in labels(cards(window)["Photos"]))


def test_an_open_preview_learns_that_its_drive_has_gone(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    window.viewer.open_row(0)
    qtbot.waitUntil(lambda: window.pictures.known(50) is not None)
    library.offline = frozenset({1})
    qtbot.waitUntil(lambda: window.viewer.sentence == "Its drive or folder cannot be reached.")
    library.offline = frozenset()
    qtbot.waitUntil(lambda: window.viewer.sentence == "")


@pytest.fixture
def locate(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> Callable[[str], None]:
    def locate(path: str) -> None:
        library.offline = frozenset({1})
        open_panel()
        qtbot.waitUntil(lambda: "Locate…" in labels(cards(window)["Photos"]))
        press(qtbot, cards(window)["Photos"], "Locate…")
        qtbot.waitUntil(lambda: window.findChild(QFileDialog) is not None)
        dialog = window.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        assert dialog.windowTitle() == "Where is Photos now?"
        dialog.fileSelected.emit(path)
        dialog.close()

    return locate


def test_an_offline_folder_is_located(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, locate: Callable[[str], None]
) -> None:
    runs = len(library.asked)
    locate("/media/other/Photos")
    qtbot.waitUntil(lambda: library.located == [(1, "/media/other/Photos")])
    qtbot.waitUntil(lambda: "Look for changes" in labels(cards(window)["Photos"]))
    qtbot.waitUntil(lambda: len(library.asked) == runs + 1)  # something may be new there


def test_looking_for_a_folder_begins_at_the_nearest_parent_that_is_there(
    qtbot: QtBot,
    window: MainWindow,
    library: FakeLibrary,
    open_panel: Callable[[], None],
    tmp_path: Path,
) -> None:
    lost = str(tmp_path / "2024" / "lost" / "Photos")
    (tmp_path / "2024").mkdir()
    library.added[0] = replace(library.added[0], path=lost)
    library.offline = frozenset({1})
    open_panel()
    qtbot.waitUntil(lambda: "Locate…" in labels(cards(window)["Photos"]))
    press(qtbot, cards(window)["Photos"], "Locate…")
    qtbot.waitUntil(lambda: window.findChild(QFileDialog) is not None)
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.directory().absolutePath() == str(tmp_path / "2024")
    dialog.close()


def test_a_folder_that_holds_other_pictures_is_refused(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, locate: Callable[[str], None]
) -> None:
    library.folder_error = UserFacingError("This folder does not hold these pictures.", "")
    locate("/media/other/Music")
    qtbot.waitUntil(
        lambda: "does not hold these" in cards(window)["Photos"].accessibleDescription()
    )
    assert library.located == []


def test_how_folders_are_watched_is_told(
    window: MainWindow, open_panel: Callable[[], None]
) -> None:
    open_panel()
    window.folders_desk.show_watch(
        [
            WatchState(1, WatchMode.LIVE),
            WatchState(2, WatchMode.PERIODIC, "It is on a network drive."),
        ]
    )
    assert "Watching" in cards(window)["Photos"].accessibleDescription()
    assert "network drive" in cards(window)["Work"].accessibleDescription()
    window.folders_desk.show_watch([WatchState(1, WatchMode.OFFLINE, "It is not there.")])
    assert "Watching" not in cards(window)["Photos"].accessibleDescription()


# Pictures that are gone


def find_gone(qtbot: QtBot, window: MainWindow, library: FakeLibrary, held: HeldBack) -> None:
    library.added[1] = replace(
        library.added[1], missing_count=held.missing, missing_since_s=held.since_s
    )
    library.missing = set(range(1, held.missing + 1))
    library.runs = [[IndexSummary(held_back=(held,))]]
    with qtbot.waitSignal(window.indexing.finished):
        window.indexing.catch_up()


def test_pictures_that_are_gone_are_said_until_they_are_removed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    find_gone(qtbot, window, library, HELD)
    text = "20 of 50 pictures are gone from Work. They stay in the library until you say so."
    assert notice(window) == text
    assert window.notices.shown is not None
    assert window.notices.shown.stays
    assert not window.notices.shown.is_error
    press(qtbot, window.notices, "Show folders")
    assert window.folders.isVisible()
    qtbot.waitUntil(lambda: bool(cards(window)))
    press(qtbot, cards(window)["Work"], "Remove 20 from the library")
    qtbot.waitUntil(lambda: library.confirmed == [(2,)])
    qtbot.waitUntil(
        lambda: notice(window) == "20 pictures removed from the library. No file was touched."
    )
    window.notices.dismiss()
    assert notice(window) == ""
    qtbot.waitUntil(lambda: "Keep" not in labels(cards(window)["Work"]))


def test_pictures_that_go_while_the_window_is_open_are_said_too(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.added[1] = replace(library.added[1], missing_count=20)
    library.runs = [[IndexSummary(held_back=(HELD,))]]
    window.indexing.look_again([ChangedPlace(HELD.path, saw_removal=True)])
    qtbot.waitUntil(lambda: notice(window).startswith("20 of 50 pictures are gone from Work."))


def test_keeping_takes_the_reminder_back(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    open_panel()
    find_gone(qtbot, window, library, HELD)
    qtbot.waitUntil(lambda: "Keep" in labels(cards(window)["Work"]))
    press(qtbot, cards(window)["Work"], "Keep")
    assert notice(window) == ""
    assert library.confirmed == []


def test_what_is_kept_is_not_asked_about_at_the_next_start(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None],
    tmp_path: Path, theme: Theme,
) -> None:  # fmt: skip
    open_panel()
    find_gone(qtbot, window, library, HELD)
    qtbot.waitUntil(lambda: "Keep" in labels(cards(window)["Work"]))
    press(qtbot, cards(window)["Work"], "Keep")
    window.close()
    next_time = MainWindow(Session(lambda: library, tmp_path / "data"), theme)
    qtbot.addWidget(next_time)
    with qtbot.waitActive(next_time):
        next_time.show()
        next_time.activateWindow()
    qtbot.waitUntil(lambda: next_time.results.shown is not None)
    find_gone(qtbot, next_time, library, HELD)
    assert notice(next_time) == ""
    qtbot.keyClick(next_time, Key.Key_F, CTRL_SHIFT)
    qtbot.waitUntil(lambda: "Work" in cards(next_time))
    assert "Keep" not in labels(cards(next_time)["Work"])
    others = replace(HELD, since_s=HELD.since_s + 1)  # as many are back as others have gone
    find_gone(qtbot, next_time, library, others)
    qtbot.waitUntil(lambda: notice(next_time).startswith("20 of 50 pictures are gone"))
    qtbot.waitUntil(lambda: "Keep" in labels(cards(next_time)["Work"]))
    next_time.close()


def test_the_same_pictures_are_told_once(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    find_gone(qtbot, window, library, HELD)
    window.notices.dismiss()
    find_gone(qtbot, window, library, HELD)
    assert notice(window) == ""
    find_gone(qtbot, window, library, replace(HELD, missing=25))
    qtbot.waitUntil(lambda: notice(window).startswith("25 of 50 pictures are gone"))


def test_pictures_that_come_back_take_the_reminder_with_them(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    find_gone(qtbot, window, library, HELD)
    assert notice(window)
    library.added[1] = replace(library.added[1], missing_count=0)
    window.indexing.catch_up()
    qtbot.waitUntil(lambda: notice(window) == "")
    find_gone(qtbot, window, library, HELD)  # once more
    qtbot.waitUntil(lambda: notice(window).startswith("20 of 50 pictures are gone"))


def test_the_reminder_follows_those_that_come_back(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    find_gone(qtbot, window, library, HELD)
    library.added[1] = replace(library.added[1], missing_count=3)
    # A look at the folder that came back finds nothing gone there.
    window.indexing.look_again([ChangedPlace(f"{HELD.path}/back")])
    few = f"3 of {library.added[1].picture_count} pictures are gone from Work."
    qtbot.waitUntil(lambda: notice(window).startswith(few))
    assert len(window.notices.staying) == 1
    assert [told.notice.text for told in window.notices.history] == window.notices.staying


def test_a_reminder_that_was_closed_does_not_come_back_with_fewer(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, open_panel: Callable[[], None]
) -> None:
    open_panel()
    find_gone(qtbot, window, library, HELD)
    window.notices.close_shown()
    library.added[1] = replace(library.added[1], missing_count=3)
    window.folders_desk.refresh()
    qtbot.waitUntil(lambda: cards(window)["Work"].line.missing == 3)
    assert notice(window) == ""
    find_gone(qtbot, window, library, replace(HELD, missing=3))
    assert notice(window) == ""
    find_gone(qtbot, window, library, replace(HELD, missing=4))
    qtbot.waitUntil(lambda: notice(window).startswith("4 of 50 pictures are gone"))


def test_pictures_that_are_gone_have_a_badge(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    qtbot.waitUntil(lambda: window.pictures.known(50) is not None)
    find_gone(qtbot, window, library, replace(HELD, missing=50))

    def is_missing() -> bool:
        picture = window.pictures.known(50)
        return picture is not None and picture.missing_since_s is not None

    qtbot.waitUntil(is_missing)
