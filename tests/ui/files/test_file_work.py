"""What is done with files in the window: with a library that only says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import UnwritableError
from desktop_app.engine.records import FailedFile, FileAction
from desktop_app.ui.files import copy_desk
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.recent_folders import RecentFolders
from desktop_app.ui.window import drops
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from tests.helpers.drags import dragged
from tests.ui.fake_library import FakeLibrary

Key = Qt.Key
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
COUNT = 150


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary(COUNT)


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, tmp_path: Path, library: FakeLibrary
) -> Iterator[MainWindow]:
    window = MainWindow(Session(lambda: library, tmp_path / "data"), theme)
    window.resize(900, 700)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.results.shown is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()
    window.deleteLater()


def notice(window: MainWindow) -> str:
    shown = window.notices.shown
    return shown.text if shown else ""


def select(window: MainWindow, first: int, last: int) -> None:
    window.grid.setFocus()
    window.grid.go_to(first)
    window.grid.select_to(last)


def cell(window: MainWindow, row: int) -> QPoint:
    return window.grid.visualRect(window.pictures.index(row)).center()


def undo_text(window: MainWindow) -> str:
    return window.book.action("edit.undo").text()


def test_what_was_under_way_is_finished_first(window: MainWindow, library: FakeLibrary) -> None:
    assert library.files.asked[0] == ("recover",)


def test_del_moves_to_the_trash_and_ctrl_z_brings_back(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    select(window, 2, 4)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    ids = [COUNT - 2, COUNT - 3, COUNT - 4]
    qtbot.waitUntil(lambda: ("trash", ids) in library.files.asked)
    qtbot.waitUntil(lambda: notice(window) == "3 pictures moved to the trash.")
    assert undo_text(window) == "Undo Move to trash"
    qtbot.waitUntil(lambda: window.pictures.rowCount() == COUNT - 3)
    qtbot.waitUntil(lambda: window.grid.selected_rows() == [2])
    qtbot.keyClick(window.grid, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: ("undo", FileAction.TRASH, ids) in library.files.asked)
    qtbot.waitUntil(lambda: notice(window) == "3 pictures are back.")
    assert undo_text(window) == "Undo"


def test_a_key_that_is_held_throws_away_one_picture(window: MainWindow) -> None:
    assert not window.book.action("picture.trash").autoRepeat()
    assert window.book.action("edit.undo").autoRepeat()


def test_in_the_viewer_the_next_picture_comes(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    window.viewer.open_row(3)
    window.book.run("picture.trash")
    qtbot.waitUntil(lambda: ("trash", [COUNT - 3]) in library.files.asked)
    qtbot.waitUntil(lambda: window.pictures.rowCount() == COUNT - 1)
    qtbot.waitUntil(lambda: window.viewer.row == 3)
    assert window.viewer.isVisible()
    assert int(window.pictures.ids[3]) == COUNT - 4


def test_the_notice_takes_it_back_once(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    select(window, 0, 0)
    window.book.run("picture.trash")
    qtbot.waitUntil(lambda: notice(window) == "1 picture moved to the trash.")
    shown = window.notices.shown
    assert shown is not None
    assert shown.act is not None
    shown.act()
    shown.act()
    window.undo.undo()
    qtbot.waitUntil(lambda: notice(window) == "1 picture is back.")
    assert [each[0] for each in library.files.asked].count("undo") == 1
    qtbot.waitUntil(lambda: window.pictures.rowCount() == COUNT)
    qtbot.waitUntil(lambda: window.grid.selected_rows() == [0])  # it is where it was, and chosen


def test_very_many_are_asked_about_first(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    select(window, 0, COUNT - 1)
    window.book.run("picture.trash")
    assert notice(window) == "Move 150 pictures to the trash?"
    assert len(library.files.asked) == 1
    shown = window.notices.shown
    assert shown is not None
    assert shown.act is not None
    shown.act()
    qtbot.waitUntil(lambda: library.files.asked[-1][0] == "trash")
    qtbot.waitUntil(lambda: "150 pictures moved" in notice(window))


def test_f2_renames(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    select(window, 3, 3)
    qtbot.keyClick(window.grid, Key.Key_F2)
    strip = window.files.rename
    qtbot.waitUntil(strip.isVisible)
    assert strip.field.text() == f"picture {COUNT - 3}.jpg"
    strip.field.setText("winter")
    qtbot.keyClick(strip.field, Key.Key_Return)
    qtbot.waitUntil(lambda: ("rename", COUNT - 3, "winter") in library.files.asked)
    qtbot.waitUntil(lambda: notice(window) == "Renamed to winter.")
    assert undo_text(window) == "Undo Rename"
    assert window.grid.hasFocus()


def test_the_last_folders_are_offered(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    folders = RecentFolders(window._memory)
    folders.note_move("/away/winter")
    folders.note_move("/away/summer")
    select(window, 0, 1)
    qtbot.keyClick(window.grid, Key.Key_M, CTRL)
    menu = next(menu for menu in window.findChildren(QMenu) if menu.isVisible())
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["summer", "winter", "Another folder…"]
    menu.actions()[1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: ("move", [COUNT, COUNT - 1], "/away/winter") in library.files.asked)
    qtbot.waitUntil(lambda: notice(window) == "2 pictures moved to winter.")
    assert folders.moved_to == ["/away/winter", "/away/summer"]


def test_what_failed_is_listed(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    library.files.failed = (
        FailedFile("/pictures/a.jpg", "This file is gone."),
        FailedFile("/pictures/b.jpg", "The disk is full."),
    )
    select(window, 0, 0)
    window.book.run("picture.trash")
    said = "1 picture moved to the trash. It could not be done with 2 pictures."
    qtbot.waitUntil(lambda: notice(window) == said)
    shown = window.notices.shown
    assert shown is not None
    assert shown.act is not None
    shown.act()
    assert window.files.undone.isVisible()
    assert window.files.undone.model.rowCount() == 2


def test_what_takes_long_can_be_stopped(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    library.files.gate.clear()
    select(window, 0, 9)
    window.book.run("picture.trash")
    qtbot.waitUntil(window.files.progress.isVisible)
    qtbot.waitUntil(lambda: window.files.progress.text == "Moving 1 of 10 to the trash")
    window.files.progress.leave()
    library.files.gate.set()
    qtbot.waitUntil(lambda: not window.files.progress.isVisible())
    assert notice(window) == "1 picture moved to the trash. Stopped; what was done stays."


def test_an_error_is_said(qtbot: QtBot, window: MainWindow, library: FakeLibrary) -> None:
    library.files.error = UnwritableError("The library may only be read.")
    select(window, 0, 0)
    window.book.run("picture.trash")
    qtbot.waitUntil(lambda: notice(window) == "The library may only be read.")
    assert not window.files.progress.isVisible()


def test_what_could_not_be_taken_back_can_be_later(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    select(window, 0, 2)
    window.book.run("picture.trash")
    qtbot.waitUntil(lambda: undo_text(window) == "Undo Move to trash")
    library.files.error = UnwritableError("Pictures are being removed.")
    window.book.run("edit.undo")
    qtbot.waitUntil(lambda: notice(window) == "Pictures are being removed.")
    assert undo_text(window) == "Undo Move to trash"
    library.files.error = None
    library.files.gate.clear()  # stopped after the first
    window.book.run("edit.undo")
    qtbot.waitUntil(lambda: "1 picture is back." in notice(window))
    assert undo_text(window) == "Undo Move to trash"
    library.files.gate.set()
    window.book.run("edit.undo")
    rest = ("undo", FileAction.TRASH, [COUNT - 1, COUNT - 2])
    qtbot.waitUntil(lambda: rest in library.files.asked)
    qtbot.waitUntil(lambda: undo_text(window) == "Undo")


def test_very_many_files_are_looked_at_once_while_they_are_dragged(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QMimeData] = []

    def local_paths(mime: QMimeData) -> list[str]:
        asked.append(mime)
        return ["/pictures/a.jpg"]

    monkeypatch.setattr(drops, "local_paths", local_paths)
    mime, place = QMimeData(), QPoint(window.width() // 2, window.height() - 100)
    mime.setUrls([QUrl.fromLocalFile("/pictures/a.jpg")])
    for kind in (QDragEnterEvent, *[QDragMoveEvent] * 20):
        event = dragged(kind, place, mime)
        QApplication.sendEvent(window, event)
        assert event.isAccepted()
    assert len(asked) == 1


def test_undo_goes_by_time_whatever_it_was(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    draft = window.header.search_box.draft
    draft.set_line("dogs")
    select(window, 0, 0)
    window.book.run("picture.trash")
    qtbot.waitUntil(lambda: undo_text(window) == "Undo Move to trash")
    draft.set_line("cats")
    assert undo_text(window) == "Undo Search change"
    window.book.run("edit.undo")
    assert draft.state.line == "dogs"
    window.book.run("edit.undo")
    qtbot.waitUntil(lambda: library.files.asked[-1][0] == "undo")
    assert draft.state.line == "dogs"
    window.book.run("edit.undo")
    assert draft.state.line == ""
    window.book.run("edit.undo")
    assert notice(window) == "There is nothing to take back."


def test_a_text_field_takes_back_its_own_typing_first(qtbot: QtBot, window: MainWindow) -> None:
    line = window.header.search_box.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    window.undo.push("Rename", lambda: None)
    line.setFocus()
    qtbot.keyClicks(line, "dogs")
    qtbot.keyClick(line, Key.Key_Z, CTRL)
    assert (line.text(), window.undo.text) == ("", "Rename")
    qtbot.keyClick(line, Key.Key_Z, CTRL)
    assert window.undo.text == ""


def test_del_in_the_search_line_deletes_letters(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    select(window, 0, 0)
    line = window.header.search_box.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setFocus()
    qtbot.keyClicks(line, "dogs")
    line.setCursorPosition(0)
    qtbot.keyClick(line, Key.Key_Delete)
    assert line.text() == "ogs"
    assert len(library.files.asked) == 1


def test_del_and_f2_on_a_saved_search_are_about_that(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    select(window, 0, 0)
    window.header.search_box.draft.set_line("dogs")
    window.book.run("search.save")
    qtbot.waitUntil(lambda: len(library.saved) == 1)
    view = window.sidebar.view
    view.setFocus()

    def finds_it() -> bool:
        view.keyboardSearch("dogs")
        return bool(view.currentIndex().data() == "dogs")

    qtbot.waitUntil(lambda: view.isVisible() and finds_it())
    qtbot.keyClick(view, Key.Key_F2)
    assert not window.files.rename.isVisible()
    qtbot.keyClick(view, Key.Key_Delete)
    qtbot.waitUntil(lambda: not library.saved)
    assert len(library.files.asked) == 1


def test_a_library_that_is_only_read_says_why(
    qtbot: QtBot, theme: Theme, tmp_path: Path, library: FakeLibrary
) -> None:
    library.why_unwritable = "The library may only be read."
    window = MainWindow(Session(lambda: library, tmp_path / "data"), theme)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.results.shown is not None)
    select(window, 0, 0)
    for name in ("picture.trash", "picture.rename", "picture.move"):
        window.notices.dismiss()
        window.book.run(name)
        assert "may only be read" in notice(window)
    assert library.files.asked == []
    window.book.refresh()
    assert not window.book.action("picture.trash").isEnabled()
    assert window.book.action("picture.export").isEnabled()
    window.close()
    window.deleteLater()


# Out of the window


def test_a_selected_cell_is_dragged_out_with_all_others(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[QMimeData] = []

    def begin(drag: QDrag, *_actions: object) -> Qt.DropAction:
        dragged.append(drag.mimeData())
        assert not drag.pixmap().isNull()
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", begin)
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: LEFT)
    select(window, 1, 3)
    at = cell(window, 2)
    window.grid._mouse.press(mouse_event("press", at))
    assert window.grid.selected_rows() == [1, 2, 3]
    window.grid._mouse.drag(mouse_event("move", at + QPoint(40, 0)))
    assert window.grid._mouse.band is None
    qtbot.waitUntil(lambda: len(dragged) == 1)
    names = [Path(url.toLocalFile()).name for url in dragged[0].urls()]
    assert names == [f"picture {COUNT - row}.jpg" for row in (1, 2, 3)]
    window.grid._mouse.let_go()
    assert window.grid.selected_rows() == [1, 2, 3]


def test_a_selected_cell_that_is_only_clicked_is_selected_alone(
    qtbot: QtBot, window: MainWindow
) -> None:
    select(window, 1, 3)
    qtbot.mousePress(window.grid.viewport(), LEFT, pos=cell(window, 2))
    assert window.grid.selected_rows() == [1, 2, 3]
    qtbot.mouseRelease(window.grid.viewport(), LEFT, pos=cell(window, 2))
    assert window.grid.selected_rows() == [2]


def mouse_event(kind: str, at: QPoint) -> QMouseEvent:
    type_ = QMouseEvent.Type.MouseButtonPress if kind == "press" else QMouseEvent.Type.MouseMove
    return QMouseEvent(type_, QPointF(at), QPointF(at), LEFT, LEFT, NONE)


def test_too_many_are_left_out_and_it_is_said(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_desk, "MOST_FILES", 100)
    select(window, 0, COUNT - 1)
    window.book.run("picture.copy_files")
    said = "100 files copied. 50 more were left out: that is too many at once."
    qtbot.waitUntil(lambda: notice(window) == said)
    assert len(QGuiApplication.clipboard().mimeData().urls()) == 100
    QGuiApplication.clipboard().clear()


def test_the_pixels_of_one_are_copied(qtbot: QtBot, window: MainWindow) -> None:
    select(window, 0, 0)
    window.book.run("picture.copy_pixels")
    qtbot.waitUntil(lambda: notice(window) == "Picture copied.")
    clipboard = QGuiApplication.clipboard()
    assert not clipboard.image().isNull()
    assert not clipboard.mimeData().hasUrls()
    window.book.run("picture.copy_files")
    qtbot.waitUntil(lambda: notice(window) == "1 file copied.")
    assert clipboard.mimeData().hasImage()
    assert clipboard.mimeData().hasUrls()
    clipboard.clear()


def test_a_clipboard_that_takes_nothing_is_said(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    QGuiApplication.clipboard().clear()
    monkeypatch.setattr(
        type(QGuiApplication.clipboard()), "setMimeData", lambda _clipboard, _mime: None
    )
    select(window, 0, 0)
    window.book.run("picture.copy_files")
    qtbot.waitUntil(lambda: "keeps the clipboard busy" in notice(window))


@pytest.mark.parametrize("is_own", [True, False])
def test_our_own_drag_adds_nothing_to_the_library(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, is_own: bool
) -> None:
    source: QObject | None = window if is_own else None
    monkeypatch.setattr(QDropEvent, "source", lambda _event: source)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/pictures/a.jpg")])
    begin = window.grid.mapTo(window, QPoint(50, 50))
    QApplication.sendEvent(window, dragged(QDragEnterEvent, begin, mime))
    for point, is_taken in (
        (begin, not is_own),
        (window.header.search_box.mapTo(window, QPoint(50, 10)), True),
    ):
        event = dragged(QDragMoveEvent, point, mime)
        QApplication.sendEvent(window, event)
        assert event.isAccepted() is is_taken
