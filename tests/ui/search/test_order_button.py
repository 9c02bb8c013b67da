from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import GroupBy, SortBy
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.order import Order
from desktop_app.ui.search.order_button import OrderButton


@pytest.fixture
def button(qtbot: QtBot, theme: Theme) -> Iterator[OrderButton]:
    button = OrderButton(theme)
    qtbot.addWidget(button)
    yield button
    button.close()


def entry(button: OrderButton, label: str) -> QAction:
    return next(each for each in button.menu().actions() if each.text() == label)


def test_it_says_what_goes_first_and_what_stands_together(button: OrderButton) -> None:
    assert button.text() == "Newest first \u25be"
    button.set_search(True)
    assert button.text() == "Relevance \u25be"
    entry(button, "Name").trigger()
    entry(button, "By month").trigger()
    assert button.text() == "Name, by month \u25be"
    assert button.order == Order(SortBy.NAME, group_by=GroupBy.MONTH)


def test_every_choice_is_told_once(qtbot: QtBot, button: OrderButton) -> None:
    told: list[Order] = []
    button.changed.connect(told.append)
    entry(button, "Size").trigger()
    entry(button, "Size").trigger()
    entry(button, "Other way round").trigger()
    assert told == [Order(SortBy.SIZE), Order(SortBy.SIZE, is_reversed=True)]
    entry(button, "Date taken").trigger()
    assert told[-1] == Order(SortBy.DATE)


def test_relevance_cannot_be_turned_round(button: OrderButton) -> None:
    turn = entry(button, "Other way round")
    assert turn.isEnabled()
    button.set_search(True)
    assert not turn.isEnabled()


@pytest.mark.parametrize(
    ("order", "is_ranked", "meant"),
    [
        (Order(), True, Order()),
        (Order(is_reversed=True), True, Order()),
        (Order(is_reversed=True), False, Order(SortBy.DATE, is_reversed=True)),
        (Order(SortBy.NAME), True, Order(SortBy.NAME)),
    ],
)
def test_what_an_order_comes_to(order: Order, is_ranked: bool, meant: Order) -> None:
    assert order.of_answer(is_ranked=is_ranked) == meant


def test_the_newest_and_the_largest_go_first_and_names_begin_with_a() -> None:
    falling = {sort: Order(sort).is_descending for sort in SortBy}
    assert [sort for sort in SortBy if falling[sort]] == [SortBy.DATE, SortBy.SIZE]
    assert not Order(SortBy.DATE, is_reversed=True).is_descending
