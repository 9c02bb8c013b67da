import json
import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from usearch.index import Index

from desktop_app.engine.errors import StoreError
from desktop_app.engine.records import ModelInfo, RootKind
from desktop_app.engine.store import index_files, vector_index
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.index_files import SavedIndex
from desktop_app.engine.store.vector_index import UsearchIndex, open_index, save_index
from tests.engine.store.conftest import MakePicture

BUILDING = "Building the vector index"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "indexes"


@pytest.fixture
def ids(
    catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture, folder: Path
) -> list[int]:
    """Forty pictures, with a saved index of them."""
    batch = [make_picture(f"{number}.jpg", number) for number in range(40)]
    written = catalog.write_pictures(root_id, model, batch)
    save_index(open_index(folder, catalog, model), folder, catalog)
    return written


def assert_same(index: UsearchIndex, catalog: Catalog, model: ModelInfo) -> None:
    """The index answers, exactly and by its graph, with what the catalog holds."""
    wanted = catalog.vector_ids(model.key)
    everything, _ = index.search(np.ones(model.dim, np.float32), None)
    np.testing.assert_array_equal(np.sort(everything), wanted)
    index._exact_up_to = 0
    for one in wanted.tolist():
        vector = catalog.vector(one, model.key)
        assert vector is not None
        found, scores = index.search(vector, len(wanted))
        assert scores[found.tolist().index(one)] > 0.999
        assert len(found) == len(wanted)
        np.testing.assert_array_equal(np.ravel(index._graph[one]), vector)
    assert len(index._graph) == len(wanted)


def test_a_saved_index_is_used_again(
    folder: Path,
    catalog: Catalog,
    model: ModelInfo,
    ids: list[int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    index = open_index(folder, catalog, model)
    assert BUILDING not in caplog.text
    assert index.saved_revision == catalog.vector_revision(model.key)
    assert len(index) == len(ids)
    assert_same(index, catalog, model)


@pytest.mark.parametrize("exact_up_to", [0, 1000])
def test_hits_before_and_after_a_restart_are_identical(
    folder: Path,
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    ids: list[int],
    exact_up_to: int,
) -> None:
    running = open_index(folder, catalog, model)
    for number in range(40, 200):
        new = make_picture(f"{number}.jpg", number % 50)
        [new_id] = catalog.write_pictures(root_id, model, [new])
        running.add(np.array([new_id]), new.vector[np.newaxis])
    gone = np.array(ids[::4])
    catalog.remove_pictures(gone)
    running.remove(gone)
    save_index(running, folder, catalog)

    reopened = open_index(folder, catalog, model)

    running._exact_up_to = reopened._exact_up_to = exact_up_to
    for seed in range(500, 520):
        query = make_picture("query", seed).vector
        for limit in (7, None):
            before, after = running.search(query, limit), reopened.search(query, limit)
            np.testing.assert_array_equal(before[0], after[0])
            np.testing.assert_array_equal(before[1], after[1])


def test_catches_up_with_what_it_missed(
    folder: Path,
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    ids: list[int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    saved_revision = catalog.vector_revision(model.key)
    catalog.write_pictures(root_id, model, [make_picture(f"new {n}", 100 + n) for n in range(5)])
    catalog.write_pictures(root_id, model, [make_picture("3.jpg", 200)])
    catalog.remove_pictures([ids[0], ids[7]])
    caplog.set_level(logging.INFO)

    index = open_index(folder, catalog, model)

    assert BUILDING not in caplog.text
    assert index.saved_revision == saved_revision
    assert_same(index, catalog, model)
    nearest, _ = index.search(make_picture("3.jpg", 200).vector, 1)
    assert nearest.tolist() == [ids[3]]


def test_is_saved_only_when_something_changed(
    folder: Path,
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    ids: list[int],
) -> None:
    def files() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}

    before = files()
    index = open_index(folder, catalog, model)
    save_index(index, folder, catalog)
    assert files() == before

    new = make_picture("new")
    index.add(np.array(catalog.write_pictures(root_id, model, [new])), new.vector[np.newaxis])
    save_index(index, folder, catalog)
    assert files() != before
    assert index.saved_revision == catalog.vector_revision(model.key)


def test_a_long_building_is_left_for_later_and_answers_are_exact_meanwhile(
    folder: Path,
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vector_index, "_LINKED_AT_OPENING", 10)
    monkeypatch.setattr(vector_index, "_LINK_CHUNK", 7)
    batch = [make_picture(str(number), number) for number in range(200)]
    catalog.write_pictures(root_id, model, batch[:100])
    save_index(open_index(folder, catalog, model), folder, catalog)
    late = catalog.write_pictures(root_id, model, batch[100:])

    index = open_index(folder, catalog, model)

    assert index.unlinked_count == 100
    index._exact_up_to = 0
    for picture_id, picture in zip(late, batch[100:], strict=True):
        found, _ = index.search(picture.vector, 5)
        assert found[0] == picture_id
        assert len(found) == 5
    save_index(index, folder, catalog)
    assert index.unlinked_count == 0
    assert_same(index, catalog, model)
    assert_same(open_index(folder, catalog, model), catalog, model)


def test_models_have_an_index_each(
    folder: Path,
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    other_model: ModelInfo,
    make_picture: MakePicture,
    ids: list[int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    catalog.write_pictures(root_id, other_model, [make_picture("1.jpg", 77)])
    other = open_index(folder, catalog, other_model)
    save_index(other, folder, catalog)
    assert_same(other, catalog, other_model)
    caplog.set_level(logging.INFO)
    assert_same(open_index(folder, catalog, model), catalog, model)
    assert BUILDING not in caplog.text


def _index_file(folder: Path) -> Path:
    [path] = folder.glob("*.usearch")
    return path


def _record_file(folder: Path) -> Path:
    [path] = folder.glob("*.json")
    return path


def _no_index(folder: Path) -> None:
    _index_file(folder).unlink()


def _no_record(folder: Path) -> None:
    _record_file(folder).unlink()


def _nothing(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def _truncated(folder: Path) -> None:
    path = _index_file(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flipped_bit(folder: Path) -> None:
    path = _index_file(folder)
    content = bytearray(path.read_bytes())
    content[-200] ^= 4
    path.write_bytes(content)


def _spoiled_record(folder: Path) -> None:
    _record_file(folder).write_text("{")


def _claims(**changes: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = _record_file(folder)
        path.write_text(json.dumps(json.loads(path.read_text()) | changes))

    return change


@pytest.mark.parametrize(
    "spoil",
    [
        _no_index,
        _no_record,
        _nothing,
        _truncated,
        _flipped_bit,
        _spoiled_record,
        _claims(library_id="another"),
        _claims(model_key="another"),
        _claims(dim=16),
        _claims(dtype="i8"),
        _claims(count=39),
        _claims(revision=1_000_000),
        _claims(format=0),
    ],
)
def test_what_does_not_fit_is_built_anew(
    folder: Path,
    catalog: Catalog,
    model: ModelInfo,
    ids: list[int],
    caplog: pytest.LogCaptureFixture,
    spoil: Callable[[Path], None],
) -> None:
    spoil(folder)
    caplog.set_level(logging.INFO)
    index = open_index(folder, catalog, model)
    assert BUILDING in caplog.text
    assert index.saved_revision is None
    assert_same(index, catalog, model)

    save_index(index, folder, catalog)
    caplog.clear()
    assert_same(open_index(folder, catalog, model), catalog, model)
    assert BUILDING not in caplog.text


def _serialised(graph: Index) -> bytes:
    content = graph.save()
    assert content is not None
    return bytes(content)


def _not_usearch(saved: SavedIndex, vectors: Index) -> bytes:
    return b"whole, but no index" * 100


def _of_another_type(saved: SavedIndex, vectors: Index) -> bytes:
    other = Index(ndim=saved.dim, metric="cos", dtype="f32")
    other.add(np.arange(1, saved.count + 1), np.ones((saved.count, saved.dim), np.float32))
    return _serialised(other)


def _of_another_length(saved: SavedIndex, vectors: Index) -> bytes:
    other = Index(ndim=2 * saved.dim, metric="cos", dtype="f16")
    other.add(np.arange(1, saved.count + 1), np.ones((saved.count, 2 * saved.dim), np.float16))
    return _serialised(other)


def _of_other_vectors(saved: SavedIndex, vectors: Index) -> bytes:
    keys = np.asarray(vectors.keys)
    vectors.remove(keys)
    vectors.add(keys, np.ones((saved.count, saved.dim), np.float16))
    return _serialised(vectors)


@pytest.mark.parametrize(
    "make", [_not_usearch, _of_another_type, _of_another_length, _of_other_vectors]
)
def test_a_whole_file_with_the_wrong_content_is_built_anew(
    folder: Path,
    catalog: Catalog,
    model: ModelInfo,
    ids: list[int],
    caplog: pytest.LogCaptureFixture,
    make: Callable[[SavedIndex, Index], bytes],
) -> None:
    saved = index_files.read_record(folder, model.key)
    assert saved is not None
    graph = Index.restore(_index_file(folder).read_bytes())
    assert graph is not None
    index_files.write(folder, saved, make(saved, graph))
    caplog.set_level(logging.INFO)
    assert_same(open_index(folder, catalog, model), catalog, model)
    assert BUILDING in caplog.text


def test_an_index_of_a_catalog_made_anew_is_not_taken(
    folder: Path,
    catalog: Catalog,
    catalog_path: Path,
    model: ModelInfo,
    make_picture: MakePicture,
    ids: list[int],
) -> None:
    catalog.close()
    catalog_path.unlink()
    anew = Catalog.open(catalog_path)
    root_id = anew.add_root("/photos", RootKind.FOLDER)
    # The same ids and revisions as before, for other pictures.
    for number in range(40):
        anew.write_pictures(root_id, model, [make_picture(f"x{number}", 1000 + number)])
    assert_same(open_index(folder, anew, model), anew, model)
    anew.close()


def test_an_empty_library_has_an_empty_index(
    folder: Path, catalog: Catalog, model: ModelInfo
) -> None:
    for _ in range(2):
        index = open_index(folder, catalog, model)
        assert len(index) == 0
        save_index(index, folder, catalog)


def test_a_folder_that_cannot_be_written_costs_only_time(
    tmp_path: Path,
    catalog: Catalog,
    model: ModelInfo,
    ids: list[int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "file").touch()
    index = open_index(tmp_path / "file" / "indexes", catalog, model)
    save_index(index, tmp_path / "file" / "indexes", catalog)
    assert "could not be saved" in caplog.text
    assert index.saved_revision is None
    assert_same(index, catalog, model)


def test_a_catalog_that_cannot_be_read_is_an_error(
    folder: Path, catalog: Catalog, model: ModelInfo
) -> None:
    catalog.close()
    with pytest.raises(StoreError):
        open_index(folder, catalog, model)
