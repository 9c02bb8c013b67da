"""A model at work on one library: its encoder, its index, and the answers they give together."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.file_systems import may_vanish
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.freed_memory import give_back
from desktop_app.engine.protocols import Encoder, VectorSearch
from desktop_app.engine.records import HeatMap, Hits, IndexPreparation, ModelInfo, Query, Reason
from desktop_app.engine.search.explaining import EXPLAINED_SIDE_PX, explain
from desktop_app.engine.search.query import query_vector
from desktop_app.engine.search.query_encoder import QueryEncoder
from desktop_app.engine.search.reasons import reasons
from desktop_app.engine.search.relevance import EVERYDAY, Basis, Judge
from desktop_app.engine.search.searcher import Searcher
from desktop_app.engine.search.survivors import Survivors
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.catalog_scan import CatalogScan
from desktop_app.engine.store.index_opening import open_index, opening
from desktop_app.engine.store.segment_groups import DEFAULT_LIMITS, IndexLimits
from desktop_app.engine.store.vector_index import UsearchIndex, save_index

SAMPLE_SIZE = 2_000
"""Vectors against which scores are judged: enough for a steady mean and deviation, 2 ms to compare
with."""


_BACK_AT_ONCE = 1_000
OPENING_PATIENCE_S = 1.0
"""For which time a search waits for an index that is being opened: most are open by then."""


class ActiveModel:
    """Answers queries with the vectors of one model, never with those of another.

    Whoever has got hold of one can finish with it, whatever the library switches to meanwhile.
    Any thread may call it. Nothing is loaded before it is needed.

    Args:
        name: What the model is called where it is installed.
        encoder: The model.
        catalog: Where the vectors lie.
        index_folder: Where vector indexes are saved.
        limits: What a query picture may cost.
    """

    def __init__(
        self,
        name: str,
        encoder: Encoder,
        catalog: Catalog,
        index_folder: Path,
        limits: DecodeLimits,
    ) -> None:
        self.name = name
        self.encoder = encoder
        self._catalog = catalog
        self._index_folder = index_folder
        self._query_encoder = QueryEncoder(encoder, limits)
        self._loading = threading.Lock()  # a generator may be closed by another thread
        self._index: UsearchIndex | None = None
        self._survivors = Survivors(catalog)
        self._judge: Judge | None = None
        self._everyday_vectors: NDArray[np.float32] | None = None

    @property
    def info(self) -> ModelInfo:
        """The model."""
        return self.encoder.info

    def index(self) -> UsearchIndex:
        """Its vector index, up to date with the catalog when it is opened."""
        with self._loading:
            return self._opened()

    def _opened(self) -> UsearchIndex:
        if self._index is None:
            self._index = open_index(
                self._index_folder, self._catalog, self.info, self._index_limits()
            )
        return self._index

    def _index_limits(self) -> IndexLimits:
        return replace(DEFAULT_LIMITS, is_copied=may_vanish(str(self._index_folder)))

    def prepare(self, cancel: CancelToken) -> Iterator[IndexPreparation]:
        """Open the index and make the graphs it lacks: queries are answered quickly then.

        Searches are answered exactly meanwhile, from the catalog while the index is opened.

        Args:
            cancel: Stops it; what is complete by then stays.

        Yields:
            How far it is, several times a second.

        Raises:
            CancelledError: If it was stopped.
        """
        with self._loading:
            if self._index is None:
                self._index = yield from opening(
                    self._index_folder, self._catalog, self.info, cancel, self._index_limits()
                )
            index = self._index
        # Not saved here: somebody may be indexing, and be between the catalog and the index.
        yield from index.link(cancel)

    def close(self) -> None:
        """Stop what runs in the background. Searches and changes that are under way can finish."""
        index = self._index
        if index is not None:
            index.close()

    def forget(self, ids: Sequence[int]) -> None:
        """Take pictures out of the index that are gone from the catalog; loads no index for it."""
        with self._loading:
            index = self._index  # one that is opened later does not find them
        if index is not None:
            index.remove(np.asarray(ids, dtype=np.int64))

    def bring_back(self, ids: Sequence[int]) -> None:
        """Put pictures into the index that have a vector in the catalog now; loads none for it."""
        with self._loading:
            index = self._index  # one that is opened later finds them
        if index is not None:
            wanted = np.asarray(ids, dtype=np.int64)
            for found, vectors in self._catalog.vectors_of(self.info.key, wanted, _BACK_AT_ONCE):
                index.catch_up(found, vectors)

    def save(self) -> None:
        """Save what indexing added, so that the next start need not make it again."""
        with self._loading:
            self._judge, index = None, self._index
        if index is not None:  # outside the lock: searches go on meanwhile
            save_index(index, self._catalog)
        give_back()  # what pictures were decoded and encoded with

    def warm_up(self) -> ModelInfo:
        """Load all that a query needs.

        Raises:
            ModelError: If the model cannot be loaded.
        """
        self.index()
        self._everyday()
        give_back()
        return self.info

    def search(self, query: Query, limit: int | None) -> Hits:
        """Find pictures; see `desktop_app.engine.library.Library.search`."""
        index: VectorSearch
        # An index that is opened now may take long; one that is to be opened is opened by this.
        if self._loading.acquire(timeout=OPENING_PATIENCE_S):
            try:
                opened = self._opened()
                index, judge = opened, self._require_judge(opened)
            finally:
                self._loading.release()
        else:
            scan = CatalogScan(self._catalog, self.info)
            index, judge = scan, Judge(scan.sample(SAMPLE_SIZE), self._everyday)
        searcher = Searcher(
            self._query_encoder,
            index,
            self._stored_vector,
            self._catalog,
            self._survivors,
            judge,
        )
        return searcher.search(query, limit)

    def explain(self, data: bytes, words: str, cancel: CancelToken) -> Iterator[HeatMap]:
        """Show where in a picture it is what words say; see `search.explaining.explain`.

        Args:
            data: The content of a picture file.
            words: What to look for in it.
            cancel: Stops it.
        """
        with self._loading:
            judge = self._require_judge(self._opened())
        scale = judge.strong_from(Basis.WORDS)
        vector = query_vector(Query.of_words(words), self._query_encoder, self._stored_vector)
        with self._query_encoder.open(data, EXPLAINED_SIDE_PX) as image:
            yield from explain(image, vector, self._query_encoder.crops, scale, cancel)

    def try_picture(self, data: bytes) -> None:
        """Raise `QueryError` if a picture from outside the library cannot be searched by."""
        self._query_encoder.picture(data)

    def reasons(self, query: Query, picture_id: int) -> tuple[Reason, ...]:
        """Tell which part of a query brought a hit; see `search.reasons.reasons`."""
        picture = self._stored_vector(picture_id)
        if picture is None:
            return ()
        with self._loading:
            judge = self._require_judge(self._opened())
        return tuple(reasons(query, picture, self._query_encoder, self._stored_vector, judge))

    def strong_among_sample(self, vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Tell which pictures, of some spread over the library, are strong hits for words.

        Args:
            vectors: Of the words, shape ``(k, dim)``.

        Returns:
            Shape ``(k, m)``, with at most `SAMPLE_SIZE` pictures.
        """
        with self._loading:
            judge = self._require_judge(self._opened())
        scores = vectors @ judge.sample.T
        strong = [
            judge.relevance(row, vector, Basis.WORDS) >= 1
            for row, vector in zip(scores, vectors, strict=True)
        ]
        return np.stack(strong) if strong else np.zeros((0, len(judge.sample)), dtype=np.bool_)

    def _stored_vector(self, picture_id: int) -> NDArray[np.float32] | None:
        return self._catalog.vector(picture_id, self.info.key)

    def _require_judge(self, index: UsearchIndex) -> Judge:
        """Judges by pictures spread over the library, taken anew when it has grown a lot."""
        judge = self._judge
        if judge is None or 2 * len(judge.sample) < min(len(index), SAMPLE_SIZE):
            judge = self._judge = Judge(index.sample(SAMPLE_SIZE), self._everyday)
        return judge

    def _everyday(self) -> NDArray[np.float32]:
        # Kept apart from what is typed, which would drive it out of the encoder's memory: a judge
        # is made after every change, and encoding two dozen words takes a quarter of a second.
        if self._everyday_vectors is None:  # two threads may both do it, with the same result
            self._everyday_vectors = np.stack([self._query_encoder.text(one) for one in EVERYDAY])
        return self._everyday_vectors
