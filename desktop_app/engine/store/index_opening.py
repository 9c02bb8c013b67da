"""Opening a saved vector index, and bringing it up to date with the catalog.

No byte of a saved index is used before its checksum is known to be right: USearch would follow a
flipped bit in a graph out of its memory, and a flipped bit of a vector is a wrong answer. What is
missing, damaged or out of date is read from the catalog.
"""

import logging
from collections.abc import Generator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.records import IndexPreparation, ModelInfo
from desktop_app.engine.store import hnsw, index_files
from desktop_app.engine.store.index_files import Manifest
from desktop_app.engine.store.segment import Segment
from desktop_app.engine.store.segment_groups import DEFAULT_LIMITS, IndexLimits
from desktop_app.engine.store.vector_index import UsearchIndex
from desktop_app.engine.store.vector_source import VectorSource

_log = logging.getLogger(__name__)

_READ_AT_ONCE = 4_096
_SPOT_CHECKS = 32

_ATTEMPTS = 3
"""At finding a manifest whose files are there: another process may replace both meanwhile."""


def open_index(
    folder: Path, source: VectorSource, model: ModelInfo, limits: IndexLimits = DEFAULT_LIMITS
) -> UsearchIndex:
    """Open the index of a model's vectors, up to date with the catalog.

    See `opening`, which this does in one go.
    """
    steps = opening(folder, source, model, limits=limits)
    while True:
        try:
            next(steps)
        except StopIteration as finished:
            index: UsearchIndex = finished.value
            return index


def opening(
    folder: Path,
    source: VectorSource,
    model: ModelInfo,
    cancel: CancelToken | None = None,
    limits: IndexLimits = DEFAULT_LIMITS,
) -> Generator[IndexPreparation, None, UsearchIndex]:
    """Open the index of a model's vectors, up to date with the catalog.

    Saved segments are used where they fit; all else is read from the catalog. Graphs that are
    missing then are made in the background, and answers are exact meanwhile; who wants to follow
    that calls `UsearchIndex.link`.

    Args:
        folder: Where saved indexes lie; written only where the catalog is writable.
        source: The catalog.
        model: Whose vectors.
        cancel: Stops it; nothing is lost.
        limits: When the index does what.

    Yields:
        How far it is.

    Returns:
        The index.

    Raises:
        StoreError: If the catalog cannot be read. A bad saved index is no error.
        CancelledError: If it was stopped.
    """
    cancel = cancel or CancelToken()
    # Read first: what is written meanwhile is read once more the next time.
    revision = source.vector_revision(model.key)
    manifest, segments = yield from _load(folder, source, model, cancel, limits)
    saved_revision = None if manifest is None else manifest.revision
    if manifest is not None and source.is_writable:
        index_files.sweep(folder, manifest)
    index = UsearchIndex(
        source.library_id(),
        model,
        folder,
        source if source.is_writable else None,
        limits,
        segments,
        saved_revision,
    )
    wanted = source.vector_ids(model.key)
    here = _sorted_ids(segments)
    gone = np.setdiff1d(here, wanted, assume_unique=True)
    missing = np.setdiff1d(wanted, here, assume_unique=True)
    if len(gone):
        index.remove(gone)
    if saved_revision is not None and saved_revision != revision:
        for ids, vectors in source.vectors_since(model.key, saved_revision, _READ_AT_ONCE):
            cancel.raise_if_cancelled()
            known = np.isin(ids, here)
            index.catch_up(ids[known], vectors[known])
            yield IndexPreparation(0, len(missing))
    if len(missing):
        _log.info("Reading %d vectors for the index from the catalog", len(missing))
    done = 0
    for ids, vectors in source.vectors_of(model.key, missing, _READ_AT_ONCE):
        cancel.raise_if_cancelled()
        index.catch_up(ids, vectors)
        done += len(ids)
        yield IndexPreparation(done, len(missing))
    is_damaged = manifest is not None and len(segments) < len(manifest.segments)
    if source.is_writable and (is_damaged or len(missing) >= limits.held_in_memory):
        index.save(revision)
    index.start_linking()
    return index


_NO_IDS = np.empty(0, dtype=np.int64)


def _load(
    folder: Path,
    source: VectorSource,
    model: ModelInfo,
    cancel: CancelToken,
    limits: IndexLimits,
) -> Generator[IndexPreparation, None, tuple[Manifest | None, list[Segment]]]:
    """Map what is saved and whole.

    Returns:
        The manifest, where there is one that fits, and those of its segments that do.
    """
    for attempt in range(_ATTEMPTS):
        manifest = index_files.read_manifest(folder, model.key)
        if manifest is None or not _fits(manifest, source, model):
            return None, []
        segments = []
        done, total = 0, sum(record.count for record in manifest.segments)
        missing = False
        for record in manifest.segments:
            cancel.raise_if_cancelled()
            try:
                segment = Segment.open(folder, record, model.dim, is_copied=limits.is_copied)
            except FileNotFoundError:
                _log.warning("A part of the saved vector index is missing")
                missing = True
                continue
            if segment is not None:
                segments.append(segment)
            done += record.count
            yield IndexPreparation(done, total)
        if not missing or attempt == _ATTEMPTS - 1:
            break
        if index_files.read_manifest(folder, model.key) == manifest:
            break  # nobody replaced it: the file is really gone
    if manifest is not None and _agree(segments, source, model, manifest.revision):
        return manifest, segments
    _log.warning("The saved vector index holds other vectors than the catalog")
    return None, []


def _sorted_ids(segments: list[Segment]) -> NDArray[np.int64]:
    return np.sort(np.concatenate([_NO_IDS, *(segment.ids for segment in segments)]))


def _fits(manifest: Manifest, source: VectorSource, model: ModelInfo) -> bool:
    """Whether a saved index can be caught up with the catalog."""
    # An older catalog put back in place has a lower revision than what was saved later.
    revision = source.vector_revision(model.key)
    if manifest.revision > revision or manifest.library_id != source.library_id():
        _log.info("The saved vector index belongs to another state of the library")
        return False
    found = (manifest.model_key, manifest.dim, manifest.dtype)
    return found == (model.key, model.dim, hnsw.DTYPE)


def _agree(
    segments: list[Segment], source: VectorSource, model: ModelInfo, saved_revision: int
) -> bool:
    """Whether some vectors, spread over all segments, are those of the catalog."""
    every = _sorted_ids(segments)
    if np.any(every[1:] == every[:-1]):
        return False
    chunks = source.vectors_since(model.key, saved_revision, _READ_AT_ONCE)
    changed = np.concatenate([_NO_IDS, *(ids for ids, _ in chunks)])
    every = every[~np.isin(every, changed)]
    some = every[:: max(1, len(every) // _SPOT_CHECKS)]
    for ids, vectors in source.vectors_of(model.key, some, _READ_AT_ONCE):
        for segment in segments:
            mine, rows = segment.vectors_of(ids)
            if not np.array_equal(rows, vectors[np.isin(ids, mine)]):
                return False
    return True
