from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.window.window_place import SHIFT_PX, beside, edges_of, put_beside, within_reach

SCREEN = QRect(0, 0, 1920, 1080)
LEFT = QRect(-1280, 100, 1280, 1024)

places = st.builds(
    QRect,
    st.integers(-10_000, 10_000),
    st.integers(-10_000, 10_000),
    st.integers(480, 5000),
    st.integers(360, 5000),
)


@given(places)
def test_every_window_can_be_taken_hold_of(place: QRect) -> None:
    found = within_reach(place, [SCREEN, LEFT])
    title = QRect(found.left(), found.top(), found.width(), 32)
    seen = max((title.intersected(each) for each in (SCREEN, LEFT)), key=QRect.width)
    assert seen.width() >= 100
    assert seen.height() >= 16
    assert within_reach(found, [SCREEN, LEFT]) == found


@given(places)
def test_one_that_is_seen_stays(place: QRect) -> None:
    place.moveTopLeft(LEFT.topLeft())
    assert within_reach(place, [SCREEN, LEFT]) == place


def test_without_a_screen_nothing_is_moved() -> None:
    assert within_reach(QRect(9000, 9000, 500, 400), []) == QRect(9000, 9000, 500, 400)


def test_a_new_window_is_shifted_and_begins_anew_at_the_edge() -> None:
    at = beside(QRect(100, 100, 800, 600), SCREEN)
    assert (at.x(), at.y()) == (100 + SHIFT_PX, 100 + SHIFT_PX)
    at = beside(QRect(1110, 100, 800, 600), SCREEN)
    assert (at.x(), at.y()) == (0, 100 + SHIFT_PX)


def test_a_new_window_is_on_the_screen_with_its_frame(qtbot: QtBot) -> None:
    window, other = QWidget(), QWidget()
    for each in (window, other):
        qtbot.addWidget(each)
    other.show()
    area = other.screen().availableGeometry()
    edges = other.frameGeometry().size() - other.size()
    assert edges.height() > 0
    for short_px in (0, SHIFT_PX - 2, SHIFT_PX, 2 * SHIFT_PX):  # of filling the screen
        other.resize(area.size() - edges.grownBy(QMargins(0, 0, short_px, short_px)))
        other.move(area.topLeft())
        put_beside(window, other)
        window.show()
        assert window.size() == other.size()
        assert area.contains(window.frameGeometry())


@pytest.mark.parametrize("fill", [QWidget.showMaximized, QWidget.showFullScreen])
def test_one_made_from_a_window_that_fills_its_screen_has_the_size_it_had_before(
    qtbot: QtBot, fill: Callable[[QWidget], None]
) -> None:
    window, other = QWidget(), QWidget()
    for each in (window, other):
        qtbot.addWidget(each)
    area = other.screen().availableGeometry()
    size = area.size() - QSize(100, 60)
    other.resize(size)
    other.move(area.topLeft() + QPoint(10, 40))
    other.show()
    fill(other)
    window.restoreGeometry(other.saveGeometry())
    put_beside(window, other)
    window.show()
    assert window.windowState() == Qt.WindowState.WindowNoState
    assert window.size() == size
    assert area.contains(window.frameGeometry())


def test_the_title_is_counted_also_where_a_full_screen_hides_it() -> None:
    maximized = QRect(0, 24, 1920, 1056)
    assert edges_of(SCREEN, maximized) == QMargins(0, 24, 0, 0)
    assert edges_of(SCREEN, SCREEN) == QMargins(0, 32, 0, 0)
    assert edges_of(QRect(9, 9, 808, 632), QRect(13, 37, 800, 600)) == QMargins(4, 28, 4, 4)
