"""The command palette over a window."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.commands.palette import Palette
from desktop_app.ui.commands.palette_model import Choice
from desktop_app.ui.kit.theme import Theme

Key = Qt.Key


@dataclass
class Place:
    """A palette, the window below it, and what was done."""

    window: QWidget
    line: QLineEdit
    palette: Palette
    done: list[str]
    used: list[str]

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.palette.model.rows]


@pytest.fixture
def place(qtbot: QtBot, theme: Theme) -> Place:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    line = QLineEdit(window)

    done: list[str] = []
    used: list[str] = []

    def choices() -> Sequence[Choice]:
        return [
            Choice("add", "Add folder…", "File", "Ctrl+O", act=lambda: done.append("add")),
            Choice("open", "Open", "Picture", why_not="Select one picture first.",
                   act=lambda: done.append("open")),
            Choice("names", "Show names", "View", is_checked=True,
                   act=lambda: done.append("names")),
        ]  # fmt: skip

    def search_for(words: str) -> Choice:
        return Choice("search", f"Search for “{words}”", act=lambda: done.append(words))

    def remember(names: Sequence[str]) -> None:
        used[:] = names

    palette = Palette(theme, window, choices, search_for, [], remember)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    line.setFocus()
    palette.open()
    return Place(window, line, palette, done, used)


def test_it_opens_with_everything_and_the_keyboard(place: Place) -> None:
    assert place.palette.line.hasFocus()
    assert place.texts == ["Add folder…", "Show names", "Open"]
    assert place.palette.current == 0


def test_enter_does_it_and_leads_the_keyboard_back_first(qtbot: QtBot, place: Place) -> None:
    qtbot.keyClicks(place.palette.line, "na")
    qtbot.keyClick(place.palette.line, Key.Key_Return)
    assert place.done == ["names"]
    assert place.used == ["names"]
    assert not place.palette.isVisible()
    assert place.line.hasFocus()
    place.palette.open()
    assert place.texts[0] == "Show names"  # used last


def test_arrows_go_round(qtbot: QtBot, place: Place) -> None:
    line = place.palette.line
    qtbot.keyClick(line, Key.Key_Up)
    assert place.palette.current == 2
    qtbot.keyClick(line, Key.Key_Down)
    assert place.palette.current == 0
    qtbot.keyClick(line, Key.Key_PageDown)
    assert place.palette.current == 2
    qtbot.keyClick(line, Key.Key_PageUp)
    assert place.palette.current == 0


def test_what_cannot_be_done_says_why_and_nothing_happens(qtbot: QtBot, place: Place) -> None:
    qtbot.keyClicks(place.palette.line, "open")
    assert place.texts == ["Search for “open”", "Open"]  # what can be done goes first
    qtbot.keyClick(place.palette.line, Key.Key_Down)
    qtbot.keyClick(place.palette.line, Key.Key_Return)
    assert place.done == []
    assert place.palette.isVisible()


def test_words_that_are_no_command_are_searched_for(qtbot: QtBot, place: Place) -> None:
    qtbot.keyClicks(place.palette.line, "two dogs")
    assert place.texts == ["Search for “two dogs”"]
    qtbot.keyClick(place.palette.line, Key.Key_Return)
    assert place.done == ["two dogs"]


def test_escape_closes_and_changes_nothing(qtbot: QtBot, place: Place) -> None:
    qtbot.keyClick(place.palette.line, Key.Key_Escape)
    assert not place.palette.isVisible()
    assert place.line.hasFocus()
    assert place.done == place.used == []


def test_its_own_key_closes_it_and_a_click_elsewhere_too(place: Place) -> None:
    place.palette.open()
    assert not place.palette.isVisible()
    place.palette.open()
    place.line.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not place.palette.isVisible()
    assert QApplication.focusWidget() is place.line


def test_a_click_on_a_row_does_it(qtbot: QtBot, place: Place) -> None:
    rows = place.palette.findChild(QListView)
    assert isinstance(rows, QListView)
    at = rows.visualRect(place.palette.model.index(1, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
    assert place.done == ["names"]


@pytest.mark.parametrize("mirrored", [False, True])
def test_it_stays_within_a_small_window(place: Place, theme: Theme, mirrored: bool) -> None:
    direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    place.window.setLayoutDirection(direction)
    place.window.resize(480, 360)
    assert place.window.rect().contains(place.palette.geometry())
    assert not place.palette.grab().isNull()
