import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.commands.command_book import Command, CommandBook, Menu
from desktop_app.ui.commands.command_menus import command_menu, fill_bar, show_menu
from desktop_app.ui.kit.theme import Theme
from tests.helpers.french import in_french


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    return window


@pytest.fixture
def book(window: QWidget, theme: Theme) -> CommandBook:
    return CommandBook(theme, window)


def test_a_key_does_it(qtbot: QtBot, window: QWidget, book: CommandBook) -> None:
    done: list[str] = []
    book.add(Command("a", Menu.EDIT, "Do it", keys=("Ctrl+J",)), lambda: done.append("a"))
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert done == ["a"]


def test_what_cannot_be_done_says_why(qtbot: QtBot, book: CommandBook) -> None:
    done: list[str] = []
    why = ["Not today."]
    book.add(Command("a", Menu.EDIT, "Do it"), lambda: done.append("a"), lambda: why[0])
    with qtbot.waitSignal(book.refused) as refused:
        book.run("a")
    assert refused.args == ["Not today."]
    assert done == []
    why[0] = ""
    book.run("a")
    assert done == ["a"]


def test_a_menu_that_opens_shows_what_can_be_done(
    qtbot: QtBot, window: QWidget, book: CommandBook
) -> None:
    book.add(Command("a", Menu.EDIT, "Do it", 1, icon="copy"), lambda: None, lambda: "No.")
    book.add(Command("b", Menu.EDIT, "And this", 0), lambda: None)
    book.add(Command("c", Menu.VIEW, "Elsewhere"), lambda: None)
    menu = command_menu(book, Menu.EDIT, window)
    show_menu(menu, window.mapToGlobal(QPoint(5, 5)))
    shown = [(each.text(), each.isEnabled()) for each in menu.actions()]
    assert shown == [("And this", True), ("", True), ("Do it", False)]
    assert book.action("a").toolTip() == "No."
    menu.close()
    qtbot.waitUntil(book.action("a").isEnabled)  # so that its key says why not


def test_the_bar_has_the_menus_that_have_commands(qtbot: QtBot, book: CommandBook) -> None:
    bar = QMenuBar()
    qtbot.addWidget(bar)
    book.add(Command("a", Menu.VIEW, "Do it"), lambda: None)
    book.add(Command("b", Menu.FILE, "And this"), lambda: None)
    fill_bar(bar, book)
    assert [each.text() for each in bar.actions()] == ["&File", "&View"]


def test_a_switch_shows_whether_it_is_on(book: CommandBook) -> None:
    told: list[bool] = []
    action = book.add_switch(Command("a", Menu.VIEW, "On", is_switch=True), told.append)
    assert action.icon().isNull()
    book.run("a")
    assert not action.icon().isNull()
    action.setChecked(False)
    assert told == [True, False]


def test_a_name_is_given_once(book: CommandBook) -> None:
    book.add(Command("a", Menu.VIEW, "Do it"), lambda: None)
    with pytest.raises(ValueError, match="already"):
        book.add(Command("a", Menu.FILE, "Again"), lambda: None)


def test_a_key_that_is_given_twice_still_acts(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    book = CommandBook(theme, window)
    keys = ("Ctrl+Q", "Ctrl+Q", "", "F9")
    action = book.add(Command("quit", Menu.FILE, "Quit", 0, keys), lambda: None)
    assert [each.toString() for each in action.shortcuts()] == ["Ctrl+Q", "F9"]
    assert book.has("quit")
    assert not book.has("other")


@pytest.mark.parametrize(
    ("text", "below", "full"),
    [
        ("Name", "Order", "Order: Name"),
        ("Groups by month", "Groups", "Groups by month"),
        ("Rate 5 stars", "Rating", "Rate 5 stars"),
        ("Copy files", "", "Copy files"),
    ],
)
def test_what_stands_in_a_menu_below_names_it_once(text: str, below: str, full: str) -> None:
    assert Command("a", Menu.VIEW, text, below=below).full_text == full


def test_a_menu_is_named_as_the_language_writes_it() -> None:
    with in_french():
        dark = Command("a", Menu.VIEW, "Sombre", below="Thème")
        assert dark.full_text == "Thème\u00a0: Sombre"
