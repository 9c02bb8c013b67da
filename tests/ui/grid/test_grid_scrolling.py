"""Where one is and how one gets far, in a grid of a million pictures."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import SortBy
from desktop_app.ui.grid.grid_bubble import ScrollBubble
from desktop_app.ui.grid.grid_sections import Section
from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.memory.order import Order
from tests.ui.fake_library import picture
from tests.ui.grid.test_grid_view import COLUMNS, grid, model, press

__all__ = ["grid", "model"]

MILLION = 1_000_000
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
Key = Qt.Key


@pytest.fixture
def far(grid: GridView, model: PictureModel) -> GridView:
    model.wanted.connect(lambda ids: model.add_pictures({each: picture(each) for each in ids}))
    model.replace(np.arange(MILLION, 0, -1))
    return grid


def bubble(grid: GridView) -> ScrollBubble:
    found = grid.findChild(ScrollBubble)
    assert isinstance(found, ScrollBubble)
    return found


def test_home_end_and_pages_are_exact(qtbot: QtBot, far: GridView) -> None:
    bar = far.verticalScrollBar()
    far.go_to(500_000)
    press(qtbot, far, Key.Key_End)
    assert (far.current_row(), bar.value()) == (MILLION - 1, bar.maximum())
    press(qtbot, far, Key.Key_Home)
    assert (far.current_row(), bar.value()) == (0, 0)
    for row in range(COLUMNS * 3, COLUMNS * 3 * 40, COLUMNS * 3):  # three lines are a page
        press(qtbot, far, Key.Key_PageDown)
        assert far.current_row() == row
    for _ in range(40):
        press(qtbot, far, Key.Key_PageUp)
    assert (far.current_row(), bar.value()) == (0, 0)


@pytest.mark.parametrize(("button", "held"), [(MIDDLE, NONE), (LEFT, SHIFT)])
def test_a_press_on_the_bar_leads_right_there(
    qtbot: QtBot, far: GridView, button: Qt.MouseButton, held: Qt.KeyboardModifier
) -> None:
    bar = far.verticalScrollBar()
    middle = QPoint(bar.width() // 2, bar.height() // 2)
    qtbot.mousePress(bar, button, held, middle)
    assert bar.isSliderDown()
    assert abs(bar.value() - bar.maximum() // 2) < bar.maximum() // 50
    qtbot.mouseMove(bar, QPoint(middle.x(), 0))
    assert bar.value() == 0
    qtbot.mouseMove(bar, QPoint(middle.x(), bar.height() + 50))
    assert bar.value() == bar.maximum()
    qtbot.mouseRelease(bar, button, held, middle)
    assert not bar.isSliderDown()
    qtbot.mouseMove(bar, middle)
    assert bar.value() == bar.maximum()


def test_a_plain_press_on_the_bar_goes_a_page(qtbot: QtBot, far: GridView) -> None:
    bar = far.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    qtbot.mouseClick(bar, LEFT, NONE, QPoint(bar.width() // 2, bar.height() - 30))
    assert bar.value() == before + bar.pageStep()


def test_while_one_scrolls_the_date_is_told_beside_the_handle(
    qtbot: QtBot, far: GridView, model: PictureModel
) -> None:
    assert bubble(far).rect.isEmpty()
    bar = far.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: not bubble(far).rect.isEmpty())
    assert bubble(far).text == "20 Nov 2023"
    option = QStyleOptionSlider()
    bar.initStyleOption(option)
    handle = bar.style().subControlRect(
        QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, bar
    )
    place = bubble(far).rect
    assert abs(place.center().y() - handle.center().y()) <= 1
    assert far.viewport().rect().contains(place)
    qtbot.waitUntil(lambda: bubble(far).rect.isEmpty())


def test_the_bubble_leaves_no_trace(qtbot: QtBot, far: GridView) -> None:
    """What is moved while one scrolls has the bubble in it."""
    bar = far.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    bar.setValue(bar.value() + 3)
    qtbot.waitUntil(lambda: not bubble(far).rect.isEmpty())

    def on_screen() -> QImage:
        QApplication.processEvents()
        return far.screen().grabWindow(far.winId()).toImage()

    for step in (7, 40, -13, 90, 90, -250):
        bar.setValue(bar.value() + step)
        scrolled = on_screen()
        far.viewport().update()
        assert on_screen() == scrolled
        assert not bubble(far).rect.isEmpty()


@pytest.mark.parametrize(
    ("sort_by", "told"),
    [(SortBy.NAME, "picture 1000000.jpg"), (SortBy.SIZE, "2.8 MB"), (SortBy.FOLDER, "pictures")],
)
def test_what_is_told_is_what_they_are_ordered_by(
    qtbot: QtBot, far: GridView, sort_by: SortBy, told: str
) -> None:
    far.show_order(Order(sort_by))
    far.verticalScrollBar().setValue(1)
    far.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: bubble(far).text == told)


def test_of_hits_the_score_is_told_and_of_groups_their_names(
    qtbot: QtBot, far: GridView, model: PictureModel
) -> None:
    scores = np.linspace(1, 0, MILLION, dtype=np.float32)
    model.replace(model.ids, scores, scores)
    bar = far.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert bubble(far).text == "0.50"
    model.set_sections([Section(0, "Winter — /photos/Winter"), Section(900_000, "Summer")])
    bar.setValue(bar.maximum() // 3)
    assert bubble(far).text == "Winter"
    bar.setValue(bar.maximum())
    assert bubble(far).text == "Summer"


def test_a_list_that_is_seen_at_a_glance_tells_nothing(grid: GridView, model: PictureModel) -> None:
    model.replace(np.arange(5 * COLUMNS))
    bar = grid.verticalScrollBar()
    assert 0 < bar.maximum() <= bar.pageStep()
    bar.setValue(bar.maximum())
    assert bubble(grid).rect.isEmpty()
