from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.ui.memory.kept_pictures import KeptPictures
from desktop_app.ui.memory.window_memory import FILE_NAME, WindowMemory
from tests.ui.fake_library import folder

WORK = replace(folder("Work", 2, missing=20), missing_since_s=1_700_000_000.25)

Start = Callable[[], KeptPictures]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """What is remembered at the next start."""
    return lambda: KeptPictures(WindowMemory(tmp_path))


def holds(kept: KeptPictures, *, missing: int = 20, later_s: float = 0.0) -> bool:
    return kept.holds(WORK.id, missing, WORK.missing_since_s + later_s)


def keep(kept: KeptPictures) -> None:
    kept.keep(WORK.id, WORK.missing_count, WORK.missing_since_s)


def test_nothing_is_kept_before_it_is_said(start: Start) -> None:
    assert not holds(start())


def test_it_is_remembered_for_the_pictures_it_was_said_of(start: Start) -> None:
    keep(start())
    kept = start()
    assert holds(kept)
    assert holds(kept, missing=19)
    assert not holds(kept, missing=21)
    assert not holds(kept, later_s=0.25)  # others have gone, and as many are back
    assert not kept.holds(1, 20, WORK.missing_since_s)


def test_what_is_back_and_goes_again_is_asked_about(start: Start) -> None:
    kept = start()
    keep(kept)
    kept.catch_up([WORK, folder("Photos", 1)])
    assert holds(kept)
    kept.catch_up([replace(WORK, missing_count=10)])
    assert holds(start(), missing=10)
    assert not holds(start(), missing=11)  # also where the clock was set back meanwhile
    kept.catch_up([replace(WORK, missing_count=0, missing_since_s=0.0)])
    assert not holds(start(), missing=1)


def test_of_a_forgotten_folder_nothing_is_kept(start: Start) -> None:
    kept = start()
    keep(kept)
    kept.catch_up([folder("Photos", 1)])
    assert not holds(start())


@pytest.mark.parametrize("value", ["x", "[[1]]", "[[1, 2, null]]", "7", '"[[1, 1e999, 3]]"'])
def test_a_damaged_file_keeps_nothing(tmp_path: Path, start: Start, value: str) -> None:
    (tmp_path / FILE_NAME).write_text(f"[General]\nkept_pictures={value}\n")
    assert not holds(start())
