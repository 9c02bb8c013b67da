from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.search import suggestions as module
from desktop_app.ui.search.suggestions import Suggestion, Suggestions

Key = Qt.Key
ROWS = [Suggestion("landscape", "is:landscape", 12, "wide"), Suggestion("square", "is:square", 9)]


@pytest.fixture
def suggestions(qtbot: QtBot) -> Iterator[Suggestions]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(500, 300)
    edit = QLineEdit()
    column = QVBoxLayout(host)
    column.addWidget(edit)
    column.addWidget(QPushButton("beside"), alignment=Qt.AlignmentFlag.AlignBottom)
    suggestions = Suggestions(edit, edit)
    with qtbot.waitExposed(host):
        host.show()
    edit.setFocus()
    yield suggestions
    host.hide()


def edit_of(suggestions: Suggestions) -> QLineEdit:
    edit = suggestions.parent()
    assert isinstance(edit, QLineEdit)
    return edit


def shown(suggestions: Suggestions) -> QListView:
    found = edit_of(suggestions).window().findChild(QListView)
    assert isinstance(found, QListView)
    return found


def press(suggestions: Suggestions, key: Qt.Key) -> bool:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    return suggestions.take_key(event)


def taken(suggestions: Suggestions) -> list[Suggestion]:
    chosen: list[Suggestion] = []
    suggestions.chosen.connect(chosen.append)
    return chosen


def test_enter_belongs_to_the_line_until_one_goes_to_a_row(suggestions: Suggestions) -> None:
    chosen = taken(suggestions)
    suggestions.show_rows(ROWS)
    assert suggestions.is_open
    assert not press(suggestions, Key.Key_Return)
    assert not press(suggestions, Key.Key_Up)
    assert press(suggestions, Key.Key_Down)
    assert press(suggestions, Key.Key_Up)
    assert not press(suggestions, Key.Key_Return)
    for _ in range(3):
        press(suggestions, Key.Key_Down)
    assert press(suggestions, Key.Key_Return)
    assert chosen == [ROWS[1]]
    assert not suggestions.is_open


def test_tab_takes_the_first_row_or_the_one_gone_to(suggestions: Suggestions) -> None:
    chosen = taken(suggestions)
    assert not press(suggestions, Key.Key_Tab)
    suggestions.show_rows(ROWS)
    press(suggestions, Key.Key_Tab)
    suggestions.show_rows(ROWS)
    suggestions.go_to(1)
    press(suggestions, Key.Key_Tab)
    assert chosen == ROWS


def test_escape_closes_it_and_nothing_else(suggestions: Suggestions) -> None:
    suggestions.show_rows(ROWS)
    assert press(suggestions, Key.Key_Escape)
    assert not suggestions.is_open
    assert not press(suggestions, Key.Key_Escape)


def test_other_keys_are_the_lines(suggestions: Suggestions) -> None:
    suggestions.show_rows(ROWS)
    assert not press(suggestions, Key.Key_A)
    shifted = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert not suggestions.take_key(shifted)
    assert suggestions.is_open


def test_a_click_takes_a_row_and_leaves_the_keyboard(
    qtbot: QtBot, suggestions: Suggestions
) -> None:
    chosen = taken(suggestions)
    suggestions.show_rows(ROWS)
    rows = shown(suggestions)
    place = rows.visualRect(rows.model().index(1, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [ROWS[1]]
    assert edit_of(suggestions).hasFocus()


def test_a_press_beside_it_closes_it(suggestions: Suggestions) -> None:
    window = edit_of(suggestions).window()
    suggestions.show_rows(ROWS)
    QTest.mousePress(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    QTest.mouseRelease(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    assert suggestions.is_open  # that was in the line
    QTest.mousePress(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(2, 298))
    QTest.mouseRelease(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(2, 298))
    assert not suggestions.is_open


def test_it_closes_when_the_line_is_left(suggestions: Suggestions) -> None:
    window = edit_of(suggestions).window()
    suggestions.show_rows(ROWS)
    button = window.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.setFocus()
    assert not suggestions.is_open
    suggestions.show_rows(ROWS)
    suggestions.show_rows([])
    assert not suggestions.is_open


def test_it_stays_below_the_line_where_that_moves(suggestions: Suggestions) -> None:
    """As it does when what stands beside the line vanishes."""
    edit = edit_of(suggestions)
    suggestions.show_rows(ROWS)
    listed = edit.window().findChild(QListView, "suggestions")
    assert isinstance(listed, QListView)
    before = listed.width()
    edit.window().resize(edit.window().width() + 200, edit.window().height())
    assert suggestions.is_open
    assert listed.width() > before


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_it_stands_below_the_line_within_the_window(
    suggestions: Suggestions, direction: Qt.LayoutDirection
) -> None:
    edit = edit_of(suggestions)
    edit.window().setLayoutDirection(direction)
    edit.window().resize(240, 120)
    many = [Suggestion(f"a row with a long name {n}", "", 0, "a long hint") for n in range(8)]
    suggestions.show_rows([*many, Suggestion("שלום", "", 0, is_quiet=True)])
    rows = shown(suggestions)
    assert rows.y() > edit.y()
    assert edit.window().rect().contains(rows.geometry())
    rows.grab()


def test_screen_readers_hear_the_row_one_goes_to(
    suggestions: Suggestions, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(module, "announce", lambda _source, text: said.append(text))
    suggestions.show_rows(ROWS)
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up):
        press(suggestions, key)
    assert said == ["landscape, wide", "square", "landscape, wide"]
