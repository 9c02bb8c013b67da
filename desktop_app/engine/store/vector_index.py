"""Nearest vectors by cosine; the only module that knows USearch.

Two forms of the same vectors are held: a float16 matrix for exact answers and an HNSW graph for
quick ones in large libraries (Malkov and Yashunin, https://arxiv.org/abs/1603.09320). Both are
caches of the catalog.
"""

import contextlib
import ctypes
import logging
import sys
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.records import ModelInfo
from desktop_app.engine.store import index_files
from desktop_app.engine.store.fair_lock import FairLock
from desktop_app.engine.store.index_files import SavedIndex
from desktop_app.engine.store.ranking import last_of_each, ranked
from desktop_app.engine.store.vector_rows import VectorRows
from desktop_app.engine.store.vector_source import VectorSource, ids_since, read_rows

if TYPE_CHECKING:
    from usearch.index import Index

_log = logging.getLogger(__name__)

_DTYPE = "f16"

# Recall@10 of 0.995 at 200,000 vectors of 512 numbers, in 0.5 ms.
_CONNECTIVITY = 16
_EXPANSION_ADD = 128
_EXPANSION_SEARCH = 64

_EXACT_UP_TO = 50_000
"""Vectors up to which every answer is exact: 3 ms, and no dependence on the graph's history."""

_GRAPH_LIMIT = 200
"""Hits up to which the graph is asked; for 500 it takes twice as long as comparing 20,000."""

_BATCH = 64
"""Vectors added while a search waits: 20 ms at most."""

_PARALLEL_FROM = 1_024
"""Vectors worth a thread on every core. Fewer are added by one, always in the same order."""

_LINKED_AT_OPENING = 1_000
"""Vectors added to the graph while a user waits; more are left for the next saving."""

_LINK_CHUNK = 1_024
"""Vectors linked between two looks at whether to stop: half a second on one core."""
_SPOT_CHECKS = 32


class UsearchIndex:
    """Finds the nearest vectors by cosine. Any thread may call it.

    A search waits for one small batch of a running `add` at most.
    """

    def __init__(
        self,
        library_id: str,
        model: ModelInfo,
        rows: VectorRows,
        graph: "Index",
        saved_revision: int | None = None,
        *,
        exact_up_to: int = _EXACT_UP_TO,
    ) -> None:
        """Take over what `open_index` or `empty` has made.

        Args:
            library_id: The library whose vectors it holds.
            model: The model that makes them.
            rows: The vectors.
            graph: The same vectors, linked; may lack some.
            saved_revision: See the property.
            exact_up_to: Up to how many vectors every answer is exact.
        """
        self._library_id = library_id
        self._model = model
        self._rows = rows
        self._graph = graph
        self._saved_revision = saved_revision
        self._exact_up_to = exact_up_to
        self._is_linked = len(graph) == len(rows)  # as long as not, nobody asks the graph
        self._lock = FairLock()  # of rows, and of the graph if linked; held briefly
        self._changing = threading.Lock()  # of whole changes and saving; searching does without

    @classmethod
    def empty(
        cls, library_id: str, model: ModelInfo, *, exact_up_to: int = _EXACT_UP_TO
    ) -> "UsearchIndex":
        """An index without vectors."""
        rows, graph = VectorRows(model.dim), _new_graph(model.dim)
        return cls(library_id, model, rows, graph, exact_up_to=exact_up_to)

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

    def __len__(self) -> int:
        with self._lock.held():
            return len(self._rows)

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
        ids, halves = last_of_each(ids, vectors.astype(np.float16))
        with self._changing:
            for start in range(0, len(ids), _BATCH):
                part = slice(start, start + _BATCH)
                with self._lock.held():
                    self._rows.put(ids[part], halves[part])
                    _put(self._graph, ids[part], halves[part])

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Remove ids; unknown ones are ignored."""
        with self._changing, self._lock.held():
            self._rows.remove(ids)
            self._graph.remove(ids)

    def search(
        self, vector: NDArray[np.float32], limit: int | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rank by cosine similarity.

        Args:
            vector: Unit vector, shape ``(dim,)``.
            limit: How many at most; None ranks everything, exactly.

        Returns:
            Ids and scores in [-1, 1], best first, equal scores in order of id.

        Raises:
            ValueError: If the vector is not of the model's length.
        """
        if vector.shape != (self._model.dim,):
            raise ValueError(f"a query of shape {vector.shape} for {self._model.dim} dimensions")
        query = vector.astype(np.float16)
        with self._lock.held():
            ids, scores = self._compare(query, limit)
        return ranked(ids, scores, limit)

    @property
    def unlinked_count(self) -> int:
        """How many vectors the graph lacks. Until `link` has run, all answers are exact."""
        with self._changing, self._lock.held():
            return len(self._rows) - len(self._graph)

    def link(self, cancel: CancelToken | None = None) -> None:
        """Add to the graph what it lacks. Searches go on meanwhile, changes wait.

        Args:
            cancel: Stops it; what is linked by then stays, the next call does the rest.

        Raises:
            CancelledError: If it was stopped.
        """
        with self._changing:
            if self._is_linked:
                return
            linked = _keys(self._graph)
            with self._lock.held():
                late = np.setdiff1d(self._rows.ids, linked)
            # From here on both only read the rows, and nobody asks the graph.
            for start in range(0, len(late), _LINK_CHUNK):
                if cancel is not None:
                    cancel.raise_if_cancelled()
                part = late[start : start + _LINK_CHUNK]
                _put(self._graph, part, self._rows.of(part))
            with self._lock.held():
                self._is_linked = True

    def save(self, folder: Path, revision: int) -> None:
        """Write it to disk, completely linked, so that the next `open_index` is quick.

        A failure is only logged: nothing is lost but time at the next start.

        Args:
            folder: Where saved indexes lie.
            revision: The catalog's revision up to which this index was told of every change.
        """
        self.link()
        with self._changing:
            data = cast(bytes, self._graph.save())
            count = len(self._graph)
        saved = SavedIndex(
            self._library_id, self._model.key, self._model.dim, _DTYPE, count, revision
        )
        try:
            index_files.write(folder, saved, data)
        except OSError as error:
            _log.warning("The vector index could not be saved: %s", error)
            return
        self._saved_revision = revision

    def _compare(
        self, query: NDArray[np.float16], limit: int | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        count = len(self._rows)
        if (
            self._is_linked
            and limit is not None
            and limit <= _GRAPH_LIMIT
            and count > self._exact_up_to
        ):
            # More than asked costs nothing up to the expansion, and settles ties at the end.
            wanted = min(count, max(limit, _EXPANSION_SEARCH))
            near = self._graph.search(query, wanted, threads=1).keys.astype(np.int64)
            if len(near) == wanted:
                return near, _scores(self._rows.of(near), query)
        # Also where the graph found too few: removals can cut off a part of it.
        return self._rows.ids.copy(), _scores(self._rows.matrix, query)


def open_index(folder: Path, source: VectorSource, model: ModelInfo) -> UsearchIndex:
    """Open the index of a model's vectors, up to date with the catalog.

    A saved index is used where it fits; otherwise it is built anew from the catalog. Where that
    would take long, the graph is left for `UsearchIndex.link`, and answers are exact meanwhile.

    Args:
        folder: Where saved indexes lie; nothing is written there.
        source: The catalog.
        model: Whose vectors.

    Raises:
        StoreError: If the catalog cannot be read. A bad saved index is no error.
    """
    library_id = source.library_id()
    revision = source.vector_revision(model.key)
    rows = read_rows(source, model)
    saved = index_files.read_record(folder, model.key)
    if saved is not None and _fits(saved, library_id, model, revision):
        changed = ids_since(source, model, saved.revision)
        graph = _load_graph(folder, saved)
        if graph is not None and _agrees(graph, rows, changed):
            graph.remove(np.union1d(np.setdiff1d(_keys(graph), rows.ids), changed))
            return _linked(UsearchIndex(library_id, model, rows, graph, saved.revision))
    _log.info("Building the vector index of %d pictures", len(rows))
    return _linked(UsearchIndex(library_id, model, rows, _new_graph(model.dim)))


def _linked(index: UsearchIndex) -> UsearchIndex:
    if index.unlinked_count <= _LINKED_AT_OPENING:
        index.link()
    return index


def save_index(index: UsearchIndex, folder: Path, source: VectorSource) -> None:
    """Save an index, unless the copy on disk is as new as the catalog.

    To be called by whoever changes catalog and index, between two changes: a vector that is
    replaced in the catalog but not yet in the index would be taken for up to date later.
    """
    revision = source.vector_revision(index.model.key)
    if index.saved_revision != revision:
        index.save(folder, revision)


@cache
def _share_cpp_runtime() -> None:
    """Load the system's C++ runtime before USearch's own.

    WORKAROUND: USearch's wheel for Linux (2.26) is linked statically with libstdc++ and exports
    its unique symbols. Whichever is loaded first serves both: onnxruntime imported after USearch
    binds to symbols of the wrong version and crashes the process.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # a system without it has nothing that could clash
            ctypes.CDLL("libstdc++.so.6", mode=ctypes.RTLD_GLOBAL)


def _new_graph(dim: int) -> "Index":
    _share_cpp_runtime()
    from usearch.index import Index

    return Index(
        ndim=dim,
        metric="cos",
        dtype=_DTYPE,
        connectivity=_CONNECTIVITY,
        expansion_add=_EXPANSION_ADD,
        expansion_search=_EXPANSION_SEARCH,
    )


def _load_graph(folder: Path, saved: SavedIndex) -> "Index | None":
    _share_cpp_runtime()
    from usearch.compiled import ScalarKind
    from usearch.index import Index

    with index_files.opened(folder, saved.model_key) as data:
        if data is None:
            return None
        try:
            graph = Index.restore(
                data,
                connectivity=_CONNECTIVITY,
                expansion_add=_EXPANSION_ADD,
                expansion_search=_EXPANSION_SEARCH,
            )
        except (RuntimeError, ValueError, TypeError) as error:
            # Whole, but from another version of USearch; it raises different types for that.
            _log.warning("The saved vector index cannot be loaded: %s", error)
            return None
    if graph is None:
        _log.warning("The saved vector index is not one of USearch")
        return None
    if (graph.ndim, graph.dtype, len(graph)) != (saved.dim, ScalarKind.F16, saved.count):
        _log.warning("The saved vector index is not what its record says")
        return None
    return graph


def _fits(saved: SavedIndex, library_id: str, model: ModelInfo, revision: int) -> bool:
    """Whether a saved index can be caught up with the catalog."""
    # An older catalog put back in place has a lower revision than what was saved later.
    if saved.revision > revision or saved.library_id != library_id:
        _log.info("The saved vector index belongs to another state of the library")
        return False
    return (saved.model_key, saved.dim, saved.dtype) == (model.key, model.dim, _DTYPE)


def _agrees(graph: "Index", rows: VectorRows, changed: NDArray[np.int64]) -> bool:
    """Whether some vectors of a graph, spread over all, are those of the catalog."""
    common = np.setdiff1d(np.intersect1d(_keys(graph), rows.ids), changed)
    some = common[:: max(1, len(common) // _SPOT_CHECKS)]
    if all(
        np.array_equal(np.ravel(graph[int(one)]), kept)
        for one, kept in zip(some, rows.of(some), strict=True)
    ):
        return True
    _log.warning("The saved vector index holds other vectors than the catalog")
    return False


def _keys(graph: "Index") -> NDArray[np.int64]:
    return np.asarray(graph.keys, dtype=np.int64)


def _put(graph: "Index", ids: NDArray[np.int64], vectors: NDArray[np.float16]) -> None:
    if not len(ids):
        return
    # Adding a key that is there is an error to USearch.
    graph.remove(ids)
    graph.add(ids, vectors, threads=0 if len(ids) >= _PARALLEL_FROM else 1)


def _scores(matrix: NDArray[np.float16], query: NDArray[np.float16]) -> NDArray[np.float32]:
    """Cosine of each row with the query, shape ``(n,)``."""
    from usearch.compiled import MetricKind
    from usearch.index import search

    if not len(matrix):
        return np.empty(0, dtype=np.float32)
    # USearch computes on float16 directly; numpy takes ten times as long to widen it first. With
    # the parts changed, each row asks for its distance to the only vector searched, so that all
    # distances come in order of rows and nothing is sorted: 6 ms for 100,000 rows of 512 numbers
    # against 21, and `Index.search(exact=True)` is quadratic in the number of hits.
    found = search(query[np.newaxis], matrix, 1, MetricKind.Cos, exact=True, threads=1)
    return np.clip(1.0 - np.ravel(found.distances), -1.0, 1.0)
