"""The pipeline that joins files, model and store: from folders to searchable pictures.

Files are decoded in processes, encoded in threads and written by the thread that runs the
generator. Between two stages only a bounded number of pictures waits, so memory does not grow
with the library. A picture is reported only after the transaction that holds it was committed.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files.changes import compare
from desktop_app.engine.files.decoder import Decoder
from desktop_app.engine.files.fingerprint import fingerprint
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.files.scanner import scan
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.meter import Meter
from desktop_app.engine.paths import is_below
from desktop_app.engine.pipeline import Batch, Failed, PipelineSize, encode_in_batches
from desktop_app.engine.protocols import Encoder, VectorIndex
from desktop_app.engine.records import (
    DecodedPicture,
    FileStamp,
    FoundFile,
    IndexProgress,
    IndexSummary,
    KnownFile,
    NewPicture,
    RootKind,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.store.catalog import Catalog

_Entry = TypeVar("_Entry")

SCAN_REPORT_EVERY = 500
"""Files between two progress reports of a scan."""


@dataclass(frozen=True, slots=True)
class ScanTarget:
    """A folder or file to look through.

    Attributes:
        root_id: The root of the catalog that its pictures belong to.
        path: Absolute path; the root itself or something inside it.
        kind: Whether a folder or a single picture was asked for.
    """

    root_id: int
    path: str
    kind: RootKind = RootKind.FOLDER

    @property
    def is_deleted_file(self) -> bool:
        """Whether it is a single picture that is gone from a folder that is still there."""
        if self.kind is not RootKind.FILE or os.path.lexists(self.path):
            return False
        try:
            with os.scandir(os.path.dirname(self.path)) as entries:
                # An empty one is most likely where a drive is missing.
                return next(entries, None) is not None
        except OSError:
            return False


@dataclass(slots=True)
class _Tally:
    """What a run has done so far."""

    added: int = 0
    updated: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: list[SkippedFile] = field(default_factory=list)

    def summary(self, seconds: float, *, cancelled: bool) -> IndexSummary:
        return IndexSummary(
            added=self.added,
            updated=self.updated,
            moved=self.moved,
            removed=self.removed,
            unchanged=self.unchanged,
            failed=tuple(skip for skip in self.skipped if skip.kind.is_failure),
            skipped=tuple(skip for skip in self.skipped if not skip.kind.is_failure),
            seconds=seconds,
            cancelled=cancelled,
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """A file to decode; ``picture_id`` is that of the picture it replaces, None when new."""

    file: FoundFile
    root_id: int
    picture_id: int | None


@dataclass(frozen=True, slots=True)
class _Decoded:
    """A decoded file on its way through the encoder."""

    work: _Work
    picture: DecodedPicture


class Indexer:
    """Brings the catalog in step with folders.

    Args:
        catalog: Where pictures and vectors are written.
        encoder: The model.
        open_index: Gives the vector index; called only when there is something to write.
        thumbnails: Where thumbnails are kept.
        limits: What one file may cost.
        size: How much of the machine to take.
        own_folders: Where the program keeps its own files, which are nobody's pictures.
    """

    def __init__(
        self,
        catalog: Catalog,
        encoder: Encoder,
        open_index: Callable[[], VectorIndex],
        thumbnails: ThumbnailCache,
        limits: DecodeLimits,
        size: PipelineSize,
        own_folders: Sequence[str] = (),
    ) -> None:
        self._catalog = catalog
        self._encoder = encoder
        self._open_index = open_index
        self._thumbnails = thumbnails
        self._limits = limits
        self._size = size
        self._own_folders = own_folders

    def run(
        self,
        targets: Sequence[ScanTarget],
        cancel: CancelToken,
        *,
        retry_failed: bool = False,
        refused: Sequence[SkippedFile] = (),
    ) -> Iterator[IndexProgress | IndexSummary]:
        """Scan the targets and index what is new or changed in them.

        Args:
            targets: Where to look.
            cancel: Stops the run after the batch in work; all that was reported stays.
            retry_failed: Whether to try files again that failed before and have not changed.
            refused: What was asked for but cannot be looked through, for the summary.

        Yields:
            Progress, and at the end, cancelled or not, one `IndexSummary`.

        Raises:
            UserFacingError: If the model cannot be loaded or the library cannot be written.
        """
        started = time.monotonic()
        tally = _Tally(skipped=list(refused))
        cancelled = False
        try:
            scanned = _Scan(self._catalog, self._encoder.info.key, self._own_folders, retry_failed)
            for target in targets:
                yield from scanned.look_through(target, cancel)
            work = self._apply(scanned, tally)
            yield from self._decode_and_write(work, cancel, tally)
            for target in scanned.completed:
                self._catalog.mark_scanned(target.root_id, time.time())
        except CancelledError:
            cancelled = True
        yield tally.summary(time.monotonic() - started, cancelled=cancelled)

    def _apply(self, scanned: "_Scan", tally: _Tally) -> list[_Work]:
        """Write all that needs no decoding; return what does."""
        changes = compare(scanned.found, scanned.known, scanned.unreachable, fingerprint)
        roots = scanned.root_ids
        if changes.moved:
            self._catalog.move_pictures(
                [(id_, file.path, roots[file.path], file.stamp) for id_, file in changes.moved]
            )
        if changes.gone:
            self._remove(changes.gone)
        scanned.write_skips()
        tally.moved += len(changes.moved)
        tally.removed += len(changes.gone)
        tally.unchanged += changes.unchanged
        tally.skipped += scanned.skipped
        new = [_Work(file, roots[file.path], None) for file in changes.new]
        return new + [_Work(file, roots[file.path], id_) for id_, file in changes.changed]

    def _remove(self, ids: Sequence[int]) -> None:
        self._catalog.remove_pictures(ids)
        self._open_index().remove(np.array(ids, dtype=np.int64))

    def _decode_and_write(
        self, work: Sequence[_Work], cancel: CancelToken, tally: _Tally
    ) -> Iterator[IndexProgress]:
        """Run the files through decoder, encoder and catalog."""
        if not work:
            return
        self._open_index()  # damaged or missing, it is made anew before there is more to add
        by_path = {item.file.path: item for item in work}
        meter = Meter(len(by_path))
        yield _progress(meter)
        with (
            Decoder(
                self._encoder.resizer,
                self._encoder.input_side_px,
                self._limits,
                self._size.decoder_processes,
            ) as decoder,
            closing(
                encode_in_batches(
                    _decoded(decoder, by_path, cancel), self._encode, self._size, cancel
                )
            ) as encoded,
        ):
            for part in encoded:
                ids: Sequence[int] = ()
                if isinstance(part, Failed):
                    self._write_failure(part, tally)
                    meter.count(1)
                    current = part.work.file.path
                else:
                    ids = self._write(part, tally)
                    meter.count(len(part.items))
                    current = part.items[-1].work.file.path
                yield _progress(meter, ids, current)

    def _encode(self, batch: Sequence[_Decoded]) -> NDArray[np.float32]:
        """Encode a batch and keep its thumbnails, on one of the encoder threads.

        Creating files takes as long as decoding small pictures: the thread that writes the
        catalog and keeps the decoders supplied must not wait for it.
        """
        for each in batch:
            self._thumbnails.put(each.picture.fingerprint.hex(), each.picture.thumbnail)
        return self._encoder.encode_pictures(np.stack([each.picture.pixels for each in batch]))

    def _write(self, batch: Batch[_Decoded], tally: _Tally) -> list[int]:
        """Commit a batch; only then does anybody hear of it."""
        by_root: dict[int, list[NewPicture]] = {}
        for each, vector in zip(batch.items, batch.vectors, strict=True):
            by_root.setdefault(each.work.root_id, []).append(_new_picture(each, vector))
        written: list[int] = []
        for root_id, pictures in by_root.items():
            ids = self._catalog.write_pictures(root_id, self._encoder.info, pictures)
            self._open_index().add(
                np.array(ids, dtype=np.int64), np.stack([picture.vector for picture in pictures])
            )
            written += ids
        added = sum(each.work.picture_id is None for each in batch.items)
        tally.added += added
        tally.updated += len(batch.items) - added
        return written

    def _write_failure(self, failed: Failed[_Work], tally: _Tally) -> None:
        """List a file that could not be decoded; what an older version of it showed goes."""
        item, skip = failed.work, failed.skip
        if item.picture_id is not None and skip.kind is not SkipKind.UNREADABLE:
            self._remove([item.picture_id])
            tally.removed += 1
        self._catalog.write_skipped(item.root_id, [skip])
        tally.skipped.append(skip)


class _Scan:
    """What looking through the targets found, beside what the catalog remembers of them."""

    def __init__(
        self, catalog: Catalog, model_key: str, own_folders: Sequence[str], retry_failed: bool
    ) -> None:
        self._catalog = catalog
        self._model_key = model_key
        self._own_folders = own_folders
        self._retry_failed = retry_failed
        self._remembered_skips: dict[str, SkippedFile] = {}
        self.found: list[FoundFile] = []
        self.root_ids: dict[str, int] = {}
        self.known: dict[str, KnownFile] = {}
        self.skipped: list[SkippedFile] = []
        self.completed: list[ScanTarget] = []

    @property
    def unreachable(self) -> list[str]:
        """Folders and files that could not be read; what lies below them is not gone."""
        return [skip.path for skip in self.skipped if skip.kind is SkipKind.UNREADABLE]

    def look_through(self, target: ScanTarget, cancel: CancelToken) -> Iterator[IndexProgress]:
        """Scan one target."""
        known = _below(target, self._catalog.known_files([target.root_id], self._model_key))
        skips = _below(target, self._catalog.known_skips([target.root_id]))
        self.known.update(known)
        self._remembered_skips.update(skips)
        if target.is_deleted_file:
            return
        found: list[FoundFile] = []
        skipped: list[SkippedFile] = []

        def is_remembered(path: str, stamp: FileStamp) -> bool:
            file = known.get(path)
            return (file is not None and file.stamp == stamp) or self._stands(
                skips.get(path), stamp
            )

        count = 0
        items = scan([target.path], is_remembered, cancel, self._own_folders)
        for count, item in enumerate(items, start=1):
            if item.path in self.root_ids:
                continue  # two targets overlap
            if isinstance(item, SkippedFile):
                skipped.append(item)
            elif self._stands(skips.get(item.path), item.stamp):
                skipped.append(skips[item.path])
            else:
                found.append(item)
            if count % SCAN_REPORT_EVERY == 0:
                yield self._report(len(found), target.path)

        # Where none of its pictures are left, a drive is more likely missing than all deleted.
        nothing_left = bool(known) and known.keys().isdisjoint(
            [*(file.path for file in found), *(skip.path for skip in skipped)]
        )
        is_told = any(skip.path == target.path for skip in skipped)
        if count == 0 or (nothing_left and not found and not is_told):
            skipped.append(_empty(target, len(known)))
        else:
            self.completed.append(target)
        self.found += found
        self.root_ids.update((file.path, target.root_id) for file in found)
        self.root_ids.update((skip.path, target.root_id) for skip in skipped)
        self.skipped += skipped
        yield self._report(0, target.path)

    def write_skips(self) -> None:
        """Bring the catalog's list of what is not indexed in step with this scan."""
        by_root: dict[int, list[SkippedFile]] = {}
        for skip in self.skipped:
            if self._remembered_skips.get(skip.path) != skip:
                by_root.setdefault(self.root_ids[skip.path], []).append(skip)
        for root_id, skips in by_root.items():
            self._catalog.write_skipped(root_id, skips)
        seen = {skip.path for skip in self.skipped}
        self._catalog.forget_skipped([path for path in self._remembered_skips if path not in seen])

    def _stands(self, skip: SkippedFile | None, stamp: FileStamp) -> bool:
        """Whether a file that was passed over before still is, without trying it again."""
        if skip is None or skip.stamp != stamp or skip.kind is SkipKind.UNREADABLE:
            return False
        return not (self._retry_failed and skip.kind.is_failure)

    def _report(self, found: int, current: str) -> IndexProgress:
        return IndexProgress(0, 0, len(self.found) + found, current=current)


def _progress(meter: Meter, ids: Sequence[int] = (), current: str = "") -> IndexProgress:
    return IndexProgress(
        meter.done,
        meter.total,
        meter.total,
        tuple(ids),
        meter.per_second,
        meter.seconds_left,
        current,
    )


def _decoded(
    decoder: Decoder, by_path: dict[str, _Work], cancel: CancelToken
) -> Iterator[_Decoded | Failed[_Work]]:
    """Decode all files."""
    for file, result in decoder.decode((item.file for item in by_path.values()), cancel):
        item = by_path[file.path]
        if isinstance(result, SkippedFile):
            yield Failed(item, result)
        else:
            yield _Decoded(item, result)


def _below(target: ScanTarget, entries: dict[str, _Entry]) -> dict[str, _Entry]:
    return {path: entry for path, entry in entries.items() if is_below(path, target.path)}


def _new_picture(decoded: _Decoded, vector: NDArray[np.float32]) -> NewPicture:
    picture = decoded.picture
    return NewPicture(
        path=decoded.work.file.path,
        stamp=decoded.work.file.stamp,
        width_px=picture.width_px,
        height_px=picture.height_px,
        format=picture.format,
        taken_at_s=picture.taken_at_s,
        fingerprint=picture.fingerprint,
        vector=vector,
    )


def _empty(target: ScanTarget, known: int) -> SkippedFile:
    """Describe a folder with nothing in it.

    One that used to hold pictures is most likely the mount point of a drive that is not
    there, so its pictures stay.
    """
    if known:
        pictures = "picture is" if known == 1 else f"{known} pictures are"
        return SkippedFile(
            target.path,
            f"Nothing is left in this folder; its {pictures} kept in case a drive is missing.",
            SkipKind.UNREADABLE,
        )
    return SkippedFile(target.path, "There is no picture in this folder.", SkipKind.EMPTY_FOLDER)
