from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import Query
from desktop_app.ui.query_picture import QueryPicture
from desktop_app.ui.search_box import HEIGHT_PX, SearchBox
from desktop_app.ui.theme import Theme

Key = Qt.Key
PASTE = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def box(qtbot: QtBot, theme: Theme) -> Iterator[SearchBox]:
    box = SearchBox(theme)
    qtbot.addWidget(box)
    box.resize(500, box.height())
    with qtbot.waitExposed(box):
        box.show()
    yield box
    QGuiApplication.clipboard().clear()


def line(box: SearchBox) -> QLineEdit:
    edit = box.findChild(QLineEdit)
    assert isinstance(edit, QLineEdit)
    return edit


def asked(box: SearchBox) -> list[Query]:
    queries: list[Query] = []
    box.asked.connect(lambda: queries.append(box.query))
    return queries


def test_it_asks_once_after_a_pause_in_typing(qtbot: QtBot, box: SearchBox) -> None:
    queries = asked(box)
    with qtbot.waitSignal(box.asked):
        qtbot.keyClicks(line(box), " two dogs ")
        assert queries == []
    assert queries == [Query(words="two dogs")]


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
    assert queries == [Query(words="dogs")]


def test_down_leads_on_to_the_pictures(qtbot: QtBot, box: SearchBox) -> None:
    with qtbot.waitSignal(box.entered):
        qtbot.keyClick(line(box), Key.Key_Down)


def test_escape_clears_words_and_picture(qtbot: QtBot, box: SearchBox) -> None:
    box.set_picture(QueryPicture("a.jpg", image=b"picture"))
    qtbot.keyClicks(line(box), "dogs")
    qtbot.keyClick(line(box), Key.Key_Escape)
    assert box.query.is_empty


def test_words_and_picture_are_one_query(qtbot: QtBot, box: SearchBox) -> None:
    queries = asked(box)
    box.set_picture(QueryPicture("a.jpg", image=b"picture"))
    assert queries == [Query(image=b"picture")]
    with qtbot.waitSignal(box.asked):
        qtbot.keyClicks(line(box), "at night")
    assert queries[-1] == Query(words="at night", image=b"picture")


def test_a_picture_of_the_library_takes_the_place_of_the_words(
    qtbot: QtBot, box: SearchBox
) -> None:
    qtbot.keyClicks(line(box), "dogs")
    box.replace(QueryPicture("a.jpg", picture_id=7))
    assert box.query == Query(picture_id=7)


def test_backspace_before_the_words_removes_the_picture(qtbot: QtBot, box: SearchBox) -> None:
    box.set_picture(QueryPicture("a.jpg", image=b"picture"))
    qtbot.keyClicks(line(box), "a")
    qtbot.keyClick(line(box), Key.Key_Backspace)
    assert box.query.image is not None
    qtbot.keyClick(line(box), Key.Key_Backspace)
    assert box.query.is_empty


def test_a_pasted_picture_is_offered(qtbot: QtBot, box: SearchBox) -> None:
    QGuiApplication.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))
    with qtbot.waitSignal(box.pasted) as pasted:
        qtbot.keyClick(line(box), Key.Key_V, PASTE)
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
        qtbot.keyClick(line(box), Key.Key_V, PASTE)


def test_pasted_text_stays_text(qtbot: QtBot, box: SearchBox) -> None:
    mime = QMimeData()
    mime.setText("two dogs")
    mime.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))  # as office programs do
    QGuiApplication.clipboard().setMimeData(mime)
    with qtbot.assertNotEmitted(box.pasted):
        qtbot.keyClick(line(box), Key.Key_V, PASTE)
    assert line(box).text() == "two dogs"


def test_taking_the_keyboard_selects_what_is_there(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(line(box), "dogs")
    box.take_keyboard()
    qtbot.keyClicks(line(box), "cats")
    assert line(box).text() == "cats"


def test_its_looks(qtbot: QtBot, box: SearchBox) -> None:
    empty = box.grab().toImage()
    assert line(box).placeholderText()
    box.set_picture(QueryPicture("a picture with a very long name indeed, so long.jpg"))
    with_chip = box.grab().toImage()
    assert empty != with_chip
    box.set_drop_target(True)
    assert box.grab().toImage() != with_chip
    assert line(box).height() <= HEIGHT_PX
    assert line(box).width() > 100
