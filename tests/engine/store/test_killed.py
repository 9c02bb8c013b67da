"""A process that writes is killed, again and again; all that it said was written is there."""

import json
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np

from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.index_opening import open_index
from tests.engine.store.killed_writer import LIMITS, MODEL, picture

TIMES = 10


def write_and_kill(catalog_path: Path, folder: Path, run: int, lines: int) -> dict[int, int]:
    """Kill a writer in the midst of what follows its n-th commit; returns seeds by id."""
    command = [sys.executable, "-m", "tests.engine.store.killed_writer"]
    said: dict[int, int] = {}
    with subprocess.Popen(
        [*command, str(catalog_path), str(folder), str(run)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        text=True,
    ) as child:
        assert child.stdout is not None
        for _ in range(lines):
            said.update(json.loads(child.stdout.readline()))
        child.kill()
        # What it committed and said before the signal reached it. Its last line may be cut.
        for line in child.stdout:
            if line.endswith("\n"):
                said.update(json.loads(line))
    return said


def test_nothing_that_was_reported_is_lost(tmp_path: Path) -> None:
    catalog_path, folder = tmp_path / "catalog.sqlite3", tmp_path / "indexes"
    chance = random.Random(20)
    said: dict[int, int] = {}
    for run in range(1, TIMES + 1):
        said |= write_and_kill(catalog_path, folder, run, lines=chance.randint(1, 12))

        with closing(sqlite3.connect(catalog_path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        catalog = Catalog.open(catalog_path)
        here = catalog.vector_ids(MODEL.key)
        np.testing.assert_array_equal(here, np.sort(catalog.picture_ids_newest_first()))
        assert set(said) <= set(here.tolist())
        stamps = {one.id: one.stamp.size_bytes for one in catalog.pictures(here)}
        # A batch that was committed but not said is allowed; it is whole, or not there.
        unsaid = [id_ for id_ in here.tolist() if stamps[id_] != said.get(id_)]
        assert len(unsaid) in (0, 20)
        said |= {id_: stamps[id_] for id_ in unsaid}

        index = open_index(folder, catalog, MODEL, LIMITS)
        found, _ = index.search(picture("any", 1).vector, None)
        np.testing.assert_array_equal(np.sort(found), here)
        for id_ in here[:: max(1, len(here) // 10)].tolist():
            vector = catalog.vector(id_, MODEL.key)
            assert vector is not None
            expected = picture("any", stamps[id_]).vector
            np.testing.assert_array_equal(vector, expected.astype(np.float16))
            [nearest], _ = index.search(expected, 1)
            assert nearest == id_
        index.close()
        catalog.close()
    assert len(said) > 100
