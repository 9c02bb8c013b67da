"""The window as a whole, on a library that answers on command."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import LibraryInUseError, ModelError, QueryError
from desktop_app.engine.library import Library
from desktop_app.engine.records import (
    ChangedPlace,
    IndexProgress,
    IndexSummary,
    MovedRoot,
    Query,
    Root,
    RootKind,
    SkipKind,
    SkippedFile,
)
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.captions import Captions
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.search.query_draft import DraftState
from desktop_app.ui.search.query_picture import QueryPicture
from desktop_app.ui.window.drop_overlay import DropOverlay
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.search_desk import MOST_PICTURES
from desktop_app.ui.window.session import Session
from tests.helpers.drags import dragged
from tests.ui.fake_library import FakeLibrary, jpeg

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
OpenWindow = Callable[..., MainWindow]
BROKEN = SkippedFile("/pictures/cut.jpg", "The file is cut short.", SkipKind.DAMAGED)


@pytest.fixture
def open_window(
    qtbot: QtBot, theme: Theme, tmp_path: Path, windows: list[MainWindow]
) -> OpenWindow:
    WindowMemory(tmp_path / "data").set_welcomed()  # the first steps have tests of their own

    def open_(open_library: Callable[[], Library]) -> MainWindow:
        window = MainWindow(Session(open_library, tmp_path / "data"), theme)
        windows.append(window)
        window.resize(900, 700)
        with qtbot.waitExposed(window):
            window.show()
        return window

    return open_


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(50)


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, library: FakeLibrary) -> MainWindow:
    window = open_window(lambda: library)
    qtbot.waitUntil(lambda: window.results.shown is not None)
    return window


def line(window: MainWindow) -> QLineEdit:
    edit = window.header.search_box.findChild(QLineEdit)
    assert isinstance(edit, QLineEdit)
    return edit


def first_id(window: MainWindow) -> int:
    return int(window.pictures.ids[0])


def cell(window: MainWindow, row: int) -> QPoint:
    return window.grid.visualRect(window.pictures.index(row)).center()


def notice(window: MainWindow) -> str:
    shown = window.notices.shown
    return shown.text if shown else ""


def button_of(parent: QWidget, text: str) -> QPushButton:
    return next(each for each in parent.findChildren(QPushButton) if each.text() == text)


def has_button(parent: QWidget, text: str) -> bool:
    return any(each.text() == text for each in parent.findChildren(QPushButton))


def press_button(qtbot: QtBot, parent: QWidget, text: str) -> None:
    qtbot.mouseClick(button_of(parent, text), LEFT)


# Opening


def test_the_window_is_there_before_the_library(
    qtbot: QtBot, open_window: OpenWindow, library: FakeLibrary
) -> None:
    gate = threading.Event()

    def open_library() -> Library:
        assert gate.wait(10)
        return library

    window = open_window(open_library)
    assert window.isVisible()
    assert line(window).hasFocus()
    assert window.empty.message.title == ""
    qtbot.waitUntil(lambda: window.empty.message.title == "Opening your pictures…")
    qtbot.keyClicks(line(window), "dogs")
    gate.set()
    qtbot.waitUntil(lambda: library.searches == [Query.of_words("dogs")])
    qtbot.waitUntil(lambda: not window.results.is_running)
    assert first_id(window) == 1


def test_the_library_is_shown_newest_first(qtbot: QtBot, window: MainWindow) -> None:
    assert window.grid.isVisible()
    assert first_id(window) == 50
    qtbot.waitUntil(lambda: window.status.model_name == "built-in model")
    assert window.status.text == "50 pictures"


def test_an_empty_library_invites_to_drop_a_folder(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(FakeLibrary)
    qtbot.waitUntil(lambda: window.empty.message.title == "Drop a folder here")
    assert window.empty.isVisible()
    press_button(qtbot, window.empty, "Add folder")
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.close()


def test_a_library_in_use_is_said_and_can_be_tried_again(
    qtbot: QtBot, open_window: OpenWindow, library: FakeLibrary
) -> None:
    answers: list[Exception | FakeLibrary] = [
        LibraryInUseError("Image Seeker is already open.", "Use the window that is open."),
        ValueError("a bug"),
        library,
    ]

    def open_library() -> Library:
        answer = answers.pop(0)
        if isinstance(answer, FakeLibrary):
            return answer
        raise answer

    window = open_window(open_library)
    qtbot.waitUntil(lambda: window.empty.message.title == "Image Seeker is already open.")
    assert window.empty.message.hint == "Use the window that is open."
    press_button(qtbot, window.empty, "Try again")
    qtbot.waitUntil(lambda: window.empty.message.title.startswith("Something went wrong"))
    press_button(qtbot, window.empty, "Try again")
    qtbot.waitUntil(window.grid.isVisible)


def test_without_a_model_one_can_still_browse(
    qtbot: QtBot, open_window: OpenWindow, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = ModelError("The model is damaged.", "Install the program again.")

    def fail() -> None:
        raise error

    monkeypatch.setattr(library, "warm_up", fail)
    library.error = error
    window = open_window(lambda: library)
    qtbot.waitUntil(lambda: notice(window) == str(error))
    qtbot.waitUntil(window.grid.isVisible)
    qtbot.keyClicks(line(window), "dogs")
    qtbot.keyClick(line(window), Key.Key_Return)
    qtbot.waitUntil(lambda: not window.results.is_running)
    assert first_id(window) == 50
    assert notice(window) == str(error)


# Searching


def test_words_fill_the_grid_and_clearing_shows_the_library(
    qtbot: QtBot, window: MainWindow
) -> None:
    with qtbot.waitSignal(window.results.changed):
        qtbot.keyClicks(line(window), "two dogs")
    assert first_id(window) == 1
    assert line(window).hasFocus()
    assert window.status.text.startswith("No strong hit among 50 pictures · 21 ms")
    with qtbot.waitSignal(window.results.changed):
        qtbot.keyClick(line(window), Key.Key_Escape)
    assert first_id(window) == 50


def test_enter_leads_to_the_hits_once_they_are_there(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.gate.clear()
    qtbot.keyClicks(line(window), "dogs")
    qtbot.keyClick(line(window), Key.Key_Return)
    assert line(window).hasFocus()
    library.gate.set()
    qtbot.waitUntil(window.grid.hasFocus)
    assert first_id(window) == 1
    assert window.grid.selected_rows() == [0]


def test_keys_lead_back_to_the_box(qtbot: QtBot, window: MainWindow) -> None:
    for key, modifier in ((Key.Key_Slash, Qt.KeyboardModifier.NoModifier), (Key.Key_F, CTRL)):
        window.grid.enter()
        assert not line(window).hasFocus()
        qtbot.keyClick(window.grid, key, modifier)
        assert line(window).hasFocus()
    qtbot.keyClicks(line(window), "and/or")
    assert line(window).text() == "and/or"


def test_all_pictures_are_selected_from_an_empty_line(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(line(window), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(window.chosen_rows()) == 50
    assert window.grid.hasFocus()
    window.header.search_box.take_keyboard()
    qtbot.keyClicks(line(window), "dogs")
    qtbot.keyClick(line(window), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert line(window).selectedText() == "dogs"
    assert line(window).hasFocus()


def test_a_pasted_picture_is_searched_by_and_can_be_removed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    pixels = QImage(8, 8, QImage.Format.Format_RGB32)
    pixels.fill("red")
    QGuiApplication.clipboard().setImage(pixels)
    window.grid.enter()
    with qtbot.waitSignal(window.results.changed):
        qtbot.keyClick(window.grid, Key.Key_V, CTRL)
    assert library.searches[-1].pictures[0].image is not None
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(window.results.changed):
        window.header.search_box.draft.set_pictures([])
    assert first_id(window) == 50


def test_a_query_picture_that_cannot_be_read_is_said(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.search_desk.search_by(mime_of(tmp_path / "gone.jpg"))
    qtbot.waitUntil(lambda: notice(window).startswith("gone.jpg cannot be read"))


def test_what_was_said_of_a_search_goes_with_it(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    box = window.header.search_box
    with qtbot.waitSignal(window.results.changed):
        box.draft.set_line("dogs")
    with qtbot.waitSignal(window.results.changed):
        window.commands.like([0])
    assert notice(window) == "More like picture 1.jpg."
    assert window.grid.hasFocus()
    assert window.grid.currentIndex().row() == 0
    with qtbot.waitSignal(window.results.changed):
        assert box.draft.undo()
    assert notice(window) == ""
    library.error = QueryError("The parts cancel out.", "Leave one out.")
    with qtbot.waitSignal(window.results.failed):
        box.draft.set_line("dogs -dogs")
    assert notice(window).startswith("The parts cancel out.")
    library.error = None
    with qtbot.waitSignal(window.results.changed):
        box.draft.set_line("cats")
    assert notice(window) == ""


def test_what_is_wrong_with_the_library_does_not_go_with_the_search(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.error = ModelError("The model cannot be loaded.", "Choose another one.")
    with qtbot.waitSignal(window.results.failed):
        window.header.search_box.draft.set_line("dogs")
    library.error = None
    with qtbot.waitSignal(window.results.changed):
        window.header.search_box.draft.set_line("cats")
    assert notice(window).startswith("The model cannot be loaded.")


def test_one_bad_picture_does_not_stop_the_others(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    """Nor does it get into the search, which would have no answer then."""
    good, empty = tmp_path / "good.jpg", tmp_path / "empty.jpg"
    good.write_bytes(jpeg())
    empty.write_bytes(b"")
    with qtbot.waitSignal(window.results.changed):
        window.search_desk.search_by(mime_of(empty, good))
    assert [each.image for each in library.searches[-1].pictures] == [good.read_bytes()]
    assert notice(window) == "empty.jpg: The file is empty."


# Drops


def mime_of(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drag(window: MainWindow, mime: QMimeData, at: QPoint) -> QDragMoveEvent:
    """Come in where something is dragged to, and stay there."""
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = dragged(kind, at, mime)
        QApplication.sendEvent(window, event)
    return event


def drop(window: MainWindow, mime: QMimeData, at: QPoint) -> None:
    assert drag(window, mime, at).isAccepted()
    event = QDropEvent(
        QPointF(at), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, event)


def overlay(window: MainWindow) -> DropOverlay:
    found = window.findChild(DropOverlay)
    assert isinstance(found, DropOverlay)
    return found


def on_box(window: MainWindow) -> QPoint:
    box = window.header.search_box
    return box.mapTo(window, box.rect().center())


def test_a_drag_shows_what_a_drop_would_do(window: MainWindow, tmp_path: Path) -> None:
    picture = tmp_path / "a.jpg"
    picture.write_bytes(jpeg())
    drag(window, mime_of(picture), QPoint(400, 400))
    assert overlay(window).isVisible()
    assert overlay(window).geometry() == window.rect()
    overlay(window).grab()
    drag(window, mime_of(picture), on_box(window))
    assert not overlay(window).isVisible()
    drag(window, mime_of(picture), QPoint(400, 400))
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not overlay(window).isVisible()


def test_pixels_are_taken_on_the_box_wherever_they_come_in(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setImageData(QImage.fromData(jpeg()))
    assert not drag(window, mime, QPoint(400, 400)).isAccepted()
    event = dragged(QDragMoveEvent, on_box(window), mime)
    QApplication.sendEvent(window, event)
    assert event.isAccepted()


def test_what_is_no_file_is_not_taken(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("words")
    assert not drag(window, mime, QPoint(400, 400)).isAccepted()
    assert not overlay(window).isVisible()


def test_dropped_folders_and_pictures_are_indexed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.indexing.finished):
        drop(window, mime_of(tmp_path, tmp_path / "b.jpg"), QPoint(400, 400))
    assert library.asked == [([str(tmp_path), str(tmp_path / "b.jpg")], False)]
    assert not overlay(window).isVisible()


def test_a_dropped_model_is_offered_as_one_and_not_indexed(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "config.json").write_text("{}")
    library.installs = [[ModelError("It is refused.")]]
    drop(window, mime_of(tmp_path), QPoint(400, 400))
    qtbot.waitUntil(lambda: window.notices.shown is not None)
    assert window.notices.shown is not None
    assert f"{tmp_path.name} looks like a model" in window.notices.shown.text
    add = next(
        each for each in window.notices.findChildren(QPushButton) if each.text() == "Add the model"
    )
    qtbot.mouseClick(add, LEFT)
    qtbot.waitUntil(lambda: library.installed == [str(tmp_path)])
    assert window.models.isVisible()
    assert library.asked == []


def test_several_dropped_models_are_all_offered(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    archives = [tmp_path / name for name in ("one.zip", "two.zip")]
    for archive in archives:
        archive.touch()
    library.installs = [[ModelError("It is refused.")]] * 2
    drop(window, mime_of(*archives), QPoint(400, 400))
    qtbot.waitUntil(lambda: notice(window).startswith("one.zip and 1 other look like models"))
    press_button(qtbot, window.notices, "Add 2 models")
    qtbot.waitUntil(lambda: library.installed == [str(each) for each in archives])


def test_a_picture_dropped_on_the_box_is_searched_by(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    picture = tmp_path / "a.jpg"
    picture.write_bytes(jpeg())
    with qtbot.waitSignal(window.results.changed):
        drop(window, mime_of(picture), on_box(window))
    assert library.searches == [Query.of_picture(jpeg())]
    assert library.asked == []


def test_several_pictures_dropped_on_the_box_are_searched_by(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{number}.jpg" for number in range(MOST_PICTURES + 1)]
    for path in paths:
        path.write_bytes(jpeg())
    with qtbot.waitSignal(window.results.changed):
        drop(window, mime_of(*paths[:2]), on_box(window))
    assert [each.image for each in library.searches[-1].pictures] == [jpeg()] * 2
    window.header.search_box.clear()
    window.search_desk.search_by(mime_of(*paths))
    draft = window.header.search_box.draft
    qtbot.waitUntil(lambda: len(draft.state.pictures) == MOST_PICTURES)
    assert notice(window) == f"Only the first {MOST_PICTURES} of these pictures are searched by."


def test_pictures_to_search_by_can_be_picked(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, tmp_path: Path
) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg())
    window.header.search_box.files_asked.emit()
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    with qtbot.waitSignal(window.results.changed):
        dialog.filesSelected.emit([str(tmp_path / "a.jpg")])
    assert library.searches == [Query.of_picture(jpeg())]
    dialog.reject()


def test_why_a_picture_is_a_hit_is_told_while_it_is_one(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(window.viewer, "show_reasons", lambda _id, text: told.append(text))
    draft = window.header.search_box.draft
    draft.become(
        DraftState(
            "snow",
            liked=(QueryPicture("b.jpg", picture_id=2),),
            disliked=(QueryPicture("c.jpg", picture_id=3),),
        )
    )
    qtbot.waitUntil(lambda: bool(library.searches) and not window.results.is_running)
    window.viewer.open_row(0)
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1] == "snow 0.30 (strong) · more like b.jpg · less like c.jpg"
    draft.clear()
    qtbot.waitUntil(lambda: told[-1] == "")


def test_a_folder_dropped_on_the_box_is_refused(window: MainWindow, tmp_path: Path) -> None:
    assert not drag(window, mime_of(tmp_path), on_box(window)).isAccepted()


# Indexing


def test_indexing_is_seen_and_searchable_while_it_runs(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    library = FakeLibrary()
    window = open_window(lambda: library)
    qtbot.waitUntil(lambda: window.results.shown is not None)
    half = threading.Event()

    def index(*_args: object, **_options: object) -> Iterator[IndexProgress | IndexSummary]:
        yield IndexProgress(0, 0, 30)
        library.ids = np.arange(10, 0, -1)
        yield IndexProgress(10, 30, 30, tuple(range(1, 11)), 31.0, 29.0)
        assert half.wait(10)
        library.ids = np.arange(30, 0, -1)
        yield IndexSummary(added=30, failed=(BROKEN,))

    library.index = index  # type: ignore[method-assign]
    library.skips = [BROKEN]
    window.indexing.add(["/pictures"])
    assert window.empty.message.title == "Looking for pictures…"
    qtbot.waitUntil(lambda: window.status.progress_text == "Indexing 10 / 30 · 31/s · 0:29 left")
    qtbot.waitUntil(lambda: window.pictures.rowCount() == 10)
    assert window.grid.isVisible()
    half.set()
    qtbot.waitUntil(lambda: window.pictures.rowCount() == 30)
    assert notice(window) == "30 pictures added. 1 file could not be read."
    press_button(qtbot, window.notices, "Show")
    assert window.problems.isVisible()
    qtbot.waitUntil(lambda: window.problems.model.rowCount() == 1)


def test_indexing_can_be_cancelled_and_continued(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.index_gate.clear()
    library.runs = [[IndexProgress(n, 30, 30) for n in range(30)]]
    window.indexing.add(["/pictures"])
    qtbot.waitUntil(lambda: bool(library.asked))
    window.status.show_progress(IndexProgress(1, 30, 30))
    press_button(qtbot, window.status, "Cancel")
    window.status.show_progress(IndexProgress(2, 30, 30))
    assert window.status.progress_text == "Stopping…"
    library.index_gate.set()
    qtbot.waitUntil(lambda: notice(window) == "Stopped.")
    qtbot.waitUntil(lambda: window.indexing.is_idle)
    assert not button_of(window.status, "Cancel").isVisible()
    press_button(qtbot, window.notices, "Continue")
    qtbot.waitUntil(lambda: library.asked[-1] == ([], False))


def test_a_library_with_folders_catches_up_quietly_when_opened(
    qtbot: QtBot, open_window: OpenWindow, library: FakeLibrary
) -> None:
    library.added = [Root(1, "/pictures", RootKind.FOLDER, None, 50, is_connected=True)]
    library.runs = [[IndexSummary(unchanged=50, failed=(BROKEN,))]]
    window = open_window(lambda: library)
    with qtbot.waitSignal(window.indexing.finished):
        pass
    assert library.asked == [([], False)]
    assert notice(window) == ""


def test_what_happens_on_disk_is_shown_without_a_word(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    qtbot.waitUntil(lambda: library.watching is not None)
    assert library.watching is not None
    library.ids = np.arange(51, 0, -1, dtype=np.int64)
    library.runs = [
        [IndexProgress(1, 1, 1, added_ids=(51,)), IndexSummary(added=1, failed=(BROKEN,))]
    ]
    place = ChangedPlace("/pictures/51.jpg")
    library.watching.tell([place])
    qtbot.waitUntil(lambda: window.pictures.rowCount() == 51)
    qtbot.waitUntil(lambda: window.indexing.is_idle)
    assert library.looked == [[place]]
    assert notice(window) == ""


def test_a_drive_that_is_plugged_in_elsewhere_is_shown_and_told(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    qtbot.waitUntil(lambda: library.watching is not None)
    assert library.watching is not None
    moved = MovedRoot(1, "/media/usb/Photos", "/media/x")
    with qtbot.waitSignal(window.session.pictures_changed):
        library.watching.tell_moved([moved])
    assert notice(window) == "Photos is at /media/x now."


def test_new_folders_are_followed_after_the_run_that_added_them(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    window.indexing.add(["/pictures"])
    qtbot.waitUntil(lambda: library.watching is not None and library.watching.refreshed == 1)


def test_f5_looks_through_everything_again(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    with qtbot.waitSignal(window.indexing.finished):
        qtbot.keyClick(window.grid, Key.Key_F5)
    assert library.asked == [([], False)]


def test_changed_files_get_new_thumbnails(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    qtbot.waitUntil(lambda: 50 in library.thumbnails_read)
    library.thumbnails_read.clear()
    library.runs = [[IndexSummary(updated=1)]]
    window.indexing.rescan()
    qtbot.waitUntil(lambda: 50 in library.thumbnails_read)


# Problems


def test_the_panel_lists_what_is_not_indexed_and_tries_again(
    qtbot: QtBot, open_window: OpenWindow, library: FakeLibrary
) -> None:
    library.skips = [BROKEN]
    window = open_window(lambda: library)
    qtbot.waitUntil(lambda: has_button(window.status, "1 file not indexed"))
    link = button_of(window.status, "1 file not indexed")
    assert link.isVisible()
    qtbot.mouseClick(link, LEFT)
    assert window.problems.isVisible()
    library.skips = []
    press_button(qtbot, window.problems, "Try again")
    qtbot.waitUntil(lambda: not link.isVisible())
    assert library.asked == [([], True)]
    window.grid.enter()
    qtbot.keyClick(window.grid, Key.Key_Escape)
    assert not window.problems.isVisible()


def test_what_is_no_picture_is_listed_only_where_it_is_seen(
    qtbot: QtBot, open_window: OpenWindow, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.ui.messages.problems_desk.LISTED", 20)
    no_pictures = [
        SkippedFile(f"/pictures/{number}.txt", "No picture.", SkipKind.NOT_A_PICTURE)
        for number in range(30)
    ]
    library.skips = [*no_pictures, BROKEN]
    window = open_window(lambda: library)
    qtbot.waitUntil(lambda: has_button(window.status, "1 file not indexed"))
    assert window.problems.model.rowCount() == 1
    qtbot.mouseClick(button_of(window.status, "1 file not indexed"), LEFT)
    qtbot.waitUntil(lambda: window.problems.model.rowCount() == 21)
    labels = [each.text() for each in window.problems.findChildren(QLabel) if each.isVisible()]
    assert "And 10 other files." in labels


# Pictures


def test_a_double_click_opens_the_preview_and_escape_leads_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.mouseClick(window.grid.viewport(), LEFT, pos=cell(window, 3))
    qtbot.mouseDClick(window.grid.viewport(), LEFT, pos=cell(window, 3))
    assert window.viewer.isVisible()
    assert window.viewer.row == 3
    qtbot.keyClick(window.viewer, Key.Key_Right)
    qtbot.keyClick(window.viewer, Key.Key_Escape)
    assert not window.viewer.isVisible()
    assert window.grid.hasFocus()
    assert window.grid.selected_rows() == [4]


def test_the_preview_covers_the_window_and_grows_with_it(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.go_to(0)
    qtbot.keyClick(window.grid, Key.Key_Return)
    before = window.viewer.size()
    assert before.width() == window.width()
    window.resize(1000, 800)
    assert window.viewer.width() == 1000
    assert window.viewer.height() > before.height()


def menu_of(qtbot: QtBot, window: MainWindow, row: int) -> QMenu:
    window.grid.go_to(row)
    window.grid.menu_asked.emit(QPoint(10, 10))
    menus = [menu for menu in window.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    return menus[0]


def choose(qtbot: QtBot, menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_find_similar_asks_by_the_picture(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    qtbot.keyClicks(line(window), "dogs")
    with qtbot.waitSignal(window.results.changed):
        choose(qtbot, menu_of(qtbot, window, 2), "Find similar")
        qtbot.waitUntil(lambda: Query.of_picture(picture_id=48) in library.searches)
    assert line(window).text() == ""


def test_paths_are_copied(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, menu_of(qtbot, window, 2), "Copy path")
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: clipboard.text() == "/pictures/picture 48.jpg")
    qtbot.waitUntil(lambda: notice(window) == "1 path copied.")
    clipboard.clear()


def test_files_are_copied_for_all_kinds_of_programs(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.go_to(2)
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.grid, Key.Key_C, CTRL)
    qtbot.waitUntil(lambda: notice(window) == "2 files copied.")
    clipboard = QGuiApplication.clipboard()
    both = ["/pictures/picture 48.jpg", "/pictures/picture 47.jpg"]
    assert [url.toLocalFile() for url in clipboard.mimeData().urls()] == both
    assert clipboard.text() == "\n".join(both)
    clipboard.clear()


def test_what_was_taken_back_last_comes_before_the_search(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    undone: list[str] = []
    draft = window.header.search_box.draft
    draft.set_line("dogs in:Work")
    draft.replace_part(draft.parsed.parts[1], None)
    assert draft.state.line == "dogs"
    window.undo.push("Rate", lambda: undone.append("rate"))
    window.book.run("edit.undo")
    assert (undone, draft.state.line) == (["rate"], "dogs")
    window.book.run("edit.undo")
    assert draft.state.line == "dogs in:Work"


def test_a_menu_for_several_offers_what_makes_sense(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.selectAll()
    window.grid.menu_asked.emit(QPoint(10, 10))
    menu = next(menu for menu in window.findChildren(QMenu) if menu.isVisible())
    enabled = [action.text() for action in menu.actions() if action.isEnabled() and action.text()]
    assert enabled == [
        "Open with…", "Show in file manager", "Copy files", "Copy path", "Move to folder…",
        "Move to trash", "Export…", "Rating", "Tag…",
    ]  # fmt: skip
    menu.close()


def test_a_file_that_is_gone_cannot_be_opened_and_it_is_said(
    qtbot: QtBot, window: MainWindow
) -> None:
    for text in ("Open", "Show in file manager"):
        choose(qtbot, menu_of(qtbot, window, 0), text)
        qtbot.waitUntil(lambda: "is not at its place any more" in notice(window))
        window.notices.dismiss()


def test_the_size_of_the_pictures_is_remembered(
    qtbot: QtBot, open_window: OpenWindow, window: MainWindow, library: FakeLibrary
) -> None:
    window.grid.cell_side_asked.emit(250)
    assert window.header.cell_side_px == 250
    assert window.grid.cells.side_px >= 250
    window.resize(777, 555)
    window.close()
    again = open_window(lambda: library)
    assert again.header.cell_side_px == 250
    assert again.grid.cells.side_px >= 250


def test_what_is_written_below_pictures_is_remembered(
    open_window: OpenWindow, window: MainWindow, library: FakeLibrary
) -> None:
    window.book.run("view.dates")
    assert window.grid.captions == Captions(dates=True)
    window.close()
    again = open_window(lambda: library)
    assert again.grid.captions == Captions(dates=True)


# Closing


def test_closing_stops_everything_and_closes_the_library(
    qtbot: QtBot, open_window: OpenWindow, library: FakeLibrary
) -> None:
    window = open_window(lambda: library)
    qtbot.waitUntil(lambda: window.results.shown is not None)
    library.runs = [[IndexProgress(n, 10**6, 10**6) for n in range(100_000)]]
    window.indexing.add(["/pictures"])
    qtbot.waitUntil(lambda: bool(library.asked))
    qtbot.waitUntil(lambda: library.watching is not None)
    window.close()
    assert library.watching is not None
    assert library.watching.is_closed
    assert library.is_closed
    assert not window.isVisible()


def test_closing_does_not_wait_for_what_hangs(
    qtbot: QtBot,
    open_window: OpenWindow,
    library: FakeLibrary,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("desktop_app.ui.window.window_end.CLOSE_TIMEOUT_S", 0.05)
    window = open_window(lambda: library)
    qtbot.waitUntil(lambda: window.results.shown is not None)
    library.gate.clear()
    window.results.ask(Query.of_words("dogs"))
    qtbot.waitUntil(lambda: bool(library.searches))
    window.close()
    assert not library.is_closed
    assert library.is_left
    assert "did not stop in time" in caplog.text
    library.gate.set()


def test_a_small_window_keeps_what_matters(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(480, 360)
    assert window.width() == 480
    qtbot.waitUntil(lambda: line(window).width() > 150)
    assert window.grid.cells.columns >= 2
    window.resize(1600, 900)
    assert window.header.search_box.width() < 800


def test_what_lies_beside_a_picture_that_is_looked_at_is_indexed_first(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    qtbot.waitUntil(lambda: window.pictures.picture(0) is not None)
    window.grid.opened.emit(0)
    library.index_gate.clear()
    window.indexing.add(["/new"])
    window.grid.opened.emit(0)
    qtbot.waitUntil(lambda: library.preferred == [str(Path("/pictures"))])
    library.index_gate.set()
    qtbot.waitUntil(lambda: window.indexing.is_idle)


def test_a_backup_holds_up_no_run(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    library.backup_gate.clear()
    try:
        with qtbot.waitSignal(window.indexing.finished):
            window.indexing.catch_up()
        qtbot.waitUntil(lambda: library.backups > 0)
        with qtbot.waitSignal(window.indexing.finished):
            window.indexing.catch_up()
    finally:
        library.backup_gate.set()
    qtbot.waitUntil(lambda: library.backups > 1)


@pytest.mark.parametrize(
    "name", ["panel.folders", "panel.settings", "picture.export", "help.keys", "view.inspector"]
)
def test_what_stands_beside_the_pictures_is_seen_from_the_viewer(
    qtbot: QtBot, window: MainWindow, name: str
) -> None:
    window.grid.opened.emit(3)
    qtbot.waitUntil(window.viewer.isVisible)
    window.book.run(name)
    assert not window.viewer.isVisible()
    panel = window.panels.body.panel or window.inspector
    assert panel.isVisible()
    assert list(window.grid.selected_rows()) == [3]


def test_a_panel_that_the_viewer_covers_is_seen_again(qtbot: QtBot, window: MainWindow) -> None:
    window.book.run("panel.folders")
    window.grid.opened.emit(3)
    qtbot.waitUntil(window.viewer.isVisible)
    window.book.run("panel.folders")
    assert not window.viewer.isVisible()
    assert window.folders.isVisible()
    assert window.folders.isAncestorOf(QApplication.focusWidget() or window)


def test_what_is_typed_after_an_enter_that_found_nothing_stays_in_the_line(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    box, ids = window.header.search_box, library.ids
    library.ids = ids[:0]
    box.take_keyboard()
    qtbot.keyClicks(line(window), "dogs")
    qtbot.keyClick(line(window), Key.Key_Return)
    qtbot.waitUntil(lambda: window.results.shown is not None and not window.results.is_running)
    qtbot.waitUntil(lambda: not window.grid.isVisible())
    library.ids = ids
    line(window).selectAll()
    qtbot.keyClicks(line(window), "c")
    qtbot.waitUntil(window.grid.isVisible)
    assert QApplication.focusWidget() is line(window)
