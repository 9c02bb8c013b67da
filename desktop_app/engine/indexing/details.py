"""Completes what an older version of the program did not read: how pictures were taken.

Only the headers of files are read, in the processes that decode. What is interrupted goes on with
the next run; where nothing is missing it costs a look into an empty index.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.decoder import Decoder
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.indexing.scan_run import ScanTarget
from desktop_app.engine.meter import Meter
from desktop_app.engine.pace import PaceChange, WorkPace
from desktop_app.engine.records import (
    FoundFile,
    IndexProgress,
    PictureDetails,
    SkipKind,
)
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.details import NewDetails

_WRITTEN_AT_ONCE = 200
"""Pictures, some hundredths of a second of writing, of which a killed process loses one part."""

_TRIED_AGAIN = (SkipKind.UNREADABLE, SkipKind.CLOUD_ONLY)
"""What may be gone at the next start without the file having changed. Not tried at every run: what
a watch notices would start the processes each time."""


class DetailCompleter:
    """Reads the details of pictures that have none.

    Args:
        catalog: Where they are.
        limits: What one file may cost.
        processes: How many files are read at the same time.
        pace: Says when to wait, and how many of the processes may work.
        tried: Files that could not be read since the start and have not changed; more come in.
    """

    def __init__(
        self,
        catalog: Catalog,
        limits: DecodeLimits,
        processes: int,
        pace: WorkPace,
        tried: set[FoundFile],
    ) -> None:
        self._catalog = catalog
        self._limits = limits
        self._processes = processes
        self._pace = pace
        self._tried = tried

    def run(self, targets: Sequence[ScanTarget], cancel: CancelToken) -> Iterator[IndexProgress]:
        """Read what is missing at some places.

        Args:
            targets: Where to look; all could be looked through just now.
            cancel: Stops it; what was reported stays.

        Yields:
            How far it is.

        Raises:
            CancelledError: If it was stopped.
            UserFacingError: If the processes cannot be started or the library not be written.
        """
        total = sum(
            self._catalog.count_without_details(target.root_id, target.path) for target in targets
        )
        if total and self._tried:
            total = sum(1 for _ in self._files(targets))
        if not total:
            return
        meter = Meter(total)
        found: list[NewDetails] = []
        with (
            Decoder(
                _no_pixels, 0, self._limits, self._processes, self._pace, is_header_only=True
            ) as decoder,
            closing(decoder.details_at_pace(self._files(targets), cancel)) as outcomes,
        ):
            for outcome in outcomes:
                if isinstance(outcome, PaceChange):
                    yield _progress(meter, note=outcome.note)
                    continue
                file, result = outcome
                meter.count(1)
                if isinstance(result, PictureDetails):
                    found.append((file, result))
                elif result.kind in _TRIED_AGAIN:
                    self._tried.add(file)
                else:
                    found.append((file, None))
                if len(found) >= _WRITTEN_AT_ONCE:
                    self._catalog.write_details(found)
                    found.clear()
                    yield _progress(meter, current=file.path)
        if found:
            self._catalog.write_details(found)
        yield _progress(meter)

    def _files(self, targets: Sequence[ScanTarget]) -> Iterator[FoundFile]:
        for target in targets:
            for file in self._catalog.files_without_details(target.root_id, target.path):
                if file not in self._tried:
                    yield file


def _no_pixels(image: Image.Image, /) -> NDArray[np.uint8]:
    raise TypeError(f"nothing of {image} is decoded")


def _progress(meter: Meter, *, current: str = "", note: str = "") -> IndexProgress:
    return IndexProgress(
        meter.done,
        meter.total,
        meter.total,
        (),
        meter.per_second,
        meter.seconds_left,
        current,
        note,
    )
