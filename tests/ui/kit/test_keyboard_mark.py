import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.keyboard_mark import give_focus, is_marked, mark

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for name in ("first", "second"):
        column.addWidget(QPushButton(name))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def button(window: QWidget, text: str) -> QPushButton:
    return next(each for each in window.findChildren(QPushButton) if each.text() == text)


def test_the_keyboard_leaves_its_mark_and_the_mouse_takes_it_away(
    qtbot: QtBot, window: QWidget
) -> None:
    first, second = button(window, "first"), button(window, "second")
    first.setFocus()
    assert not is_marked(window)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert is_marked(second)
    give_focus(first)
    assert first.hasFocus()
    assert is_marked(window)
    qtbot.mouseClick(second, LEFT)
    give_focus(first)
    assert first.hasFocus()
    assert not is_marked(window)


def test_a_shortcut_can_leave_it_too(window: QWidget) -> None:
    mark(window)
    give_focus(button(window, "second"))
    assert is_marked(window)
