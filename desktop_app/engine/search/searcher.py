"""From a query to ranked hits."""

import time

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.protocols import Filtering, VectorSearch
from desktop_app.engine.records import FoundBy, Hits, NameHits, Query
from desktop_app.engine.search.fusion import FUSED_DEPTH, fuse
from desktop_app.engine.search.query import (
    Encoding,
    VectorLookup,
    nothing_to_search_for,
    query_vector,
)
from desktop_app.engine.search.relevance import Basis, Judge
from desktop_app.engine.search.survivors import Survivors

NAMED_MOST = 300
"""Hits with some of the words in their names that are looked at: more have names that say little.
Those with all words are no fewer than there are."""

Ranked = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Ids and scores, best first."""


class Searcher:
    """Answers queries over one vector index. Any thread may call it.

    Args:
        encoding: The model that made the index's vectors.
        index: The vectors.
        stored_vector: Looks up the vector of a picture of the library.
        filtering: Knows names, dates and all else that pictures have.
        survivors: What filters leave of them.
        judge: Judges scores.
    """

    def __init__(
        self,
        encoding: Encoding,
        index: VectorSearch,
        stored_vector: VectorLookup,
        filtering: Filtering,
        survivors: Survivors,
        judge: Judge,
    ) -> None:
        self._encoding = encoding
        self._index = index
        self._stored_vector = stored_vector
        self._filtering = filtering
        self._survivors = survivors
        self._judge = judge

    def search(self, query: Query, limit: int | None) -> Hits:
        """Answer a query.

        Filters come first: what they leave is ranked exactly, however little it is. Where there
        are words, pictures that have them in their names move up; see `fusion`. With filters
        alone the newest pictures come first.

        Args:
            query: What to look for.
            limit: How many hits at most; None ranks every picture.

        Returns:
            Hits, best first.

        Raises:
            QueryError: If the query is empty or cannot be turned into a vector.
            ModelError: If the model cannot be loaded.
            StoreError: If the catalog cannot be read.
        """
        started = time.perf_counter()
        if query.is_empty:
            raise nothing_to_search_for()
        if not query.is_ranked:
            ids = self._survivors.newest_first(query.filters)[:limit]
            ones = np.ones(len(ids), dtype=np.float32)
            seconds = time.perf_counter() - started
            return Hits(ids, np.zeros_like(ones), ones, seconds, len(ids))
        among = self._survivors.of(query.filters) if query.filters else None
        vector = query_vector(query, self._encoding, self._stored_vector)
        named = self._named(query, among)
        ids, scores = self._ranked(vector, named, limit, among)
        relevance = self._judge.relevance(scores, vector, _basis(query))
        strong = int(np.count_nonzero(relevance >= 1))  # falls with the scores
        found_by: tuple[FoundBy, ...] = ()
        whole = np.empty(0, dtype=np.int64)
        if named is not None:
            fused = fuse(ids, strong, named)
            ids, scores, relevance = fused.ids, scores[fused.places], relevance[fused.places]
            strong, found_by, whole = fused.strong_count, fused.found_by, fused.by_whole_name
        if limit is not None:
            ids, scores, relevance = ids[:limit], scores[:limit], relevance[:limit]
            strong, found_by, whole = min(strong, limit), found_by[:limit], whole[whole < limit]
        return Hits(ids, scores, relevance, time.perf_counter() - started, strong, found_by, whole)

    def _named(self, query: Query, among: NDArray[np.int64] | None) -> NameHits | None:
        """Pictures whose names have words that are wanted; None where there are none."""
        words = " ".join(part.text for part in query.words if part.weight > 0)
        if not words:
            return None
        named = self._filtering.names_matching(words, NAMED_MOST, among)
        return named if len(named.ids) else None

    def _ranked(
        self,
        vector: NDArray[np.float32],
        named: NameHits | None,
        limit: int | None,
        among: NDArray[np.int64] | None,
    ) -> Ranked:
        """By looks: as many as can become hits, and those by name wherever they stand."""
        if named is None or limit is None:
            return self._index.search(vector, limit, among)
        ids, scores = self._index.search(vector, max(limit, FUSED_DEPTH), among)
        # What so many names go before is not among the first, unless by its looks.
        names = named.ids[:limit]
        far = names[~np.isin(names, ids)]
        if not len(far):
            return ids, scores
        # Their true ranks are not known, but beyond all that these could be told from.
        far_ids, far_scores = self._index.search(vector, None, far)
        return np.concatenate([ids, far_ids]), np.concatenate([scores, far_scores])


def _basis(query: Query) -> Basis:
    shows = query.liked or any(one.weight > 0 for one in query.pictures)
    return Basis.PICTURES if shows else Basis.WORDS
