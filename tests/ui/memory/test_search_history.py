from pathlib import Path

import pytest

from desktop_app.ui.memory.search_history import SearchHistory
from desktop_app.ui.memory.window_memory import WindowMemory


@pytest.fixture
def memory(tmp_path: Path) -> WindowMemory:
    return WindowMemory(tmp_path)


def test_lines_are_kept_once_and_the_newest_first(memory: WindowMemory) -> None:
    history = SearchHistory(memory)
    for line in ("sunset", " two dogs ", "", "  ", "Ærø, “snow” + 2*ice", "sunset"):
        history.add(line)
    kept = ["sunset", "Ærø, “snow” + 2*ice", "two dogs"]
    assert history.lines == kept
    assert SearchHistory(memory).lines == kept


def test_what_was_on_the_way_to_a_line_is_not_kept(memory: WindowMemory) -> None:
    history = SearchHistory(memory)
    for line in ("cat", "two d", "two dogs", "two"):
        history.add(line)
    assert history.lines == ["two", "two dogs", "cat"]


def test_it_can_be_cleared(memory: WindowMemory) -> None:
    history = SearchHistory(memory)
    history.add("dogs")
    history.clear()
    assert history.lines == []
    assert SearchHistory(memory).lines == []


def test_it_does_not_grow_for_ever(memory: WindowMemory) -> None:
    history = SearchHistory(memory)
    for number in range(60):
        history.add(f"{number} dogs")
    assert len(history.lines) == 50


@pytest.mark.parametrize("spoiled", ["nonsense", "{}", "7", '[1, "dogs", null]'])
def test_a_spoiled_memory_is_no_history(memory: WindowMemory, spoiled: str) -> None:
    memory.set_search_history(spoiled)
    assert SearchHistory(memory).lines in ([], ["dogs"])
