"""SIGKILL at any instant loses no vector that was reported as made."""

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import EmbedSummary, IndexSummary, ModelRole, Query
from desktop_app.engine.store.catalog import Catalog
from tests.helpers.embed_slowly import two_models

PICTURES = 300
KILLS = 3

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def test_kills_and_a_last_run_make_the_same_vectors(
    tmp_path: Path, index: Callable[..., IndexSummary]
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(PICTURES):
        colour = (number % 256, number // 256 * 30, 128)
        Image.new("RGB", (24, 24), colour).save(folder / f"{number}.png")
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    library = Library.open(DataPaths.below(killed), two_models())
    index(library, folder)
    assert library.use_model("second") is ModelRole.NEXT
    library.close()
    shutil.copytree(killed, whole)

    command = [sys.executable, "-m", "tests.helpers.embed_slowly", str(killed)]
    chance = random.Random(11)
    for _ in range(KILLS):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            reported = 0
            for _ in range(chance.randint(2, 5)):
                reported = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
        assert reported <= len(vectors(killed)) < PICTURES

    assert 0 < finish(killed) < PICTURES
    assert finish(whole) == PICTURES
    kept = vectors(killed)
    assert kept.keys() == vectors(whole).keys()
    for id_, vector in vectors(whole).items():
        np.testing.assert_array_equal(vector, kept[id_])


def finish(data: Path) -> int:
    """Embed the rest, see that the new model answers for all, and say how many were made."""
    library = Library.open(DataPaths.below(data), two_models())
    *_, summary = library.embed_next(CancelToken())
    assert isinstance(summary, EmbedSummary)
    assert summary.switched
    assert len(library.search(Query.of_words("red")).ids) == PICTURES
    library.close()
    return summary.made


def vectors(data: Path) -> dict[int, NDArray[np.float16]]:
    """What is there of the second model."""
    catalog = Catalog.open(DataPaths.below(data).catalog, writable=False)
    found: dict[int, NDArray[np.float16]] = {}
    for ids, chunk in catalog.vectors_since("second", 0, 1000):
        found.update(zip(ids.tolist(), chunk, strict=True))
    catalog.close()
    return found
