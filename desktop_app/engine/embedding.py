"""Makes the vectors of another model for the pictures that are in the library already.

Each file is read again. Where it cannot be, or holds something else by now, the thumbnail that
is kept of the picture is embedded instead, so that every vector belongs to the content the
catalog knows. What has neither is told, and left to a later scan.
"""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files.decoder import Decoder
from desktop_app.engine.files.fingerprint import fingerprint
from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError, open_picture
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.meter import Meter
from desktop_app.engine.model.tower import CPU
from desktop_app.engine.pace import PaceChange, WorkPace
from desktop_app.engine.phrases import phrase
from desktop_app.engine.pipeline import Batch, Failed, PipelineSize, encode_in_batches
from desktop_app.engine.protocols import Encoder
from desktop_app.engine.records import (
    DecodedPicture,
    EmbedProgress,
    EmbedSummary,
    FoundFile,
    Picture,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.store.catalog import Catalog

_READ_AT_ONCE = 500
"""Pictures whose records are held at a time."""

_ENCODED_AT_ONCE = 4
"""Pictures between two looks at whether to stop: a large model takes a second for so many. Larger
batches are no quicker (ViT-B/32 int8: 105 to 115 pictures a second at 4 to 16)."""


@dataclass(frozen=True, slots=True)
class _Decoded:
    """A picture on its way through the encoder; pixels as the encoder's `resizer` gives them."""

    work: Picture
    pixels: NDArray[np.uint8]


class Embedder:
    """Completes the vectors of one model.

    Args:
        catalog: Where vectors are written.
        encoder: The model.
        thumbnails: What is embedded where a file cannot be read.
        limits: What one file may cost.
        size: How much of the machine to take.
        is_wanted: Asked after every batch whether this model is still to be the next.
        finish: Called when all is made; makes the model answer, and says whether it does now.
        pace: Says when to wait, and how much of the machine to take.
    """

    def __init__(
        self,
        catalog: Catalog,
        encoder: Encoder,
        thumbnails: ThumbnailCache,
        limits: DecodeLimits,
        size: PipelineSize,
        is_wanted: Callable[[], bool],
        finish: Callable[[CancelToken], bool],
        pace: WorkPace,
    ) -> None:
        self._catalog = catalog
        self._encoder = encoder
        self._thumbnails = thumbnails
        self._limits = limits
        self._size = size
        self._is_wanted = is_wanted
        self._finish = finish
        self._pace = pace

    def run(self, cancel: CancelToken) -> Iterator[EmbedProgress | EmbedSummary]:
        """Make what is missing; every picture is tried once.

        Args:
            cancel: Stops the run; all that was reported stays.

        Yields:
            Progress, and at the end, cancelled or not, one `EmbedSummary`.

        Raises:
            UserFacingError: If the model cannot be loaded or the library cannot be written.
        """
        started = time.monotonic()
        failed: list[SkippedFile] = []
        made, cancelled, switched = 0, False, False
        newest_first = self._catalog.picture_ids_newest_first()
        lacking = self._catalog.ids_without_vector(self._encoder.info.key)
        missing = newest_first[np.isin(newest_first, lacking)]
        meter = Meter(len(newest_first), len(newest_first) - len(missing))
        try:
            yield self._progress(meter)
            with closing(self._make(missing, cancel)) as parts:
                for part in parts:
                    if isinstance(part, PaceChange):
                        yield self._progress(meter, part.note)
                        continue
                    if isinstance(part, Failed):
                        failed.append(part.skip)
                        continue
                    made += part
                    meter.count(part)
                    yield self._progress(meter)
                    if not self._is_wanted():
                        raise CancelledError  # noqa: TRY301 - the one way out of a run
            cancel.raise_if_cancelled()
            switched = self._finish(cancel)
        except CancelledError:
            cancelled = True
        yield EmbedSummary(
            title=self._encoder.info.name,
            made=made,
            failed=tuple(failed),
            seconds=time.monotonic() - started,
            switched=switched,
            cancelled=cancelled,
        )

    def _progress(self, meter: Meter, note: str = "") -> EmbedProgress:
        return EmbedProgress(
            self._encoder.info.name, meter.done, meter.total, meter.per_second, note
        )

    def _make(
        self, missing: NDArray[np.int64], cancel: CancelToken
    ) -> Generator[int | Failed[Picture] | PaceChange]:
        """Run pictures through decoder, encoder and catalog; yields how many are committed."""
        if not len(missing):
            return

        def encode(batch: list[_Decoded]) -> NDArray[np.float32]:
            return self._encode(batch, cancel)

        with (
            Decoder(
                self._encoder.resizer,
                self._encoder.input_side_px,
                self._limits,
                self._size.decoder_processes,
                self._pace,
            ) as decoder,
            closing(
                encode_in_batches(
                    self._decoded(decoder, missing, cancel),
                    encode,
                    self._size,
                    cancel,
                    self._pace,
                    lambda: self._encoder.device.provider == CPU,
                )
            ) as encoded,
        ):
            for part in encoded:
                yield self._write(part) if isinstance(part, Batch) else part

    def _decoded(
        self, decoder: Decoder, missing: NDArray[np.int64], cancel: CancelToken
    ) -> Iterator[_Decoded | Failed[Picture] | PaceChange]:
        """Decode all pictures, or what stands for them."""
        in_work: dict[str, Picture] = {}

        def files() -> Iterator[FoundFile]:
            for start in range(0, len(missing), _READ_AT_ONCE):
                for picture in self._catalog.pictures(missing[start : start + _READ_AT_ONCE]):
                    in_work[picture.path] = picture
                    yield FoundFile(picture.path, picture.stamp)

        for outcome in decoder.decode_at_pace(files(), cancel):
            if isinstance(outcome, PaceChange):
                yield outcome
            else:
                file, result = outcome
                yield self._choose_pixels(in_work.pop(file.path), result)

    def _choose_pixels(
        self, picture: Picture, result: DecodedPicture | SkippedFile
    ) -> _Decoded | Failed[Picture]:
        if isinstance(result, DecodedPicture) and _is_same(picture, result):
            return _Decoded(picture, result.pixels)
        pixels = self._pixels_of_thumbnail(picture)
        if pixels is not None:
            return _Decoded(picture, pixels)
        if isinstance(result, DecodedPicture):
            reason = phrase(
                "Engine: Models",
                "The file has changed; it is looked at again with the next scan of its folder.",
            )
            return Failed(picture, SkippedFile(picture.path, reason, SkipKind.UNREADABLE))
        return Failed(picture, result)

    def _pixels_of_thumbnail(self, picture: Picture) -> NDArray[np.uint8] | None:
        data = self._thumbnails.get(picture.fingerprint.hex())
        if data is None:
            return None
        try:
            image = open_picture(data, self._encoder.input_side_px, self._limits)
        except UndecodableError:
            return None
        with image:
            return self._encoder.resizer(image)

    def _encode(self, batch: list[_Decoded], cancel: CancelToken) -> NDArray[np.float32]:
        """Encode a batch, on one of the encoder threads."""
        pixels = np.stack([each.pixels for each in batch])
        vectors = []
        for start in range(0, len(pixels), _ENCODED_AT_ONCE):
            cancel.raise_if_cancelled()
            vectors.append(self._encoder.encode_pictures(pixels[start : start + _ENCODED_AT_ONCE]))
        return np.concatenate(vectors)

    def _write(self, batch: Batch[_Decoded]) -> int:
        rows = [
            (each.work.id, each.work.fingerprint, vector)
            for each, vector in zip(batch.items, batch.vectors, strict=True)
        ]
        return len(self._catalog.write_vectors(self._encoder.info, rows))


def _is_same(picture: Picture, decoded: DecodedPicture) -> bool:
    """Whether a file still has the content that the catalog knows."""
    if len(picture.fingerprint) == len(decoded.fingerprint):
        return picture.fingerprint == decoded.fingerprint
    # Of a catalog of the first versions.
    return picture.fingerprint == fingerprint(picture.path, picture.fingerprint)
