from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.query_language.completion import Vocabulary
from desktop_app.engine.query_language.parts import InFolder
from desktop_app.engine.records import PictureExample, Query
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.search_history import SearchHistory
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.search.query_picture import QueryPicture
from desktop_app.ui.search.search_box import HEIGHT_PX, PAUSE_MS, SearchBox

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
OUTSIDE = QueryPicture("a.jpg", image=b"picture")


@pytest.fixture
def history(tmp_path: Path) -> SearchHistory:
    return SearchHistory(WindowMemory(tmp_path))


@pytest.fixture
def box(qtbot: QtBot, theme: Theme, history: SearchHistory) -> Iterator[SearchBox]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 400)
    box = SearchBox(theme, history)
    column = QVBoxLayout(window)
    column.addWidget(box)
    column.addStretch(1)
    with qtbot.waitExposed(window):
        window.show()
    box.setFocus()
    yield box
    window.hide()
    QGuiApplication.clipboard().clear()


def line(box: SearchBox) -> QLineEdit:
    edit = box.findChild(QLineEdit)
    assert isinstance(edit, QLineEdit)
    return edit


def offered(box: SearchBox) -> list[str]:
    """What the list below the box says; nothing while it is closed."""
    rows = box.window().findChild(QListView)
    assert isinstance(rows, QListView)
    model = rows.model()
    if rows.isHidden():
        return []
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def asked(box: SearchBox) -> list[Query]:
    queries: list[Query] = []
    box.asked.connect(lambda: queries.append(box.query))
    return queries


def test_it_asks_once_after_a_pause_in_typing(qtbot: QtBot, box: SearchBox) -> None:
    queries = asked(box)
    with qtbot.waitSignal(box.asked):
        qtbot.keyClicks(line(box), " two dogs ")
        assert queries == []
    assert queries == [Query.of_words("two dogs")]


def test_clearing_asks_at_once(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(line(box), "dogs")
    queries = asked(box)
    box.clear()
    assert queries[-1].is_empty
    assert line(box).text() == ""


def test_enter_does_not_wait_for_the_pause(qtbot: QtBot, box: SearchBox) -> None:
    queries = asked(box)
    qtbot.keyClicks(line(box), "dogs")
    with qtbot.waitSignal(box.entered):
        qtbot.keyClick(line(box), Key.Key_Return)
    assert queries == [Query.of_words("dogs")]


def test_down_leads_on_to_the_pictures(qtbot: QtBot, box: SearchBox) -> None:
    with qtbot.waitSignal(box.entered):
        qtbot.keyClick(line(box), Key.Key_Down)
    box.draft.set_pictures([OUTSIDE])
    with qtbot.waitSignal(box.entered):
        qtbot.keyClick(line(box), Key.Key_Down)


def test_escape_clears_words_and_picture(qtbot: QtBot, box: SearchBox) -> None:
    box.draft.set_pictures([OUTSIDE])
    qtbot.keyClicks(line(box), "dogs")
    qtbot.keyClick(line(box), Key.Key_Escape)
    assert box.query.is_empty
    qtbot.keyClicks(line(box), "  ")
    qtbot.keyClick(line(box), Key.Key_Escape)
    assert line(box).text() == ""


def test_what_was_cleared_comes_back_with_undo(qtbot: QtBot, box: SearchBox) -> None:
    box.draft.set_pictures([OUTSIDE])
    qtbot.keyClicks(line(box), "dogs")
    qtbot.keyClick(line(box), Key.Key_Escape)
    qtbot.keyClick(line(box), Key.Key_Z, CONTROL)
    assert line(box).text() == "dogs"
    assert box.query.pictures == (PictureExample(b"picture"),)


def test_undo_takes_back_typing_first(qtbot: QtBot, box: SearchBox) -> None:
    box.draft.like([QueryPicture("b.jpg", picture_id=2)])
    qtbot.keyClicks(line(box), "dogs")
    qtbot.keyClick(line(box), Key.Key_Z, CONTROL)
    assert line(box).text() == ""
    assert box.query.liked == (2,)
    qtbot.keyClick(line(box), Key.Key_Z, CONTROL)
    assert box.query.is_empty


def test_words_and_picture_are_one_query(qtbot: QtBot, box: SearchBox) -> None:
    queries = asked(box)
    box.draft.set_pictures([OUTSIDE])
    assert queries == [Query.of_picture(b"picture")]
    with qtbot.waitSignal(box.asked):
        qtbot.keyClicks(line(box), "at night")
    assert queries[-1] == replace(
        Query.of_words("at night"), pictures=(PictureExample(b"picture"),)
    )


def test_a_picture_of_the_library_takes_the_place_of_the_words(
    qtbot: QtBot, box: SearchBox
) -> None:
    qtbot.keyClicks(line(box), "dogs")
    box.draft.search_like(QueryPicture("a.jpg", picture_id=7))
    assert box.query == Query.of_picture(picture_id=7)
    assert line(box).text() == ""


def test_backspace_before_the_words_removes_the_picture(qtbot: QtBot, box: SearchBox) -> None:
    box.draft.set_pictures([OUTSIDE])
    qtbot.keyClicks(line(box), "a")
    qtbot.keyClick(line(box), Key.Key_Backspace)
    assert box.query.pictures == (PictureExample(b"picture"),)
    held = QKeyEvent(
        QEvent.Type.KeyPress, Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "", True
    )
    QApplication.sendEvent(line(box), held)  # of a key that was held to delete the words
    assert box.query.pictures == (PictureExample(b"picture"),)
    qtbot.keyClick(line(box), Key.Key_Backspace)
    assert box.query.is_empty


def test_a_pasted_picture_is_offered(qtbot: QtBot, box: SearchBox) -> None:
    QGuiApplication.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(box.pasted) as pasted:
        qtbot.keyClick(line(box), Key.Key_V, CONTROL)
    assert pasted.args[0].hasImage()
    assert line(box).text() == ""


def test_a_copied_picture_file_is_offered(
    qtbot: QtBot, box: SearchBox, request: pytest.FixtureRequest
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(request.path))])
    mime.setText(str(request.path))
    QGuiApplication.clipboard().setMimeData(mime)
    with qtbot.waitSignal(box.pasted):
        qtbot.keyClick(line(box), Key.Key_V, CONTROL)


def test_from_a_clipboard_that_was_never_used_nothing_is_pasted(
    qtbot: QtBot, box: SearchBox
) -> None:
    QGuiApplication.clipboard().clear()
    with qtbot.assertNotEmitted(box.pasted):
        assert not box.paste_picture()


def test_pasted_text_stays_text(qtbot: QtBot, box: SearchBox) -> None:
    mime = QMimeData()
    mime.setText("two dogs")
    mime.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))  # as office programs do
    QGuiApplication.clipboard().setMimeData(mime)
    with qtbot.assertNotEmitted(box.pasted):
        qtbot.keyClick(line(box), Key.Key_V, CONTROL)
    assert line(box).text() == "two dogs"


def test_taking_the_keyboard_selects_what_is_there(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(line(box), "dogs")
    box.take_keyboard()
    qtbot.keyClicks(line(box), "cats")
    assert line(box).text() == "cats"


def test_suggestions_come_while_one_types_and_never_take_enter(
    qtbot: QtBot, box: SearchBox
) -> None:
    qtbot.keyClicks(line(box), "is")
    assert offered(box) == ["is:"]
    with qtbot.waitSignal(box.entered):
        qtbot.keyClick(line(box), Key.Key_Return)
    assert line(box).text() == "is"
    assert offered(box) == []


def test_tab_takes_the_first_suggestion_and_its_values_follow(qtbot: QtBot, box: SearchBox) -> None:
    box.set_vocabulary(Vocabulary(folders=("My Holiday", "Work")))
    qtbot.keyClicks(line(box), "dogs -in")
    qtbot.keyClick(line(box), Key.Key_Tab)
    assert line(box).text() == "dogs -in:"
    assert offered(box) == ['"My Holiday"', "Work"]
    qtbot.keyClick(line(box), Key.Key_Down)
    qtbot.keyClick(line(box), Key.Key_Down)
    assert line(box).text() == "dogs -in:"  # looking does not change anything
    with qtbot.assertNotEmitted(box.entered):
        qtbot.keyClick(line(box), Key.Key_Return)
    assert line(box).text() == "dogs -in:Work"
    assert line(box).hasFocus()
    assert offered(box) == []


def test_a_suggestion_goes_where_the_cursor_is(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(line(box), "is: dogs")
    line(box).setCursorPosition(3)
    qtbot.keyClicks(line(box), "sq")
    qtbot.keyClick(line(box), Key.Key_Tab)
    assert line(box).text() == "is:square dogs"
    assert line(box).cursorPosition() == len("is:square")


def test_escape_closes_the_suggestions_before_it_clears(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(line(box), "is:")
    assert offered(box)
    qtbot.keyClick(line(box), Key.Key_Escape)
    assert (offered(box), line(box).text()) == ([], "is:")
    qtbot.keyClick(line(box), Key.Key_Escape)
    assert line(box).text() == ""


def test_down_in_the_empty_box_opens_what_was_searched_for(qtbot: QtBot, box: SearchBox) -> None:
    for words in ("sunset", "two dogs"):
        qtbot.keyClicks(line(box), words)
        qtbot.keyClick(line(box), Key.Key_Return)
        box.clear()
    with qtbot.assertNotEmitted(box.entered):
        qtbot.keyClick(line(box), Key.Key_Down)
        assert offered(box) == ["two dogs", "sunset", "Clear history"]
        queries = asked(box)
        qtbot.keyClick(line(box), Key.Key_Down)
        qtbot.keyClick(line(box), Key.Key_Return)
    assert line(box).text() == "sunset"
    assert queries == [Query.of_words("sunset")]


def test_the_history_opens_by_a_click_too_and_can_be_cleared(
    qtbot: QtBot, box: SearchBox, history: SearchHistory
) -> None:
    history.add("dogs")
    qtbot.mouseClick(line(box), Qt.MouseButton.LeftButton)
    assert offered(box) == ["dogs", "Clear history"]
    qtbot.keyClick(line(box), Key.Key_Return)  # nobody has gone to a row
    assert line(box).text() == ""
    assert history.lines == ["dogs"]
    qtbot.keyClick(line(box), Key.Key_Down)
    qtbot.keyClick(line(box), Key.Key_Down)
    qtbot.keyClick(line(box), Key.Key_Return)
    assert history.lines == []
    qtbot.mouseClick(line(box), Qt.MouseButton.LeftButton)
    assert offered(box) == []


def test_its_looks(qtbot: QtBot, box: SearchBox) -> None:
    empty = box.grab().toImage()
    assert "two dogs" in line(box).placeholderText()
    box.draft.set_pictures([OUTSIDE])
    with_picture = box.grab().toImage()
    assert empty != with_picture
    assert "two dogs" not in line(box).placeholderText()
    box.set_drop_target(True)
    assert box.grab().toImage() != with_picture
    assert line(box).height() <= HEIGHT_PX
    assert line(box).width() > 100


def test_a_line_that_is_not_finished_is_not_remembered(
    box: SearchBox, history: SearchHistory
) -> None:
    for typed in ("in:", "dogs"):
        box.draft.set_line(typed)
        box.remember()
    assert list(history.lines) == ["dogs"]


def test_half_a_value_of_a_filter_is_not_asked_for_at_once(qtbot: QtBot, box: SearchBox) -> None:
    """The grid would be empty between two keys."""
    box.set_vocabulary(Vocabulary(folders=("Holiday",)))
    queries = asked(box)
    with qtbot.assertNotEmitted(box.asked, wait=5 * PAUSE_MS):
        qtbot.keyClicks(line(box), "in:Hol")
    qtbot.keyClick(line(box), Key.Key_Tab)
    assert [query.parts for query in queries] == [(InFolder("Holiday"),)]
