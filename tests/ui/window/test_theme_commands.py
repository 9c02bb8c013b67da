"""The theme as commands, which the palette finds by its words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.commands.command_book import CommandBook
from desktop_app.ui.commands.palette_model import Choice, ranked
from desktop_app.ui.kit.theme import DARK, LIGHT, Scheme, Theme
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.settings.settings_looks import LooksGroup
from desktop_app.ui.window.theme_commands import add_theme_commands


@pytest.fixture
def memory(tmp_path: Path) -> WindowMemory:
    return WindowMemory(tmp_path)


@pytest.fixture
def book(qtbot: QtBot, theme: Theme, memory: WindowMemory) -> Iterator[CommandBook]:
    window = QWidget()
    qtbot.addWidget(window)
    book = CommandBook(theme, window)
    add_theme_commands(book, theme, memory)
    yield book
    theme.set_scheme(Scheme.SYSTEM)


def ticked(book: CommandBook) -> list[str]:
    return [each.command.name for each in book.entries if each.action.isChecked()]


def test_a_theme_is_chosen_kept_and_ticked(
    book: CommandBook, theme: Theme, memory: WindowMemory
) -> None:
    assert ticked(book) == ["view.theme.system"]
    for scheme, tokens in ((Scheme.DARK, DARK), (Scheme.LIGHT, LIGHT)):
        book.run(f"view.theme.{scheme}")
        assert (theme.tokens, memory.scheme) == (tokens, scheme)
        assert ticked(book) == [f"view.theme.{scheme}"]
    book.run("view.theme.light")  # chosen already
    assert ticked(book) == ["view.theme.light"]


def test_the_settings_and_the_commands_show_the_same(
    qtbot: QtBot, book: CommandBook, theme: Theme
) -> None:
    looks = LooksGroup(theme, [])
    qtbot.addWidget(looks)
    book.run("view.theme.dark")
    assert looks.scheme.value is Scheme.DARK
    theme.set_scheme(Scheme.LIGHT)  # as the settings do
    assert ticked(book) == ["view.theme.light"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dark", ["Theme: Dark"]),
        ("light", ["Theme: Light"]),
        ("theme", ["Theme: Like the system", "Theme: Light", "Theme: Dark"]),
        ("system theme", ["Theme: Like the system"]),
    ],
)
def test_the_palette_finds_it(book: CommandBook, typed: str, found: list[str]) -> None:
    choices = [Choice(one.command.name, one.command.full_text) for one in book.entries]
    assert [choice.text for choice in ranked(choices, typed, [])] == found
