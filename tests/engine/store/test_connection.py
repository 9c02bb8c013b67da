import gc
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop_app.engine.errors import StoreError
from desktop_app.engine.records import ModelInfo, RootKind
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.connection import Connections
from tests.engine.store.conftest import MakePicture


def test_a_catalog_is_there_after_reopening(
    catalog_path: Path, model: ModelInfo, make_picture: MakePicture
) -> None:
    catalog = Catalog.open(catalog_path)
    root_id = catalog.add_root("/photos", RootKind.FOLDER)
    ids = catalog.write_pictures(root_id, model, [make_picture("a")])
    library_id = catalog.library_id()
    catalog.close()
    again = Catalog.open(catalog_path)
    assert again.picture_ids_newest_first().tolist() == ids
    assert again.library_id() == library_id
    again.close()
    assert [path.name for path in catalog_path.parent.iterdir()] == [catalog_path.name]


def test_commits_reach_the_disk_before_they_are_reported(catalog_path: Path) -> None:
    connections = Connections(catalog_path, writable=True)
    with connections.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    connections.close()


def test_every_thread_may_read_and_write(
    catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    def write(worker: int) -> None:
        for number in range(10):
            catalog.write_pictures(root_id, model, [make_picture(f"{worker}-{number}")])
            catalog.picture_ids_newest_first()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    assert catalog.picture_count() == 40
    assert catalog.vector_revision(model.key) == 40


def test_readers_do_not_wait_for_a_writer(catalog_path: Path) -> None:
    connections = Connections(catalog_path, writable=True)
    with connections.writing() as connection, ThreadPoolExecutor(1) as threads:
        connection.execute("INSERT INTO roots (path, kind) VALUES ('/a', 'folder')")

        def count() -> int:
            with connections.reading() as reader:
                return int(reader.execute("SELECT count(*) FROM roots").fetchone()[0])

        assert threads.submit(count).result(timeout=60) == 0
    assert count() == 1
    connections.close()


def test_a_block_that_fails_leaves_nothing(catalog_path: Path) -> None:
    connections = Connections(catalog_path, writable=True)

    def fail() -> None:
        with connections.writing() as connection:
            connection.execute("INSERT INTO roots (path, kind) VALUES ('/a', 'folder')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with connections.writing() as connection:
        assert connection.execute("SELECT count(*) FROM roots").fetchone() == (0,)
    connections.close()


def test_what_goes_wrong_beside_a_snapshot_is_no_damage(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="a table of another kind"), catalog.snapshot():
        raise ValueError("a table of another kind")
    catalog.add_root("/photos", RootKind.FOLDER)  # no transaction is left open


def test_a_thread_that_ends_leaves_no_connection(catalog_path: Path) -> None:
    connections = Connections(catalog_path, writable=True)
    seen: list[sqlite3.Connection] = []

    def read() -> None:
        with connections.reading() as connection:
            seen.append(connection)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        seen[0].execute("SELECT 1")
    connections.close()


def test_after_closing_every_thread_is_told(catalog: Catalog) -> None:
    with ThreadPoolExecutor(1) as threads:
        threads.submit(catalog.roots).result()
        catalog.close()
        for call in (catalog.roots, lambda: threads.submit(catalog.roots).result()):
            with pytest.raises(StoreError, match="closed"):
                call()
    catalog.close()


class TestReadOnly:
    def test_a_missing_catalog_is_an_empty_one_and_stays_missing(self, tmp_path: Path) -> None:
        catalog = Catalog.open(tmp_path / "none" / "catalog.sqlite3", writable=False)
        assert catalog.picture_count() == 0
        assert catalog.roots() == []
        assert len(catalog.picture_ids_newest_first()) == 0
        assert catalog.vector_revision("any") == 0
        catalog.close()
        assert not (tmp_path / "none").exists()

    def test_a_catalog_that_was_never_finished_is_an_empty_one(self, catalog_path: Path) -> None:
        catalog_path.touch()
        catalog = Catalog.open(catalog_path, writable=False)
        assert catalog.picture_count() == 0
        catalog.close()
        assert catalog_path.stat().st_size == 0

    def test_works_while_another_program_writes(
        self, catalog_path: Path, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        writer = Connections(catalog_path, writable=True)
        with writer.writing() as connection:
            connection.execute("INSERT INTO roots (path, kind) VALUES ('/a', 'folder')")
            code = (
                "import sys, pathlib\n"
                "from desktop_app.engine.store.catalog import Catalog\n"
                "catalog = Catalog.open(pathlib.Path(sys.argv[1]), writable=False)\n"
                "assert catalog.roots() == []\n"
                "catalog.close()\n"
            )
            subprocess.run([sys.executable, "-c", code, str(catalog_path)], check=True, timeout=30)
        writer.close()

    def test_refuses_to_write(self, catalog: Catalog, catalog_path: Path) -> None:
        reader = Catalog.open(catalog_path, writable=False)
        with pytest.raises(StoreError, match="cannot be written"):
            reader.add_root("/a", RootKind.FOLDER)
        reader.close()

    @pytest.mark.parametrize("name", ["ü %3f#?.sqlite3", "a b.sqlite3"])
    def test_any_file_name_will_do(self, tmp_path: Path, name: str) -> None:
        writer = Catalog.open(tmp_path / name)
        writer.add_root("/a", RootKind.FOLDER)
        reader = Catalog.open(tmp_path / name, writable=False)
        assert len(reader.roots()) == 1
        reader.close()
        writer.close()


class TestTroubles:
    @pytest.mark.parametrize("writable", [True, False])
    def test_a_file_that_is_no_database(self, catalog_path: Path, writable: bool) -> None:
        catalog_path.write_bytes(b"this is a letter to my aunt. " * 100)
        before = catalog_path.read_bytes()
        with pytest.raises(StoreError, match="damaged or not a library"):
            Catalog.open(catalog_path, writable=writable)
        assert catalog_path.read_bytes() == before

    @pytest.mark.parametrize("writable", [True, False])
    def test_a_database_of_another_program(self, catalog_path: Path, writable: bool) -> None:
        other = sqlite3.connect(catalog_path)
        other.execute("CREATE TABLE songs (title)")
        other.close()
        before = catalog_path.read_bytes()
        with pytest.raises(StoreError, match="another program"):
            Catalog.open(catalog_path, writable=writable)
        assert catalog_path.read_bytes() == before

    @pytest.mark.parametrize("writable", [True, False])
    def test_a_newer_version_is_left_alone(self, catalog_path: Path, writable: bool) -> None:
        Catalog.open(catalog_path).close()
        newer = sqlite3.connect(catalog_path)
        newer.execute("ALTER TABLE pictures ADD COLUMN mood TEXT")
        newer.execute("PRAGMA user_version = 999")
        newer.close()
        before = catalog_path.read_bytes()
        with pytest.raises(StoreError, match="newer version"):
            Catalog.open(catalog_path, writable=writable)
        assert catalog_path.read_bytes() == before

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        for folder in (tmp_path / "file", tmp_path / "none"):
            with pytest.raises(StoreError, match="cannot be opened or created"):
                Catalog.open(folder / "catalog.sqlite3")

    def test_damage_inside(
        self, catalog_path: Path, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        catalog = Catalog.open(catalog_path)
        root_id = catalog.add_root("/photos", RootKind.FOLDER)
        catalog.write_pictures(root_id, model, [make_picture(str(n)) for n in range(500)])
        catalog.close()
        content = bytearray(catalog_path.read_bytes())
        content[8192:] = b"\xff" * (len(content) - 8192)
        catalog_path.write_bytes(content)

        def use() -> None:
            opened = Catalog.open(catalog_path)
            try:
                opened.pictures(range(500))
                list(opened.vectors_since(model.key, 0, 100))
            finally:
                opened.close()

        with pytest.raises(StoreError, match="damaged"):
            use()

    def test_a_full_disk_keeps_what_was_committed(
        self, catalog_path: Path, model: ModelInfo, make_picture: MakePicture
    ) -> None:
        connections = Connections(catalog_path, writable=True)
        catalog = Catalog(connections)
        root_id = catalog.add_root("/photos", RootKind.FOLDER)
        ids = catalog.write_pictures(root_id, model, [make_picture("a")])
        with connections.reading() as connection:
            [pages] = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="disk that holds the library is full"):
            catalog.write_pictures(root_id, model, [make_picture(str(n)) for n in range(500)])
        assert catalog.picture_ids_newest_first().tolist() == ids
        with connections.reading() as connection:
            connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
        assert len(catalog.write_pictures(root_id, model, [make_picture("b")])) == 1
        catalog.close()


def test_a_cursor_that_somebody_holds_keeps_no_log(catalog_path: Path) -> None:
    """As a traceback does, whose frames hold it."""
    connections = Connections(catalog_path, writable=True)
    with connections.writing() as connection:
        connection.executemany(
            "INSERT INTO roots (path, kind) VALUES (?, 'folder')", [(f"/{n}",) for n in range(99)]
        )
    with connections.reading() as connection:
        held = connection.execute("SELECT path FROM roots")
        assert held.fetchone() is not None
    connections.close()
    assert [path.name for path in catalog_path.parent.iterdir()] == [catalog_path.name]
    with pytest.raises(sqlite3.ProgrammingError):
        held.fetchone()


def test_a_reader_beside_it_does_not_make_the_end_an_unclean_one(catalog_path: Path) -> None:
    writer = Connections(catalog_path, writable=True)
    reader = sqlite3.connect(catalog_path)
    assert reader.execute("SELECT count(*) FROM roots").fetchone() == (0,)
    with writer.writing() as connection:
        connection.execute("INSERT INTO roots (path, kind) VALUES ('/a', 'folder')")
    writer.close()
    again = Connections(catalog_path, writable=True)
    assert not again.ended_uncleanly
    again.close()
    reader.close()


def test_one_that_reads_all_the_time_does_not_keep_it_from_closing(
    catalog_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("desktop_app.engine.store.connection._EMPTYING_S", 0.0)
    writer = Connections(catalog_path, writable=True)
    reader = sqlite3.connect(catalog_path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM roots").fetchone() == (0,)
    with writer.writing() as connection:
        connection.execute("INSERT INTO roots (path, kind) VALUES ('/a', 'folder')")
    with caplog.at_level("INFO"):
        writer.close()
    assert "another program reads it" in caplog.text
    again = Connections(catalog_path, writable=True)
    assert again.ended_uncleanly  # so that it is looked at: better once too often
    with again.reading() as connection:
        assert connection.execute("SELECT path FROM roots").fetchall() == [("/a",)]
    reader.close()
    again.close()
    assert [path.name for path in catalog_path.parent.iterdir()] == [catalog_path.name]


def test_work_that_does_not_stop_leaves_an_empty_log(catalog_path: Path) -> None:
    catalog = Catalog.open(catalog_path)
    catalog.add_root("/photos", RootKind.FOLDER)
    log = catalog_path.with_name(f"{catalog_path.name}-wal")
    assert log.stat().st_size > 0
    catalog.empty_log()
    assert log.stat().st_size == 0
    assert len(catalog.root_places()) == 1
    catalog.close()
