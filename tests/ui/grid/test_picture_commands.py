import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.commands.command_book import CommandBook
from desktop_app.ui.grid.picture_commands import LIKED_AT_ONCE, PictureCommands
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.pictures.thumbnail_loader import ThumbnailLoader
from desktop_app.ui.work.tasks import Lane
from tests.ui.fake_library import FakeLibrary

COUNT = 30


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def commands(
    window: QWidget, thumbnails: ThumbnailLoader, lane: Lane, theme: Theme
) -> PictureCommands:
    library = FakeLibrary(COUNT)
    model = PictureModel()
    model.replace(library.ids)
    commands = PictureCommands(model, thumbnails, lane, theme, window)
    model.setParent(commands)
    commands.set_library(library)
    return commands


@pytest.fixture
def chosen() -> list[int]:
    return []


@pytest.fixture
def book(
    window: QWidget, commands: PictureCommands, chosen: list[int], theme: Theme
) -> CommandBook:
    book = CommandBook(theme, window)
    commands.add_to(book, lambda: chosen, lambda: "" if chosen else "Select a picture first.")
    return book


def test_a_hit_can_be_searched_by(
    qtbot: QtBot, commands: PictureCommands, book: CommandBook, chosen: list[int]
) -> None:
    chosen.append(2)
    with qtbot.waitSignal(commands.similar_asked) as asked:
        book.run("picture.similar")
    assert (asked.args[0].picture_id, asked.args[0].name) == (COUNT - 2, "picture 28.jpg")


@pytest.mark.parametrize(("name", "less"), [("picture.more", False), ("picture.less", True)])
def test_more_or_less_like_some_hits(
    qtbot: QtBot,
    commands: PictureCommands,
    book: CommandBook,
    chosen: list[int],
    name: str,
    less: bool,
) -> None:
    chosen.extend([0, 1])
    with qtbot.waitSignal(commands.liked) as liked:
        book.run(name)
    pictures, is_less = liked.args
    assert [each.picture_id for each in pictures] == [COUNT, COUNT - 1]
    assert is_less is less


def test_more_like_very_many_hits_is_more_like_the_first(
    qtbot: QtBot, commands: PictureCommands
) -> None:
    with qtbot.waitSignal(commands.liked) as liked:
        commands.like(range(COUNT))
    assert len(liked.args[0]) == LIKED_AT_ONCE


@pytest.mark.parametrize(
    ("rows", "possible"),
    [
        ([], set()),
        ([1], {"similar", "more", "less", "open"}),
        ([1, 2], {"more", "less"}),
    ],
)
def test_what_cannot_be_done_with_so_many_is_grey(
    book: CommandBook, chosen: list[int], rows: list[int], possible: set[str]
) -> None:
    chosen.extend(rows)
    book.refresh()
    assert {
        entry.command.name.removeprefix("picture.")
        for entry in book.entries
        if entry.action.isEnabled()
    } == possible
