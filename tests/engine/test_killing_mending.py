"""SIGKILL while a catalog is migrated or restored."""

import random
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.engine import mending
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CatalogDamagedError
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.store import migrations
from desktop_app.engine.store.catalog import Catalog
from tests.engine.store.test_migrations import OLD_CATALOGS, user_version
from tests.helpers.kills import lines_until_killed, start

ROWS = 20_000
KILLS = 8
DAMAGED = b"damaged" * 1000

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of version 1 that takes a moment to migrate."""
    path = tmp_path_factory.mktemp("old") / "catalog.sqlite3"
    shutil.copyfile(OLD_CATALOGS / "version_1.sqlite3", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO pictures (root_id, path, size_bytes, mtime_ns, width_px, height_px,"
            " format, date_s, fingerprint) VALUES (1, ?, 1, 1, 1, 1, 'PNG', 1.0, x'01')",
            [(f"/photos/{'x' * 200}{number}.png",) for number in range(ROWS)],
        )
    return path


def killed_at(command: list[str | Path], chance: random.Random, whole_s: float) -> None:
    """Start, wait for the beginning of what counts, and kill at some instant of it."""
    process = start(command)
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    lines_until_killed(process, chance.uniform(0, whole_s * 1.1))


def duration_s(command: list[str | Path]) -> float:
    process = start(command)
    assert process.stdout is not None
    process.stdout.readline()
    started = time.monotonic()
    lines_until_killed(process, 120)
    assert process.returncode == 0
    return time.monotonic() - started


def test_a_migration_is_done_or_not_begun(tmp_path: Path, old: Path) -> None:
    def prepare(name: str) -> DataPaths:
        paths = DataPaths.below(tmp_path / name)
        paths.create()
        shutil.copyfile(old, paths.catalog)
        return paths

    command: list[str | Path] = ["tests.helpers.mend_slowly", "migrate", prepare("whole").data]
    whole_s = duration_s(command)
    chance = random.Random(3)
    versions = set()
    for number in range(KILLS):
        paths = prepare(str(number))
        command[2] = paths.data
        killed_at(command, chance, whole_s)
        with closing(sqlite3.connect(paths.catalog)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        versions.add(user_version(paths.catalog))
        for backup in paths.data.glob("backups/catalog-*"):
            assert user_version(backup) == 1
        catalog = Catalog.open(paths.catalog)
        assert catalog.picture_count() == ROWS + 2
        catalog.check(CancelToken())
        catalog.close()
        assert user_version(paths.catalog) == migrations.LATEST_VERSION
        assert len(list(paths.data.glob("backups/catalog-*-version-1.sqlite3"))) >= 1
    assert versions <= {1, migrations.LATEST_VERSION}


def test_a_restoration_is_done_or_can_be_done_again(tmp_path: Path, old: Path) -> None:
    master = DataPaths.below(tmp_path / "master")
    master.create()
    shutil.copyfile(old, master.catalog)
    catalog = Catalog.open(master.catalog)
    catalog.back_up(CancelToken())
    catalog.close()

    def prepare(name: str) -> DataPaths:
        paths = DataPaths.below(tmp_path / name)
        shutil.copytree(master.data, paths.data)
        paths.catalog.write_bytes(DAMAGED)
        paths.catalog.with_name("catalog.sqlite3-wal").write_bytes(b"log")
        return paths

    command: list[str | Path] = ["tests.helpers.mend_slowly", "restore", prepare("whole").data]
    whole_s = duration_s(command)
    chance = random.Random(5)
    for number in range(KILLS):
        paths = prepare(str(number))
        command[2] = paths.data
        killed_at(command, chance, whole_s)
        asides = [path.read_bytes() for path in paths.data.glob("catalog.damaged-*.sqlite3")]
        kept = [paths.catalog.read_bytes()] if paths.catalog.exists() else []
        assert DAMAGED in asides + kept
        try:
            opened = Catalog.open(paths.catalog)
        except CatalogDamagedError:
            mending.restore(paths, mending.newest_backup(paths))
            opened = Catalog.open(paths.catalog)
        assert opened.picture_count() == ROWS + 2
        opened.check(CancelToken())
        opened.close()
