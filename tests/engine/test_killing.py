"""SIGKILL at any instant loses nothing that was reported as indexed."""

import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexSummary, Query
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.one_model import OneModel

PICTURES = 2000
KILLS = 10

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def snapshot(library: Library) -> list[tuple[str, int, int, bytes]]:
    found = library.pictures(library.picture_ids().tolist())
    return sorted((p.path, p.width_px, p.height_px, p.fingerprint) for p in found.values())


def test_ten_kills_and_a_last_run_make_the_same_library(
    tmp_path: Path, index: Callable[..., IndexSummary]
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(PICTURES):
        colour = (number % 256, number // 256 * 30, 128)
        Image.new("RGB", (24, 24), colour).save(folder / f"{number}.png")
    data = tmp_path / "data"
    command = [sys.executable, "-m", "tests.helpers.index_slowly", str(data), str(folder)]
    chance = random.Random(7)
    for _ in range(KILLS):
        before = _count(data)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            reported = 0
            for _ in range(chance.randint(1, 4)):
                line = process.stdout.readline().strip()
                reported = int(line) if line.isdigit() else reported
            process.send_signal(signal.SIGKILL)
        assert _count(data) >= before + reported

    killed = Library.open(DataPaths.below(data), OneModel(FakeEncoder()))
    summary = index(killed, folder)
    assert summary.failed == ()
    whole = Library.open(DataPaths.below(tmp_path / "whole"), OneModel(FakeEncoder()))
    index(whole, folder)
    assert snapshot(killed) == snapshot(whole)
    assert len(snapshot(whole)) == PICTURES
    query = Query(words="purple")
    assert _paths(killed, query) == _paths(whole, query)
    killed.close()
    whole.close()


def _count(data: Path) -> int:
    library = Library.open(DataPaths.below(data), OneModel(FakeEncoder()), writable=False)
    count = len(library.picture_ids())
    library.close()
    return count


def _paths(library: Library, query: Query) -> list[tuple[float, str]]:
    """Ranked, with ties in order of name: ids depend on the order of indexing."""
    hits = library.search(query)
    found = library.pictures(hits.ids.tolist())
    rows = zip(hits.ids.tolist(), hits.scores.tolist(), strict=True)
    return sorted((-score, found[id_].path) for id_, score in rows)
