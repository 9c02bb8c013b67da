from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.search import query_strip
from desktop_app.ui.search.query_draft import QueryDraft
from desktop_app.ui.search.query_picture import QueryPicture
from desktop_app.ui.search.query_strip import LONG_PATIENCE_MS, PATIENCE_MS, QueryStrip
from desktop_app.ui.words.part_wording import MINUS

Key = Qt.Key
NO_FOO = "is:foo: a picture can be landscape, portrait, square, screenshot or recent."
NOT_CLOSED = "The quotation mark is not closed."


@pytest.fixture
def draft(qapp: object) -> QueryDraft:
    return QueryDraft()


@pytest.fixture
def strip(qtbot: QtBot, theme: Theme, draft: QueryDraft) -> Iterator[QueryStrip]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 300)
    column = QVBoxLayout(host)
    column.addWidget(QLineEdit())
    strip = QueryStrip(draft, theme)
    column.addWidget(strip)
    column.addWidget(QLineEdit())
    column.addStretch(1)
    with qtbot.waitExposed(host):
        host.show()
    yield strip
    host.hide()


def labels(strip: QueryStrip) -> list[str]:
    return [chip.label for chip in strip.chips]


def open_menu(qtbot: QtBot, strip: QueryStrip, at: int) -> dict[str, bool]:
    """Open a chip's menu; returns what it says, and whether it has a tick."""
    qtbot.keyClick(strip.chips[at], Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return {each.text(): each.isChecked() for each in menu.actions() if not each.isSeparator()}


def choose(qtbot: QtBot, strip: QueryStrip, at: int, text: str) -> None:
    open_menu(qtbot, strip, at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(each for each in menu.actions() if each.text() == text)
    menu.setActiveAction(action)
    qtbot.keyClick(menu, Key.Key_Return)


def end_of(strip: QueryStrip, patience_ms: int) -> None:
    """Let the pause pass that is this long."""
    for timer in strip.findChildren(QTimer):
        if timer.interval() == patience_ms and timer.isActive():
            timer.stop()
            timer.timeout.emit()


def test_plain_words_need_no_chips(strip: QueryStrip, draft: QueryDraft) -> None:
    assert strip.isHidden()
    draft.type_line("two dogs in the snow")
    assert strip.isHidden()
    assert strip.chips == []
    draft.type_line("two dogs -snow")
    assert strip.isVisible()
    assert labels(strip) == ["two dogs", f"{MINUS} snow"]


def test_the_line_changes_the_chips(strip: QueryStrip, draft: QueryDraft) -> None:
    draft.type_line("2*snow + dog after:2023")
    draft.set_pictures([QueryPicture("a.jpg", picture_id=1, weight=-1)])
    draft.like([QueryPicture("b.jpg", picture_id=2)])
    draft.like([QueryPicture("c.jpg", picture_id=3)], less=True)
    assert labels(strip) == [
        "2 × snow",
        "dog",
        "since 2023",
        f"{MINUS} a.jpg",
        "more like b.jpg",
        "less like c.jpg",
    ]
    draft.clear()
    assert strip.isHidden()


def test_the_chips_change_the_line(qtbot: QtBot, strip: QueryStrip, draft: QueryDraft) -> None:
    draft.type_line("2*snow + dog after:2023")
    menu = open_menu(qtbot, strip, 0)
    assert list(menu) == [
        "Counts twice",
        "Counts as usual",
        "Counts half",
        "Turn into its opposite",
        "Remove",
    ]
    assert [text for text, is_so in menu.items() if is_so] == ["Counts twice"]
    choose(qtbot, strip, 0, "Counts half")
    assert draft.state.line == "0.5*snow + dog after:2023"
    choose(qtbot, strip, 1, "Turn into its opposite")
    assert draft.state.line == "0.5*snow -dog after:2023"
    choose(qtbot, strip, 1, "Counts twice")
    assert draft.state.line == "0.5*snow -2*dog after:2023"
    assert "Counts twice" not in open_menu(qtbot, strip, 2)
    choose(qtbot, strip, 2, "Turn into its opposite")
    assert draft.state.line == "0.5*snow -2*dog -after:2023"
    choose(qtbot, strip, 0, "Remove")
    assert draft.state.line == "-2*dog -after:2023"


def test_chips_of_pictures(qtbot: QtBot, strip: QueryStrip, draft: QueryDraft) -> None:
    orange = QImage(24, 24, QImage.Format.Format_RGB32)
    one, other = QueryPicture("a.jpg", orange, b"a"), QueryPicture("b.jpg", image=b"b")
    draft.set_pictures([one, other])
    choose(qtbot, strip, 1, "Counts twice")
    choose(qtbot, strip, 1, "Turn into its opposite")
    assert [each.weight for each in draft.state.pictures] == [1, -2]
    qtbot.keyClick(strip.chips[0], Key.Key_Delete)
    assert [each.name for each in draft.state.pictures] == ["b.jpg"]
    draft.clear()
    draft.like([QueryPicture("c.jpg", picture_id=3)])
    choose(qtbot, strip, 0, "Turn into its opposite")
    assert draft.query.disliked == (3,)
    choose(qtbot, strip, 0, "Remove")
    assert draft.query.is_empty


def test_the_keyboard_goes_along_the_chips_and_stays_when_one_goes(
    qtbot: QtBot, strip: QueryStrip, draft: QueryDraft
) -> None:
    draft.type_line("a + b + c is:square")
    strip.chips[0].setFocus()
    qtbot.keyClick(strip.chips[0], Key.Key_Right)
    assert strip.chips[1].hasFocus()
    qtbot.keyClick(strip.chips[1], Key.Key_Delete)
    assert labels(strip) == ["a", "c", "square"]
    assert strip.chips[1].hasFocus()
    qtbot.keyClick(strip.chips[1], Key.Key_Right)
    qtbot.keyClick(strip.chips[2], Key.Key_Right)
    assert strip.chips[2].hasFocus()
    qtbot.keyClick(strip.chips[2], Key.Key_Delete)
    assert strip.chips[1].hasFocus()
    with qtbot.waitSignal(strip.went_up):
        qtbot.keyClick(strip.chips[1], Key.Key_Delete)
    assert draft.state.line == "a"
    assert strip.isHidden()


def test_tab_comes_by_the_chips_between_what_stands_above_and_below(
    qtbot: QtBot, strip: QueryStrip, draft: QueryDraft
) -> None:
    draft.type_line("a + b")
    draft.type_line("a + b + c")
    host = strip.window()
    above, below = host.findChildren(QLineEdit)
    above.setFocus()
    save = strip.findChild(QPushButton)
    for expected in (*strip.chips, save, below):
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Key.Key_Tab)
        assert QApplication.focusWidget() is expected


def test_complaints_wait_for_a_pause_and_vanish_at_once(
    strip: QueryStrip, draft: QueryDraft
) -> None:
    draft.type_line("dogs is:foo")
    assert strip.said == ""
    end_of(strip, PATIENCE_MS)
    assert strip.said == NO_FOO
    draft.type_line("dogs is:foo cats")
    assert strip.said == NO_FOO
    draft.type_line("dogs is:square cats")
    assert strip.said == ""


def test_what_is_unfinished_waits_longer(strip: QueryStrip, draft: QueryDraft) -> None:
    draft.type_line('is:foo "IM')
    end_of(strip, PATIENCE_MS)
    assert strip.said == NO_FOO
    end_of(strip, LONG_PATIENCE_MS)
    assert strip.said == f"{NO_FOO}\n{NOT_CLOSED}"
    draft.type_line("after:20 dogs")  # nobody types at it any more
    end_of(strip, PATIENCE_MS)
    assert strip.said.startswith("after:20: write a year")


def test_who_is_done_with_the_line_is_told_all(strip: QueryStrip, draft: QueryDraft) -> None:
    draft.type_line('"IM')
    strip.complain()
    assert strip.said == NOT_CLOSED
    assert strip.isVisible()
    assert not any(timer.isActive() for timer in strip.findChildren(QTimer))


def test_a_filter_with_a_wrong_value_is_explained_while_it_is_typed(
    qtbot: QtBot, draft: QueryDraft, strip: QueryStrip
) -> None:
    draft.type_line("dog rating:4g")
    qtbot.waitUntil(lambda: strip.said.startswith("rating:4g: write how many stars"))


def test_complaints_are_said_aloud_once(
    strip: QueryStrip, draft: QueryDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(query_strip, "announce", lambda _source, text: said.append(text))
    draft.type_line("is:foo")
    strip.complain()
    draft.type_line('is:foo "IM')
    strip.complain()
    assert [text for text in said if text] == [NO_FOO, NOT_CLOSED]


def test_a_search_can_be_saved(qtbot: QtBot, strip: QueryStrip, draft: QueryDraft) -> None:
    draft.type_line("a + b")
    with qtbot.waitSignal(strip.save_asked):
        strip.findChild(QPushButton).click()  # type: ignore[union-attr]
