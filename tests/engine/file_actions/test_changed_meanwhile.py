"""Files that other programs change while they are moved are looked at again."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.records import IndexSummary, Query
from tests.engine.file_actions.conftest import ids_by_name, last, undo

Index = Callable[..., IndexSummary]
GO = CancelToken()


def paint(path: Path, colour: str) -> None:
    """Another program saves another picture there."""
    Image.new("RGB", (64, 64), colour).save(path)
    os.utime(path, ns=(1_900_000_000_000_000_000,) * 2)


def best(library: Library, words: str) -> int:
    """The best hit."""
    return int(library.search(Query.of_words(words)).ids[0])


def test_a_picture_that_was_edited_just_before_it_is_renamed(
    filled: Library, pictures: Path, index: Index
) -> None:
    ids = ids_by_name(filled)
    (pictures / "blue.png").unlink()
    paint(pictures / "red.png", "blue")
    last(filled.files.rename(ids["red.png"], "sea", GO))
    index(filled, confirm_removals=True)
    assert best(filled, "blue") == ids["red.png"]


@pytest.mark.skipif(os.name == "nt", reason="the system's trash gives nothing back")
@pytest.mark.parametrize("how", ["moved", "thrown away"])
def test_a_picture_that_was_edited_while_it_was_away(
    filled: Library, pictures: Path, tmp_path: Path, index: Index, how: str
) -> None:
    ids, away = ids_by_name(filled), tmp_path / "away"
    away.mkdir()
    (pictures / "blue.png").unlink()
    if how == "moved":
        done = last(filled.files.move([ids["red.png"]], str(away), GO))
        paint(away / "red.png", "blue")
    else:
        done = last(filled.files.trash([ids["red.png"]], GO))
        paint(pictures / "red.png", "blue")  # a new one of the same name, put back since
    assert not undo(filled, done).failed
    index(filled, confirm_removals=True)
    where = filled.pictures([best(filled, "blue")])
    assert [Path(one.path).name for one in where.values()] == ["red.png"]
