"""The list of keys."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.commands.command_book import Command, CommandBook, Menu
from desktop_app.ui.help.keyboard_panel import KeyboardPanel, KeyRow, KeySection, sections_of
from desktop_app.ui.help.single_keys import single_keys
from desktop_app.ui.kit.theme import Theme


@pytest.fixture
def book(qtbot: QtBot, theme: Theme) -> CommandBook:
    window = QWidget()
    qtbot.addWidget(window)
    book = CommandBook(theme, window)
    for command in (
        Command("b", Menu.SEARCH, "Search", 0, ("Ctrl+F", "/")),
        Command("a", Menu.FILE, "Add folder…", 0, ("Ctrl+O",)),
        Command("c", Menu.FILE, "Nothing to press"),
        Command("d", Menu.VIEW, "Zoom in (+)"),
    ):
        book.add(command, lambda: None)
    return book


def test_the_book_says_which_keys_there_are(book: CommandBook) -> None:
    assert sections_of(book) == [
        KeySection("File", [KeyRow("Ctrl+O", "Add folder")]),
        KeySection("View", [KeyRow("+", "Zoom in")]),
        KeySection("Search", [KeyRow("Ctrl+F   /", "Search")]),
    ]


def test_all_of_them_are_listed_menu_by_menu(qtbot: QtBot, theme: Theme, book: CommandBook) -> None:
    panel = KeyboardPanel(theme, book, single_keys())
    qtbot.addWidget(panel)

    def texts() -> set[str]:
        return {each.text() for each in panel.findChildren(QLabel)}

    assert {"File", "Add folder", "Ctrl+O"} <= texts()
    assert "Zoom in" not in texts()
    panel.show()
    qtbot.waitUntil(lambda: panel.is_whole)
    assert {"Zoom in", "Viewer"} <= texts()
    assert "Nothing to press" not in texts()
    items = [panel.cards.itemAt(at) for at in range(panel.cards.count() - 1)]
    stacked = [each.widget() for each in items if each is not None]
    qtbot.waitUntil(lambda: all(each is not None and each.isVisible() for each in stacked))
    titles = [each.text() for each in stacked if isinstance(each, QLabel)]
    assert titles == ["File", "View", "Search", *(each.title for each in single_keys())]


def test_a_book_without_keys_lists_none(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    panel = KeyboardPanel(theme, CommandBook(theme, window))
    qtbot.addWidget(panel)
    assert panel.is_whole
