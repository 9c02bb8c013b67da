import json
import logging
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from usearch.index import Index

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, StoreError
from desktop_app.engine.records import ModelInfo, RootKind
from desktop_app.engine.store import index_files, index_opening, vector_index
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.index_opening import open_index, opening
from desktop_app.engine.store.segment_groups import IndexLimits
from desktop_app.engine.store.vector_index import UsearchIndex, save_index
from tests.engine.store.conftest import MakePicture, picture
from tests.engine.store.inline_building import InlineBuilding

READING = "from the catalog"
TINY = IndexLimits(exact_up_to=0, held_in_memory=10, linked_from=30, segment_rows=35)


@pytest.fixture(autouse=True)
def _inline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_index, "GraphBuilding", InlineBuilding)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "indexes"


def open_tiny(folder: Path, catalog: Catalog, model: ModelInfo) -> UsearchIndex:
    return open_index(folder, catalog, model, TINY)


@pytest.fixture
def ids(
    catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture, folder: Path
) -> list[int]:
    """Forty pictures, with a saved index of them: a segment with a graph and one without."""
    batch = [make_picture(f"{number}.jpg", number) for number in range(40)]
    written = catalog.write_pictures(root_id, model, batch)
    index = open_tiny(folder, catalog, model)
    save_index(index, catalog)
    list(index.link())
    assert 0 < index.unlinked_count < 40
    return written


def assert_same(index: UsearchIndex, catalog: Catalog, model: ModelInfo) -> None:
    """The index answers, exactly and by its graphs, with what the catalog holds."""
    wanted = catalog.vector_ids(model.key)
    everything, _ = index.search(np.ones(model.dim, np.float32), None)
    np.testing.assert_array_equal(np.sort(everything), wanted)
    assert len(index) == len(wanted)
    for one in wanted.tolist():
        vector = catalog.vector(one, model.key)
        assert vector is not None
        for limit in (None, len(wanted)):
            found, scores = index.search(vector, limit)
            assert scores[found.tolist().index(one)] > 0.999
            assert len(found) == len(wanted)


def test_a_saved_index_is_used_again(
    folder: Path,
    catalog: Catalog,
    model: ModelInfo,
    ids: list[int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    caplog.clear()  # of what came before, where another test has made the log speak
    index = open_tiny(folder, catalog, model)
    assert READING not in caplog.text
    assert index.saved_revision == catalog.vector_revision(model.key)
    assert len(index) == len(ids)
    assert_same(index, catalog, model)


def test_hits_before_and_after_a_restart_are_identical(
    folder: Path,
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    ids: list[int],
) -> None:
    running = open_tiny(folder, catalog, model)
    for number in range(40, 200):
        new = make_picture(f"{number}.jpg", number % 50)
        [new_id] = catalog.write_pictures(root_id, model, [new])
        running.add(np.array([new_id]), new.vector[np.newaxis])
    gone = np.array(ids[::4])
    catalog.remove_pictures(gone)
    running.remove(gone)
    save_index(running, catalog)
    list(running.link())

    reopened = open_tiny(folder, catalog, model)

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
) -> None:
    saved_revision = catalog.vector_revision(model.key)
    catalog.write_pictures(root_id, model, [make_picture(f"new {n}", 100 + n) for n in range(5)])
    catalog.write_pictures(root_id, model, [make_picture("3.jpg", 200)])
    catalog.remove_pictures([ids[0], ids[7]])

    index = open_tiny(folder, catalog, model)

    assert index.saved_revision == saved_revision
    assert_same(index, catalog, model)
    nearest, _ = index.search(make_picture("3.jpg", 200).vector, 1)
    assert nearest.tolist() == [ids[3]]


def test_what_came_without_a_word_is_found_all_the_same(
    folder: Path,
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    ids: list[int],
) -> None:
    """The index was told of one change and not of others, and saved."""
    index = open_tiny(folder, catalog, model)
    catalog.write_pictures(root_id, model, [make_picture("untold", 300)])
    catalog.remove_pictures(ids[:1])
    save_index(index, catalog)
    assert index.saved_revision == catalog.vector_revision(model.key)
    assert_same(open_tiny(folder, catalog, model), catalog, model)


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
    index = open_tiny(folder, catalog, model)
    save_index(index, catalog)
    assert files() == before

    new = make_picture("new")
    index.add(np.array(catalog.write_pictures(root_id, model, [new])), new.vector[np.newaxis])
    save_index(index, catalog)
    assert files() != before
    assert index.saved_revision == catalog.vector_revision(model.key)


def test_building_anew_is_followed_and_answers_are_exact_before_it_is_linked(
    folder: Path,
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_opening, "_READ_AT_ONCE", 30)
    batch = [make_picture(str(number), number) for number in range(200)]
    written = catalog.write_pictures(root_id, model, batch)
    done = []
    steps = opening(folder, catalog, model, limits=IndexLimits(0, 500, 600, 1_000))
    while True:
        try:
            done.append(next(steps))
        except StopIteration as finished:
            index: UsearchIndex = finished.value
            break
    assert [one.done for one in done] == [30, 60, 90, 120, 150, 180, 200]
    assert {one.total for one in done} == {200}
    assert index.unlinked_count == 200
    for picture_id, one in zip(written, batch, strict=True):
        found, _ = index.search(one.vector, 5)
        assert found[0] == picture_id
        assert len(found) == 5


def test_opening_can_be_stopped(
    folder: Path, catalog: Catalog, model: ModelInfo, ids: list[int]
) -> None:
    cancel = CancelToken()
    steps = opening(folder, catalog, model, cancel)
    assert next(steps).total == 40
    cancel.cancel()
    with pytest.raises(CancelledError):
        next(steps)
    assert_same(open_tiny(folder, catalog, model), catalog, model)


def test_a_graph_that_was_not_finished_is_begun_again(
    folder: Path,
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = [make_picture(str(number), number) for number in range(40)]
    catalog.write_pictures(root_id, model, batch)
    with monkeypatch.context() as patched:
        patched.setattr(InlineBuilding, "look", lambda _self: None)
        assert open_tiny(folder, catalog, model).unlinked_count == 40
    index = open_tiny(folder, catalog, model)
    assert index.unlinked_count == 40
    index.search(batch[0].vector, 1)
    assert index.unlinked_count == 10
    assert_same(index, catalog, model)


def test_a_large_library_is_on_disk_as_soon_as_it_is_open(
    folder: Path,
    catalog: Catalog,
    model: ModelInfo,
    ids: list[int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    shutil.rmtree(folder)
    index = open_tiny(folder, catalog, model)
    assert index.saved_revision == catalog.vector_revision(model.key)
    caplog.set_level(logging.INFO)
    caplog.clear()  # of what came before, where another test has made the log speak
    assert_same(open_tiny(folder, catalog, model), catalog, model)
    assert READING not in caplog.text


def test_who_only_reads_writes_nothing(
    folder: Path,
    catalog: Catalog,
    catalog_path: Path,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    ids: list[int],
) -> None:
    batch = [make_picture(f"new {number}", number) for number in range(50)]
    catalog.write_pictures(root_id, model, batch)
    before = sorted(folder.iterdir())
    reader = Catalog.open(catalog_path, writable=False)
    index = open_tiny(folder, reader, model)
    assert_same(index, reader, model)
    assert list(index.link()) == []
    assert sorted(folder.iterdir()) == before
    reader.close()


def test_a_manifest_that_is_replaced_while_it_is_opened_is_read_again(
    folder: Path,
    catalog: Catalog,
    catalog_path: Path,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    ids: list[int],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A command in a terminal searches while the window saves."""
    window = open_tiny(folder, catalog, model)
    real = index_files.read_manifest
    times = 0

    def read_manifest(*arguments: Any) -> index_files.Manifest | None:
        nonlocal times
        found = real(*arguments)
        times += 1
        if times == 1:
            catalog.remove_pictures(ids[-1:])
            window.remove(np.array(ids[-1:]))
            new = [make_picture(f"new {number}", 100 + number) for number in range(6)]
            new_ids = catalog.write_pictures(root_id, model, new)
            window.add(np.array(new_ids), np.stack([one.vector for one in new]))
            save_index(window, catalog)
        return found

    reader = Catalog.open(catalog_path, writable=False)
    caplog.set_level(logging.INFO)
    caplog.clear()  # of what came before, where another test has made the log speak
    monkeypatch.setattr(index_files, "read_manifest", read_manifest)
    assert_same(open_tiny(folder, reader, model), reader, model)
    assert times == 3
    assert "missing" in caplog.text
    reader.close()


def test_what_was_left_behind_is_cleared_up(
    folder: Path, catalog: Catalog, catalog_path: Path, model: ModelInfo, ids: list[int]
) -> None:
    before = sorted(folder.iterdir())
    left = folder / index_files.new_name(model.key, "graph")
    left.touch()
    reader = Catalog.open(catalog_path, writable=False)
    open_tiny(folder, reader, model)
    reader.close()
    assert left.exists()
    open_tiny(folder, catalog, model)
    assert sorted(folder.iterdir()) == before


def test_few_new_ones_are_saved_without_writing_all_again(
    folder: Path,
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
) -> None:
    index = open_index(folder, catalog, model)
    written = []
    for number in range(100):
        new = make_picture(f"{number}.jpg", number)
        index.add(np.array(catalog.write_pictures(root_id, model, [new])), new.vector[np.newaxis])
        before = set(folder.glob("*.rows"))
        save_index(index, catalog)
        written += [path.stat().st_size for path in set(folder.glob("*.rows")) - before]
        assert len(list(folder.glob("*.rows"))) <= 7
    row_bytes = 2 * model.dim
    assert len(written) == 100
    assert sum(written) <= 100 * 7 * row_bytes


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
    other = open_tiny(folder, catalog, other_model)
    save_index(other, catalog)
    assert_same(other, catalog, other_model)
    caplog.set_level(logging.INFO)
    caplog.clear()  # of what came before, where another test has made the log speak
    assert_same(open_tiny(folder, catalog, model), catalog, model)
    assert READING not in caplog.text


def assert_read_anew_once(
    folder: Path, catalog: Catalog, model: ModelInfo, caplog: pytest.LogCaptureFixture
) -> None:
    """What is spoiled is read from the catalog, and once saved is found whole."""
    caplog.clear()
    caplog.set_level(logging.INFO)
    caplog.clear()  # of what came before, where another test has made the log speak
    index = open_tiny(folder, catalog, model)
    assert READING in caplog.text
    assert_same(index, catalog, model)

    save_index(index, catalog)
    list(index.link())
    caplog.clear()
    assert_same(open_tiny(folder, catalog, model), catalog, model)
    assert READING not in caplog.text


def _manifest_file(folder: Path) -> Path:
    [path] = folder.glob("*.json")
    return path


def _no_file(ending: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        next(folder.glob(f"*.{ending}")).unlink()

    return spoil


def _nothing(folder: Path) -> None:
    shutil.rmtree(folder)


def _folder_instead(folder: Path) -> None:
    path = next(folder.glob("*.graph"))
    path.unlink()
    path.mkdir()


def _spoiled_manifest(folder: Path) -> None:
    _manifest_file(folder).write_text("{")


def _rewrite(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Write a manifest that is whole but says something else."""
    path = _manifest_file(folder)
    index = json.loads(path.read_bytes())["index"]
    change(index)
    path.write_bytes(index_files._sealed(index))


def _claims(**changes: object) -> Callable[[Path], None]:
    return lambda folder: _rewrite(folder, lambda index: index.update(changes))


def _claims_of_segments(**changes: object) -> Callable[[Path], None]:
    def change(index: dict[str, Any]) -> None:
        for segment in index["segments"]:
            segment.update(changes)

    return lambda folder: _rewrite(folder, change)


def _twice_the_same(folder: Path) -> None:
    _rewrite(folder, lambda index: index.update(segments=2 * index["segments"]))


def _another_format(folder: Path) -> None:
    path = _manifest_file(folder)
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"format": 1}))


@pytest.mark.parametrize(
    "spoil",
    [
        _no_file("json"),
        _no_file("ids"),
        _no_file("graph"),
        _nothing,
        _folder_instead,
        _spoiled_manifest,
        _claims(library_id="another"),
        _claims(model_key="another"),
        _claims(dim=16),
        _claims(dtype="i8"),
        _claims(revision=1_000_000),
        _claims_of_segments(count=39),
        _claims_of_segments(dead="?"),
        _claims_of_segments(dead="eJwDAAAAAAE="),
        _twice_the_same,
        _another_format,
    ],
)
def test_what_does_not_fit_is_read_from_the_catalog(
    folder: Path,
    catalog: Catalog,
    model: ModelInfo,
    ids: list[int],
    caplog: pytest.LogCaptureFixture,
    spoil: Callable[[Path], None],
) -> None:
    spoil(folder)
    assert_read_anew_once(folder, catalog, model, caplog)
    needed = {_manifest_file(folder).name}
    manifest = index_files.read_manifest(folder, model.key)
    assert manifest is not None
    for segment in manifest.segments:
        needed.update(segment.file_names)
    left = {path.name for path in folder.iterdir() if path.is_file()}
    assert left == needed


def _not_usearch(path: Path, rows: Any) -> None:
    path.write_bytes(b"whole, but no index" * 100)


def _of_another_type(path: Path, rows: Any) -> None:
    other = Index(ndim=rows.shape[1], metric="cos", dtype="f32")
    other.add(np.arange(len(rows)), np.ones(rows.shape, np.float32))
    other.save(path)


def _of_another_length(path: Path, rows: Any) -> None:
    other = Index(ndim=2 * rows.shape[1], metric="cos", dtype="f16")
    other.add(np.arange(len(rows)), np.ones((len(rows), 2 * rows.shape[1]), np.float16))
    other.save(path)


def _of_other_vectors(path: Path, rows: Any) -> None:
    other = Index(ndim=rows.shape[1], metric="cos", dtype="f16")
    other.add(np.arange(len(rows)), np.ones(rows.shape, np.float16))
    other.save(path)


@pytest.mark.parametrize(
    "make", [_not_usearch, _of_another_type, _of_another_length, _of_other_vectors]
)
def test_a_whole_graph_with_the_wrong_content_is_not_taken(
    folder: Path,
    catalog: Catalog,
    model: ModelInfo,
    ids: list[int],
    caplog: pytest.LogCaptureFixture,
    make: Callable[[Path, Any], None],
) -> None:
    path = next(folder.glob("*.graph"))
    manifest = index_files.read_manifest(folder, model.key)
    assert manifest is not None
    [linked] = [one for one in manifest.segments if one.is_linked]
    make(path, np.empty((linked.count, model.dim), np.float16))

    def change(index: dict[str, Any]) -> None:
        for segment in index["segments"]:
            if segment["rows"]["name"] == path.name:
                content = path.read_bytes()
                segment["rows"] |= {"size_bytes": len(content), "crc32": zlib.crc32(content)}

    _rewrite(folder, change)
    caplog.set_level(logging.INFO)
    caplog.clear()  # of what came before, where another test has made the log speak
    assert_same(open_tiny(folder, catalog, model), catalog, model)
    assert READING in caplog.text


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Catalog, ModelInfo]]:
    """A saved index of 40 pictures, of which some were replaced and removed, and its catalog."""
    base = tmp_path_factory.mktemp("whole")
    model = ModelInfo(key="a" * 64, name="Model A", dim=8, is_builtin=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(vector_index, "GraphBuilding", InlineBuilding)
        catalog = Catalog.open(base / "catalog.sqlite3")
        root_id = catalog.add_root("/photos", RootKind.FOLDER)
        batch = [picture(f"{number}.jpg", number) for number in range(40)]
        written = catalog.write_pictures(root_id, model, batch)
        index = open_tiny(base / "indexes", catalog, model)
        save_index(index, catalog)
        list(index.link())
        catalog.remove_pictures(written[3:6])
        index.remove(np.array(written[3:6]))
        save_index(index, catalog)
    endings = sorted(path.suffix for path in (base / "indexes").iterdir())
    assert endings == [".graph", ".ids", ".ids", ".json", ".rows"]
    yield base / "indexes", catalog, model
    catalog.close()


@given(data=st.data())
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_flipped_byte_and_any_cut_tail_is_noticed(
    whole: tuple[Path, Catalog, ModelInfo],
    tmp_path_factory: pytest.TempPathFactory,
    caplog: pytest.LogCaptureFixture,
    data: st.DataObject,
) -> None:
    saved, catalog, model = whole
    folder = tmp_path_factory.mktemp("spoiled") / "indexes"
    shutil.copytree(saved, folder)
    path = data.draw(st.sampled_from(sorted(folder.iterdir())), "file")
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1), "place")
    if data.draw(st.booleans(), "is cut"):
        del content[place:]
    else:
        content[place] ^= data.draw(st.integers(1, 255), "flipped bits")
    path.write_bytes(content)
    assert_read_anew_once(folder, catalog, model, caplog)
    shutil.rmtree(folder.parent)


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
    assert_same(open_tiny(folder, anew, model), anew, model)
    anew.close()


def test_an_empty_library_has_an_empty_index(
    folder: Path, catalog: Catalog, model: ModelInfo
) -> None:
    for _ in range(2):
        index = open_tiny(folder, catalog, model)
        assert len(index) == 0
        save_index(index, catalog)


def test_a_folder_that_cannot_be_written_costs_only_time(
    tmp_path: Path,
    catalog: Catalog,
    model: ModelInfo,
    ids: list[int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "file").touch()
    index = open_tiny(tmp_path / "file" / "indexes", catalog, model)
    save_index(index, catalog)
    assert "could not be saved" in caplog.text
    assert index.saved_revision is None
    assert_same(index, catalog, model)


def test_a_catalog_that_cannot_be_read_is_an_error(
    folder: Path, catalog: Catalog, model: ModelInfo
) -> None:
    catalog.close()
    with pytest.raises(StoreError):
        open_tiny(folder, catalog, model)
