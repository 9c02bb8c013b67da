import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.picture_menu import PictureActions, picture_menu
from desktop_app.ui.theme import Theme


@pytest.fixture
def done() -> list[str]:
    return []


def actions(done: list[str], *, is_search: bool) -> PictureActions:
    def doing(what: str) -> object:
        return lambda: done.append(what)

    names = ("open", "show", "copy", "similar", *(("more", "less") if is_search else ()))
    return PictureActions(*map(doing, names))  # type: ignore[arg-type]


def test_all_of_it_for_one_hit(qtbot: QtBot, theme: Theme, done: list[str]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = picture_menu(actions(done, is_search=True), 1, theme, parent)
    assert [each.text() for each in menu.actions()] == [
        "Find similar",
        "More like this",
        "Less like this",
        "",
        "Open",
        "Show in file manager",
        "Copy path",
    ]
    for action in menu.actions():
        action.trigger()
    assert done == ["similar", "more", "less", "open", "show", "copy"]


def test_several_hits(qtbot: QtBot, theme: Theme, done: list[str]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = picture_menu(actions(done, is_search=True), 3, theme, parent)
    enabled = [each.text() for each in menu.actions() if each.isEnabled() and each.text()]
    assert enabled == ["More like these", "Less like these", "Copy 3 paths"]


def test_without_a_search_there_is_nothing_to_be_more_like(
    qtbot: QtBot, theme: Theme, done: list[str]
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = picture_menu(actions(done, is_search=False), 1, theme, parent)
    texts = [each.text() for each in menu.actions()]
    assert texts == ["Find similar", "", "Open", "Show in file manager", "Copy path"]
