import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CatalogDamagedError, StoreError
from desktop_app.engine.records import ModelInfo, RootKind
from desktop_app.engine.store import restoration
from desktop_app.engine.store.backups import Backups
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.index_opening import open_index
from desktop_app.engine.store.restoration import restore
from desktop_app.engine.store.vector_index import save_index
from tests.engine.store.conftest import MakePicture

NOON = 1_770_897_600.0  # 12 Feb 2026, 12:00 UTC


@pytest.fixture
def backed_up(
    catalog_path: Path, model: ModelInfo, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> list[int]:
    """A catalog with three pictures in its backup and one that came later; ids of the three."""
    monkeypatch.setattr("time.time", lambda: NOON)
    catalog = Catalog.open(catalog_path)
    root_id = catalog.add_root("/photos", RootKind.FOLDER)
    ids = catalog.write_pictures(root_id, model, [make_picture(str(n), n) for n in range(3)])
    catalog.back_up(CancelToken())
    catalog.write_pictures(root_id, model, [make_picture("late", 9)])
    catalog.close()
    return ids


def test_the_backup_comes_and_the_damaged_file_stays(
    catalog_path: Path, backed_up: list[int]
) -> None:
    catalog_path.write_bytes(b"damaged" * 100)
    catalog_path.with_name("catalog.sqlite3-wal").write_bytes(b"log")
    aside = restore(catalog_path, Backups(catalog_path).newest_good())
    assert aside == catalog_path.with_name("catalog.damaged-2026-02-12.sqlite3")
    assert aside.read_bytes() == b"damaged" * 100
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"log"
    catalog = Catalog.open(catalog_path)
    assert sorted(catalog.picture_ids_newest_first().tolist()) == backed_up
    catalog.close()
    assert {path.name for path in catalog_path.parent.iterdir()} == {
        "catalog.sqlite3",
        "backups",
        aside.name,
        aside.name + "-wal",
    }


def test_damaged_files_get_names_of_their_own(catalog_path: Path, backed_up: list[int]) -> None:
    names = []
    for content in (b"first", b"second", b"third"):
        catalog_path.write_bytes(content)
        aside = restore(catalog_path, Backups(catalog_path).newest_good())
        assert aside is not None
        assert aside.read_bytes() == content
        names.append(aside.name)
    assert names[1:] == [
        "catalog.damaged-2026-02-12-2.sqlite3",
        "catalog.damaged-2026-02-12-3.sqlite3",
    ]


def test_where_there_is_no_backup_it_begins_anew(catalog_path: Path) -> None:
    catalog_path.write_bytes(b"damaged" * 100)
    aside = restore(catalog_path, None)
    assert aside is not None
    assert aside.read_bytes() == b"damaged" * 100
    catalog = Catalog.open(catalog_path)
    assert catalog.roots() == []
    catalog.close()


@pytest.mark.parametrize("writable", [True, False])
@pytest.mark.parametrize("is_empty", [True, False])
def test_a_file_that_is_gone_is_not_begun_anew_by_itself(
    catalog_path: Path, backed_up: list[int], is_empty: bool, writable: bool
) -> None:
    catalog_path.unlink()
    if is_empty:
        catalog_path.touch()
    with pytest.raises(CatalogDamagedError, match="gone"):
        Catalog.open(catalog_path, writable=writable)
    restore(catalog_path, Backups(catalog_path).newest_good())
    catalog = Catalog.open(catalog_path, writable=writable)
    assert catalog.picture_count() == len(backed_up)
    catalog.close()


def test_beginning_anew_beside_backups_is_final(catalog_path: Path, backed_up: list[int]) -> None:
    restore(catalog_path, None)
    catalog = Catalog.open(catalog_path)
    assert catalog.picture_count() == 0
    catalog.close()


def test_a_backup_of_an_older_version_is_brought_up_to_date(catalog_path: Path) -> None:
    from tests.engine.store.test_migrations import make_old

    make_old(1, catalog_path)
    Catalog.open(catalog_path).close()
    catalog_path.write_bytes(b"damaged" * 100)
    backup = Backups(catalog_path).newest_good()
    assert backup is not None
    assert backup.pictures == 2
    restore(catalog_path, backup)
    catalog = Catalog.open(catalog_path)
    assert catalog.picture_count() == 2
    catalog.close()


def test_an_index_of_what_was_lost_is_not_taken_for_the_restored(
    catalog_path: Path, backed_up: list[int], model: ModelInfo, make_picture: MakePicture
) -> None:
    """Revisions come again: the same number stands for other vectors after a restoration."""
    folder = catalog_path.parent / "indexes"
    catalog = Catalog.open(catalog_path)
    save_index(open_index(folder, catalog, model), catalog)
    revision = catalog.vector_revision(model.key)
    catalog.close()
    restore(catalog_path, Backups(catalog_path).newest_good())
    catalog = Catalog.open(catalog_path)
    other = make_picture("other", 77)
    [id_] = catalog.write_pictures(catalog.roots()[0].id, model, [other])
    assert catalog.vector_revision(model.key) == revision
    index = open_index(folder, catalog, model)
    [nearest], [score] = index.search(other.vector, 1)
    assert nearest == id_
    assert np.isclose(score, 1, atol=1e-3)
    catalog.close()


def test_a_disk_that_refuses_changes_nothing(
    catalog_path: Path, backed_up: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog_path.write_bytes(b"damaged" * 100)

    def refuse(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    backup = Backups(catalog_path).newest_good()
    monkeypatch.setattr("shutil.copyfile", refuse)
    with pytest.raises(StoreError, match="could not be restored"):
        restore(catalog_path, backup)
    assert catalog_path.read_bytes() == b"damaged" * 100
    assert {path.name for path in catalog_path.parent.iterdir()} == {"catalog.sqlite3", "backups"}


def test_what_a_killed_restoration_left_goes(catalog_path: Path) -> None:
    workshop = catalog_path.parent / "restoring"
    workshop.mkdir()
    (workshop / "catalog.sqlite3").write_bytes(b"half")
    restoration.discard_unfinished(catalog_path)
    assert not workshop.exists()


def test_the_newest_is_the_last_that_was_made_of_whatever_version(
    catalog_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.engine.store.test_migrations import add_migration, make_old

    make_old(3, catalog_path)
    catalog = Catalog.open(catalog_path)
    catalog.back_up(CancelToken())
    catalog.remove_pictures([3])
    catalog.close()
    add_migration(monkeypatch, "later", "CREATE TABLE later (a)")
    catalog = Catalog.open(catalog_path)
    newest = catalog.backups.newest_good()
    assert newest is not None
    assert newest.pictures == 1
    assert catalog.backups.newest() == newest
    catalog.back_up(CancelToken())
    newest = catalog.backups.newest_good()
    assert newest is not None
    assert newest.path.endswith("Z.sqlite3")
    assert len(list(catalog.backups.folder.iterdir())) == 3
    catalog.close()


def test_what_is_restored_still_gives_space_back(catalog_path: Path, backed_up: list[int]) -> None:
    restore(catalog_path, Backups(catalog_path).newest_good())
    with closing(sqlite3.connect(catalog_path)) as connection:
        assert connection.execute("PRAGMA auto_vacuum").fetchone() == (2,)


def test_the_backup_stays(catalog_path: Path, backed_up: list[int]) -> None:
    backup = Backups(catalog_path).newest_good()
    assert backup is not None
    restore(catalog_path, backup)
    with closing(sqlite3.connect(backup.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert Backups(catalog_path).newest_good() == backup


@pytest.mark.parametrize("has_links", [True, False])
def test_a_kill_while_it_is_set_aside_leaves_the_log_with_the_file(
    catalog_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    catalog_path.write_bytes(b"damaged" * 100)
    log = catalog_path.with_name("catalog.sqlite3-wal")
    log.write_bytes(b"log")

    def killed(*_names: object) -> None:
        raise KeyboardInterrupt

    def refuse(*_names: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.rename", killed)
    if not has_links:
        monkeypatch.setattr("os.link", refuse)
    with pytest.raises(KeyboardInterrupt):
        restore(catalog_path, None)
    assert catalog_path.read_bytes() == b"damaged" * 100
    assert log.read_bytes() == b"log"
    monkeypatch.undo()
    aside = restore(catalog_path, None)
    assert aside is not None
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"log"
    assert not log.exists()
