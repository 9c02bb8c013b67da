"""A library that holds nothing: any number of pictures at once, and answers on command."""

import io
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.records import (
    FileStamp,
    Hits,
    IndexProgress,
    IndexSummary,
    ModelInfo,
    Picture,
    Query,
    Root,
    SkippedFile,
)

WIDTH_PX, HEIGHT_PX = 480, 320


def jpeg(color: str = "teal", width: int = WIDTH_PX, height: int = HEIGHT_PX) -> bytes:
    """An encoded picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), color).save(buffer, "JPEG")
    return buffer.getvalue()


class FakeLibrary(Library):
    """Pictures with the ids from `count` down to 1; a search gives them in rising order.

    Attributes:
        searches: The queries that were asked, in order.
        gate: Searches wait for it while it is not set.
        error: Raised by searches while it is set.
        runs: What `index` yields, one run after another; each run is a list of reports.
        asked: Paths of each run.
    """

    def __init__(self, count: int = 0) -> None:
        self.ids: NDArray[np.int64] = np.arange(count, 0, -1, dtype=np.int64)
        self.searches: list[Query] = []
        self.gate = threading.Event()
        self.gate.set()
        self.error: Exception | None = None
        self.runs: list[Sequence[IndexProgress | IndexSummary]] = []
        self.asked: list[tuple[list[str], bool]] = []
        self.index_gate = threading.Event()
        self.index_gate.set()
        self.skips: list[SkippedFile] = []
        self.added: list[Root] = []
        self.gone: set[int] = set()
        self.thumbnails_read: list[int] = []
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True

    def picture_ids(self) -> NDArray[np.int64]:
        return self.ids.copy()

    def pictures(self, ids: Sequence[int]) -> dict[int, Picture]:
        return {each: picture(each) for each in ids if each not in self.gone}

    def thumbnail(self, picture_id: int) -> bytes | None:
        self.thumbnails_read.append(picture_id)
        return None if picture_id in self.gone else jpeg()

    def preview(self, picture_id: int, max_side_px: int) -> bytes | None:
        return None if picture_id in self.gone else jpeg("olive")

    def search(self, query: Query, limit: int | None = None) -> Hits:
        self.searches.append(query)
        assert self.gate.wait(10)
        if self.error is not None:
            raise self.error
        ids = np.sort(self.ids)
        scores = np.linspace(0.9, 0.1, len(ids), dtype=np.float32)
        return Hits(ids, scores, scores, 0.021)

    def index(
        self, paths: Sequence[str | Path], cancel: CancelToken, *, retry_failed: bool = False
    ) -> Iterator[IndexProgress | IndexSummary]:
        self.asked.append((list(map(str, paths)), retry_failed))
        for report in self.runs.pop(0) if self.runs else [IndexSummary()]:
            assert self.index_gate.wait(10)
            if cancel.is_cancelled:
                yield IndexSummary(cancelled=True)
                return
            yield report

    def warm_up(self) -> ModelInfo:
        return ModelInfo("fake", "a model", 16, is_builtin=True)

    def roots(self) -> list[Root]:
        return self.added

    def skipped(self) -> list[SkippedFile]:
        return self.skips


def picture(picture_id: int) -> Picture:
    """What a `FakeLibrary` says of a picture."""
    return Picture(
        id=picture_id,
        path=f"/pictures/picture {picture_id}.jpg",
        stamp=FileStamp(2_800_000, 0),
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
        format="JPEG",
        date_s=1_700_000_000.0 + picture_id,
        fingerprint=b"",
    )
