import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, CatalogDamagedError, StoreError
from desktop_app.engine.records import ModelInfo
from desktop_app.engine.store import backups
from desktop_app.engine.store.backups import Backups
from desktop_app.engine.store.catalog import Catalog
from tests.engine.store.conftest import MakePicture

NOON = 1_770_897_600.0  # 12 Feb 2026, 12:00 UTC


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock of this computer."""

    def set_to(now_s: float) -> None:
        monkeypatch.setattr("time.time", lambda: now_s)

    set_to(NOON)
    return set_to


def names(catalog: Catalog) -> list[str]:
    return sorted(path.name for path in catalog.backups.folder.iterdir())


def test_a_backup_is_the_whole_catalog(
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    clock: Callable[[float], None],
) -> None:
    ids = catalog.write_pictures(root_id, model, [make_picture(str(n), n) for n in range(50)])
    catalog.back_up(CancelToken())
    assert names(catalog) == ["catalog-000001-20260212T120000Z.sqlite3"]
    found = catalog.backups.newest_good()
    assert found is not None
    assert (found.made_at_s, found.pictures) == (NOON, 50)
    copy = Catalog.open(Path(found.path), writable=False)
    assert sorted(copy.picture_ids_newest_first().tolist()) == ids
    assert copy.library_id() == catalog.library_id()
    assert copy.vector_revision(model.key) == catalog.vector_revision(model.key)
    assert copy.pictures(ids) == catalog.pictures(ids)
    copy.close()


def test_three_are_kept(catalog: Catalog, clock: Callable[[float], None]) -> None:
    for day in range(5):
        clock(NOON + day * 86_400)
        catalog.back_up(CancelToken())
    assert [int(name.split("-")[1]) for name in names(catalog)] == [3, 4, 5]


def test_they_rotate_by_number_when_the_clock_goes_backwards(
    catalog: Catalog, clock: Callable[[float], None]
) -> None:
    for now_s in (NOON, NOON - 10 * 86_400, 0.0, -5.0):
        clock(now_s)
        assert catalog.backups.is_due()
        catalog.back_up(CancelToken())
    assert [int(name.split("-")[1]) for name in names(catalog)] == [2, 3, 4]
    newest = catalog.backups.newest_good()
    assert newest is not None
    assert "catalog-000004-19700101T000000Z" in newest.path


def test_one_a_day_is_due(catalog: Catalog, clock: Callable[[float], None]) -> None:
    assert catalog.backups.is_due()
    catalog.back_up(CancelToken())
    assert not catalog.backups.is_due()
    clock(NOON + backups.INTERVAL_S - 1)
    assert not catalog.backups.is_due()
    clock(NOON + backups.INTERVAL_S)
    assert catalog.backups.is_due()


def test_a_cancelled_one_leaves_nothing(catalog: Catalog) -> None:
    cancel = CancelToken()
    cancel.cancel()
    rows = [("/" + "x" * 1000 + str(n),) for n in range(3000)]
    with catalog._connections.writing() as connection:
        connection.executemany("INSERT INTO roots (path, kind) VALUES (?, 'folder')", rows)
    with pytest.raises(CancelledError):
        catalog.back_up(cancel)
    assert names(catalog) == []
    catalog.back_up(CancelToken())  # what was cancelled does not stay so
    assert len(names(catalog)) == 1


def test_what_a_killed_one_left_is_no_backup(catalog: Catalog) -> None:
    catalog.backups.folder.mkdir()
    (catalog.backups.folder / "unfinished.tmp").write_bytes(b"half")
    assert not catalog.backups.are_there()
    catalog.back_up(CancelToken())
    assert len(names(catalog)) == 1


def test_a_damaged_catalog_pushes_no_good_backup_out(catalog: Catalog, catalog_path: Path) -> None:
    rows = [("/" + "x" * 1000 + str(n),) for n in range(300)]
    with catalog._connections.writing() as connection:
        connection.executemany("INSERT INTO roots (path, kind) VALUES (?, 'folder')", rows)
    catalog.back_up(CancelToken())
    before = names(catalog)
    catalog.close()
    content = bytearray(catalog_path.read_bytes())
    content[-50 * 4096 :] = b"\xff" * 50 * 4096
    catalog_path.write_bytes(content)
    again = Catalog.open(catalog_path)
    with pytest.raises(CatalogDamagedError):
        again.back_up(CancelToken())
    assert names(again) == before
    again.close()


def test_a_damaged_backup_is_passed_over(
    catalog: Catalog, clock: Callable[[float], None], caplog: pytest.LogCaptureFixture
) -> None:
    for day in range(3):
        clock(NOON + day * 86_400)
        catalog.back_up(CancelToken())
    newest, second, oldest = sorted(catalog.backups.folder.iterdir(), reverse=True)
    newest.write_bytes(newest.read_bytes()[:5000])
    second.write_bytes(b"")
    found = catalog.backups.newest_good()
    assert found is not None
    assert found.path == str(oldest)
    assert "cannot be used" in caplog.text
    oldest.write_bytes(b"no database" * 100)
    assert catalog.backups.newest_good() is None


def test_files_of_others_are_left_alone(tmp_path: Path, catalog: Catalog) -> None:
    catalog.backups.folder.mkdir()
    other = catalog.backups.folder / "catalog-000001-20261399T120000Z.sqlite3"
    other.write_bytes(b"a month 13")
    (catalog.backups.folder / "letter.txt").write_text("dear aunt")
    for _ in range(5):
        catalog.back_up(CancelToken())
    assert other.exists()
    assert (catalog.backups.folder / "letter.txt").exists()
    assert len(names(catalog)) == 5


def test_a_disk_that_refuses_says_so(catalog: Catalog) -> None:
    catalog.backups.folder.write_bytes(b"no folder")
    with pytest.raises(StoreError, match="could not be written"):
        catalog.back_up(CancelToken())


def test_room(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    assert catalog.backups.has_room()
    monkeypatch.setattr(backups, "SPARE_BYTES", 1 << 62)
    assert not catalog.backups.has_room()


def test_writers_and_readers_go_on_meanwhile(
    catalog: Catalog, catalog_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a backup reads, another connection writes; the backup is as of its beginning."""
    written: list[int] = []

    def write_once() -> bool:
        if not written:
            written.append(1)
            with closing(sqlite3.connect(catalog_path, isolation_level=None)) as other:
                other.execute("INSERT INTO roots (path, kind) VALUES ('/late', 'folder')")
        return False

    monkeypatch.setattr(
        "desktop_app.engine.store.sql_errors._STEPS_BETWEEN_LOOKS",
        1,
    )
    token = CancelToken()
    monkeypatch.setattr(CancelToken, "is_cancelled", property(lambda _self: write_once()))
    catalog.back_up(token)
    assert written
    assert [root.path for root in catalog.roots()] == ["/late"]
    newest = Backups(catalog_path).newest_good()
    assert newest is not None
    assert re.search(r"catalog-000001-", newest.path)
