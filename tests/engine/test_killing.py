"""SIGKILL at any instant loses nothing that was reported as indexed.

``pytest tests/engine/test_killing.py --kills 200`` kills the indexer at 200 instants instead of 20.
"""

import io
import json
import random
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexSummary, Query
from desktop_app.engine.store.backups import Backups
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.kills import lines_until_killed, natural_s, start
from tests.helpers.one_model import OneModel

FIRST = 300
MORE = 90
KILLS_A_LIBRARY = 20
SIDE_PX = 24

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def add_pictures(folder: Path, numbers: range) -> None:
    """Pictures of one colour each, no two the same."""
    for number in numbers:
        colour = (number % 256, number // 256, 128)
        Image.new("RGB", (SIDE_PX, SIDE_PX), colour).save(folder / f"{number}.png")


def check_whole(data: Path, said: dict[int, str | None]) -> None:
    """Restart, and look that all that was said is there, once, and that everything agrees.

    Args:
        data: The library's folder.
        said: Paths of the pictures that were ever reported, by id; None where it is not known
            yet. What is found is added.
    """
    paths = DataPaths.below(data)
    if not paths.catalog.exists():
        assert not said
        return
    with closing(sqlite3.connect(paths.catalog)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    check_backups(paths)
    library = Library.open(paths, OneModel(FakeEncoder()))
    ids = library.picture_ids().tolist()
    found = library.pictures(ids)
    for id_, path in said.items():
        assert path in (None, found[id_].path)
    said.update({id_: picture.path for id_, picture in found.items()})
    assert len({picture.path for picture in found.values()}) == len(found)
    assert len({picture.fingerprint for picture in found.values()}) == len(found)
    thumbnails = ThumbnailCache(paths.thumbnails, 1 << 30)
    for picture in found.values():
        assert Path(picture.path).stat().st_size == picture.stamp.size_bytes
        assert (picture.width_px, picture.height_px) == (SIDE_PX, SIDE_PX)
        data_of = thumbnails.get(picture.fingerprint.hex())
        if data_of is not None:
            Image.open(io.BytesIO(data_of)).load()
    thumbnails.close()
    check_index(library, ids)
    library.close()


def check_backups(paths: DataPaths) -> None:
    """Every file that has the name of a backup is one."""
    for file in Backups(paths.catalog).folder.glob("catalog-*"):
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("SELECT count(*) FROM identity").fetchone() == (1,)


def check_index(library: Library, ids: list[int]) -> None:
    """The vector index says what comparing with each vector in SQLite says."""
    stored = {
        id_: vector.astype(np.float32)
        for some, rows in library._catalog.vectors_since("fake", 0, 500)
        for id_, vector in zip(some.tolist(), rows, strict=True)
    }
    assert stored.keys() == set(ids)
    if not stored:
        return
    index = library._switch.active().index()
    for query in FakeEncoder().encode_texts(list(COLOURS)):
        hits, scores = index.search(query, None)
        assert sorted(hits.tolist()) == sorted(ids)
        exact = np.array([stored[id_] @ query for id_ in hits.tolist()])
        np.testing.assert_allclose(scores, exact, atol=3e-3)
        np.testing.assert_allclose(exact, np.sort(exact)[::-1], atol=3e-3)


def ids_in(lines: list[str]) -> list[int]:
    return [id_ for line in lines if line.startswith("[") for id_ in json.loads(line)]


def snapshot(library: Library) -> list[tuple[str, int, int, bytes]]:
    found = library.pictures(library.picture_ids().tolist())
    return sorted((p.path, p.width_px, p.height_px, p.fingerprint) for p in found.values())


def test_killed_at_random_instants(
    tmp_path: Path, index: Callable[..., IndexSummary], pytestconfig: pytest.Config
) -> None:
    kills: int = pytestconfig.getoption("kills")
    reached: Counter[str] = Counter()
    for number, before in enumerate(range(0, kills, KILLS_A_LIBRARY)):
        folder = tmp_path / str(number)
        folder.mkdir()
        times = min(KILLS_A_LIBRARY, kills - before)
        reached += kill_one_library(folder, index, times, random.Random(number))
    sys.stdout.write(f"{kills} kills, by what had been said last: {dict(reached)}\n")
    assert reached.total() == kills


def kill_one_library(
    folder: Path, index: Callable[..., IndexSummary], kills: int, chance: random.Random
) -> Counter[str]:
    """Kill the indexer of one library again and again, then let it end its work.

    Returns:
        How far the indexer had come when it was killed.
    """
    pictures, data = folder / "many", folder / "data"
    pictures.mkdir()
    add_pictures(pictures, range(FIRST))
    whole_s = natural_s(start(["tests.helpers.index_slowly", folder / "measured", pictures]))

    said: dict[int, str | None] = {}
    reached: Counter[str] = Counter()
    count = FIRST
    while reached.total() < kills:
        process = start(["tests.helpers.index_slowly", data, pictures])
        lines = lines_until_killed(process, chance.uniform(0, whole_s * 1.1))
        if process.returncode == -signal.SIGKILL:  # else it was faster
            stage = lines[-1] if lines else "nothing"
            reached["ids" if stage.startswith("[") else "end" if stage == "}" else stage] += 1
        said |= {id_: said.get(id_) for id_ in ids_in(lines)}
        check_whole(data, said)
        # Work for the next run: new pictures.
        add_pictures(pictures, range(count, count + MORE))
        count += MORE

    killed = Library.open(DataPaths.below(data), OneModel(FakeEncoder()))
    summary = index(killed, pictures)
    assert summary.failed == ()
    whole = Library.open(DataPaths.below(folder / "whole"), OneModel(FakeEncoder()))
    index(whole, pictures)
    assert snapshot(killed) == snapshot(whole)
    assert len(snapshot(whole)) == count
    assert said.keys() <= set(killed.picture_ids().tolist())
    query = Query.of_words("purple")
    assert _paths(killed, query) == _paths(whole, query)
    killed.close()
    whole.close()
    return reached


def _paths(library: Library, query: Query) -> list[tuple[float, str]]:
    """Ranked, with ties in order of name: ids depend on the order of indexing."""
    hits = library.search(query)
    found = library.pictures(hits.ids.tolist())
    rows = zip(hits.ids.tolist(), hits.scores.tolist(), strict=True)
    return sorted((-score, found[id_].path) for id_, score in rows)
