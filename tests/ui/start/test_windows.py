"""Several windows on one library."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine.diagnostics.traces import start_logging, stop_logging
from desktop_app.engine.library import Library
from desktop_app.engine.records import (
    EmbedSummary,
    IndexProgress,
    IndexSummary,
    ModelInfo,
    WatchMode,
    WatchState,
)
from desktop_app.ui.kit.theme import TEXT_SIZES, Theme
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.start.windows import Windows
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from desktop_app.ui.window.window_place import SHIFT_PX
from tests.ui.fake_library import FakeLibrary, folder, jpeg

COUNT = 30
PIECES = 7
"""Those in which a window is made, and its appearing."""
Open = Callable[..., Windows]


@pytest.fixture
def library() -> FakeLibrary:
    library = FakeLibrary(COUNT)
    library.added = [folder("Photos", 1)]
    return library


@pytest.fixture
def opened() -> list[Windows]:
    return []


@pytest.fixture
def open_windows(
    qtbot: QtBot, theme: Theme, tmp_path: Path, library: FakeLibrary, opened: list[Windows]
) -> Iterator[Open]:
    WindowMemory(tmp_path).set_welcomed()

    def open_(open_library: Callable[[], Library] = lambda: library) -> Windows:
        session = Session(open_library, tmp_path)
        windows = Windows(session, theme)
        opened.append(windows)
        windows.open_as_left()
        return windows

    yield open_
    for windows in opened:
        windows.quit()


@pytest.fixture
def windows(qtbot: QtBot, open_windows: Open) -> Windows:
    windows = open_windows()
    qtbot.waitUntil(lambda: front(windows).results.shown is not None)
    return windows


def front(windows: Windows) -> MainWindow:
    window = windows.session.windows.front
    assert window is not None
    return window


@pytest.fixture
def first(windows: Windows) -> MainWindow:
    return front(windows)


def open_beside(qtbot: QtBot, windows: Windows, other: MainWindow) -> MainWindow:
    """Open one more window by its command, and wait for it."""
    other.book.run("window.new")
    qtbot.waitUntil(lambda: front(windows) is not other)
    window = front(windows)
    qtbot.waitUntil(lambda: window.results.shown is not None)
    return window


@pytest.fixture
def second(qtbot: QtBot, windows: Windows, first: MainWindow) -> MainWindow:
    return open_beside(qtbot, windows, first)


def notice(window: MainWindow) -> str:
    return "" if window.notices.shown is None else window.notices.shown.text


def undo_text(window: MainWindow) -> str:
    return window.book.action("edit.undo").text()


# Opening and closing


def test_a_new_window_is_like_the_one_it_was_made_from_and_searches_for_itself(
    qtbot: QtBot, windows: Windows, first: MainWindow
) -> None:
    first.resize(700, 400)
    first.move(10, 20)
    first.header.set_cell_side(200)
    first.book.run("view.sidebar")
    first.header.search_box.draft.set_line("dogs")
    new = open_beside(qtbot, windows, first)
    assert new.header.cell_side_px == 200
    assert [each.sidebar.isVisible() for each in (first, new)] == [True, True]
    assert new.size() == first.size()
    assert (new.x() - first.x(), new.y() - first.y()) == (SHIFT_PX, SHIFT_PX)
    assert new.header.search_box.draft.state.is_empty
    new.header.search_box.draft.set_line("cats")
    new.grid.go_to(3)
    assert first.header.search_box.draft.state.line == "dogs"
    assert first.grid.selected_rows() != new.grid.selected_rows()
    new.book.run("view.sidebar")
    assert [each.sidebar.isVisible() for each in (first, new)] == [True, False]


def test_the_library_is_opened_once_and_closed_with_the_last_window(
    qtbot: QtBot, open_windows: Open, library: FakeLibrary
) -> None:
    asked: list[bool] = []

    def open_library() -> Library:
        asked.append(True)
        return library

    windows = open_windows(open_library)
    one = front(windows)
    windows.open_beside(one)  # before the library is there
    qtbot.waitUntil(lambda: front(windows) is not one)
    two = front(windows)
    qtbot.waitUntil(lambda: all(each.results.shown is not None for each in (one, two)))
    one.book.run("window.close")
    was_closed = library.is_closed
    two.header.search_box.draft.set_line("dogs")
    qtbot.waitUntil(lambda: bool(library.searches))
    two.close()
    assert (was_closed, library.is_closed) == (False, True)
    assert asked == [True]


def tell_all(session: Session) -> None:
    """Tell all windows all that a session ever tells them."""
    session.pictures_changed.emit()
    session.labels_changed.emit()
    session.searches_changed.emit(None)
    session.model_chosen.emit(None)
    session.settings_changed.emit(None)
    session.folders_answered.emit(None)
    session.failed.emit(OSError("full"))
    session.state_changed.emit()
    session.pace.looked.emit()
    session.pace.gentle_changed.emit(True)
    session.preparation.ended.emit()
    session.label_files.ended.emit(0)
    session.folder_watch.state_changed.emit(WatchState(1, WatchMode.LIVE))
    session.folder_watch.moved.emit([])
    session.indexing.progressed.emit(IndexProgress(1, 2, 2))
    session.indexing.finished.emit(IndexSummary(added=1), False)
    session.indexing.followed.emit(IndexSummary(added=1))
    session.indexing.idle_changed.emit(True)
    session.indexing.embedded.emit(EmbedSummary("other", 1, switched=True))
    session.jobs.begin("Job").end()
    session.undone.changed.emit()


def open_and_close(qtbot: QtBot, windows: Windows) -> "weakref.ref[MainWindow]":
    window = open_beside(qtbot, windows, front(windows))
    window.book.run("panel.settings")
    window.grid.go_to(1)
    window.viewer.open_row(1)
    gone: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))
    window.close()
    qtbot.waitUntil(lambda: bool(gone))
    return weakref.ref(window)


def test_a_closed_window_is_forgotten(qtbot: QtBot, windows: Windows, theme: Theme) -> None:
    gone = open_and_close(qtbot, windows)
    gc.collect()
    assert gone() is None
    tell_all(windows.session)  # which must not reach what is gone
    theme.changed.emit()
    assert len(windows.session.windows.all) == 1


def test_the_window_used_last_comes_back_alone(
    qtbot: QtBot, open_windows: Open, first: MainWindow, second: MainWindow
) -> None:
    first.header.set_cell_side(111)
    second.header.set_cell_side(222)
    second.header.search_box.draft.set_line("cats")
    first.close()
    second.close()
    windows = open_windows()
    (again,) = windows.session.windows.all
    assert again.header.cell_side_px == 222
    qtbot.waitUntil(lambda: again.header.search_box.draft.state.line == "cats")


def test_windows_that_were_closed_together_come_back_together(
    qtbot: QtBot, windows: Windows, open_windows: Open, first: MainWindow, second: MainWindow
) -> None:
    first.resize(500, 400)
    second.resize(600, 400)
    first.header.search_box.draft.set_line("dogs")
    second.header.search_box.draft.set_line("cats")
    second.book.run("program.quit")
    assert not first.isVisible()
    assert not second.isVisible()
    again = open_windows()

    def lines() -> list[str]:
        return [each.header.search_box.draft.state.line for each in again.session.windows.all]

    qtbot.waitUntil(lambda: lines() == ["dogs", "cats"])
    assert [each.width() for each in again.session.windows.all] == [500, 600]


def test_another_language_takes_all_windows(
    windows: Windows, first: MainWindow, second: MainWindow, library: FakeLibrary
) -> None:
    first.reopen()
    assert not first.isVisible()
    assert not second.isVisible()
    assert library.is_closed
    assert windows.reopening is not None
    assert second.memory.other_count == 1


@pytest.fixture
def crashes(tmp_path: Path) -> Iterator[Path]:
    """Where the last run has left that it did not come to its end."""
    crashes = start_logging(tmp_path / "logs").crashes
    assert crashes is not None
    leave_crash(crashes)
    yield crashes
    stop_logging()


def leave_crash(crashes: Path) -> Path:
    left = crashes / "20200101T000000-99999-window.txt"
    left.write_text("Fatal Python error: Aborted")
    return left


def test_the_last_end_is_told_once_in_the_window_used_last(
    qtbot: QtBot, tmp_path: Path, crashes: Path, open_windows: Open
) -> None:
    WindowMemory(tmp_path).keep_others([WindowMemory(tmp_path)])
    windows = open_windows()
    (other, used_last) = windows.session.windows.all
    qtbot.waitUntil(lambda: notice(used_last).startswith("Image Seeker ended unexpectedly"))
    left = leave_crash(crashes)
    windows.open_beside(used_last)
    qtbot.waitUntil(lambda: front(windows) is not used_last)
    new = front(windows)
    qtbot.waitUntil(lambda: new.results.shown is not None)
    new.close()
    qtbot.waitUntil(lambda: not windows.session.windows.leaving)  # all that it began has ended
    assert left.exists()
    assert notice(other) == ""


def test_others_have_their_turn_while_a_window_is_made(
    qapp: QApplication, windows: Windows, first: MainWindow
) -> None:
    first.book.run("window.new")
    assert windows.session.windows.all == [first]
    turns = 0
    while front(windows) is first:
        qapp.processEvents()
        turns += 1
    assert turns >= PIECES
    assert front(windows).isVisible()


def test_what_happens_while_a_window_is_made_does_not_harm_it(
    qtbot: QtBot, windows: Windows, first: MainWindow, theme: Theme
) -> None:
    turns: list[int] = []

    def tell() -> None:
        turns.append(len(windows.session.windows.all))
        tell_all(windows.session)
        theme.changed.emit()

    turn = QTimer(interval=0)
    turn.timeout.connect(tell)
    turn.start()
    first.book.run("window.new")
    qtbot.waitUntil(lambda: front(windows) is not first)
    turn.stop()
    assert turns.count(1) >= 5
    qtbot.waitUntil(lambda: front(windows).pictures.rowCount() == COUNT)


def test_a_window_that_is_being_made_stays_when_the_other_one_is_closed(
    windows: Windows, library: FakeLibrary, first: MainWindow
) -> None:
    first.book.run("window.new")
    first.book.run("window.close")
    assert front(windows) is not first
    assert front(windows).isVisible()
    assert not library.is_closed


def test_a_window_that_is_being_made_is_closed_with_all_others_and_comes_back(
    qtbot: QtBot, windows: Windows, open_windows: Open, first: MainWindow, library: FakeLibrary
) -> None:
    first.book.run("window.new")
    first.book.run("program.quit")
    assert windows.session.windows.all == []
    assert library.is_closed
    again = open_windows()
    assert len(again.session.windows.all) == 2


def test_windows_asked_for_at_once_come_one_after_the_other(
    qtbot: QtBot, windows: Windows, first: MainWindow
) -> None:
    first.resize(480, 360)
    first.move(10, 20)
    for _ in range(3):
        first.book.run("window.new")
    qtbot.waitUntil(lambda: len(windows.session.windows.all) == 4)
    qtbot.waitUntil(lambda: all(each.isVisible() for each in windows.session.windows.all))
    places = sorted(each.x() - first.x() for each in windows.session.windows.all)
    assert places == [0, SHIFT_PX, 2 * SHIFT_PX, 3 * SHIFT_PX]


# What goes on


def test_what_is_indexed_is_seen_in_all_and_goes_on_when_its_window_closes(
    qtbot: QtBot, library: FakeLibrary, first: MainWindow, second: MainWindow
) -> None:
    library.index_gate.clear()
    library.runs = [[IndexProgress(1, 2, 2, added_ids=(31,)), IndexSummary(added=1)]]
    second.indexing.add(["/new"])
    second.close()
    second.close()  # again, which is nothing new
    library.ids = FakeLibrary(COUNT + 1).ids
    with qtbot.waitSignal(first.indexing.finished):
        library.index_gate.set()
    assert library.asked[-1] == (["/new"], False)
    qtbot.waitUntil(lambda: first.pictures.rowCount() == COUNT + 1)
    assert notice(first) == "1 picture added."


def test_a_new_window_shows_what_goes_on_already(
    qtbot: QtBot, windows: Windows, library: FakeLibrary, first: MainWindow
) -> None:
    gate = threading.Event()

    def run() -> Iterator[IndexProgress | IndexSummary]:
        yield IndexProgress(1, 2, 2)
        assert gate.wait(10)
        yield IndexSummary()

    library.runs = [run()]
    with qtbot.waitSignal(first.indexing.progressed):
        first.indexing.add(["/new"])
    new = open_beside(qtbot, windows, first)
    assert new.status.progress_text == first.status.progress_text != ""
    assert [each.title for each in new.jobs.running] == ["Indexing"]
    new.book.run("panel.jobs")
    with qtbot.waitSignal(new.indexing.finished):
        gate.set()


def test_files_go_on_when_the_window_closes_and_another_one_says_what_came_of_it(
    qtbot: QtBot, windows: Windows, library: FakeLibrary, first: MainWindow, second: MainWindow
) -> None:
    library.files.gate.clear()
    second.grid.go_to(0)
    second.book.run("picture.trash")
    second.close()
    assert windows.session.windows.leaving == [second]
    assert first.pictures.rowCount() == COUNT
    library.files.gate.set()
    qtbot.waitUntil(lambda: first.pictures.rowCount() == COUNT - 1)
    qtbot.waitUntil(lambda: notice(first) == "1 picture moved to the trash.")
    qtbot.waitUntil(lambda: windows.session.windows.leaving == [])
    assert undo_text(first) == "Undo Move to trash"
    first.book.run("edit.undo")
    qtbot.waitUntil(lambda: first.pictures.rowCount() == COUNT)
    assert undo_text(first) == "Undo"


def test_what_is_left_undone_ends_with_the_last_window(
    windows: Windows, library: FakeLibrary, first: MainWindow, second: MainWindow
) -> None:
    library.index_gate.clear()
    library.runs = [[IndexSummary()]]
    second.indexing.add(["/new"])
    second.close()
    threading.Timer(0.05, library.index_gate.set).start()
    first.close()
    assert library.is_closed


# What is changed


def test_labels_are_seen_and_undone_in_the_other_window(
    qtbot: QtBot, library: FakeLibrary, first: MainWindow, second: MainWindow
) -> None:
    first.book.run("view.sidebar")
    second.grid.go_to(0)
    with qtbot.waitSignal(first.session.labels_changed):
        second.labels_desk.tag(["snow"])
    qtbot.waitUntil(lambda: list(first.sidebar.content.tags) == ["snow"])
    assert undo_text(first) == undo_text(second) != "Undo"
    with qtbot.waitSignal(first.session.labels_changed):
        first.book.run("edit.undo")
    assert library.labels.counts().tags == ()
    qtbot.waitUntil(lambda: list(first.sidebar.content.tags) == [])
    assert undo_text(second) == "Undo"


def test_labels_that_came_back_with_their_files_are_seen(
    qtbot: QtBot, library: FakeLibrary, first: MainWindow
) -> None:
    first.book.run("view.sidebar")
    library.runs = [[IndexSummary(labels_back=1)]]
    library.labels.tag([1], add=["snow"])
    with qtbot.waitSignal(first.session.labels_changed):
        first.indexing.rescan()
    qtbot.waitUntil(lambda: list(first.sidebar.content.tags) == ["snow"])


def test_what_was_taken_back_is_offered_no_more_in_any_window(
    qtbot: QtBot, first: MainWindow, second: MainWindow
) -> None:
    first.header.search_box.draft.set_line("snow")
    first.book.run("search.save")
    qtbot.waitUntil(lambda: notice(first) == "Saved as “snow”.")
    first.grid.go_to(0)
    first.labels_desk.rate(4)
    qtbot.waitUntil(lambda: "★" in notice(first))
    assert len(first.notices.history) == 2
    second.book.run("edit.undo")
    assert not notice(first)
    assert [told.notice.text for told in first.notices.history] == ["Saved as “snow”."]
    qtbot.waitUntil(lambda: notice(second).startswith("Taken back"))
    first.book.run("edit.undo")
    assert not first.notices.history


def test_a_search_is_taken_back_in_its_own_window_only(
    qtbot: QtBot, first: MainWindow, second: MainWindow
) -> None:
    second.grid.go_to(0)
    with qtbot.waitSignal(first.session.labels_changed):
        second.labels_desk.rate(5)
    second.header.search_box.draft.set_line("cats")
    assert undo_text(second) == "Undo Search change"
    assert undo_text(first).startswith("Undo 1 picture")
    second.close()
    assert undo_text(first).startswith("Undo 1 picture")
    with qtbot.waitSignal(first.session.labels_changed):
        first.book.run("edit.undo")
    assert undo_text(first) == "Undo"


def test_saved_searches_are_listed_in_all(
    qtbot: QtBot, library: FakeLibrary, first: MainWindow, second: MainWindow
) -> None:
    second.header.search_box.draft.set_line("cats")
    second.book.run("search.save")
    qtbot.waitUntil(lambda: [each.name for each in first.searches_desk.searches] == ["cats"])
    first.book.run("edit.undo")
    qtbot.waitUntil(lambda: second.searches_desk.searches == [])
    assert not library.saved


def test_a_model_is_chosen_for_all(
    qtbot: QtBot, library: FakeLibrary, first: MainWindow, second: MainWindow
) -> None:
    qtbot.waitUntil(lambda: first.status.model_name == second.status.model_name != "")
    library.answering = ModelInfo("other", "another model", 16, is_builtin=False)
    desks = first.models_desk, second.models_desk
    with qtbot.waitSignals([each.answering_changed for each in desks]):
        second.models_desk.use("other")
    assert first.status.model_name == second.status.model_name
    assert library.used == ["other"]
    qtbot.waitUntil(lambda: notice(second) == "another model answers from now on.")
    assert notice(first) == ""


def test_settings_count_in_all(qtbot: QtBot, first: MainWindow, second: MainWindow) -> None:
    for window in (first, second):
        window.book.run("panel.settings")
    settings = [each.shell.settings for each in (first, second)]
    assert settings[0] is not None
    assert settings[1] is not None
    qtbot.waitUntil(lambda: all(each.panel.is_whole for each in settings if each))
    settings[0].habits.begins.click()
    assert [each.habits.begins.isChecked() for each in settings if each] == [False, False]
    settings[0].looks.text_size_chosen.emit(TEXT_SIZES[1])
    assert settings[1].looks.text_size.value == TEXT_SIZES[1]
    first.book.run("work.gentle")
    assert second.book.action("work.gentle").isChecked()
    assert settings[1].speed.gentle.isChecked()


def test_what_stays_until_it_is_answered_is_answered_once(
    first: MainWindow, second: MainWindow
) -> None:
    first.session.failed.emit(OSError("The disk is full."))
    said = notice(first)
    assert said
    assert notice(second) == said
    first.notices.close_shown()
    assert notice(first) == notice(second) == ""
    assert [each.notice.text for each in second.notices.history] == [said]


# What is opened with the program


def test_folders_are_added_and_pictures_searched_by(
    qtbot: QtBot, tmp_path: Path, windows: Windows, library: FakeLibrary, first: MainWindow
) -> None:
    place, picture = tmp_path / "Holiday", tmp_path / "dog\n\udce9.jpg"
    place.mkdir()
    picture.write_bytes(jpeg())
    first.header.search_box.draft.set_line("cats")
    first.showMinimized()
    windows.take([str(place), str(picture)])
    qtbot.waitUntil(lambda: library.asked[-1:] == [([str(place)], False)])
    draft = first.header.search_box.draft
    qtbot.waitUntil(lambda: len(draft.state.pictures) == 1)
    assert draft.state.line == ""
    assert draft.state.pictures[0].name == picture.name
    assert not first.isMinimized()
    first.book.run("edit.undo")
    assert draft.state.line == "cats"


def test_the_window_used_last_takes_it(
    qtbot: QtBot, tmp_path: Path, windows: Windows, first: MainWindow, second: MainWindow
) -> None:
    windows.session.windows.use(first)
    windows.take_one(str(tmp_path / "gone.jpg"))
    qtbot.waitUntil(lambda: notice(first) == "“gone.jpg” is not there, or cannot be reached.")
    assert notice(second) == ""
    windows.take([str(tmp_path / "a"), str(tmp_path / "b"), str(tmp_path / "c")])
    text = "“a” and 2 others are not there, or cannot be reached."
    qtbot.waitUntil(lambda: notice(first) == text)


def test_what_is_opened_waits_for_the_library(
    qtbot: QtBot, tmp_path: Path, open_windows: Open, library: FakeLibrary
) -> None:
    gate = threading.Event()

    def open_library() -> Library:
        assert gate.wait(10)
        return library

    picture = tmp_path / "dog.jpg"
    picture.write_bytes(jpeg())
    windows = open_windows(open_library)
    windows.take([str(picture), str(tmp_path)])
    gate.set()
    qtbot.waitUntil(lambda: ([str(tmp_path)], False) in library.asked)
    draft = front(windows).header.search_box.draft
    qtbot.waitUntil(lambda: len(draft.state.pictures) == 1)


# Where a window is


def test_a_window_that_lay_on_a_screen_that_is_gone_comes_back(
    qtbot: QtBot, windows: Windows, first: MainWindow
) -> None:
    area = first.screen().availableGeometry()
    first.move(area.right() + 5000, area.bottom() + 5000)
    qtbot.waitUntil(lambda: first.x() > area.right())
    first.screens.look_soon(first.screen())
    qtbot.waitUntil(lambda: area.contains(first.frameGeometry().topLeft()))
    first.move(area.right() + 5000, 0)
    first.remember()
    assert isinstance(first.memory._own["geometry"], QByteArray)
    windows.quit()


def test_one_that_was_closed_there_is_opened_where_it_can_be_seen(
    open_windows: Open, first: MainWindow
) -> None:
    area = first.screen().availableGeometry()
    first.move(area.right() + 5000, area.bottom() + 5000)
    first.close()
    again = front(open_windows())
    assert area.contains(again.geometry().topLeft())
