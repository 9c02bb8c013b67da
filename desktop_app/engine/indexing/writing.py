"""Commits what was indexed to catalog and vector index; only then does anybody hear of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.known_files import MOST_STRIKES
from desktop_app.engine.files.patience import Patience
from desktop_app.engine.indexing.copies import Original
from desktop_app.engine.indexing.scan_run import ScanTarget
from desktop_app.engine.indexing.tally import Tally
from desktop_app.engine.indexing.work import Work, dated
from desktop_app.engine.meter import Meter
from desktop_app.engine.pipeline import Batch, Failed
from desktop_app.engine.protocols import VectorIndex
from desktop_app.engine.records import (
    DecodedPicture,
    IndexProgress,
    ModelInfo,
    NewPicture,
    RootKind,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.pictures import Copy

_STAYS = (SkipKind.UNREADABLE, SkipKind.CLOUD_ONLY, SkipKind.BEING_WRITTEN)
"""Failures after which a picture stays as it was: its file may be read another time."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file on its way through the encoder."""

    work: Work
    picture: DecodedPicture


@dataclass(slots=True)
class Writer:
    """Writes for one run, on the thread that runs it.

    Attributes:
        catalog: Where pictures, vectors and failures are written.
        model: The model that makes the vectors.
        open_index: Gives the vector index.
        patience: Waits for the disk.
        cancel: Stops the run.
        tally: Counts what is written.
        meter: Measures how far the run is.
        roots: What is looked through, by the id of its root.
        lost_roots: Roots whose drive went away during the run.
    """

    catalog: Catalog
    model: ModelInfo
    open_index: Callable[[], VectorIndex]
    patience: Patience
    cancel: CancelToken
    tally: Tally
    meter: Meter
    roots: Mapping[int, ScanTarget]
    lost_roots: set[int] = field(default_factory=set)

    def progress(self, ids: Sequence[int] = (), current: str = "") -> IndexProgress:
        """How far the run is.

        Args:
            ids: Pictures that were written just now.
            current: The file at which it is.
        """
        meter = self.meter
        return IndexProgress(
            meter.done,
            meter.total,
            meter.total,
            tuple(ids),
            meter.per_second,
            meter.seconds_left,
            current,
        )

    def write(self, batch: Batch[Decoded]) -> IndexProgress:
        """Commit pictures with their vectors."""
        by_root: dict[int, list[NewPicture]] = {}
        for each, vector in zip(batch.items, batch.vectors, strict=True):
            by_root.setdefault(each.work.root_id, []).append(_new_picture(each, vector))
        written: list[int] = []
        for root_id, pictures in by_root.items():
            ids = self.catalog.write_pictures(root_id, self.model, pictures)
            self.open_index().add(
                np.array(ids, dtype=np.int64), np.stack([picture.vector for picture in pictures])
            )
            written += ids
        work = [each.work for each in batch.items]
        return self._count_written(work, written, work[-1].file.path)

    def write_copies(
        self, shared: Sequence[tuple[Work, Original]], others: list[Work]
    ) -> IndexProgress:
        """Commit exact copies of pictures.

        Args:
            shared: The copies, each with the picture it is one of.
            others: Gets those whose original has changed meanwhile, which must be decoded.
        """
        copies = [
            Copy(item.root_id, item.file.path, item.file.stamp, one.picture_id, one.content_hash)
            for item, one in shared
        ]
        written: list[int] = []
        vectors: list[NDArray[np.float32]] = []
        done: list[Work] = []
        for (item, _), id_ in zip(shared, self.catalog.write_copies(copies), strict=True):
            vector = None if id_ is None else self.catalog.vector(id_, self.model.key)
            if id_ is None or vector is None:
                others.append(item)
            else:
                written.append(id_)
                vectors.append(vector)
                done.append(item)
        if written:
            self.open_index().add(np.array(written, dtype=np.int64), np.stack(vectors))
        return self._count_written(done, written, shared[-1][0].file.path)

    def write_failure(self, failed: Failed[Work]) -> IndexProgress:
        """List a file that could not be decoded; what an older version of it showed goes."""
        item, skip = failed.work, failed.skip
        self.meter.count(1)
        if skip.kind is SkipKind.UNREADABLE and self._note_lost_root(item):
            return self.progress((), item.file.path)
        if skip.kind is SkipKind.DECODER_FAILED:
            skip = replace(skip, strikes=item.strikes + 1)
        if item.picture_id is not None and item.is_edited and _is_final(skip):
            self.catalog.remove_pictures([item.picture_id], is_damaged=True)
            self.open_index().remove(np.array([item.picture_id], dtype=np.int64))
            self.tally.removed += 1
        skip = dated(skip)
        self.catalog.write_skipped(item.root_id, [skip])
        self.tally.skipped.append(skip)
        return self.progress((), item.file.path)

    def _count_written(
        self, work: Sequence[Work], written: Sequence[int], current: str
    ) -> IndexProgress:
        self.tally.count_written(work)
        self.meter.count(len(work))
        return self.progress(written, current)

    def _note_lost_root(self, item: Work) -> bool:
        """Whether a file cannot be read because its drive went away; told once for the drive."""
        if item.root_id in self.lost_roots:
            return True
        target = self.roots[item.root_id]
        mounts = self.catalog.mounts(item.root_id)
        reason = self.patience.unreachable_reason(
            target.root_path, mounts, self.cancel, is_listed=True
        )
        if reason is None or (target.kind is RootKind.FILE and target.is_root):
            return False
        self.lost_roots.add(item.root_id)
        skip = dated(SkippedFile(target.root_path, reason, SkipKind.OFFLINE))
        self.catalog.write_skipped(item.root_id, [skip])
        self.tally.skipped.append(skip)
        return True


def _is_final(skip: SkippedFile) -> bool:
    """Whether an edited file has nothing any more of what the library shows of it."""
    if skip.kind is SkipKind.DECODER_FAILED:
        return skip.strikes >= MOST_STRIKES
    return skip.kind not in _STAYS


def _new_picture(decoded: Decoded, vector: NDArray[np.float32]) -> NewPicture:
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
        content_hash=picture.content_hash,
        utc_offset_s=picture.utc_offset_s,
        camera=picture.camera,
        average_colour=picture.average_colour,
    )
