"""Full, read-only and vanishing disks under a whole library."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine import mending
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.diagnostics.traces import start_logging, stop_logging
from desktop_app.engine.errors import LibraryInUseError, StoreError, UnwritableError
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import ChangedPlace, IndexProgress, IndexSummary, Query
from tests.conftest import PROJECT
from tests.engine.store.test_migrations import make_old
from tests.engine.test_killing import add_pictures, check_whole, ids_in
from tests.helpers.disks import fill, no_file_beyond, small_disk
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.one_model import OneModel

PICTURES = 300
JPEG = b"\xff\xd8" + b"x" * 5000 + b"\xff\xd9"


def run(data: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tests.helpers.index_slowly", str(data), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=PROJECT,
        timeout=120,
    )


@pytest.mark.parametrize("size", ["64k", "400k", "1200k"])
def test_a_full_disk(tmp_path: Path, size: str) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    add_pictures(folder, range(PICTURES))
    with small_disk(tmp_path / "disk", size) as disk:
        data = disk.folder / "data"
        said: dict[int, str | None] = {}
        for _ in range(2):
            done = run(data, folder)
            said |= {id_: said.get(id_) for id_ in ids_in(done.stdout.splitlines())}
            assert done.returncode == 1
            assert done.stderr.strip().splitlines()[-1] == (
                "The disk that holds the library is full. "
                "Free some space and try again; everything indexed so far is kept."
            )
        status = subprocess.run(
            [sys.executable, "-m", "desktop_app", "--data-dir", data, "status", "--json"],
            capture_output=True,
            text=True,
            check=True,
            cwd=PROJECT,
        )
        assert json.loads(status.stdout)["pictures"] >= len(said)
        disk.remount("size=64m")
        check_whole(data, said)
        done = run(data, folder)
        assert done.returncode == 0
        check_whole(data, said)
        assert len(said) == PICTURES
        summary = json.loads(done.stdout[done.stdout.index("{") : done.stdout.rindex("}") + 1])
        assert summary["failed"] == []


def check_only_read(library: Library, pictures: Path, index: Callable[..., IndexSummary]) -> None:
    """All that asks works, and all that changes says in one sentence why it does not."""
    assert library.unwritable is not None
    list(library.prepare_search(CancelToken()))
    library.check(CancelToken())
    ids = library.search(Query.of_words("red")).ids.tolist()
    assert len(ids) == library.status().pictures == len(COLOURS)
    assert library.thumbnail(ids[0]) is not None
    [root] = library.roots()
    token = CancelToken()
    changes: list[Callable[[], object]] = [
        lambda: index(library, pictures),
        lambda: list(library.look_again([ChangedPlace(root.path)], token)),
        lambda: list(library.forget_root(root.id, token)),
        lambda: library.locate_root(root.id, pictures.parent),
        lambda: library.confirm_removals([root.id]),
        lambda: library.use_model("starter"),
        lambda: library.remove_model("starter"),
        lambda: list(library.embed_next(token)),
    ]
    for change in changes:
        with pytest.raises(UnwritableError) as caught:
            change()
        assert caught.value.text == library.unwritable


@pytest.mark.parametrize("is_folder", [True, False])
def test_what_may_only_be_read(
    tmp_path: Path,
    pictures: Path,
    models: OneModel,
    index: Callable[..., IndexSummary],
    monkeypatch: pytest.MonkeyPatch,
    is_folder: bool,
) -> None:
    paths = DataPaths.below(tmp_path / "data")
    library = Library.open(paths, models)
    index(library, pictures)
    library.close()
    closed = paths.data if is_folder else paths.catalog
    real = os.access
    # As the system answers; tests may run as a user whom no permission binds.
    monkeypatch.setattr("os.access", lambda path, mode: path != closed and real(path, mode))
    with pytest.raises(UnwritableError, match="may only be read"):
        Library.open(paths, models)
    before = {path: path.stat().st_mtime_ns for path in paths.data.iterdir() if path.is_file()}
    library = Library.open_even_if_unwritable(paths, models)
    assert "may only be read" in str(library.unwritable)
    check_only_read(library, pictures, index)
    library.close()
    monkeypatch.undo()
    assert (
        before.items()
        <= {
            path: path.stat().st_mtime_ns for path in paths.data.iterdir() if path.is_file()
        }.items()
    )
    Library.open(paths, models).close()  # nothing keeps it from being written later


def test_what_cannot_be_read_either_says_why_it_cannot_be_written(
    tmp_path: Path, models: OneModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = DataPaths.below(tmp_path / "data")
    paths.create()
    make_old(1, paths.catalog)
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    with pytest.raises(UnwritableError, match="may only be read"):
        Library.open_even_if_unwritable(paths, models)


def test_a_read_only_disk(
    tmp_path: Path, pictures: Path, models: OneModel, index: Callable[..., IndexSummary]
) -> None:
    with small_disk(tmp_path / "disk", "64m") as disk:
        paths = DataPaths.below(disk.folder / "data")
        library = Library.open(paths, models)
        index(library, pictures)
        library.close()
        disk.remount("ro")
        with pytest.raises(StoreError, match="cannot be written"):
            Library.open(paths, models)
        with pytest.raises(StoreError, match="cannot be written"):
            mending.restore(paths, None)
        reader = Library.open(paths, models, writable=False)
        assert len(reader.search(Query.of_words("red")).ids) == len(COLOURS)
        assert reader.status().pictures == len(COLOURS)
        reader.close()
        both = Library.open_even_if_unwritable(paths, models)
        assert "cannot be written" in str(both.unwritable)
        assert not both.awaits_room
        check_only_read(both, pictures, index)
        both.close()
        with pytest.raises(UnwritableError, match="cannot be written"):
            Library.open_even_if_unwritable(DataPaths.below(disk.folder / "none"), models)
        disk.remount("rw")
        both = Library.open_even_if_unwritable(paths, models)
        assert both.unwritable is None
        both.close()
        again = Library.open(paths, models)
        assert index(again).unchanged == len(COLOURS)
        again.close()


def test_a_disk_without_any_room_at_the_start(
    tmp_path: Path, pictures: Path, models: OneModel, index: Callable[..., IndexSummary]
) -> None:
    with small_disk(tmp_path / "disk", "4m") as disk:
        paths = DataPaths.below(disk.folder / "data")
        library = Library.open(paths, models)
        index(library, pictures)
        library.close()
        ballast = fill(disk.folder)
        for _ in range(2):  # the first try leaves an empty log behind
            with pytest.raises(UnwritableError, match="holds the library is full") as caught:
                Library.open(paths, models)
            assert "Free some space" in caught.value.hint
        reader = Library.open(paths, models, writable=False)
        assert len(reader.search(Query.of_words("red")).ids) == len(COLOURS)
        reader.close()
        both = Library.open_even_if_unwritable(paths, models)
        assert both.unwritable is not None
        assert both.unwritable.startswith("The disk was full when the library was opened.")
        assert both.awaits_room
        assert not both.has_room()
        check_only_read(both, pictures, index)
        ballast.unlink()
        assert both.awaits_room  # until it is opened anew
        with pytest.raises(LibraryInUseError):  # what is being read as it is must not change
            Library.open(paths, models)
        both.close()
        again = Library.open_even_if_unwritable(paths, models)
        assert again.unwritable is None
        assert not again.awaits_room
        assert index(again).unchanged == len(COLOURS)
        again.close()


def test_thumbnails_that_cannot_be_kept(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path, 1 << 20)
    with no_file_beyond(1000):
        cache.put("ab" * 8, JPEG)
    assert cache.get("ab" * 8) is None
    cache.put("ab" * 8, JPEG)
    assert cache.get("ab" * 8) == JPEG
    cache.close()


def test_a_log_that_cannot_be_written(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    start_logging(tmp_path)
    try:
        with no_file_beyond(100):
            for number in range(50):
                logging.getLogger("test").warning("something %d", number)
        logging.getLogger("test").warning("after that")
    finally:
        stop_logging()
    assert capfd.readouterr().err == ""
    assert "after that" in (tmp_path / "image-seeker.log").read_text("utf-8")


def test_a_drive_that_is_unplugged_while_indexing(
    tmp_path: Path, models: OneModel, index: Callable[..., IndexSummary]
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    add_pictures(folder, range(PICTURES))
    drive, elsewhere = tmp_path / "drive", tmp_path / "elsewhere"
    library = Library.open(DataPaths.below(drive), models)
    reported: list[int] = []

    def index_until_unplugged() -> None:
        for report in library.index([folder], CancelToken()):
            if isinstance(report, IndexProgress) and report.added_ids:
                reported.extend(report.added_ids)
                if drive.exists():
                    drive.rename(elsewhere)

    with pytest.raises(StoreError, match="any more") as caught:
        index_until_unplugged()
    assert "Connect the drive" in caught.value.hint
    library.close()
    if drive.exists():  # thumbnails make their folders again
        assert not (drive / "catalog.sqlite3").exists()
        drive.rename(tmp_path / "left")
    elsewhere.rename(drive)
    again = Library.open(DataPaths.below(drive), models)
    assert set(reported) <= set(again.picture_ids().tolist())
    summary = index(again)
    assert summary.added == PICTURES - len(reported)
    again.close()


@pytest.mark.parametrize("now_s", [0.0, 1.0, -86_400.0, 4e9])
def test_clocks(
    paths: DataPaths,
    models: OneModel,
    pictures: Path,
    index: Callable[..., IndexSummary],
    monkeypatch: pytest.MonkeyPatch,
    now_s: float,
) -> None:
    """A computer without a battery for its clock starts in 1970; the next run is far from it."""
    library = Library.open(paths, models)
    index(library, pictures)
    monkeypatch.setattr("time.time", lambda: now_s)
    (pictures / "red.png").unlink()
    summary = index(library)
    assert summary.removed == 1
    assert summary.seconds >= 0
    assert library.status().backup is not None
    library.close()
    monkeypatch.undo()
    again = Library.open(paths, models)
    index(again)
    newest = again.status().backup
    assert newest is not None
    assert newest.pictures == len(COLOURS) - 1
    again.close()
