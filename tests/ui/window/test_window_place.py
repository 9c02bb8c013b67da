from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMargins, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.window.window_place import SHIFT_PX, beside, put_beside, within_reach

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
