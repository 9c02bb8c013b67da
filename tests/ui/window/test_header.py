from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import GroupBy, SortBy
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.order import Order
from desktop_app.ui.search.certainty_slider import RELEVANCE_A_STEP, STEPS
from desktop_app.ui.search.filter_menu import FilterMenu
from desktop_app.ui.window.header import Header

Key = Qt.Key


@pytest.fixture
def header(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Header]:
    window = QWidget()
    qtbot.addWidget(window)
    window.setMinimumSize(480, 300)
    window.resize(1180, 300)
    header = Header(theme, 160)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(header)
    column.addWidget(header.below)
    column.addStretch(1)
    header.order_tabs()
    with qtbot.waitExposed(window):
        window.show()
    yield header
    window.hide()


def line(header: Header) -> QLineEdit:
    edit = header.findChild(QLineEdit)
    assert isinstance(edit, QLineEdit)
    return edit


@pytest.mark.parametrize("width", [480, 640, 800, 900, 1180])
def test_nothing_is_cut_and_the_line_has_room(header: Header, width: int) -> None:
    window = header.window()
    header.certainty.want(True)
    window.resize(width, 300)
    header.search_box.draft.set_line('2*snow + dog -people after:2023-05 in:"My Holiday" size:>2mp')
    window.grab()  # lays everything out
    assert header.width() == width
    shown = [each for each in window.findChildren(QWidget) if each.isVisible()]
    for widget in shown:
        parent = widget.parentWidget()
        if widget.window() is window and parent is not None:
            assert parent.rect().contains(widget.geometry()), widget
    assert line(header).width() >= 170
    assert header.strip.isVisible()
    assert header.below.rect().contains(header.strip.geometry())


def test_chips_and_line_hand_the_keyboard_to_each_other(qtbot: QtBot, header: Header) -> None:
    qtbot.keyClicks(line(header), "snow -people")
    chips = header.strip.chips
    line(header).setFocus()
    qtbot.keyClick(line(header), Key.Key_Tab)
    assert QApplication.focusWidget() is chips[0]
    with qtbot.waitSignal(header.search_box.entered):
        qtbot.keyClick(chips[0], Key.Key_Down)
    qtbot.keyClick(chips[0], Key.Key_Up)
    assert line(header).hasFocus()
    chips[1].setFocus()
    qtbot.keyClick(chips[1], Key.Key_Delete)
    assert line(header).hasFocus()
    assert line(header).text() == "snow"


def test_enter_says_what_could_not_be_understood(qtbot: QtBot, header: Header) -> None:
    qtbot.keyClicks(line(header), 'dogs "IM')
    assert header.strip.said == ""
    qtbot.keyClick(line(header), Key.Key_Return)
    assert header.strip.said == "The quotation mark is not closed."


def test_the_order_is_chosen_by_its_menu(header: Header) -> None:
    changed: list[Order] = []
    header.order.changed.connect(changed.append)
    assert header.order.accessibleName() == "Order: Newest first"
    header.order.set_search(True)
    assert header.order.accessibleName() == "Order: Relevance"
    actions = {each.text(): each for each in header.order.menu().actions()}
    assert not actions["Other way round"].isEnabled()
    actions["Date taken"].trigger()
    actions["Other way round"].trigger()
    actions["By month"].trigger()
    actions["By month"].trigger()
    assert changed == [
        Order(SortBy.DATE),
        Order(SortBy.DATE, is_reversed=True),
        Order(SortBy.DATE, True, GroupBy.MONTH),
    ]
    checked = [text for text, each in actions.items() if each.isChecked()]
    assert checked == ["Date taken", "Other way round", "By month"]
    actions["Name"].trigger()
    assert header.order.order == Order(SortBy.NAME, False, GroupBy.MONTH)


def test_certainty_has_a_way_back(qtbot: QtBot, header: Header) -> None:
    slider = header.certainty
    assert slider.isHidden()
    slider.want(True)
    shifts: list[float] = []
    slider.shifted.connect(shifts.append)
    qtbot.keyClick(slider, Key.Key_Right)
    qtbot.keyClick(slider, Key.Key_End)
    qtbot.keyClick(slider, Key.Key_0)
    slider.setValue(-3)
    qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton)
    assert shifts[0] == pytest.approx(RELEVANCE_A_STEP)
    assert shifts[1] == pytest.approx(STEPS * RELEVANCE_A_STEP)
    assert shifts[2] == slider.shift == 0


def test_its_buttons_say_what_is_asked(qtbot: QtBot, header: Header) -> None:
    add = next(b for b in header.findChildren(QPushButton) if b.accessibleName() == "Add folder")
    with qtbot.waitSignal(header.add_clicked):
        add.click()
    with qtbot.waitSignal(header.cell_side_changed):
        header.set_cell_side(200)
    assert header.cell_side_px == 200


def test_certainty_is_named_where_there_is_room(header: Header) -> None:
    window, label = header.window(), header.certainty.label
    assert label.isHidden()
    header.certainty.want(True)
    window.grab()
    assert label.isVisible()
    assert label.geometry().right() < header.certainty.geometry().left()
    window.resize(1000, 300)
    window.grab()
    assert (label.isVisible(), header.certainty.isVisible()) == (False, True)


def test_saving_is_not_offered_where_it_cannot_be(qtbot: QtBot, header: Header) -> None:
    qtbot.keyClicks(line(header), "snow -people")
    header.forbid_changes("The disk is read-only.")
    save = next(b for b in header.strip.findChildren(QPushButton) if b.text() == "Save search")
    assert (save.isEnabled(), save.toolTip()) == (False, "The disk is read-only.")
    assert not any(text.startswith("Save") for text in filter_entries(header))


def test_the_filters_menu_searches_by_files_and_saves(header: Header) -> None:
    box = header.search_box
    asked: list[str] = []
    box.files_asked.connect(lambda: asked.append("files"))
    box.save_asked.connect(lambda: asked.append("save"))
    assert not filter_entries(header)["Save this search"].isEnabled()
    box.draft.set_line("dogs")
    entries = filter_entries(header)
    entries["Search by a picture…"].trigger()
    entries["Save this search"].trigger()
    assert asked == ["files", "save"]


def filter_entries(header: Header) -> dict[str, QAction]:
    """What the filter button offers, without keys."""
    button = next(
        b for b in header.findChildren(QToolButton) if b.accessibleName() == "Add a filter"
    )
    button.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, FilterMenu)
    menu.close()
    return {each.text().split("\t")[0]: each for each in menu.actions()}
