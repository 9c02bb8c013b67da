"""Writes that fail, wherever they fail: a clear sentence, and a catalog that is whole."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import StoreError
from desktop_app.engine.records import ModelInfo, RootKind
from desktop_app.engine.store import migrations
from desktop_app.engine.store.backups import Backups
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.connection import ClosingConnection
from desktop_app.engine.store.index_opening import open_index
from desktop_app.engine.store.restoration import restore
from desktop_app.engine.store.vector_index import save_index
from tests.engine.store.conftest import MakePicture
from tests.engine.store.test_migrations import make_old, user_version
from tests.helpers.disks import no_file_beyond

SENTENCE = "disk error|disk that holds the library is full|could not be|cannot be"


def check_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("limit", [0, 100, 5_000, 30_000])
def test_a_new_catalog(catalog_path: Path, limit: int) -> None:
    with no_file_beyond(limit), pytest.raises(StoreError, match=SENTENCE):
        Catalog.open(catalog_path)
    catalog = Catalog.open(catalog_path)
    assert catalog.roots() == []
    catalog.check(CancelToken())
    catalog.close()


@pytest.mark.parametrize("limit", [10_000, 50_000, 120_000, 200_000, 300_000])
def test_writing(
    catalog_path: Path, model: ModelInfo, make_picture: MakePicture, limit: int
) -> None:
    catalog = Catalog.open(catalog_path)
    root_id = catalog.add_root("/photos", RootKind.FOLDER)
    written: list[int] = []

    def write_on() -> None:
        for number in range(len(written), 5_000, 20):
            batch = [make_picture(str(number + n), number + n) for n in range(20)]
            written.extend(catalog.write_pictures(root_id, model, batch))

    with no_file_beyond(limit), pytest.raises(StoreError, match=SENTENCE):
        write_on()
    assert sorted(catalog.picture_ids_newest_first().tolist()) == written
    batch = [make_picture(f"late {n}", n) for n in range(20)]
    written += catalog.write_pictures(root_id, model, batch)
    catalog.close()
    check_whole(catalog_path)
    again = Catalog.open(catalog_path)
    assert sorted(again.picture_ids_newest_first().tolist()) == written
    again.close()


@pytest.mark.parametrize("limit", [100, 10_000, 30_000])
def test_a_migration(catalog_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    make_old(1, catalog_path)
    monkeypatch.setattr(Backups, "make_before_migration", lambda *_arguments: None)
    with no_file_beyond(limit), pytest.raises(StoreError, match=SENTENCE):
        Catalog.open(catalog_path)
    check_whole(catalog_path)
    assert user_version(catalog_path) == 1
    Catalog.open(catalog_path).close()
    assert user_version(catalog_path) == migrations.LATEST_VERSION


@pytest.mark.parametrize("limit", [0, 10_000, 60_000])
def test_a_migration_and_its_backup(catalog_path: Path, limit: int) -> None:
    make_old(1, catalog_path)
    with no_file_beyond(limit), pytest.raises(StoreError, match=SENTENCE):
        Catalog.open(catalog_path)
    assert user_version(catalog_path) == 1
    check_whole(catalog_path)
    Catalog.open(catalog_path).close()
    assert user_version(catalog_path) == migrations.LATEST_VERSION


@pytest.mark.parametrize("limit", [0, 20_000, 60_000])
def test_a_backup(
    catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture, limit: int
) -> None:
    catalog.back_up(CancelToken())
    catalog.write_pictures(root_id, model, [make_picture(str(n), n) for n in range(200)])
    with no_file_beyond(limit), pytest.raises(StoreError, match=SENTENCE):
        catalog.back_up(CancelToken())
    assert len(list(catalog.backups.folder.iterdir())) == 1
    good = catalog.backups.newest_good()
    assert good is not None
    assert good.pictures == 0
    catalog.back_up(CancelToken())
    good = catalog.backups.newest_good()
    assert good is not None
    assert good.pictures == 200


@pytest.mark.parametrize("limit", [0, 20_000, 60_000])
def test_a_restoration(catalog_path: Path, limit: int) -> None:
    catalog = Catalog.open(catalog_path)
    catalog.back_up(CancelToken())
    catalog.close()
    damaged = b"damaged" * 1000
    catalog_path.write_bytes(damaged)
    backup = Backups(catalog_path).newest_good()
    for chosen in (backup, None):
        with no_file_beyond(limit), pytest.raises(StoreError, match=SENTENCE):
            restore(catalog_path, chosen)
        assert catalog_path.read_bytes() == damaged
        assert {path.name for path in catalog_path.parent.iterdir()} == {
            "catalog.sqlite3",
            "backups",
        }
    restore(catalog_path, backup)
    Catalog.open(catalog_path).close()


def test_a_saved_index(
    catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture, tmp_path: Path
) -> None:
    """It is a cache: a disk that refuses it costs the next start some time."""
    [id_] = catalog.write_pictures(root_id, model, [make_picture("a")])
    folder = tmp_path / "indexes"
    index = open_index(folder, catalog, model)
    with no_file_beyond(50):
        save_index(index, catalog)
    [found], _ = open_index(folder, catalog, model).search(make_picture("a").vector, 1)
    assert found == id_
    np.testing.assert_array_equal(index.search(make_picture("a").vector, 1)[0], [id_])


class FailingConnection(ClosingConnection):
    """Says what SQLite says of a disk that cannot be read, where ``broken`` is in a statement."""

    broken = ""
    code = sqlite3.SQLITE_IOERR_READ

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        sql: str = arguments[0]
        if self.broken and self.broken in sql:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = self.code
            raise error
        return super().execute(*arguments)


@pytest.mark.parametrize("broken", ["SELECT", "INSERT", "COMMIT", "BEGIN", "DELETE"])
@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_FULL]
)
def test_errors_of_the_disk(
    catalog_path: Path,
    model: ModelInfo,
    make_picture: MakePicture,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    code: int,
) -> None:
    connect = sqlite3.connect

    def connect_failing(*arguments: Any, **options: Any) -> Any:
        return connect(*arguments, **{**options, "factory": FailingConnection})

    monkeypatch.setattr("desktop_app.engine.store.connection.sqlite3.connect", connect_failing)
    catalog = Catalog.open(catalog_path)
    root_id = catalog.add_root("/photos", RootKind.FOLDER)
    ids = catalog.write_pictures(root_id, model, [make_picture("a")])
    monkeypatch.setattr(FailingConnection, "broken", broken)
    monkeypatch.setattr(FailingConnection, "code", code)

    def use() -> None:
        catalog.write_pictures(root_id, model, [make_picture("b")])
        catalog.remove_pictures(ids)
        catalog.write_skipped(root_id, [])
        catalog.picture_count()
        catalog.remove_root(root_id)

    with pytest.raises(StoreError, match=SENTENCE):
        use()
    monkeypatch.setattr(FailingConnection, "broken", "")
    catalog.check(CancelToken())
    assert catalog.picture_count() >= 1
    catalog.close()
    check_whole(catalog_path)


def test_a_folder_that_vanishes_and_comes_back(
    tmp_path: Path, model: ModelInfo, make_picture: MakePicture
) -> None:
    """As when a drive is unplugged; SQLite would write on to a file that nobody finds again."""
    drive, elsewhere = tmp_path / "drive", tmp_path / "elsewhere"
    drive.mkdir()
    catalog = Catalog.open(drive / "catalog.sqlite3")
    root_id = catalog.add_root("/photos", RootKind.FOLDER)
    ids = catalog.write_pictures(root_id, model, [make_picture("a")])
    drive.rename(elsewhere)
    with pytest.raises(StoreError, match=f"not at {drive} any more"):
        catalog.write_pictures(root_id, model, [make_picture("b")])
    with pytest.raises(StoreError):
        catalog.back_up(CancelToken())
    catalog.close()
    assert not drive.exists()
    shutil.move(elsewhere, drive)
    again = Catalog.open(drive / "catalog.sqlite3")
    assert again.picture_ids_newest_first().tolist() == ids
    again.check(CancelToken())
    again.close()
