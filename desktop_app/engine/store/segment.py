"""Vectors on disk that never change, and a mask of those that no longer count."""

import dataclasses
import logging
import mmap
import os
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.store import hnsw, index_files
from desktop_app.engine.store.chosen_ids import ChosenIds
from desktop_app.engine.store.index_files import SegmentRecord, WrittenFile

_log = logging.getLogger(__name__)

_CHECKED_AT_ONCE = 1 << 22
"""Bytes checked at once: as many are resident while a file is checked."""

_GATHERED_AT_ONCE = 4_096
"""Rows copied together before they are compared: 4 MB, which stay in the processor's cache."""

_GATHERED_SHARE = 0.3
"""Of the rows; up to this, copying those asked for is quicker than comparing all (230 against 67
nanoseconds a row of 512 numbers)."""

Scored = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Ids and their scores, both of shape ``(n,)``."""


class Segment:
    """Vectors found by id, mapped from their file. Any thread may call it; it never changes.

    Args:
        record: Where it lies.
        ids: The ids, shape ``(n,)``, rising.
        rows: Their vectors, shape ``(n, dim)``.
        graph: Links all of them; None where they are compared one by one.
        mapped: What `rows` and `graph` lie in.
        dead: Which rows no longer count, shape ``(n,)``.
    """

    def __init__(
        self,
        record: SegmentRecord,
        ids: NDArray[np.int64],
        rows: NDArray[np.float16],
        graph: hnsw.Graph | None,
        mapped: mmap.mmap,
        dead: NDArray[np.bool_],
    ) -> None:
        self._record = record
        self._ids = ids
        self._rows = rows
        self._graph = graph
        self._mapped = mapped
        self._dead = dead
        self._dead_count = int(np.count_nonzero(dead))

    @classmethod
    def open(
        cls,
        folder: Path,
        record: SegmentRecord,
        dim: int,
        *,
        is_trusted: bool = False,
        is_copied: bool = False,
    ) -> "Segment | None":
        """Map a segment from its files.

        Args:
            folder: Where they lie.
            record: What must be found in them.
            dim: The length of the vectors.
            is_trusted: Whether to use it without checking every byte, which is right only of
                files that have just been written.
            is_copied: Whether to map a copy on the system's own disk, because that of the files may
                vanish.

        Returns:
            The segment; None if anything of it is missing or not what was written.

        Raises:
            FileNotFoundError: If a file is missing, which may mean that the manifest is outdated.
        """
        try:
            ids_file = _map(folder, record.ids, is_trusted=is_trusted, is_copied=False)
            rows_file = _map(folder, record.rows, is_trusted=is_trusted, is_copied=is_copied)
        except FileNotFoundError:
            raise
        except OSError as error:
            _log.warning("The saved vector index cannot be read: %s", error)
            return None
        if ids_file is None or rows_file is None:
            _log.warning("A part of the saved vector index is damaged")
            return None
        count = record.count
        offset = hnsw.ROWS_OFFSET if record.is_linked else 0
        try:
            # Copied: small, and asked all over with every search.
            ids = np.frombuffer(ids_file, dtype=np.int64, count=count).copy()
            rows = np.frombuffer(rows_file, dtype=np.float16, count=count * dim, offset=offset)
            dead = _unpacked(record.dead, count)
        except ValueError as error:
            _log.warning("A part of the saved vector index is not as described: %s", error)
            return None
        ids_file.close()
        if not np.all(ids[1:] > ids[:-1]):
            _log.warning("A part of the saved vector index is not in order")
            return None
        graph = hnsw.view(rows_file, count, dim) if record.is_linked else None
        if record.is_linked and graph is None:
            return None
        segment = cls(record, ids, rows.reshape(count, dim), graph, rows_file, dead)
        segment.release()
        return segment

    @property
    def record(self) -> SegmentRecord:
        """What a manifest says about it."""
        return dataclasses.replace(self._record, dead=_packed(self._dead))

    @property
    def name(self) -> str:
        """Tells it from every other segment; stays when rows die."""
        return self._record.rows.name

    @property
    def is_linked(self) -> bool:
        """Whether there is a graph."""
        return self._graph is not None

    @property
    def dead_count(self) -> int:
        """How many rows no longer count."""
        return self._dead_count

    def __len__(self) -> int:
        """How many rows count."""
        return len(self._ids) - self._dead_count

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ids that count, rising."""
        return self._ids[~self._dead] if self._dead_count else self._ids

    @property
    def rows(self) -> NDArray[np.float16]:
        """All vectors, shape ``(n, dim)``, those that no longer count too."""
        return self._rows

    @property
    def live_places(self) -> NDArray[np.int64]:
        """The rows that count."""
        return np.flatnonzero(~self._dead)

    def without(self, ids: NDArray[np.int64]) -> "Segment":
        """The same segment with more ids that no longer count; itself if it has none of them."""
        places = self._places(ChosenIds(ids))
        if not len(places):
            return self
        dead = self._dead.copy()
        dead[places] = True
        return Segment(self._record, self._ids, self._rows, self._graph, self._mapped, dead)

    def vectors_of(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        """Those of some ids that are here, rising, and a copy of their vectors."""
        places = self._places(ChosenIds(ids))
        return self._ids[places], self._rows[places]

    def compare(self, query: NDArray[np.float16]) -> Scored:
        """Score all, exactly, in order of id."""
        scores = hnsw.scores(self._rows, query)
        return self.ids, scores[~self._dead] if self._dead_count else scores

    def compare_some(self, query: NDArray[np.float16], chosen: ChosenIds) -> Scored:
        """Score those of some ids that are here, exactly."""
        return self._score(query, self._places(chosen))

    def find(self, query: NDArray[np.float16], limit: int) -> Scored:
        """Score the nearest, at least `limit` of them where there are so many.

        Args:
            query: Shape ``(dim,)``.
            limit: How many are wanted.
        """
        wanted = min(limit, len(self))
        # More than asked costs nothing up to the expansion, and settles ties at the end.
        count = min(len(self._ids), max(limit, hnsw.EXPANSION_SEARCH))
        while self._graph is not None and count <= 8 * max(limit, hnsw.EXPANSION_SEARCH):
            near = self._graph.nearest(query, count)
            alive = near[~self._dead[near]]
            if len(alive) >= wanted:
                return self._score(query, np.sort(alive))
            if len(near) < count or count == len(self._ids):
                break
            count = min(len(self._ids), 2 * count)  # dead ones were in the way
        return self.compare(query)

    def release(self) -> None:
        """Give the memory back into which the file has been read; it is read again when needed."""
        if hasattr(mmap, "MADV_DONTNEED"):  # pragma: no branch - not on Windows
            self._mapped.madvise(mmap.MADV_DONTNEED)

    def _places(self, chosen: ChosenIds) -> NDArray[np.int64]:
        """The rows of ids that are here and count."""
        places = chosen.places_in(self._ids)
        return places[~self._dead[places]] if self._dead_count else places

    def _score(self, query: NDArray[np.float16], places: NDArray[np.int64]) -> Scored:
        ids = self._ids[places]
        if len(places) > _GATHERED_SHARE * len(self._ids):
            first, end = int(places[0]), int(places[-1]) + 1
            return ids, hnsw.scores(self._rows[first:end], query)[places - first]
        scores = np.empty(len(places), dtype=np.float32)
        room = np.empty(
            (min(len(places), _GATHERED_AT_ONCE), self._rows.shape[1]), dtype=np.float16
        )
        for start in range(0, len(places), _GATHERED_AT_ONCE):
            some = places[start : start + _GATHERED_AT_ONCE]
            # "clip" copies into the room at once; "raise" makes another copy before.
            np.take(self._rows, some, axis=0, out=room[: len(some)], mode="clip")
            scores[start : start + len(some)] = hnsw.scores(room[: len(some)], query)
        return ids, scores


def _map(
    folder: Path, written: WrittenFile, *, is_trusted: bool, is_copied: bool
) -> mmap.mmap | None:
    """Map a file, or a copy of it; None unless it is what was written."""
    with (folder / written.name).open("rb") as file:
        if os.fstat(file.fileno()).st_size != written.size_bytes or not written.size_bytes:
            return None
        mapped = _map_copy(file) if is_copied else None
        if mapped is None:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if is_trusted:
        return mapped
    checksum = 0
    for start in range(0, written.size_bytes, _CHECKED_AT_ONCE):
        end = min(start + _CHECKED_AT_ONCE, written.size_bytes)
        with memoryview(mapped)[start:end] as part:
            checksum = zlib.crc32(part, checksum)  # lets other threads run meanwhile
        if hasattr(mmap, "MADV_DONTNEED"):  # pragma: no branch - not on Windows
            mapped.madvise(mmap.MADV_DONTNEED, start, end - start)
    return mapped if checksum == written.crc32 else None


def _map_copy(file: BinaryIO) -> mmap.mmap | None:
    """Map a copy that has no name and ends with this process; None where there is no room.

    What changed while it was copied, or was not all there, shows by the checksum.
    """
    try:
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(file, copy, _CHECKED_AT_ONCE)
            copy.flush()
            return mmap.mmap(copy.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:  # ValueError: nothing was copied
        _log.warning("The vector index is used where it lies, and not copied: %s", error)
        return None


def _packed(dead: NDArray[np.bool_]) -> str:
    return index_files.packed(np.packbits(dead).tobytes()) if dead.any() else ""


def _unpacked(text: str, count: int) -> NDArray[np.bool_]:
    if not text:
        return np.zeros(count, dtype=np.bool_)
    bits = np.frombuffer(index_files.unpacked(text), dtype=np.uint8)
    if len(bits) != -(-count // 8):
        raise ValueError(f"{len(bits)} bytes of bits for {count} rows")
    return np.unpackbits(bits, count=count).astype(np.bool_)
