"""Makes the vectors that a model lacks of the pictures that are in the library already.

Each file is read again. Where it cannot be, or holds something else by now, the thumbnail that
is kept of the picture is embedded instead, so that every vector belongs to the content the
catalog knows. What has neither is told, and left to a later scan. A folder on a drive that does not
answer is not asked again as long as that lasts. Exact copies get the vector of the first picture
of their content.
"""

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files.decoder import Decoder
from desktop_app.engine.files.fingerprint import fingerprint
from desktop_app.engine.files.patience import NoAnswerError, Patience
from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError, open_picture
from desktop_app.engine.files.reach import NO_ANSWER
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.meter import Meter
from desktop_app.engine.model.tower import CPU
from desktop_app.engine.pace import PaceChange, WorkPace
from desktop_app.engine.paths import is_below
from desktop_app.engine.phrases import phrase
from desktop_app.engine.pipeline import Batch, Failed, PipelineSize, encode_in_batches, held
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
        patience: Waits for the disk; knows what does not answer.
        made: Told the ids of pictures that have a vector from now on.
        is_answering: Whether the model answers already.
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
        patience: Patience | None = None,
        made: Callable[[Sequence[int]], None] = lambda _: None,
        is_answering: bool = False,
    ) -> None:
        self._catalog = catalog
        self._encoder = encoder
        self._thumbnails = thumbnails
        self._limits = limits
        self._size = size
        self._is_wanted = is_wanted
        self._finish = finish
        self._pace = pace
        self._patience = patience or Patience()
        self._made = made
        self._is_answering = is_answering
        self._silent: set[str] = set()

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
        self._silent.clear()
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
            silent=tuple(sorted(self._silent)),
            switched=switched,
            cancelled=cancelled,
        )

    def _progress(self, meter: Meter, note: str = "") -> EmbedProgress:
        return EmbedProgress(
            self._encoder.info.name,
            meter.done,
            meter.total,
            meter.per_second,
            note,
            self._is_answering,
        )

    def _make(
        self, missing: NDArray[np.int64], cancel: CancelToken
    ) -> Generator[int | Failed[Picture] | PaceChange]:
        """Make the vectors of pictures; yields how many are committed."""
        first_of = dict(self._catalog.exact_copies())
        is_copy = np.isin(missing, np.fromiter(first_of, dtype=np.int64, count=len(first_of)))
        yield from self._embed(missing[~is_copy], cancel)
        alone: list[int] = []
        copies = missing[is_copy].tolist()
        for start in range(0, len(copies), _READ_AT_ONCE):
            yield from held(self._pace, cancel)
            cancel.raise_if_cancelled()
            some = copies[start : start + _READ_AT_ONCE]
            pairs = [(picture_id, first_of[picture_id]) for picture_id in some]
            shared = set(self._catalog.share_vectors(self._encoder.info, pairs))
            self._made(list(shared))
            alone += [picture_id for picture_id in some if picture_id not in shared]
            yield len(shared)
        # The first one could not be read, or is another one by now.
        yield from self._embed(np.array(alone, dtype=np.int64), cancel)

    def _embed(
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
                is_silent=self._patience.is_silent,
            ) as decoder,
            closing(
                encode_in_batches(
                    self._decoded(decoder, missing, cancel),
                    encode,
                    self._size,
                    cancel,
                    self._pace,
                    lambda: self._encoder.device.provider == CPU,
                    self._encoder.prepare_pictures,
                )
            ) as encoded,
        ):
            for part in encoded:
                yield self._write(part) if isinstance(part, Batch) else part

    def _decoded(
        self, decoder: Decoder, missing: NDArray[np.int64], cancel: CancelToken
    ) -> Iterator[_Decoded | Failed[Picture] | PaceChange]:
        """Decode all pictures, or what stands for them."""
        roots = {root.id: root.path for root in self._catalog.roots()}
        for start in range(0, len(missing), _READ_AT_ONCE):
            pictures = self._catalog.pictures(missing[start : start + _READ_AT_ONCE])
            yield from self._decoded_some(decoder, pictures, roots, cancel)

    def _decoded_some(
        self,
        decoder: Decoder,
        pictures: Sequence[Picture],
        roots: Mapping[int, str],
        cancel: CancelToken,
    ) -> Iterator[_Decoded | Failed[Picture] | PaceChange]:
        """Decode a few pictures, those last whose drives do not answer."""
        in_work: dict[str, Picture] = {}
        unasked: list[Picture] = []

        def files() -> Iterator[FoundFile]:
            for picture in pictures:
                if self._patience.is_silent(picture.path):
                    unasked.append(picture)
                else:
                    in_work[picture.path] = picture
                    yield FoundFile(picture.path, picture.stamp)

        for outcome in decoder.decode_at_pace(files(), cancel):
            if isinstance(outcome, PaceChange):
                yield outcome
                continue
            file, result = outcome
            picture = in_work.pop(file.path)
            if isinstance(result, SkippedFile) and self._is_silent(picture, roots, cancel):
                unasked.append(picture)
            else:
                yield self._choose_pixels(picture, result, cancel)
        for picture in unasked:
            yield from held(self._pace, cancel)
            self._silent.update(
                place for place in self._patience.silent_places() if is_below(picture.path, place)
            )
            skip = SkippedFile(picture.path, NO_ANSWER, SkipKind.OFFLINE)
            yield self._choose_pixels(picture, skip, cancel)

    def _is_silent(self, picture: Picture, roots: Mapping[int, str], cancel: CancelToken) -> bool:
        """Whether a picture could not be read because its drive does not answer."""
        root = roots.get(picture.root_id)
        if root is not None and not self._patience.is_silent(picture.path):
            mounts = self._catalog.mounts(picture.root_id)
            self._patience.unreachable_reason(root, mounts, cancel, is_listed=True)
        return self._patience.is_silent(picture.path)

    def _choose_pixels(
        self, picture: Picture, result: DecodedPicture | SkippedFile, cancel: CancelToken
    ) -> _Decoded | Failed[Picture]:
        if isinstance(result, DecodedPicture) and self._is_same(picture, result, cancel):
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

    def _is_same(self, picture: Picture, decoded: DecodedPicture, cancel: CancelToken) -> bool:
        """Whether a file still has the content that the catalog knows."""
        if len(picture.fingerprint) == len(decoded.fingerprint):
            return picture.fingerprint == decoded.fingerprint

        def is_same() -> bool:  # of a catalog of the first versions
            return picture.fingerprint == fingerprint(picture.path, picture.fingerprint)

        try:
            return self._patience.ask(is_same, picture.path, cancel)
        except NoAnswerError:
            return False

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
        written = self._catalog.write_vectors(self._encoder.info, rows)
        self._made(written)
        return len(written)
