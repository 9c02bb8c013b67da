"""The pipeline: what it reports, and how it keeps going."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import StoreError
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.indexing.indexer import Indexer
from desktop_app.engine.indexing.scan_run import ScanTarget
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.pipeline import PipelineSize
from desktop_app.engine.protocols import PictureResizer
from desktop_app.engine.records import IndexProgress, IndexSummary, ModelInfo, NewPicture, RootKind
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.index_opening import open_index
from desktop_app.engine.store.vector_index import UsearchIndex
from tests.helpers.fake_encoder import FakeEncoder, resize_small

MARKED = (1, 2, 3)
"""A picture of this colour makes `crash_on_marked` end its process."""


def crash_on_marked(image: Image.Image) -> NDArray[np.uint8]:
    if image.getpixel((0, 0)) == MARKED:
        os._exit(3)
    return resize_small(image)


class CrashingEncoder(FakeEncoder):
    @property
    def resizer(self) -> PictureResizer:
        return crash_on_marked


class Bench:
    """An indexer with all it needs, in a temporary folder."""

    def __init__(self, folder: Path, encoder: FakeEncoder) -> None:
        self.paths = DataPaths.below(folder / "data")
        self.paths.create()
        self.catalog = Catalog.open(self.paths.catalog)
        self.encoder = encoder
        self.thumbnails = ThumbnailCache(self.paths.thumbnails, 10_000_000)
        self.index: UsearchIndex | None = None

    def open_index(self) -> UsearchIndex:
        if self.index is None:
            self.index = open_index(self.paths.vector_indexes, self.catalog, self.encoder.info)
        return self.index

    def run(self, folder: Path) -> list[IndexProgress | IndexSummary]:
        indexer = Indexer(
            self.catalog,
            self.encoder,
            self.open_index,
            self.thumbnails,
            DecodeLimits(),
            PipelineSize(decoder_processes=2, encoder_threads=2, batch_size=4),
        )
        root = self.catalog.add_root(str(folder), RootKind.FOLDER)
        return list(indexer.run([ScanTarget(root, str(folder))], CancelToken()))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Callable[[FakeEncoder], Bench]]:
    made: list[Bench] = []

    def make(encoder: FakeEncoder) -> Bench:
        made.append(Bench(tmp_path, encoder))
        return made[-1]

    yield make
    for each in made:
        each.catalog.close()


def fill(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        Image.new("RGB", (20, 20), (number * 9, 100, 50)).save(folder / f"{number:03}.png")
    return folder


def test_progress_counts_up_to_the_total_and_ends_with_the_summary(
    bench: Callable[[FakeEncoder], Bench], tmp_path: Path
) -> None:
    made = bench(FakeEncoder())
    reports = made.run(fill(tmp_path / "pictures", 22))
    progress = [report for report in reports if isinstance(report, IndexProgress)]
    done = [report.done for report in progress]
    assert done == sorted(done)
    assert progress[-1].done == progress[-1].total == 22
    assert isinstance(reports[-1], IndexSummary)
    assert reports[-1].added == 22
    ids = [id_ for report in progress for id_ in report.added_ids]
    assert sorted(ids) == sorted(made.catalog.picture_ids_newest_first().tolist())
    assert any(report.per_second > 0 and report.seconds_left is not None for report in progress)
    assert made.encoder.encoded_pictures == 22


def test_a_file_that_kills_its_process_costs_only_itself(
    bench: Callable[[FakeEncoder], Bench], tmp_path: Path
) -> None:
    folder = fill(tmp_path / "pictures", 12)
    Image.new("RGB", (20, 20), MARKED).save(folder / "005-marked.png")
    summary = bench(CrashingEncoder()).run(folder)[-1]
    assert isinstance(summary, IndexSummary)
    assert summary.added == 12
    assert [Path(skip.path).name for skip in summary.failed] == ["005-marked.png"]
    assert "crashed" in summary.failed[0].reason


def test_a_second_run_decodes_and_encodes_nothing(
    bench: Callable[[FakeEncoder], Bench], tmp_path: Path
) -> None:
    folder = fill(tmp_path / "pictures", 6)
    made = bench(FakeEncoder())
    made.run(folder)
    summary = made.run(folder)[-1]
    assert isinstance(summary, IndexSummary)
    assert (summary.unchanged, summary.added) == (6, 0)
    assert made.encoder.encoded_pictures == 6


def test_every_picture_has_its_thumbnail_and_its_place_in_the_index(
    bench: Callable[[FakeEncoder], Bench], tmp_path: Path
) -> None:
    made = bench(FakeEncoder())
    made.run(fill(tmp_path / "pictures", 9))
    ids = made.catalog.picture_ids_newest_first()
    assert len(made.open_index()) == 9
    for picture in made.catalog.pictures(ids):
        assert made.thumbnails.get(picture.fingerprint.hex()) is not None


def test_a_full_disk_ends_the_run_and_keeps_what_was_reported(
    bench: Callable[[FakeEncoder], Bench], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bench(FakeEncoder())
    folder = fill(tmp_path / "pictures", 20)
    write = made.catalog.write_pictures
    kept: list[int] = []
    calls = 0

    def fails_the_third_time(root_id: int, model: ModelInfo, batch: list[NewPicture]) -> list[int]:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise StoreError("The disk is full.", "Make room and try again.")
        written = write(root_id, model, batch)
        kept.extend(written)
        return written

    monkeypatch.setattr(made.catalog, "write_pictures", fails_the_third_time)
    with pytest.raises(StoreError, match="disk is full"):
        made.run(folder)
    monkeypatch.undo()
    assert 0 < made.catalog.picture_count() == len(kept) < 20
    summary = made.run(folder)[-1]
    assert isinstance(summary, IndexSummary)
    assert (summary.added, summary.unchanged) == (20 - len(kept), len(kept))
