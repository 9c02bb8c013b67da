"""The files in ``tests/data/catalogs`` were made by SQL alone, a file for each version.

To add one: open the newest with the program's `migrations.migrate`, or apply
`migrations.MIGRATIONS` to an empty file (``auto_vacuum = INCREMENTAL``, ``journal_mode = WAL``),
insert what `test_an_old_catalog_opens_with_all_it_holds` asks for and what the new tables hold,
set ``application_id`` and ``user_version``, and close it. A file that is there is never changed.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.errors import StoreError
from desktop_app.engine.query_language.parts import InFolder, Name
from desktop_app.engine.records import FileStamp, PictureLabels, RootKind, SkipKind, SkippedFile
from desktop_app.engine.store import damage, migrations
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.models import ModelChoice
from desktop_app.engine.store.roots import StoredRoot
from tests.conftest import PROJECT

OLD_CATALOGS = PROJECT / "tests" / "data" / "catalogs"
TRIGGERS = ("names_added", "names_changed", "names_removed")
VERSIONS = range(1, migrations.LATEST_VERSION + 1)


def make_old(version: int, path: Path) -> None:
    shutil.copyfile(OLD_CATALOGS / f"version_{version}.sqlite3", path)


def add_migration(monkeypatch: pytest.MonkeyPatch, name: str, *statements: str) -> None:
    later = migrations.Migration(name, statements)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, later))
    monkeypatch.setattr(migrations, "LATEST_VERSION", migrations.LATEST_VERSION + 1)


def user_version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
    # What SQLite keeps behind an index of words may be defined otherwise by another version of it.
    return [
        (name, " ".join(sql.split()))
        for name, sql in rows
        if (sql and not name.startswith("names_")) or name in TRIGGERS
    ]


def test_there_is_a_catalog_of_every_version() -> None:
    kept = {path.stem for path in OLD_CATALOGS.iterdir()}
    assert kept == {f"version_{version}" for version in VERSIONS}


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_catalog_is_what_its_version_made(tmp_path: Path, version: int) -> None:
    make_old(version, tmp_path / "old.sqlite3")
    with closing(sqlite3.connect(tmp_path / "new.sqlite3", isolation_level=None)) as connection:
        for migration in migrations.MIGRATIONS[:version]:
            migration.apply(connection)
    assert schema(tmp_path / "old.sqlite3") == schema(tmp_path / "new.sqlite3")


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_catalog_opens_with_all_it_holds(tmp_path: Path, version: int) -> None:
    path = tmp_path / "catalog.sqlite3"
    make_old(version, path)
    catalog = Catalog.open(path)

    assert catalog.library_id() == "00112233445566778899aabbccddeeff"
    assert catalog.roots() == [
        StoredRoot(1, "/photos", RootKind.FOLDER, 1_700_000_000.5, 1),
        StoredRoot(2, "/one.png", RootKind.FILE, None, 1),
    ]
    assert catalog.known_files(1, "/photos") == {"/photos/ü.jpg": "3:1234:1600000000500000000"}
    assert catalog.known_files(2, "/one.png") == {"/one.png": "7:99:1500000000000000000"}
    assert [one.fingerprint for one in catalog.contents_of_sizes([1234, 99])] == [b"\xff", b"\1\2"]
    assert catalog.ids_without_vector("key-b").tolist() == [7]
    assert catalog.picture_ids_newest_first().tolist() == [7, 3]
    assert [picture.date_s for picture in catalog.pictures([3, 7])] == [1.6e9 + 0.5, 1.65e9 + 0.25]
    assert catalog.vector_revision("key-a") == 6
    [(ids, vectors)] = catalog.vectors_since("key-a", 0, 10)
    assert ids.tolist() == [3, 7]
    np.testing.assert_array_equal(vectors, [[1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5]])
    assert catalog.skipped() == [
        SkippedFile("/photos/bad.jpg", "It is cut off.", SkipKind.DAMAGED, FileStamp(5, 6)),
        SkippedFile("/photos/notes.txt", "It is no picture.", SkipKind.NOT_A_PICTURE),
    ]
    catalog.close()
    assert user_version(path) == migrations.LATEST_VERSION
    assert schema(path) == schema(OLD_CATALOGS / f"version_{migrations.LATEST_VERSION}.sqlite3")
    kept = [file.name for file in tmp_path.glob("backups/*")]
    if version == migrations.LATEST_VERSION:
        assert kept == []
    else:
        [name] = kept
        assert name.endswith(f"-version-{version}.sqlite3")
        assert user_version(tmp_path / "backups" / name) == version


def test_a_migration_that_fails_leaves_the_catalog_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalog.sqlite3"
    make_old(migrations.LATEST_VERSION, path)
    before = schema(path)
    add_migration(monkeypatch, "bad", "CREATE TABLE half (a)", "CREATE TABLE roots (a)")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Catalog.open(path)
    assert schema(path) == before


def test_all_steps_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last step fails, those before it are not there either."""
    path = tmp_path / "catalog.sqlite3"
    make_old(1, path)
    before = schema(path)
    add_migration(monkeypatch, "bad", "CREATE TABLE roots (a)")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Catalog.open(path)
    assert schema(path) == before
    assert user_version(path) == 1


def test_a_backup_that_cannot_be_written_stops_the_migration(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    make_old(1, path)
    before = path.read_bytes()
    (tmp_path / "backups").touch()  # no folder can be made here
    with pytest.raises(StoreError, match="could not be backed up before the change"):
        Catalog.open(path)
    assert path.read_bytes() == before
    (tmp_path / "backups").unlink()
    Catalog.open(path).close()
    assert user_version(path) == migrations.LATEST_VERSION


def test_one_backup_of_older_versions_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalog.sqlite3"
    make_old(2, path)
    Catalog.open(path).close()
    add_migration(monkeypatch, "later", "CREATE TABLE later (a)")
    Catalog.open(path).close()
    [kept] = (tmp_path / "backups").iterdir()
    assert user_version(kept) == migrations.LATEST_VERSION - 1


def test_a_catalog_that_is_migrated_meanwhile_is_not_taken_for_damaged(tmp_path: Path) -> None:
    """A reader that looks at tables and version between which a migration ends."""
    path = tmp_path / "catalog.sqlite3"
    make_old(1, path)

    class Reader(sqlite3.Connection):
        def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
            if sql == "PRAGMA user_version" and user_version(path) == 1:
                Catalog.open(path).close()
            return super().execute(sql, *parameters)  # type: ignore[arg-type]

    with closing(sqlite3.connect(path, isolation_level=None, factory=Reader)) as connection:
        assert damage.version_of(connection) == 1
        assert damage.version_of(connection) == migrations.LATEST_VERSION


def test_an_older_catalog_is_not_changed_by_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalog.sqlite3"
    make_old(migrations.LATEST_VERSION, path)
    before = path.read_bytes()
    add_migration(monkeypatch, "later", "CREATE TABLE later (a)")
    with pytest.raises(StoreError, match="older version"):
        Catalog.open(path, writable=False)
    assert path.read_bytes() == before
    Catalog.open(path).close()
    reader = Catalog.open(path, writable=False)
    assert reader.picture_count() == 2
    reader.close()


def test_version_1_knew_one_model_only(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    make_old(1, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO models VALUES (3, 'key-c', 'Image Seeker starter model', 4, 1)"
        )
    catalog = Catalog.open(path)
    assert catalog.model_choice() == ModelChoice(None, None)
    assert [model.folder for model in catalog.stored_models()] == [None, None, "starter"]
    assert [model.vectors for model in catalog.stored_models()] == [2, 1, 0]
    catalog.close()


@pytest.mark.parametrize("version", VERSIONS[1:])
def test_since_version_2_the_choice_is_kept(tmp_path: Path, version: int) -> None:
    path = tmp_path / "catalog.sqlite3"
    make_old(version, path)
    catalog = Catalog.open(path)
    assert catalog.model_choice() == ModelChoice("a", "b")
    assert [model.folder for model in catalog.stored_models()] == ["a", None]
    catalog.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_since_version_4_it_is_known_how_pictures_were_taken(tmp_path: Path, version: int) -> None:
    path = tmp_path / "catalog.sqlite3"
    make_old(version, path)
    catalog = Catalog.open(path)
    one, other = catalog.pictures([3, 7])
    assert (one.is_date_from_file, other.is_date_from_file) == (True, False)
    assert one.camera == ("Canon EOS R5" if version >= 4 else None)
    assert other.camera is None
    if version >= 4:
        assert (one.utc_offset_s, other.utc_offset_s) == (7200, 0)
    unread = [catalog.count_without_details(root.id, root.path) for root in catalog.roots()]
    assert unread == [0 if version >= 4 else 1, 1]
    assert catalog.ids_matching([Name("Ü"), InFolder("photos")]).tolist() == [3]
    assert catalog.ids_matching([InFolder("/"), Name("one")]).tolist() == [7]
    assert catalog.names_matching("one", 9).ids.tolist() == [7]
    catalog.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_since_version_6_there_are_labels(tmp_path: Path, version: int) -> None:
    path = tmp_path / "catalog.sqlite3"
    make_old(version, path)
    catalog = Catalog.open(path)
    none = PictureLabels()
    expected = [PictureLabels(4, ("Snow", "Über")), PictureLabels(0, ("Snow",))]
    assert list(catalog.labels.of([3, 7]).values()) == (expected if version >= 6 else [none, none])
    assert catalog.labels.count_due() == (1 if version >= 6 else 0)
    catalog.labels.rate([3], 5, is_due=False)
    assert catalog.labels.counts().ratings == (1, 0, 0, 0, 0, 1)
    catalog.close()
