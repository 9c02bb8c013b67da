from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.records import GroupBy, SortBy
from desktop_app.ui.memory.captions import Captions
from desktop_app.ui.memory.cell_sides import USUAL_PX
from desktop_app.ui.memory.order import Order
from desktop_app.ui.memory.window_memory import FILE_NAME, WindowMemory
from tests.helpers.disks import no_file_beyond


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_at_first_nothing_is_known(tmp_path: Path, window: QWidget) -> None:
    memory = WindowMemory(tmp_path)
    assert not memory.restore_window(window)
    assert memory.cell_side_px == USUAL_PX
    assert not (tmp_path / FILE_NAME).exists()


def test_it_remembers(tmp_path: Path, window: QWidget, qtbot: QtBot) -> None:
    window.resize(555, 444)
    WindowMemory(tmp_path).save(window, 123)
    other = QWidget()
    qtbot.addWidget(other)
    memory = WindowMemory(tmp_path)
    assert memory.restore_window(other)
    assert (other.width(), other.height()) == (555, 444)
    assert memory.cell_side_px == 123


@pytest.mark.parametrize(
    "content", [b"", b"\xff\x00nonsense", b"[General]\ncell_side_px=wide\ngeometry=3\n"]
)
def test_a_damaged_file_is_no_memory(tmp_path: Path, window: QWidget, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    memory = WindowMemory(tmp_path)
    assert not memory.restore_window(window)
    assert memory.cell_side_px == USUAL_PX


def test_a_folder_that_cannot_be_written_costs_only_the_memory(
    tmp_path: Path, window: QWidget
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    WindowMemory(blocked / "data").save(window, 123)
    assert WindowMemory(blocked / "data").cell_side_px == USUAL_PX


def test_a_full_disk_costs_only_the_memory(tmp_path: Path, window: QWidget) -> None:
    memory = WindowMemory(tmp_path)
    memory.save(window, 123)
    with no_file_beyond(10):
        memory.save(window, 200)
    assert "cell_side_px=123" in (tmp_path / FILE_NAME).read_text("utf-8")
    memory.save(window, 201)
    assert "cell_side_px=201" in (tmp_path / FILE_NAME).read_text("utf-8")


def test_nothing_takes_the_place_of_a_library_that_is_away(tmp_path: Path, window: QWidget) -> None:
    folder, elsewhere = tmp_path / "library", tmp_path / "elsewhere"
    folder.mkdir()
    memory = WindowMemory(folder)
    memory.save(window, 123)
    folder.rename(elsewhere)
    memory.save(window, 200)
    memory.keep_others([WindowMemory(elsewhere)])
    assert not folder.exists()
    elsewhere.rename(folder)
    memory.save(window, 201)
    assert WindowMemory(folder).cell_side_px == 201


def test_it_remembers_whether_to_slow_down(tmp_path: Path, window: QWidget) -> None:
    memory = WindowMemory(tmp_path)
    assert not memory.is_gentle
    for is_gentle in (True, False):
        memory.set_gentle(is_gentle)
        memory.save(window, 123)
        assert WindowMemory(tmp_path).is_gentle is is_gentle


def test_it_remembers_what_is_written_below_pictures(tmp_path: Path, window: QWidget) -> None:
    memory = WindowMemory(tmp_path)
    assert memory.captions == Captions()
    for captions in (Captions(dates=True), Captions(names=True), Captions()):
        memory.set_captions(captions)
        memory.save(window, 123)
        assert WindowMemory(tmp_path).captions == captions


def test_it_remembers_the_sidebar_and_what_was_searched_for(
    tmp_path: Path, window: QWidget
) -> None:
    memory = WindowMemory(tmp_path)
    assert (memory.is_sidebar_open, memory.search_history) == (False, "")
    memory.set_sidebar_open(True)
    memory.set_search_history('["two dogs", "Ærø \\"x\\""]')
    memory.save(window, 123)
    memory = WindowMemory(tmp_path)
    assert memory.is_sidebar_open
    assert memory.search_history == '["two dogs", "Ærø \\"x\\""]'


def test_it_remembers_how_pictures_are_ordered(tmp_path: Path) -> None:
    assert WindowMemory(tmp_path).order == Order()
    order = Order(SortBy.SIZE, is_reversed=True, group_by=GroupBy.MONTH)
    WindowMemory(tmp_path).set_order(order)
    assert WindowMemory(tmp_path).order == order
