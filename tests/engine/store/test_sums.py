"""What pictures come to together, against a plain sum."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.records import FileStamp, ModelInfo, PictureSums, RootKind
from desktop_app.engine.store import sums
from desktop_app.engine.store.catalog import Catalog
from tests.engine.store.conftest import DIM, picture

MODEL = ModelInfo(key="a" * 64, name="Model A", dim=DIM, is_builtin=True)
COUNT = 40
DAY_S = 86_400


def place(number: int) -> tuple[str, int, float]:
    """Folder, size and time of a picture."""
    return f"/photos/{number % 3}", 1000 + number, (number - 5) * DAY_S + 1.5


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    catalog = Catalog.open(tmp_path_factory.mktemp("sums") / "catalog.sqlite3")
    root = catalog.add_root("/photos", RootKind.FOLDER)
    batch = []
    for number in range(1, COUNT + 1):
        folder, size, taken_at_s = place(number)
        one = picture("x", taken_at_s=taken_at_s)
        stamp = FileStamp(size, one.stamp.mtime_ns)
        batch.append(replace(one, path=f"{folder}/{number}.jpg", stamp=stamp, utc_offset_s=0))
    catalog.write_pictures(root, MODEL, batch)
    yield catalog
    catalog.close()


def expected(ids: list[int]) -> PictureSums:
    there = [place(each) for each in ids if each <= COUNT]
    if not there:
        return PictureSums()
    folders = sorted({folder for folder, _, _ in there})
    days = [dt.date(1970, 1, 1) + dt.timedelta(at_s // DAY_S) for _, _, at_s in there]
    return PictureSums(
        len(there),
        sum(size for _, size, _ in there),
        min(days),
        max(days),
        len(folders),
        folders[0] if len(folders) == 1 else "",
    )


@given(ids=st.lists(st.integers(1, COUNT + 5), unique=True))
def test_any_pictures(filled: Catalog, ids: list[int]) -> None:
    assert filled.sums(np.array(ids, dtype=np.int64)) == expected(ids)


def test_the_whole_library(filled: Catalog) -> None:
    assert filled.sums(None) == expected(list(range(1, COUNT + 1)))


def test_few_of_many_are_looked_up(filled: Catalog) -> None:
    assert len([3, 6]) * sums._FEW < COUNT
    assert filled.sums(np.array([3, 6])) == expected([3, 6])


def test_an_empty_library(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path / "catalog.sqlite3")
    assert catalog.sums(None) == PictureSums()
    assert catalog.sums(np.array([7])) == PictureSums()
    catalog.close()
