import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.picture_commands import LIKED_AT_ONCE, PictureCommands
from desktop_app.ui.picture_model import PictureModel
from desktop_app.ui.tasks import Lane
from desktop_app.ui.theme import Theme
from desktop_app.ui.thumbnail_loader import ThumbnailLoader
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


def choose(text: str) -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(each for each in menu.actions() if each.text() == text).trigger()
    menu.close()


def test_a_hit_can_be_searched_by(qtbot: QtBot, commands: PictureCommands) -> None:
    commands.show_menu([2], QPoint(5, 5))
    with qtbot.waitSignal(commands.similar_asked) as asked:
        choose("Find similar")
    assert (asked.args[0].picture_id, asked.args[0].name) == (COUNT - 2, "picture 28.jpg")


@pytest.mark.parametrize(("text", "less"), [("More like these", False), ("Less like these", True)])
def test_more_or_less_like_some_hits(
    qtbot: QtBot, commands: PictureCommands, text: str, less: bool
) -> None:
    commands.show_menu([0, 1], QPoint(5, 5), is_search=True)
    with qtbot.waitSignal(commands.liked) as liked:
        choose(text)
    pictures, is_less = liked.args
    assert [each.picture_id for each in pictures] == [COUNT, COUNT - 1]
    assert is_less is less


def test_more_like_very_many_hits_is_more_like_the_first(
    qtbot: QtBot, commands: PictureCommands
) -> None:
    with qtbot.waitSignal(commands.liked) as liked:
        commands.like(range(COUNT))
    assert len(liked.args[0]) == LIKED_AT_ONCE


def test_paths_are_copied(qtbot: QtBot, commands: PictureCommands) -> None:
    with qtbot.waitSignal(commands.done) as done:
        commands.copy_paths([0, 1])
    assert done.args == ["2 paths copied."]
    assert len(QGuiApplication.clipboard().text().splitlines()) == 2
    QGuiApplication.clipboard().clear()


def test_without_rows_there_is_no_menu(commands: PictureCommands) -> None:
    commands.show_menu([], QPoint(5, 5))
    assert QApplication.activePopupWidget() is None
