import datetime as dt
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.query_language.completion import Vocabulary
from desktop_app.engine.query_language.parts import (
    After,
    Before,
    ByCamera,
    Day,
    InFolder,
    Is,
    Kind,
    OfType,
    Part,
    Rated,
    Tagged,
)
from desktop_app.ui.search.filter_menu import FilterMenu
from desktop_app.ui.search.query_draft import QueryDraft

TODAY = dt.date(2026, 11, 26)
THERE = Vocabulary(("Holiday & more", "Work"), ("Canon EOS R5",), ("JPEG", "PNG"), ("snow & ice",))


@pytest.fixture
def chosen() -> list[Part]:
    return []


@pytest.fixture
def menu(qtbot: QtBot, chosen: list[Part]) -> Iterator[FilterMenu]:
    parent = QWidget()
    qtbot.addWidget(parent)

    def choose(parts: Sequence[Part]) -> None:
        chosen[:] = parts

    yield FilterMenu(THERE, choose, TODAY, parent)
    parent.close()


def entries(menu: QMenu) -> dict[str, QAction]:
    """All entries by their labels, those of submenus behind the submenu's."""
    found: dict[str, QAction] = {}
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            found |= {f"{action.text()}/{key}": each for key, each in entries(below).items()}
        else:
            found[action.text()] = action
    return found


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("Taken/This year", [After(Day(2026)), Before(Day(2027))]),
        ("Taken/2022", [After(Day(2022)), Before(Day(2023))]),
        ("Taken/Before 2021", [Before(Day(2021))]),
        ("Shape/Portrait", [Is(Kind.PORTRAIT)]),
        ("Folder/Holiday && more", [InFolder("Holiday & more")]),
        ("Type/PNG", [OfType("PNG")]),
        ("Camera/Canon EOS R5", [ByCamera("Canon EOS R5")]),
        ("Rating/★★★★★", [Rated(5, 5)]),
        ("Rating/3 stars or more", [Rated(3, 5)]),
        ("Rating/No rating", [Rated(0, 0)]),
        ("Tag/snow && ice", [Tagged("snow & ice")]),
        ("No screenshots", [Is(Kind.SCREENSHOT, is_excluded=True)]),
    ],
)
def test_a_click_adds_parts(
    menu: FilterMenu, chosen: list[Part], label: str, parts: list[Part]
) -> None:
    entries(menu)[label].trigger()
    assert chosen == parts


def test_what_there_is_none_of_is_not_offered(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = FilterMenu(Vocabulary(), lambda _parts: None, TODAY, parent)
    assert not [
        each for each in entries(menu) if each.startswith(("Folder", "Camera", "Type", "Tag"))
    ]


def test_one_choice_takes_the_place_of_another(qtbot: QtBot) -> None:
    draft = QueryDraft()
    draft.type_line("dogs in:Work after:2020 is:landscape -is:screenshot")
    draft.choose([After(Day(2022)), Before(Day(2023))])
    assert draft.state.line == "dogs in:Work is:landscape -is:screenshot after:2022 before:2023"
    draft.choose([Is(Kind.PORTRAIT)])
    draft.choose([Before(Day(2021))])
    assert draft.state.line == "dogs in:Work -is:screenshot is:portrait before:2021"
    draft.choose([Rated(5, 5)])
    draft.choose([Rated(3, 5)])
    assert draft.state.line.endswith("before:2021 rating:>=3")
    assert draft.undo()
    assert draft.undo()
    assert draft.undo()
    assert draft.state.line.endswith("after:2022 before:2023 is:portrait")


def test_what_else_there_is_to_do_stands_at_the_end(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    done: list[str] = []
    others = [("Pick", lambda: done.append("pick"), True), ("Save", lambda: None, False)]
    menu = FilterMenu(THERE, lambda _parts: None, TODAY, parent, others)
    pick, save = menu.actions()[-2:]
    assert (pick.isEnabled(), save.isEnabled()) == (True, False)
    pick.trigger()
    assert done == ["pick"]
