"""Nearest vectors without an index: the catalog's own, all of them, for every search."""

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import ModelInfo
from desktop_app.engine.store import hnsw
from desktop_app.engine.store.ranking import ranked
from desktop_app.engine.store.segment import Scored
from desktop_app.engine.store.vector_source import VectorSource

_READ_AT_ONCE = 8_192
"""8 MB of vectors of 512 numbers."""


class CatalogScan:
    """Answers exactly while an index is being opened. Any thread may call it.

    It reads every vector for every search: half a second for 100,000 of 512 numbers, a fifth of
    what opening an index takes of which nothing is saved.

    Args:
        source: The catalog.
        model: Whose vectors.
    """

    def __init__(self, source: VectorSource, model: ModelInfo) -> None:
        self._source = source
        self._model = model

    def search(
        self,
        vector: NDArray[np.float32],
        limit: int | None,
        among: NDArray[np.int64] | None = None,
    ) -> Scored:
        """Rank by cosine similarity; see `vector_index.UsearchIndex.search`."""
        query = vector.astype(np.float16)
        wanted = self._source.vector_ids(self._model.key) if among is None else np.unique(among)
        ids: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
        scores: list[NDArray[np.float32]] = [np.empty(0, dtype=np.float32)]
        for found, vectors in self._source.vectors_of(self._model.key, wanted, _READ_AT_ONCE):
            ids.append(found)
            scores.append(hnsw.scores(vectors, query))
        return ranked(np.concatenate(ids), np.concatenate(scores), limit)

    def sample(self, count: int) -> NDArray[np.float32]:
        """Vectors of pictures spread over the whole catalog, shape ``(n, dim)``.

        Args:
            count: How many at most.
        """
        every = self._source.vector_ids(self._model.key)
        places = np.linspace(0, len(every) - 1, min(count, len(every))).astype(np.int64)
        chunks = self._source.vectors_of(self._model.key, every[places], _READ_AT_ONCE)
        parts = [vectors.astype(np.float32) for _, vectors in chunks]
        return np.concatenate([np.empty((0, self._model.dim), dtype=np.float32), *parts])
