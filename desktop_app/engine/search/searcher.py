"""From a query to ranked hits."""

import time

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.protocols import Encoder, VectorIndex
from desktop_app.engine.records import Hits, Query
from desktop_app.engine.search.query import PictureEncoder, VectorLookup, query_vector
from desktop_app.engine.search.relevance import relevance


class Searcher:
    """Answers queries over one vector index. Any thread may call it.

    Args:
        encoder: The model that made the index's vectors.
        index: The vectors.
        encode_picture: Encodes a query picture from outside the library.
        stored_vector: Looks up the vector of a picture of the library.
        sample: Vectors of ordinary pictures of the library, shape ``(m, dim)``, against which
            scores are judged.
    """

    def __init__(
        self,
        encoder: Encoder,
        index: VectorIndex,
        encode_picture: PictureEncoder,
        stored_vector: VectorLookup,
        sample: NDArray[np.float32],
    ) -> None:
        self._encoder = encoder
        self._index = index
        self._encode_picture = encode_picture
        self._stored_vector = stored_vector
        self._sample = sample

    def search(self, query: Query, limit: int | None) -> Hits:
        """Rank the library.

        Args:
            query: What to look for.
            limit: How many hits at most; None ranks every picture.

        Returns:
            Hits, best first.

        Raises:
            QueryError: If the query cannot be turned into a vector.
            ModelError: If the model cannot be loaded.
        """
        started = time.perf_counter()
        vector = query_vector(query, self._encoder, self._encode_picture, self._stored_vector)
        ids, scores = self._index.search(vector, limit)
        ordinary = self._sample @ vector
        return Hits(ids, scores, relevance(scores, ordinary), time.perf_counter() - started)
