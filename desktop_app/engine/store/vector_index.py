"""Nearest vectors by cosine, for a million pictures without holding them in memory.

Vectors lie in segments on disk that never change (`desktop_app.engine.store.segment`); the newest
are in memory until there are enough of them for a segment. Large segments get a graph for quick
answers, made by a process of its own. All of it is a cache of the catalog. Why it is built like
this, with figures: docs/vector-index.md.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.freed_memory import give_back
from desktop_app.engine.records import IndexPreparation, ModelInfo
from desktop_app.engine.store import hnsw, index_files
from desktop_app.engine.store.chosen_ids import ChosenIds
from desktop_app.engine.store.fair_lock import FairLock
from desktop_app.engine.store.graph_building import GraphBuilding
from desktop_app.engine.store.idle_call import IdleCall
from desktop_app.engine.store.index_files import Manifest, SegmentRecord
from desktop_app.engine.store.ranking import last_of_each, ranked
from desktop_app.engine.store.segment import Scored, Segment
from desktop_app.engine.store.segment_groups import DEFAULT_LIMITS, IndexLimits, next_group
from desktop_app.engine.store.segment_writing import Part, part_of, write_segment
from desktop_app.engine.store.vector_rows import VectorRows
from desktop_app.engine.store.vector_source import VectorSource

_log = logging.getLogger(__name__)

_GRAPH_LIMIT = 200
"""Hits up to which the graphs are asked; for 500 it takes twice as long as comparing 20,000."""

_KEPT_S = 20.0
"""For which time files stay in memory after a search: the next one is usually not far."""

_RELEASED_FROM = 65_536
"""Vectors on disk that are worth giving memory back for: 64 MB."""

_LOOK_EVERY_S = 0.1
"""Between two looks at how far a graph is."""


class UsearchIndex:
    """Finds the nearest vectors by cosine. Any thread may call it.

    A search never waits for the disk or for a graph that is built, only for the few milliseconds
    in which new vectors in memory are compared or added.
    """

    def __init__(
        self,
        library_id: str,
        model: ModelInfo,
        folder: Path,
        source: VectorSource | None = None,
        limits: IndexLimits = DEFAULT_LIMITS,
        segments: Sequence[Segment] = (),
        saved_revision: int | None = None,
    ) -> None:
        """Take over what is on disk; `open_index` brings it up to date.

        Args:
            library_id: The library whose vectors it holds.
            model: The model that makes them.
            folder: Where its segments lie.
            source: The catalog, which must have changed before the index is told: its revision
                is noted with what is written. None keeps what is new in memory until it is saved.
            limits: When to do what.
            segments: What is on disk.
            saved_revision: See the property.
        """
        self._library_id = library_id
        self._model = model
        self._folder = folder
        self._source = source
        self._limits = limits
        self._segments = tuple(segments)
        self._new = VectorRows(model.dim)
        self._flush_at = limits.held_in_memory
        self._saved_revision = saved_revision
        self._idle = IdleCall(self._rest, _KEPT_S)
        self._building: GraphBuilding | None = None
        self._group: dict[str, Segment] = {}  # what it is built from, by name
        self._is_noted = True  # whether the manifest names the graphs that are used
        self._can_link = source is not None
        # Beside the thread that asks; they begin with the first search that wants them. A pool has
        # one thread at least, which nobody starts where one is all.
        helpers = max(1, limits.search_threads - 1)
        self._searching = ThreadPoolExecutor(helpers, "searching")
        self._is_closed = False
        self._lock = FairLock()  # of segments and new vectors; held briefly
        self._changing = threading.Lock()  # of whole changes and saving; searching does without

    @property
    def model(self) -> ModelInfo:
        """The model whose vectors it holds."""
        return self._model

    @property
    def saved_revision(self) -> int | None:
        """The catalog's revision of the copy on disk; None where there is none that fits.

        Where it differs from the catalog's, saving spares the next start some work.
        """
        return self._saved_revision

    def is_saved(self, revision: int) -> bool:
        """Whether the copy on disk has all of a revision of the catalog, graphs included."""
        return self._saved_revision == revision and self._is_noted

    def __len__(self) -> int:
        with self._lock.held():
            return sum(map(len, self._segments)) + len(self._new)

    # Changes

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Add vectors; an id already there is replaced, the last of an id in the batch counts.

        Args:
            ids: Shape ``(n,)``.
            vectors: Unit vectors, shape ``(n, dim)``.

        Raises:
            ValueError: If the shapes do not fit.
        """
        if vectors.shape != (len(ids), self._model.dim):
            raise ValueError(f"{vectors.shape} vectors for {len(ids)} ids")
        with self._changing:
            if self._put(ids, vectors.astype(np.float16)) and self._source is not None:
                self._write_manifest(self._source.vector_revision(self._model.key))
            self._link_in_background()

    def catch_up(self, ids: NDArray[np.int64], vectors: NDArray[np.float16]) -> None:
        """Add vectors as the catalog has them; the copy on disk is out of date until it is saved.

        Args:
            ids: Shape ``(n,)``.
            vectors: Shape ``(n, dim)``.
        """
        with self._changing:
            self._put(ids, vectors)

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Remove ids; unknown ones are ignored."""
        with self._changing:
            segments = tuple(segment.without(ids) for segment in self._segments)
            with self._lock.held():
                self._segments = segments
                self._new.remove(ids)

    def _put(self, ids: NDArray[np.int64], vectors: NDArray[np.float16]) -> bool:
        """Add or replace; returns whether all that was in memory alone is on disk now."""
        is_flushed = False
        ids, vectors = last_of_each(ids, vectors)
        step = self._limits.held_in_memory
        for start in range(0, len(ids), step):
            part = slice(start, start + step)
            segments = tuple(segment.without(ids[part]) for segment in self._segments)
            with self._lock.held():
                self._segments = segments
                self._new.put(ids[part], vectors[part])
                count = self._new.most
            # Where nothing may be written, all stays in memory until it is saved.
            is_flushed = self._source is not None and count >= self._flush_at and self._flush()
        return is_flushed

    # Searching

    def search(
        self,
        vector: NDArray[np.float32],
        limit: int | None,
        among: NDArray[np.int64] | None = None,
    ) -> Scored:
        """Rank by cosine similarity.

        Args:
            vector: Unit vector, shape ``(dim,)``.
            limit: How many at most; None ranks everything, exactly.
            among: Only these ids are ranked, exactly; unknown ones are ignored.

        Returns:
            Ids and scores in [-1, 1], best first, equal scores in order of id.

        Raises:
            ValueError: If the vector is not of the model's length.
        """
        if vector.shape != (self._model.dim,):
            raise ValueError(f"a query of shape {vector.shape} for {self._model.dim} dimensions")
        query = vector.astype(np.float16)
        chosen = None if among is None else ChosenIds(among)
        self._adopt_if_ready()
        with self._lock.held():
            segments = self._segments
            new = self._compare_new(query, chosen)
            count = sum(map(len, segments)) + len(self._new)
        if chosen is not None:
            parts = self._on_each(segments, lambda one: one.compare_some(query, chosen))
        elif limit is None or limit > _GRAPH_LIMIT or count <= self._limits.exact_up_to:
            parts = self._on_each(segments, lambda one: one.compare(query))
        else:
            parts = self._on_each(segments, lambda one: one.find(query, limit))
        parts.append(new)
        self._touch(count)
        ids = np.concatenate([ids for ids, _ in parts])
        return ranked(ids, np.concatenate([scores for _, scores in parts]), limit)

    def _on_each(
        self, segments: Sequence[Segment], search: Callable[[Segment], Scored]
    ) -> list[Scored]:
        """Search every segment, on several threads where that is long work."""
        threads = self._limits.search_threads
        if sum(map(len, segments)) < self._limits.threads_from:
            threads = 1
        with self._lock.held():
            if self._is_closed:
                threads = 1
            # This thread takes its share: to hand all of it on and wait takes 2 ms longer.
            others = [
                self._searching.submit(search, one)
                for number, one in enumerate(segments)
                if number % threads
            ]
        mine = [search(one) for one in segments[::threads]]
        return mine + [one.result() for one in others]

    def _compare_new(self, query: NDArray[np.float16], chosen: ChosenIds | None) -> Scored:
        ids, matrix = self._new.ids, self._new.matrix
        if chosen is None:
            return ids.copy(), hnsw.scores(matrix, query)
        places = chosen.places_in(ids)
        return ids[places], hnsw.scores(matrix[places], query)

    def sample(self, count: int) -> NDArray[np.float32]:
        """Vectors of pictures spread over the whole index.

        Args:
            count: How many at most.

        Returns:
            Shape ``(n, dim)``.
        """
        with self._lock.held():
            segments = self._segments
            new = Part(self._new.ids.copy(), self._new.matrix.copy(), np.arange(len(self._new)))
        parts = [*map(part_of, segments), new]
        ends = np.cumsum([len(part.ids) for part in parts])
        self._touch(int(ends[-1]))
        spread = np.linspace(0, ends[-1] - 1, min(count, ends[-1])).astype(np.int64)
        owners = np.searchsorted(ends, spread, side="right")
        chosen = [
            part.rows[part.places[spread[owners == number] - (ends[number] - len(part.ids))]]
            for number, part in enumerate(parts)
        ]
        return np.concatenate(chosen).astype(np.float32)

    def release(self) -> None:
        """Give back the memory into which segments were read; searches read them again.

        It counts as this process's although the system can take it back at any time: a gigabyte
        for a million vectors. Done by itself when nobody has searched for a while.
        """
        for segment in self._segments:
            segment.release()

    def _touch(self, count: int) -> None:
        """Note that files of so many vectors were read, which are to leave the memory again."""
        if count >= _RELEASED_FROM:
            self._idle.touch()

    def _rest(self) -> None:
        self.release()
        give_back()
        self.start_linking()

    # Saving

    def save(self, revision: int) -> None:
        """Write what is new to disk, so that the next `open_index` is quick.

        A failure is only logged: nothing is lost but time at the next start.

        Args:
            revision: The catalog's revision up to which this index was told of every change.
        """
        with self._changing:
            if self._flush():
                self._write_manifest(revision)
            self._link_in_background()

    def close(self) -> None:
        """Stop building graphs; what is not saved is forgotten. Who asks still gets answers."""
        with self._changing:
            self._can_link = False
            self._stop_building()
        self._idle.stop()
        with self._lock.held():
            self._is_closed = True
        self._searching.shutdown()

    def _flush(self) -> bool:
        """Write new vectors as a segment, together with what other small ones hold.

        Returns:
            Whether nothing is in memory alone any more.
        """
        with self._lock.held():
            new = self._new
            count = len(new)
        if not count:
            return True
        # With others up to twice as large: few segments, and each row is written few times.
        small: list[Segment] = []
        total = count
        for one in sorted(filter(self._is_small, self._segments), key=len):
            if len(one) <= 2 * total:
                small.append(one)
                total += len(one)
        try:
            parts = [part_of(new), *map(part_of, small)]
            record = write_segment(self._folder, self._model.key, parts)
            segment = self._open_written(record)
        except OSError as error:
            _log.warning("The vector index could not be saved: %s", error)
            self._flush_at = 2 * count  # not again with every vector that comes
            return False
        kept = [one for one in self._segments if one not in small]
        with self._lock.held():
            self._segments = (*kept, segment)
            self._new = VectorRows(self._model.dim)
        self._flush_at = self._limits.held_in_memory
        return True

    def _is_small(self, segment: Segment) -> bool:
        is_free = not segment.is_linked and segment.name not in self._group
        return is_free and len(segment) < self._limits.held_in_memory

    def _open_written(self, record: SegmentRecord) -> Segment:
        segment = Segment.open(
            self._folder,
            record,
            self._model.dim,
            is_trusted=True,
            is_copied=self._limits.is_copied,
        )
        if segment is None:
            raise OSError("what was written is not there")
        return segment

    def _write_manifest(self, revision: int) -> None:
        live = tuple(segment for segment in self._segments if len(segment))
        with self._lock.held():
            self._segments = live
        manifest = Manifest(
            self._library_id,
            self._model.key,
            self._model.dim,
            hnsw.DTYPE,
            revision,
            tuple(segment.record for segment in live),
        )
        keep = () if self._building is None else self._building.file_names
        try:
            index_files.write_manifest(self._folder, manifest, keep)
        except OSError as error:
            _log.warning("The vector index could not be saved: %s", error)
            return
        self._saved_revision, self._is_noted = revision, True

    # Graphs

    @property
    def unlinked_count(self) -> int:
        """How many vectors are in no graph; they are compared one by one."""
        with self._lock.held():
            flat = sum(len(one) for one in self._segments if not one.is_linked)
            return flat + len(self._new)

    def start_linking(self) -> None:
        """Have a graph made in the background if one is worth while and none is being made.

        Those after it begin with the next change, in a pause of searching, or by `link`.
        """
        with self._changing:
            self._link_in_background()

    def link(self, cancel: CancelToken | None = None) -> Iterator[IndexPreparation]:
        """Make the graphs that are worth while. Searches and changes go on meanwhile.

        Args:
            cancel: Stops it; graphs that are complete by then stay.

        Yields:
            How far it is, several times a second and at the end; nothing where there is nothing
            to do.

        Raises:
            CancelledError: If it was stopped.
        """
        cancel = cancel or CancelToken()
        total, done, has_begun = self.unlinked_count, 0, False
        while True:
            with self._changing:
                self._link_in_background()
                building = self._building
                if building is None and not has_begun:
                    return
                in_work = 0 if building is None else building.done
                # Vectors that are in a small graph already are linked once more with others.
                done = max(done, total - self.unlinked_count + in_work)
            yield IndexPreparation(min(done, total), total)
            if building is None:
                return
            has_begun = True
            if cancel.wait(_LOOK_EVERY_S):
                with self._changing:
                    self._stop_building()
                cancel.raise_if_cancelled()

    def _link_in_background(self) -> None:
        """Take over a graph that is complete, and have the next one made."""
        if self._building is not None:
            self._building.look()
            if not self._building.is_finished:
                return
            self._adopt(self._building)
        if not self._is_noted and self._saved_revision is not None:
            # What came since then is read from the catalog again, should it come to that.
            self._write_manifest(self._saved_revision)
        group = next_group(self._segments, self._limits) if self._can_link else []
        if not group:
            return
        source = None
        try:
            source = write_segment(self._folder, self._model.key, list(map(part_of, group)))
            self._building = GraphBuilding(self._folder, self._model.key, source, self._model.dim)
        except OSError as error:
            _log.warning("Vectors cannot be linked: %s", error)
            self._can_link = False
            if source is not None:
                self._delete(source)
            return
        for segment in group:
            segment.release()
        self._group = {segment.name: segment for segment in group}

    def _adopt(self, building: GraphBuilding) -> None:
        """Answer with a graph that is complete."""
        group = self._group
        self._building, self._group = None, {}
        source = building.source
        segment = None
        if building.graph is not None:
            record = SegmentRecord(source.ids, building.graph, source.count, is_linked=True)
            with contextlib.suppress(OSError):
                segment = self._open_written(record)
        if segment is None:
            self._can_link = False  # answers stay exact; the next start tries again
            self._delete(source)
            return
        now = {one.name: one for one in self._segments}
        for name, was in group.items():
            died = (
                np.setdiff1d(was.ids, now[name].ids, assume_unique=True) if name in now else was.ids
            )
            segment = segment.without(died)
        with self._lock.held():
            kept = [one for one in self._segments if one.name not in group]
            self._segments = (*kept, segment)
        self._is_noted = False
        index_files.delete(self._folder / source.rows.name)

    def _adopt_if_ready(self) -> None:
        """Take over a graph that is complete, unless somebody is changing something just now."""
        if self._building is None or not self._changing.acquire(blocking=False):
            return
        try:
            if self._building is not None:
                self._building.look()
                if self._building.is_finished:
                    self._adopt(self._building)  # noted on disk later: that takes a while
        finally:
            self._changing.release()

    def _stop_building(self) -> None:
        if self._building is not None:
            self._building.stop()
            self._delete(self._building.source)
        self._building, self._group = None, {}

    def _delete(self, record: SegmentRecord) -> None:
        for name in record.file_names:
            index_files.delete(self._folder / name)


def save_index(index: UsearchIndex, source: VectorSource) -> None:
    """Save an index, unless the copy on disk is as new as the catalog.

    To be called by whoever changes catalog and index, between two changes: a vector that is
    replaced in the catalog but not yet in the index would be taken for up to date later.
    """
    revision = source.vector_revision(index.model.key)
    if not index.is_saved(revision):
        index.save(revision)
