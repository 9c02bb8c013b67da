"""Pictures leave with all that refers to them, and come back with it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.records import FileAction, FileStamp, ModelInfo, PictureExample
from desktop_app.engine.saved_search import ExampleRole, SavedExample, SavedSearch
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.file_moves import SINGLE, FileMoves, JournalEntry, Return
from tests.engine.store.conftest import MakePicture

STAMP = FileStamp(7, 8)


@pytest.fixture
def ids(
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    other_model: ModelInfo,
    make_picture: MakePicture,
    catalog_path: Path,
) -> list[int]:
    """Three pictures with what other parts of the program may have said of them."""
    batch = [
        make_picture(f"{name}.jpg", seed) for seed, name in enumerate(["apple", "berry", "cherry"])
    ]
    ids = catalog.write_pictures(root_id, model, batch)
    catalog.write_vectors(
        other_model,
        [(one, each.fingerprint, each.vector) for one, each in zip(ids, batch, strict=True)],
    )
    with closing(sqlite3.connect(catalog_path, isolation_level=None)) as connection:
        connection.execute(
            "CREATE TABLE remarks (id INTEGER PRIMARY KEY, text TEXT, data BLOB,"
            " picture INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE)"
        )
        connection.execute("INSERT INTO remarks VALUES (1, 'näh', x'00ff', ?)", (ids[0],))
    return ids


def remarks(path: Path) -> list[tuple[str, bytes, int]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT text, data, picture FROM remarks").fetchall()


def leave(catalog: Catalog, *ids: int) -> None:
    gone, back = catalog.file_moves.write([], [], [(each, "") for each in ids], [], 1.0)
    assert (gone, back) == (list(ids), [])


def test_all_that_refers_to_a_picture_comes_back(
    catalog: Catalog, catalog_path: Path, ids: list[int], root_id: int, model: ModelInfo
) -> None:
    [before] = catalog.pictures(ids[:1])
    assert catalog.names_matching("apple", 10).ids.tolist() == [ids[0]]
    vector = catalog.vector(ids[0], model.key)
    revision = catalog.vector_revision(model.key)
    leave(catalog, ids[0])
    assert catalog.pictures(ids[:1]) == []
    assert remarks(catalog_path) == []
    assert catalog.names_matching("apple", 10).ids.tolist() == []
    returned = Return(ids[0], "/photos/new/apple.jpg", root_id, STAMP)
    assert catalog.file_moves.write([], [], [], [returned], 2.0) == ([], [ids[0]])
    [after] = catalog.pictures(ids[:1])
    assert (after.path, after.stamp) == ("/photos/new/apple.jpg", STAMP)
    assert (after.fingerprint, after.width_px) == (before.fingerprint, before.width_px)
    assert remarks(catalog_path) == [("näh", b"\x00\xff", ids[0])]
    np.testing.assert_array_equal(catalog.vector(ids[0], model.key), vector)
    since = [chunk for chunk, _ in catalog.vectors_since(model.key, revision, 10)]
    assert [each.tolist() for each in since] == [[ids[0]]]
    assert catalog.names_matching("apple", 10).ids.tolist() == [ids[0]]
    with closing(sqlite3.connect(catalog_path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_is_gone_meanwhile_is_left_out(
    catalog: Catalog, ids: list[int], root_id: int, model: ModelInfo
) -> None:
    search_id = catalog.save_search(SavedSearch(0, "like a", "", (_example(ids[0]),)))
    leave(catalog, ids[0])
    catalog.remove_search(search_id)
    catalog.file_moves.write([], [], [], [Return(ids[0], "/photos/apple.jpg", root_id, STAMP)], 2.0)
    assert catalog.path_of(ids[0]) == "/photos/apple.jpg"
    assert catalog.saved_searches() == []


def _example(picture_id: int) -> SavedExample:
    return SavedExample(ExampleRole.LIKED, "apple", PictureExample(picture_id=picture_id))


def test_who_has_come_to_its_place_gives_way(
    catalog: Catalog, ids: list[int], root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    leave(catalog, ids[0])
    [newer] = catalog.write_pictures(root_id, model, [make_picture("apple.jpg", 0)])
    assert catalog.file_moves.returned() == [(ids[0], newer)]
    returned = Return(ids[0], "/photos/apple.jpg", root_id, STAMP)
    assert catalog.file_moves.write([], [], [], [returned], 2.0) == ([newer], [ids[0]])
    assert catalog.file_moves.returned() == []


def test_other_content_at_its_place_is_another_picture(
    catalog: Catalog, ids: list[int], root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    leave(catalog, ids[0])
    catalog.write_pictures(root_id, model, [make_picture("apple.jpg", 9)])
    assert catalog.file_moves.returned() == []


def test_those_that_left_long_ago_are_forgotten(catalog: Catalog, ids: list[int]) -> None:
    leave(catalog, *ids)
    assert catalog.file_moves.expire(1.0) == 0
    assert catalog.file_moves.expire(1.5) == len(ids)
    assert catalog.file_moves.departed_fingerprint(ids[0]) is None


def test_one_that_never_left_does_not_return(
    catalog: Catalog, ids: list[int], root_id: int
) -> None:
    returned = Return(99, "/photos/z.jpg", root_id, STAMP)
    assert catalog.file_moves.write([], [], [], [returned], 2.0) == ([], [])


PATHS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(PATHS, PATHS, st.lists(st.tuples(PATHS, PATHS), max_size=3)), max_size=5))
def test_notes_are_read_as_they_were_written(
    written: list[tuple[str, str, list[tuple[str, str]]]],
) -> None:
    catalog = Catalog.open(Path(":memory:"))
    store: FileMoves = catalog.file_moves
    entries = [
        JournalEntry(number, FileAction.MOVE, old, new, tuple(sidecars))
        for number, (old, new, sidecars) in enumerate(written)
    ]
    ids = store.note(entries)
    found = store.unfinished()
    assert [one.id for one in found] == ids
    assert store.in_work() == {one.picture_id for one in entries}
    assert [
        JournalEntry(one.picture_id, one.action, one.old, one.new, one.sidecars) for one in found
    ] == entries
    store.write(ids, [], [], [], 1.0)
    assert store.unfinished() == []
    catalog.close()


def test_a_single_picture_takes_its_root_along(catalog: Catalog, ids: list[int]) -> None:
    [note] = catalog.file_moves.note([JournalEntry(ids[0], FileAction.MOVE, "/x.jpg", "/y.jpg")])
    catalog.file_moves.write([note], [(ids[0], "/y.jpg", SINGLE, STAMP)], [], [], 1.0)
    [back] = catalog.file_moves.note([JournalEntry(ids[0], FileAction.MOVE, "/y.jpg", "/x.jpg")])
    catalog.file_moves.write([back], [(ids[0], "/x.jpg", SINGLE, STAMP)], [], [], 1.0)
    assert [root.path for root in catalog.roots()] == ["/photos", "/x.jpg"]
