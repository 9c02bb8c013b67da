"""What begins with what was typed, against the same said in Python."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.engine.records import ModelInfo, RootKind
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.names import plain
from tests.engine.store.conftest import DIM, picture

NAMES = [
    "IMG_2.jpg", "img_20.jpg", "img_201.jpg", "img_0002.jpg", "img_x2.jpg", "img_=20.jpg",
    "Café 1.png", "cafe.jpg", "20230501_1.jpg", "2023.png", "20.jpg", "_a.jpg", "%.jpg", "z.jpg",
]  # fmt: skip
MODEL = ModelInfo("m", "M", DIM, is_builtin=False)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog.open(tmp_path / "catalog.sqlite3")) as catalog:
        root = catalog.add_root("/photos", RootKind.FOLDER)
        catalog.write_pictures(root, MODEL, [picture(name, row) for row, name in enumerate(NAMES)])
        yield catalog


def found(catalog: Catalog, typed: str) -> list[str]:
    pictures = catalog.pictures(catalog.ids_beginning(typed).tolist())
    return [each.path.rpartition("/")[2] for each in pictures]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("IMG_2", ["IMG_2.jpg", "img_20.jpg", "img_201.jpg"]),
        ("img_20", ["img_20.jpg", "img_201.jpg"]),
        ("img_00", ["img_0002.jpg"]),
        ("cafe", ["Café 1.png", "cafe.jpg"]),
        ("CAFÉ", ["Café 1.png", "cafe.jpg"]),
        ("café 1", ["Café 1.png"]),
        ("20", ["20.jpg", "2023.png", "20230501_1.jpg"]),
        ("20230501_", ["20230501_1.jpg"]),
        ("%", ["%.jpg"]),
        ("_", ["_a.jpg"]),
        ("q", []),
    ],
)
def test_names_are_found_by_their_beginning(catalog: Catalog, typed: str, names: list[str]) -> None:
    assert sorted(found(catalog, typed)) == sorted(names)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(NAMES), length=st.integers(1, 12), loud=st.booleans())
def test_each_name_is_found_by_each_of_its_beginnings(
    catalog: Catalog, name: str, length: int, loud: bool
) -> None:
    typed = name[:length].upper() if loud else name[:length]
    names = found(catalog, typed)
    assert name in names
    for each in names:
        begins = plain(each).startswith(plain(typed))
        assert begins or without_zeros(each).startswith(without_zeros(typed))


def without_zeros(text: str) -> str:
    return re.sub("(?<![0-9])0+(?=[0-9])", "", plain(text))


def test_the_index_is_used(catalog: Catalog, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite3")) as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM pictures WHERE sort_name >= 'a' AND sort_name < 'b'"
            " AND substr(name, 1, 1) = 'a' ORDER BY sort_name, name, folder_id, id"
        ).fetchall()
    assert [row[3] for row in plan] == [
        "SEARCH pictures USING COVERING INDEX pictures_by_name (sort_name>? AND sort_name<?)"
    ]
