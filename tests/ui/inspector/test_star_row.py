from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.inspector.star_row import StarRow
from desktop_app.ui.kit.theme import Theme

Key = Qt.Key


@pytest.fixture
def stars(qtbot: QtBot, theme: Theme) -> Iterator[StarRow]:
    stars = StarRow(theme)
    qtbot.addWidget(stars)
    stars.resize(240, stars.height())
    with qtbot.waitExposed(stars):
        stars.show()
    stars.rated.connect(stars.show_rating)
    yield stars
    stars.hide()


def click(qtbot: QtBot, stars: StarRow, number: int) -> None:
    x = 22 * number - 12
    at = QPoint(stars.width() - x if stars.isRightToLeft() else x, 12)
    qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=at)


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_a_click_gives_stars_and_the_last_one_takes_them(
    qtbot: QtBot, stars: StarRow, direction: Qt.LayoutDirection
) -> None:
    stars.setLayoutDirection(direction)
    click(qtbot, stars, 4)
    assert stars.rating == 4
    click(qtbot, stars, 2)
    assert stars.rating == 2
    click(qtbot, stars, 2)
    assert stars.rating == 0
    click(qtbot, stars, 9)
    assert stars.rating == 0


def test_keys_give_stars(qtbot: QtBot, stars: StarRow) -> None:
    for key, rating in (
        (Key.Key_Right, 1),
        (Key.Key_4, 4),
        (Key.Key_Left, 3),
        (Key.Key_End, 5),
        (Key.Key_Right, 5),
        (Key.Key_0, 0),
        (Key.Key_Left, 0),
    ):
        qtbot.keyClick(stars, key)
        assert stars.rating == rating
    stars.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.keyClick(stars, Key.Key_Left)
    assert stars.rating == 1


def test_pictures_that_differ_are_mixed(qtbot: QtBot, stars: StarRow) -> None:
    none = stars.grab().toImage()
    stars.show_rating(None)
    assert stars.accessibleName() == "Rating: mixed"
    assert stars.grab().toImage() != none
    click(qtbot, stars, 3)
    assert stars.accessibleName() == "Rating: 3 of 5 stars"


def test_screen_readers_have_a_slider(qtbot: QtBot, stars: StarRow) -> None:
    slider = QAccessible.queryAccessibleInterface(stars)
    assert slider.role() == QAccessible.Role.Slider
    value = slider.valueInterface()
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (0, 0, 5)
    with qtbot.waitSignal(stars.rated) as rated:
        value.setCurrentValue(4)
    assert rated.args == [4]
    assert value.currentValue() == stars.rating == 4
    with qtbot.assertNotEmitted(stars.rated):
        stars.show_rating(2)
    assert value.currentValue() == 2


def test_what_is_not_given_is_not_shown(stars: StarRow) -> None:
    stars.rated.disconnect()
    value = QAccessible.queryAccessibleInterface(stars).valueInterface()
    value.setCurrentValue(4)
    assert value.currentValue() == stars.rating == 0


def test_nobody_rates_by_scrolling_or_by_keys_that_scroll(qtbot: QtBot, stars: StarRow) -> None:
    at = QPointF(20, 12)
    wheel = QWheelEvent(
        at, QPointF(stars.mapToGlobal(at)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    with qtbot.assertNotEmitted(stars.rated):
        QApplication.sendEvent(stars, wheel)
        for key in (Key.Key_Up, Key.Key_Down, Key.Key_PageUp):
            qtbot.keyClick(stars, key)
    assert not wheel.isAccepted()
    assert stars.value() == stars.rating == 0


def test_nothing_is_changed_where_nothing_can_be(qtbot: QtBot, stars: StarRow) -> None:
    stars.forbid_changes()
    value = QAccessible.queryAccessibleInterface(stars).valueInterface()
    with qtbot.assertNotEmitted(stars.rated):
        value.setCurrentValue(2)
        click(qtbot, stars, 4)
        qtbot.keyClick(stars, Key.Key_3)
