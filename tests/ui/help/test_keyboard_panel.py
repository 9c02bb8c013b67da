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


def test_all_of_them_are_listed(qtbot: QtBot, theme: Theme, book: CommandBook) -> None:
    panel = KeyboardPanel(theme, book, single_keys())
    qtbot.addWidget(panel)
    texts = [each.text() for each in panel.findChildren(QLabel)]
    assert {"File", "Add folder", "Ctrl+O", "Viewer"} <= set(texts)
    assert "Nothing to press" not in texts
