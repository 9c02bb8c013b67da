"""When the catalog is backed up and looked through."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.engine import mending
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CatalogDamagedError
from desktop_app.engine.indexing import removals
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexSummary
from desktop_app.engine.store import backups
from desktop_app.engine.store.backups import Backups
from desktop_app.engine.store.catalog import Catalog
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.one_model import OneModel

Index = Callable[..., IndexSummary]
DAY_S = 86_400.0


class Clock:
    def __init__(self) -> None:
        self.now_s = 1_770_897_600.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.time", clock)
    return clock


def made(paths: DataPaths) -> list[str]:
    return sorted(path.name for path in Backups(paths.catalog).folder.glob("catalog-*"))


def test_the_first_run_makes_a_backup(
    library: Library, paths: DataPaths, pictures: Path, index: Index, clock: Clock
) -> None:
    assert library.status().backup is None
    index(library, pictures)
    backup = library.status().backup
    assert backup is not None
    assert (backup.made_at_s, backup.pictures) == (clock.now_s, len(COLOURS))


def test_one_a_day_when_something_changed(
    library: Library, paths: DataPaths, pictures: Path, index: Index, clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(removals, "ASKED_FROM", 1.0)
    index(library, pictures)
    (pictures / "red.png").unlink()
    index(library)
    assert len(made(paths)) == 1
    clock.now_s += DAY_S
    index(library)  # changes nothing, but what was changed yesterday is in no backup
    assert len(made(paths)) == 2
    clock.now_s += DAY_S
    index(library)
    assert len(made(paths)) == 2
    (pictures / "blue.png").unlink()
    clock.now_s -= 400 * DAY_S
    index(library)
    assert len(made(paths)) == 3
    status = library.status()
    assert status.backup is not None
    assert status.backup.pictures == len(COLOURS) - 2


def test_another_folder_is_in_a_backup_on_the_same_day(
    library: Library, paths: DataPaths, pictures: Path, index: Index, tmp_path: Path, clock: Clock
) -> None:
    index(library, pictures)
    other = tmp_path / "other"
    other.mkdir()
    (other / "one.png").write_bytes((pictures / "red.png").read_bytes())
    index(library, other)
    assert len(made(paths)) == 2
    for number in range(3):
        (other / f"{number}.png").write_bytes((pictures / "blue.png").read_bytes())
    index(library)  # a third more pictures
    backup = library.status().backup
    assert backup is not None
    assert backup.pictures == len(COLOURS) + 4
    (other / "4.png").write_bytes((pictures / "green.png").read_bytes())
    index(library)
    assert len(made(paths)) == 3


def test_a_forgotten_folder_is_a_change(
    library: Library, paths: DataPaths, pictures: Path, tmp_path: Path, index: Index, clock: Clock
) -> None:
    index(library, pictures)
    list(library.forget_root(library.roots()[0].id, CancelToken()))
    clock.now_s += DAY_S
    (tmp_path / "none").mkdir()
    index(library, tmp_path / "none")
    assert len(made(paths)) == 2


def test_a_cancelled_run_makes_none(
    library: Library, paths: DataPaths, pictures: Path, index: Index
) -> None:
    cancel = CancelToken()
    for report in library.index([pictures], cancel):
        if not isinstance(report, IndexSummary) and report.done:
            cancel.cancel()
    library.back_up(cancel)
    assert made(paths) == []
    index(library)
    assert len(made(paths)) == 1


def test_cancelled_after_the_summary(
    library: Library, paths: DataPaths, pictures: Path, index: Index
) -> None:
    cancel = CancelToken()
    list(library.index([pictures], cancel))
    cancel.cancel()
    library.back_up(cancel)
    assert made(paths) == []
    assert library.status().backup_problem is None
    index(library)
    assert len(made(paths)) == 1


def test_the_next_run_goes_on_during_a_backup(
    library: Library, paths: DataPaths, pictures: Path, index: Index, clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    list(library.index([pictures], CancelToken()))
    begun, may_end = threading.Event(), threading.Event()
    make = Backups.make

    def slowly(self: Backups, connection: sqlite3.Connection, cancel: CancelToken) -> None:
        make(self, connection, cancel)
        begun.set()
        may_end.wait(60)

    with monkeypatch.context() as patched:
        patched.setattr(Backups, "make", slowly)
        backup = threading.Thread(target=library.back_up, args=(CancelToken(),))
        backup.start()
        begun.wait(60)
        (pictures / "more.png").write_bytes((pictures / "red.png").read_bytes() + b"more")
        *_, summary = library.index([], CancelToken())
        may_end.set()
        backup.join()
    assert isinstance(summary, IndexSummary)
    assert summary.added == 1
    clock.now_s += DAY_S
    index(library)  # finds nothing new, but the backup does not have the one that came meanwhile
    assert len(made(paths)) == 2
    newest = library.status().backup
    assert newest is not None
    assert newest.pictures == len(COLOURS) + 1


def test_too_little_room_is_told_and_no_error(
    library: Library,
    paths: DataPaths,
    pictures: Path,
    index: Index,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(backups, "SPARE_BYTES", 1 << 62)
        assert index(library, pictures).added == len(COLOURS)
    assert made(paths) == []
    assert "too little room" in caplog.text
    assert "too little room" in (library.status().backup_problem or "")
    index(library)
    assert len(made(paths)) == 1
    assert library.status().backup_problem is None


def test_a_backup_that_fails_is_told_and_no_error(
    library: Library, paths: DataPaths, pictures: Path, index: Index
) -> None:
    Backups(paths.catalog).folder.mkdir()
    blocker = Backups(paths.catalog).folder / "unfinished.tmp"
    blocker.mkdir()
    assert index(library, pictures).added == len(COLOURS)
    assert "could not be written" in (library.status().backup_problem or "")
    blocker.rmdir()
    index(library)
    assert library.status().backup_problem is None
    assert len(made(paths)) == 1


def fill(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executemany(
            "INSERT INTO skips VALUES (?, 1, 'It is no picture.', 'not_a_picture', 1, 1, 0, 0)",
            [("/" + "x" * 500 + str(number),) for number in range(500)],
        )


def test_damage_is_found_by_the_backup(
    paths: DataPaths, models: OneModel, pictures: Path, index: Index, clock: Clock
) -> None:
    library = Library.open(paths, models)
    index(library, pictures)
    library.close()
    fill(paths.catalog)
    content = bytearray(paths.catalog.read_bytes())
    content[-20 * 4096 :] = b"\xff" * 20 * 4096
    paths.catalog.write_bytes(content)
    before = made(paths)
    clock.now_s += DAY_S
    (pictures / "red.png").unlink()

    def use() -> None:
        again = Library.open(paths, models)
        try:
            index(again)
        finally:
            again.close()

    with pytest.raises(CatalogDamagedError):
        use()
    assert made(paths) == before
    mending.restore(paths, mending.newest_backup(paths))
    restored = Library.open(paths, models)
    assert index(restored).removed == 1
    restored.close()


def test_all_is_read_after_an_unclean_end_alone(
    paths: DataPaths,
    models: OneModel,
    pictures: Path,
    index: Index,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checks: list[Catalog] = []
    check = Catalog.check

    def note(catalog: Catalog, cancel: CancelToken) -> None:
        checks.append(catalog)
        check(catalog, cancel)

    monkeypatch.setattr(Catalog, "check", note)
    first = Library.open(paths, models)
    index(first, pictures)
    first.check(CancelToken())
    log = paths.catalog.with_name("catalog.sqlite3-wal").read_bytes()
    assert log
    main = paths.catalog.read_bytes()
    first.close()
    second = Library.open(paths, models)
    second.check(CancelToken())
    second.close()
    assert checks == []
    paths.catalog.write_bytes(main)
    paths.catalog.with_name("catalog.sqlite3-wal").write_bytes(log)
    third = Library.open(paths, models)
    third.check(CancelToken())
    third.check(CancelToken())
    assert len(checks) == 1
    third.close()
