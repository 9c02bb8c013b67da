import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.grid.grid_typing import GridTyping


class Typist(QWidget):
    """Hands its keys on, and notes what comes of them."""

    def __init__(self) -> None:
        super().__init__()
        self.typing = GridTyping(self)
        self.sought: list[tuple[str, bool]] = []
        self.searched: list[str] = []
        self.typing.sought.connect(lambda typed, is_next: self.sought.append((typed, is_next)))
        self.typing.searched.connect(self.searched.append)
        self.left: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.typing.key(event):
            self.left.append(event.key())


@pytest.fixture
def typist(qtbot: QtBot) -> Typist:
    widget = Typist()
    qtbot.addWidget(widget)
    return widget


def test_among_names_letters_lead_to_a_name(qtbot: QtBot, typist: Typist) -> None:
    typist.typing.is_by_name = True
    qtbot.keyClicks(typist, "im 2")
    assert typist.sought == [("i", True), ("im", False), ("im ", False), ("im 2", False)]
    assert typist.searched == []


def test_the_same_letter_again_means_the_next_name(qtbot: QtBot, typist: Typist) -> None:
    typist.typing.is_by_name = True
    qtbot.keyClicks(typist, "iii")
    assert typist.sought == [("i", True), ("ii", True), ("iii", True)]


def test_after_a_pause_another_name_begins(qtbot: QtBot, typist: Typist) -> None:
    typist.typing.is_by_name = True
    qtbot.keyClicks(typist, "a")
    assert typist.typing.is_in_name
    typist.typing.stop()
    is_in_name: bool = typist.typing.is_in_name
    assert not is_in_name
    qtbot.keyClicks(typist, "b")
    assert typist.sought == [("a", True), ("b", True)]


def test_in_other_orders_letters_begin_a_search(qtbot: QtBot, typist: Typist) -> None:
    qtbot.keyClicks(typist, "Ä")
    assert typist.searched == ["Ä"]
    assert typist.sought == []


def test_no_search_begins_with_a_sign_that_turns_pictures(qtbot: QtBot, typist: Typist) -> None:
    qtbot.keyClicks(typist, '[]+"-')
    assert typist.searched == ['"', "-"]


@pytest.mark.parametrize("is_by_name", [True, False])
def test_other_keys_are_left(qtbot: QtBot, typist: Typist, is_by_name: bool) -> None:
    typist.typing.is_by_name = is_by_name
    keys = [Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Delete]
    for key in keys:
        qtbot.keyClick(typist, key)
    qtbot.keyClick(typist, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert typist.left == [*keys, Qt.Key.Key_Control, Qt.Key.Key_A]
    assert (typist.sought, typist.searched) == ([], [])
