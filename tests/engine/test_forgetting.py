"""Forgetting a folder frees what it took."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine import forgetting
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import (
    FileStamp,
    ForgetProgress,
    IndexSummary,
    ModelInfo,
    NewPicture,
    Picture,
    Query,
    RootKind,
)
from desktop_app.engine.store.catalog import Catalog
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.pictures import write_damaged

Index = Callable[..., IndexSummary]


def all_of(library: Library) -> dict[int, Picture]:
    return library.pictures(library.picture_ids().tolist())


def thumbnails_in(paths: DataPaths) -> set[str]:
    return {file.stem for file in paths.thumbnails.rglob("*.jpg")}


def test_thumbnails_go_that_no_other_picture_needs(
    library: Library, paths: DataPaths, pictures: Path, tmp_path: Path, index: Index
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(pictures / "red.png", other / "copy.png")
    assert library.status().thumbnail_bytes == 0  # known: nothing is counted in the background
    index(library, pictures, other)
    [first, second] = library.roots()
    assert len(thumbnails_in(paths)) == len(COLOURS)
    list(library.forget_root(first.id, CancelToken()))
    [left] = library.picture_ids().tolist()
    assert thumbnails_in(paths) == {library.pictures([left])[left].fingerprint.hex()}
    assert library.status().thumbnail_bytes == sum(
        file.stat().st_size for file in paths.thumbnails.rglob("*.jpg")
    )
    assert [root.id for root in library.roots()] == [second.id]
    list(library.forget_root(second.id, CancelToken()))
    assert thumbnails_in(paths) == set()
    assert (pictures / "red.png").exists()


def test_labels_go_to_copies_or_wait_until_the_folder_is_added_again(
    library: Library, pictures: Path, tmp_path: Path, index: Index
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(pictures / "red.png", other / "copy.png")
    index(library, pictures, other)
    library.labels.rate(library.picture_ids(), 4)
    [copy] = [id_ for id_, one in all_of(library).items() if one.path == str(other / "copy.png")]
    library.labels.rate([copy], 0)
    list(library.forget_root(library.roots()[0].id, CancelToken()))
    assert library.labels.of([copy])[copy].rating == 4
    index(library, pictures)
    ratings = {
        Path(one.path).name: library.labels.of([id_])[id_].rating
        for id_, one in all_of(library).items()
    }
    assert ratings == {f"{colour}.png": 4 for colour in COLOURS} | {"copy.png": 4, "red.png": 0}


def test_in_small_steps_between_which_searches_are_answered(
    library: Library, pictures: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "_AT_ONCE", 3)
    monkeypatch.setattr(forgetting, "_REMEMBERED", 4)
    index(library, pictures)
    write_damaged(pictures / "broken.jpg")
    index(library)
    done = []
    for report in library.forget_root(1, CancelToken()):
        assert report.total == len(COLOURS)
        done.append(report.done)
        hits = library.search(Query.of_words("red"))
        assert sorted(hits.ids.tolist()) == sorted(library.picture_ids().tolist())
        assert len(hits.ids) == len(COLOURS) - report.done
    assert done == sorted(done)
    assert {0, 3, 6, 8} == set(done)
    assert library.roots() == []
    assert library.skipped() == []


def test_the_open_index_is_kept_and_saved(
    library: Library, paths: DataPaths, pictures: Path, tmp_path: Path, index: Index
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(pictures / "red.png", other / "red.png")
    index(library, pictures, other)
    opened = library._switch.active().index()
    list(library.forget_root(library.roots()[0].id, CancelToken()))
    assert library._switch.active().index() is opened
    assert len(library.search(Query.of_words("red")).ids) == 1
    key = library._switch.active().info.key
    assert opened.is_saved(library._catalog.vector_revision(key))


def test_no_index_is_opened_to_forget(
    library: Library, pictures: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, pictures)
    library._switch.close()

    def refuse(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr("desktop_app.engine.active_model.open_index", refuse)
    list(library.forget_root(1, CancelToken()))
    assert library.roots() == []


def test_stopped_it_can_go_on(
    library: Library, pictures: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "_AT_ONCE", 3)
    index(library, pictures)
    cancel = CancelToken()

    def stop_early() -> None:
        for report in library.forget_root(1, cancel):
            if report.done:
                cancel.cancel()

    with pytest.raises(CancelledError):
        stop_early()
    assert library.roots()[0].picture_count == len(library.picture_ids()) == len(COLOURS) - 3
    assert len(library.search(Query.of_words("red")).ids) == len(COLOURS) - 3
    assert index(library).added == 3
    list(library.forget_root(1, CancelToken()))
    assert library.roots() == []


def test_an_unknown_folder_is_no_trouble(library: Library) -> None:
    assert list(library.forget_root(7, CancelToken())) == [ForgetProgress(0, 0)]


def test_the_catalog_gets_smaller(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    catalog = Catalog.open(path)
    root = catalog.add_root("/photos", RootKind.FOLDER)
    vector = np.zeros(4096, dtype=np.float32)
    batch = [
        NewPicture(f"/photos/{n}.jpg", FileStamp(n, n), 1, 1, "JPEG", None, bytes([n]) * 16, vector)
        for n in range(250)
    ]
    catalog.write_pictures(root, ModelInfo("key", "name", 4096, is_builtin=False), batch)
    catalog.close()
    full = path.stat().st_size
    catalog = Catalog.open(path)
    thumbnails = ThumbnailCache(tmp_path / "thumbnails", 1)
    steps = list(forgetting.forget(catalog, thumbnails, root, CancelToken(), lambda ids: None))
    catalog.close()
    assert len(steps) < 10  # not a page at a time
    assert path.stat().st_size < full / 5
