"""What a screen reader gets of a million pictures, asked as it asks: through Qt's interface."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from pytestqt.qtbot import QtBot

from desktop_app.ui.grid.grid_sections import Section
from desktop_app.ui.grid.grid_view import GridView
from desktop_app.ui.grid.picture_model import PictureModel
from tests.ui.fake_library import picture
from tests.ui.grid.test_grid_view import at, click, grid, model, press

__all__ = ["grid", "model"]

MILLION = 1_000_000
Name, Description = QAccessible.Text.Name, QAccessible.Text.Description
Event = QAccessible.Event


@pytest.fixture
def read(grid: GridView, model: PictureModel) -> Iterator[QAccessibleInterface]:
    """The grid of a million pictures as a screen reader has it."""
    model.replace(np.arange(MILLION, 0, -1), sections=[Section(0, "All of them")])
    QAccessible.setActive(True)
    yield QAccessible.queryAccessibleInterface(grid)
    QAccessible.setActive(False)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[QAccessible.Event, int]]:
    """What screen readers are told, and of which row; -1 for the grid itself."""
    events: list[tuple[QAccessible.Event, int]] = []

    def note(event: QAccessibleEvent) -> None:
        events.append((event.type(), event.child()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    return events


def test_it_has_a_name_and_as_many_children_as_pictures(read: QAccessibleInterface) -> None:
    assert read.text(Name) == "Pictures"
    assert read.role() == QAccessible.Role.Table
    assert read.childCount() == MILLION


def test_each_cell_has_name_role_and_place(
    grid: GridView, model: PictureModel, read: QAccessibleInterface
) -> None:
    row = 700_000
    cell = read.child(row)
    assert cell.role() == QAccessible.Role.Cell
    assert cell.text(Name) == "Picture 700\u202f001 of 1\u202f000\u202f000"  # until it is known
    picture_id = int(model.ids[row])
    model.add_pictures({picture_id: picture(picture_id)})
    assert cell.text(Name).startswith(f"picture {picture_id}.jpg, ")
    assert "2023" in cell.text(Name)
    assert cell.text(Name).endswith("All of them")
    assert cell.text(Description) == "Picture 700\u202f001 of 1\u202f000\u202f000"
    assert read.indexOfChild(cell) == row
    grid.go_to(row)
    place = grid.visualRect(model.index(row))
    assert cell.rect().topLeft() == grid.viewport().mapToGlobal(place.topLeft())
    assert cell.rect().size() == place.size()
    found = read.childAt(*grid.viewport().mapToGlobal(at(grid, row)).toTuple())
    assert read.indexOfChild(found) == row


def test_what_is_selected_and_has_the_keyboard_is_said(
    grid: GridView, read: QAccessibleInterface
) -> None:
    grid.go_to(5)
    assert read.indexOfChild(read.focusChild()) == 5
    assert read.child(5).state().focused
    assert read.child(5).state().selected
    assert not read.child(6).state().selected
    grid.select_to(900_000)
    assert read.child(456_789).state().selected
    assert not read.child(900_001).state().selected
    assert read.child(900_000).state().focused


def test_hits_say_how_well_they_fit(model: PictureModel, read: QAccessibleInterface) -> None:
    scores = np.linspace(1, 0, MILLION, dtype=np.float32)
    model.replace(model.ids, scores, scores * 2)
    first = int(model.ids[0])
    model.add_pictures({first: picture(first)})
    assert "score 1.00, relevance 2.00 (strong)" in read.child(0).text(Name)


def test_moving_tells_which_cell_has_the_keyboard(
    qtbot: QtBot,
    grid: GridView,
    read: QAccessibleInterface,
    told: list[tuple[QAccessible.Event, int]],
) -> None:
    click(qtbot, grid, 2)
    press(qtbot, grid, Qt.Key.Key_Right, Qt.Key.Key_Right)
    focused = [row for event, row in told if event == Event.Focus]
    assert focused == [2, 3, 4]
    told.clear()
    grid.clearFocus()
    grid.setFocus()
    assert (Event.Focus, 4) in told


def test_selecting_one_is_told_by_name_and_many_as_a_whole(
    grid: GridView, read: QAccessibleInterface, told: list[tuple[QAccessible.Event, int]]
) -> None:
    grid.go_to(3)
    grid.go_to(4)
    ours = (Event.SelectionAdd, Event.SelectionRemove, Event.SelectionWithin)
    assert [each for each in told if each[0] in ours] == [
        (Event.SelectionAdd, 3), (Event.SelectionRemove, 3), (Event.SelectionAdd, 4),
    ]  # fmt: skip
    told.clear()
    grid.selectAll()
    assert [each for each in told if each[0] in ours] == [(Event.SelectionWithin, -1)]


def test_a_name_that_comes_later_is_told(
    grid: GridView,
    model: PictureModel,
    read: QAccessibleInterface,
    told: list[tuple[QAccessible.Event, int]],
) -> None:
    grid.go_to(0)
    assert read.child(0).text(Name).startswith("Picture 1 of")  # asks for the record
    model.add_pictures({int(model.ids[0]): picture(int(model.ids[0]))})
    assert (Event.NameChanged, 0) in told


def test_nothing_is_told_while_nobody_listens(
    grid: GridView, told: list[tuple[QAccessible.Event, int]]
) -> None:
    grid.go_to(3)
    grid.selectAll()
    assert told == []


def test_other_pictures_are_other_children(model: PictureModel, read: QAccessibleInterface) -> None:
    read.child(999_999)
    model.replace(np.arange(10))
    assert read.childCount() == 10
    model.add_pictures({3: picture(3)})
    assert read.child(3).text(Name).startswith("picture 3.jpg")
