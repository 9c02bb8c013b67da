"""What a narrow window has no room for, as commands."""

import pytest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import GroupBy, SortBy
from desktop_app.ui.commands.command_book import CommandBook, Menu
from desktop_app.ui.commands.command_menus import command_menu
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.order import Order
from desktop_app.ui.window.header import Header
from desktop_app.ui.window.header_commands import add_header_commands


@pytest.fixture
def header(qtbot: QtBot, theme: Theme) -> Header:
    header = Header(theme, 160)
    qtbot.addWidget(header)
    return header


@pytest.fixture
def book(qtbot: QtBot, theme: Theme, header: Header) -> CommandBook:
    window = QWidget()
    qtbot.addWidget(window)
    header.order.set_order(Order(SortBy.DATE, True, GroupBy.MONTH))
    book = CommandBook(theme, window)
    add_header_commands(book, header)
    return book


def ticked(book: CommandBook) -> list[str]:
    return [each.command.name for each in book.entries if each.action.isChecked()]


def test_what_counts_is_ticked_and_left_alone(book: CommandBook, header: Header) -> None:
    assert header.order.order == Order(SortBy.DATE, True, GroupBy.MONTH)
    assert ticked(book) == ["view.order.date", "view.order.reversed", "view.groups.month"]


def test_a_choice_takes_the_place_of_another(book: CommandBook, header: Header) -> None:
    book.run("view.order.name")
    assert header.order.order == Order(SortBy.NAME, False, GroupBy.MONTH)
    book.run("view.groups.none")
    assert ticked(book) == ["view.order.name", "view.groups.none"]
    book.run("view.order.name")  # chosen already
    assert ticked(book) == ["view.order.name", "view.groups.none"]
    book.run("view.order.reversed")
    assert header.order.order == Order(SortBy.NAME, True)


def test_the_button_and_the_menu_say_the_same(book: CommandBook, header: Header) -> None:
    header.order.set_order(Order(SortBy.SIZE))
    assert ticked(book) == ["view.order.size", "view.groups.none"]


def test_certainty_needs_a_search(qtbot: QtBot, book: CommandBook, header: Header) -> None:
    with qtbot.waitSignal(book.refused):
        book.run("view.certainty.more")
    assert header.certainty.value() == 0
    header.certainty.want(True)
    book.run("view.certainty.more")
    assert header.certainty.value() > 0
    book.run("view.certainty.usual")
    assert header.certainty.value() == 0
    book.run("view.certainty.less")
    assert header.certainty.value() < 0


def test_they_stand_in_menus_of_their_own(qtbot: QtBot, book: CommandBook) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = command_menu(book, Menu.VIEW, parent)
    below = [each.menu() for each in menu.actions() if isinstance(each.menu(), QMenu)]
    titles = [each.title() for each in below if isinstance(each, QMenu)]
    assert titles == ["Order", "Groups", "Certainty"]
