from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.sidebar.side_split import SideSplit

Key = Qt.Key


@pytest.fixture
def split(qtbot: QtBot, theme: Theme) -> Iterator[SideSplit]:
    side, rest = QLineEdit(), QLineEdit()
    split = SideSplit(side, rest, theme, 240, 180, 400)
    qtbot.addWidget(split)
    split.resize(1000, 300)
    with qtbot.waitExposed(split):
        split.show()
    yield split
    split.hide()


def widths(split: SideSplit) -> tuple[int, int]:
    """Of what is seen; 0 for what is not."""
    seen = []
    for number in (0, 1):
        widget = split.widget(number)
        assert widget is not None
        seen.append(widget.width() if widget.isVisible() else 0)
    return seen[0], seen[1]


def test_the_sidebar_is_shown_and_hidden(qtbot: QtBot, split: SideSplit) -> None:
    assert widths(split) == (0, 1000)
    with qtbot.waitSignal(split.changed):
        split.toggle()
    assert split.is_open
    qtbot.waitUntil(lambda: widths(split) == (240, 755))
    split.toggle()
    qtbot.waitUntil(lambda: widths(split) == (0, 1000))


def test_its_border_is_moved_by_mouse_and_keys_within_bounds(
    qtbot: QtBot, split: SideSplit
) -> None:
    split.set_open(True)
    handle = split.handle(1)
    start = handle.rect().center()
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(handle, start + QPoint(60, 0))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    qtbot.waitUntil(lambda: widths(split)[0] == split.side_px)
    split.widen(1000)
    assert split.side_px == 400
    qtbot.waitUntil(lambda: widths(split)[0] == 400)
    qtbot.keyClick(handle, Key.Key_Left)
    assert split.side_px == 384
    for _ in range(20):
        qtbot.keyClick(handle, Key.Key_Left)
    assert split.side_px == 180
    split.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.keyClick(handle, Key.Key_Left)
    assert split.side_px == 196


def test_where_there_is_little_room_it_covers_the_rest_while_it_is_wanted(
    qtbot: QtBot, split: SideSplit
) -> None:
    split.set_open(True)
    split.resize(480, 300)
    qtbot.waitUntil(lambda: widths(split) == (0, 480))
    assert split.is_open  # and comes back with the room
    split.toggle()
    qtbot.waitUntil(lambda: widths(split) == (480, 0))
    assert split.covers
    split.uncover()
    qtbot.waitUntil(lambda: widths(split) == (0, 480))
    split.resize(1000, 300)
    qtbot.waitUntil(lambda: widths(split)[0] == 240)


def test_escape_uncovers(qtbot: QtBot, split: SideSplit) -> None:
    split.resize(480, 300)
    split.set_open(True, at_start=True)
    assert not split.covers  # nobody has asked for it just now
    split.toggle()
    side = split.widget(0)
    qtbot.keyClick(side, Key.Key_Escape)
    assert not split.covers
    assert widths(split)[0] == 0
