"""Pictures of an older catalog get to know how they were taken, without being indexed anew."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.indexing import details
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import IndexProgress, IndexSummary, Picture
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel

Index = Callable[..., IndexSummary]

TAKEN_S = datetime(2023, 2, 12, 8, 30, tzinfo=UTC).timestamp()


class CountingEncoder(FakeEncoder):
    def __init__(self) -> None:
        super().__init__()
        self.encoded = 0

    def encode_pictures(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.encoded += len(pixels)
        return super().encode_pictures(pixels)


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def models(encoder: CountingEncoder) -> OneModel:
    return OneModel(encoder)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Four photos that say how they were taken."""
    folder = tmp_path / "photos"
    folder.mkdir()
    exif = Image.Exif()
    exif[0x010F] = "Canon"
    exif[0x0110] = "Canon EOS R5"
    exif[0x8769] = {0x9003: "2023:02:12 10:30:00", 0x9011: "+02:00"}
    for number, colour in enumerate(list(COLOURS.values())[:4]):
        ending = "png" if number == 3 else "jpg"
        Image.new("RGB", (64, 48), colour).save(folder / f"{number}.{ending}", exif=exif)
        os.utime(folder / f"{number}.{ending}", (1e9, 1e9))
    return folder


def forget_details(paths: DataPaths) -> None:
    """Make the catalog one that was brought here from an older version."""
    with closing(sqlite3.connect(paths.catalog)) as connection, connection:
        connection.execute(
            "UPDATE pictures SET has_details = 0, camera = NULL, taken_at_s = NULL, date_s = 1e9,"
            " utc_offset_s = 0, wall_s = 1e9"
        )


def by_name(library: Library) -> dict[str, Picture]:
    found = library.pictures(library.picture_ids().tolist())
    return {Path(one.path).name: one for one in found.values()}


def knows(one: Picture) -> bool:
    return (one.camera, one.date_s, one.utc_offset_s) == ("Canon EOS R5", TAKEN_S, 7200)


def test_a_rescan_reads_headers_alone(
    library: Library, paths: DataPaths, photos: Path, index: Index, encoder: CountingEncoder
) -> None:
    index(library, photos)
    assert all(map(knows, by_name(library).values()))
    encoded = encoder.encoded
    forget_details(paths)
    assert not any(map(knows, by_name(library).values()))
    (photos / "1.jpg").unlink()
    summary = index(library, photos)
    assert (summary.unchanged, summary.updated, encoder.encoded) == (3, 0, encoded)
    assert all(map(knows, (by_name(library)[name] for name in ("0.jpg", "2.jpg", "3.png"))))


def test_where_all_is_read_no_process_is_started(
    library: Library, photos: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, photos)
    monkeypatch.setattr(details, "Decoder", None)
    assert index(library, photos).unchanged == 4


def test_one_that_is_cancelled_goes_on(
    library: Library,
    paths: DataPaths,
    photos: Path,
    index: Index,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index(library, photos)
    forget_details(paths)
    monkeypatch.setattr(details, "_WRITTEN_AT_ONCE", 1)
    cancel = CancelToken()
    for report in library.index([photos], cancel):
        if isinstance(report, IndexProgress) and report.done:
            cancel.cancel()
    assert 1 <= sum(map(knows, by_name(library).values())) < 4
    index(library, photos)
    assert all(map(knows, by_name(library).values()))


def test_what_cannot_be_read_is_left_and_what_is_damaged_is_not_tried_again(
    library: Library, paths: DataPaths, photos: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, photos)
    forget_details(paths)
    damaged = photos / "0.jpg"
    damaged.write_bytes(b"x" * damaged.stat().st_size)
    os.utime(damaged, (1e9, 1e9))
    away = photos / "1.jpg"
    files = details.DetailCompleter._files

    def without_one(self: details.DetailCompleter, targets: object) -> object:
        away.rename(photos / "1.hidden")  # after it was seen by the scan
        yield from files(self, targets)  # type: ignore[arg-type]

    monkeypatch.setattr(details.DetailCompleter, "_files", without_one)
    index(library, photos)
    (photos / "1.hidden").rename(away)
    with closing(sqlite3.connect(paths.catalog)) as connection:
        rows = connection.execute("SELECT path FROM pictures WHERE has_details = 0").fetchall()
    assert rows == [(str(away),)]
    assert not knows(by_name(library)["0.jpg"])


def test_what_cannot_be_read_is_tried_once_a_start_and_when_it_is_asked_for(
    library: Library, paths: DataPaths, photos: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, photos)
    forget_details(paths)
    away = photos / "1.jpg"
    files = details.DetailCompleter._files

    def without_one(self: details.DetailCompleter, targets: object) -> object:
        away.rename(photos / "1.hidden")
        yield from files(self, targets)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(details.DetailCompleter, "_files", without_one)
        index(library, photos)
    (photos / "1.hidden").rename(away)
    with monkeypatch.context() as patch:
        patch.setattr(details, "Decoder", None)
        assert index(library, photos).unchanged == 4
    assert not knows(by_name(library)["1.jpg"])
    list(library.index([photos], CancelToken(), retry_failed=True))
    assert knows(by_name(library)["1.jpg"])
