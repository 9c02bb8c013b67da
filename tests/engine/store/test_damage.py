"""Any byte flipped, any tail cut: the catalog is right or says that it is damaged."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, CatalogDamagedError
from desktop_app.engine.records import (
    FileStamp,
    ModelInfo,
    NewPicture,
    Picture,
    RootKind,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.store import damage, migrations
from desktop_app.engine.store.backups import Backups
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.restoration import restore

PICTURES = 300
MODEL = ModelInfo("key", "Model", 16, is_builtin=True)


@dataclass(frozen=True)
class Contents:
    """All that the program reads of a catalog."""

    pictures: dict[int, Picture]
    known: dict[str, str]
    vectors: dict[int, bytes]
    roots: list[object]
    skipped: list[SkippedFile]


def read(path: Path) -> Contents:
    catalog = Catalog.open(path)
    try:
        catalog.library_id()
        ids = catalog.picture_ids_newest_first().tolist()
        vectors = {
            id_: row.tobytes()
            for some, rows in catalog.vectors_since(MODEL.key, 0, 64)
            for id_, row in zip(some.tolist(), rows, strict=True)
        }
        catalog.vector_ids(MODEL.key)
        catalog.ids_without_vector(MODEL.key)
        catalog.model_choice()
        catalog.stored_models()
        catalog.picture_count()
        contents = Contents(
            {picture.id: picture for picture in catalog.pictures(ids)},
            catalog.known_files(1, "/photos") | catalog.known_files(2, "/one.png"),
            vectors,
            list(catalog.roots()),
            catalog.skipped(),
        )
        catalog.check(CancelToken())
        return contents
    finally:
        catalog.close()


def new_picture(number: int) -> NewPicture:
    vector = np.random.default_rng(number).standard_normal(MODEL.dim).astype(np.float32)
    return NewPicture(
        f"/photos/{number}.jpg",
        FileStamp(number, number),
        4,
        3,
        "JPEG",
        None if number % 2 else 1e9 + number,
        number.to_bytes(16, "big"),
        vector,
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of some hundred pictures, and a backup beside it."""
    path = tmp_path_factory.mktemp("whole") / "catalog.sqlite3"
    catalog = Catalog.open(path)
    root_id = catalog.add_root("/photos", RootKind.FOLDER)
    catalog.add_root("/one.png", RootKind.FILE)
    catalog.write_pictures(root_id, MODEL, [new_picture(number) for number in range(PICTURES)])
    bad = [SkippedFile(f"/photos/{n}.txt", "No picture.", SkipKind.NOT_A_PICTURE) for n in range(9)]
    catalog.write_skipped(root_id, bad)
    catalog.remove_pictures(range(100, 140))  # some pages are free
    catalog.back_up(CancelToken())
    catalog.close()
    return path


def check_either(folder: Path, whole: Path, damaged: bytes) -> bool:
    """Open and read; whether it was found damaged. Then restore, which always works."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole.parent / "backups", folder / "backups")
    path = folder / "catalog.sqlite3"
    path.write_bytes(damaged)
    right = read(whole)
    try:
        found = read(path)
    except CatalogDamagedError:
        is_damaged = True
    else:
        # What passes has every row at its place. SQLite keeps no checksums: a value inside of
        # one row may be another one, of no consequence to where and what anything else is.
        is_damaged = False
        assert found.pictures.keys() == right.pictures.keys()
        assert {one.path for one in found.pictures.values()} == set(right.known)
        assert found.vectors.keys() == right.vectors.keys()
        differing = [
            *(id_ for id_, one in found.pictures.items() if right.pictures[id_] != one),
            *(id_ for id_, one in found.vectors.items() if right.vectors[id_] != one),
        ]
        differing += [0] * (found.roots != right.roots) + [0] * (found.skipped != right.skipped)
        assert len(differing) <= 1
    backup = Backups(path).newest_good()
    assert backup is not None
    aside = restore(path, backup)
    assert aside is not None
    assert aside.read_bytes()[100:] == damaged[100:] or not is_damaged
    assert read(path) == right
    return is_damaged


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_flipped_bytes(tmp_path: Path, whole: Path, data: st.DataObject) -> None:
    content = bytearray(whole.read_bytes())
    # Where SQLite's own structures are: the header, the pages' headers, or anywhere.
    place = data.draw(
        st.one_of(
            st.integers(0, 99),
            st.builds(
                lambda page, offset: page * 4096 + offset,
                st.integers(0, len(content) // 4096 - 1),
                st.integers(0, 40),
            ),
            st.integers(0, len(content) - 1),
        )
    )
    content[place] ^= data.draw(st.integers(1, 255))
    check_either(tmp_path / "flipped", whole, bytes(content))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_cut_tails(tmp_path: Path, whole: Path, data: st.DataObject) -> None:
    content = whole.read_bytes()
    length = data.draw(
        st.one_of(
            st.integers(0, 200),
            st.integers(0, len(content) // 4096 - 1).map(lambda page: page * 4096),
            st.integers(0, len(content) - 1),
        )
    )
    is_damaged = check_either(tmp_path / "cut", whole, content[:length])
    assert is_damaged or length % 4096  # the end of the last page may be empty


def test_every_byte_of_the_header(tmp_path: Path, whole: Path) -> None:
    content = whole.read_bytes()
    found = 0
    for place in range(100):
        flipped = bytearray(content)
        flipped[place] ^= 0x55
        found += check_either(tmp_path / "header", whole, bytes(flipped))
    assert found > 50


def corrupt(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE roots SET kind = 'shelf'",
        "UPDATE skips SET kind = 'tired'",
        "UPDATE vectors SET data = x'00' WHERE id = 7",
        "UPDATE roots SET path = CAST(x'ff41' AS TEXT) WHERE id = 1",
        "PRAGMA user_version = 2",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 77",
        "PRAGMA application_id = 7",
        "DROP TABLE choice",
        "DROP INDEX pictures_by_clock",
        "ALTER TABLE pictures RENAME COLUMN width_px TO width_pq",
        "DELETE FROM identity",
    ],
)
def test_what_no_program_of_ours_writes_is_damage(
    tmp_path: Path, whole: Path, statement: str
) -> None:
    path = tmp_path / "catalog.sqlite3"
    shutil.copyfile(whole, path)
    corrupt(path, statement)
    with pytest.raises(CatalogDamagedError):
        read(path)


def test_an_index_that_somebody_added_does_no_harm(tmp_path: Path, whole: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    shutil.copyfile(whole, path)
    corrupt(path, "CREATE INDEX mine ON pictures (width_px)")
    assert read(path) == read(whole)


def test_an_index_that_contradicts_its_table_is_found(tmp_path: Path, whole: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    shutil.copyfile(whole, path)
    corrupt(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema "
        "WHERE name = 'pictures_by_root') WHERE name = 'skips_by_root'",
    )
    with pytest.raises(CatalogDamagedError):
        read(path)


def test_the_check_can_be_stopped(whole: Path) -> None:
    catalog = Catalog.open(whole)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        catalog.check(cancel)
    catalog.close()


def test_expected_tables_are_those_that_migrations_make(tmp_path: Path) -> None:
    Catalog.open(tmp_path / "new.sqlite3").close()
    with closing(sqlite3.connect(tmp_path / "new.sqlite3")) as connection:
        assert damage.version_of(connection) == migrations.LATEST_VERSION


def test_bytes_of_a_log_that_is_flipped_leave_an_earlier_catalog(
    tmp_path: Path, whole: Path
) -> None:
    """The log has checksums: what follows a wrong one was never committed, as after a power cut."""
    path = tmp_path / "catalog.sqlite3"
    shutil.copyfile(whole, path)
    writer = Catalog.open(path)
    for number in range(10):
        writer.write_pictures(1, MODEL, [new_picture(1000 + number)])
    log = path.with_name(path.name + "-wal").read_bytes()
    main = path.read_bytes()
    writer.close()
    before = PICTURES - 40
    for place in (0, 30, 5000, len(log) // 2, len(log) - 1):
        shutil.rmtree(tmp_path / "again", ignore_errors=True)
        again = tmp_path / "again" / "catalog.sqlite3"
        again.parent.mkdir()
        again.write_bytes(main)
        flipped = bytearray(log)
        flipped[place] ^= 0x10
        again.with_name(again.name + "-wal").write_bytes(flipped)
        catalog = Catalog.open(again)
        assert catalog.ended_uncleanly
        catalog.check(CancelToken())
        assert before <= catalog.picture_count() < before + 10
        catalog.close()
