"""Damage of the index of words alone is mended, for all of it can be made anew."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CatalogDamagedError
from desktop_app.engine.query_language.parts import Is, Kind
from desktop_app.engine.records import ModelInfo, RootKind
from desktop_app.engine.store.catalog import Catalog
from tests.engine.store.conftest import DIM, picture

MODEL = ModelInfo("m", "M", DIM, is_builtin=False)

Spoil = Callable[[str], None]


@pytest.fixture
def dogs(catalog: Catalog, root_id: int, model: ModelInfo) -> list[int]:
    """Pictures with a word of their own each, before others."""
    names = [f"dog{number} screenshot.jpg" for number in range(5)]
    others = [f"o/{number}x{number * 7}.jpg" for number in range(300)]
    return catalog.write_pictures(root_id, model, [picture(name) for name in names + others])[:5]


@pytest.fixture
def spoil(catalog: Catalog, catalog_path: Path, dogs: list[int]) -> Spoil:
    """Writes what no program of ours does, below an open catalog that knows its index already."""

    def execute(statement: str) -> None:
        with closing(sqlite3.connect(catalog_path, isolation_level=None)) as connection:
            assert connection.execute(statement).rowcount

    return execute


SPOILED = [
    "UPDATE names_data SET block = x'0000' WHERE id > 1000",
    "UPDATE names_data SET block = substr(block, 1, 20) WHERE id > 1000",
    "UPDATE names_data SET block = zeroblob(length(block)) WHERE id > 1000",
    "DELETE FROM names_data WHERE id > 1000",
    "UPDATE names_data SET block = x'0000000000000000' WHERE id = 10",
]
"""The pages of the index, and the list of what parts it has."""


@pytest.mark.parametrize("statement", SPOILED)
def test_a_check_makes_the_index_anew(
    catalog: Catalog, spoil: Spoil, dogs: list[int], statement: str
) -> None:
    spoil(statement)
    catalog.check(CancelToken())
    assert catalog.names_matching("dog 3 screenshot", 9).ids[0] == dogs[3]
    assert not catalog._connections.mend_words(CancelToken())


def test_a_search_mends_what_it_meets(catalog: Catalog, spoil: Spoil, dogs: list[int]) -> None:
    spoil(SPOILED[0])
    assert catalog.names_matching("dog 3", 9).ids[0] == dogs[3]
    spoil(SPOILED[0])
    assert catalog.ids_matching([Is(Kind.SCREENSHOT)]).tolist() == dogs
    assert not catalog._connections.mend_words(CancelToken())


def test_who_only_reads_says_that_it_is_damaged(
    catalog: Catalog, catalog_path: Path, spoil: Spoil
) -> None:
    spoil(SPOILED[0])
    with closing(Catalog.open(catalog_path, writable=False)) as reader:
        with pytest.raises(CatalogDamagedError):
            reader.names_matching("dog", 9)
        reader.check(CancelToken())  # the pictures are whole


def test_what_cannot_be_mended_is_damage(
    catalog_path: Path, catalog: Catalog, spoil: Spoil
) -> None:
    spoil("DELETE FROM names_data")  # not even the list of its parts is left
    with closing(Catalog.open(catalog_path)) as again:
        for call in (lambda: again.check(CancelToken()), lambda: again.names_matching("dog", 9)):
            with pytest.raises(CatalogDamagedError):
                call()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_characters="/\\\0", codec="utf-8"), min_size=1),
        min_size=1,
        max_size=30,
        unique=True,
    )
)
def test_a_whole_index_is_found_whole(names: list[str]) -> None:
    with TemporaryDirectory() as folder, closing(Catalog.open(Path(folder) / "c")) as catalog:
        root_id = catalog.add_root("/photos", RootKind.FOLDER)
        catalog.write_pictures(root_id, MODEL, [picture(name) for name in names])
        assert not catalog._connections.mend_words(CancelToken())
