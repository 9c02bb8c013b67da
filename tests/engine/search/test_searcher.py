"""From a query to hits."""

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import Query
from desktop_app.engine.search.searcher import Searcher
from tests.helpers.fake_encoder import FakeEncoder

ENCODER = FakeEncoder()
WORDS = ["red", "green", "blue", "yellow", "black", "white"]
VECTORS = ENCODER.encode_texts(WORDS)


class ExactIndex:
    """The oracle: compares with everything."""

    def __len__(self) -> int:
        return len(VECTORS)

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        raise NotImplementedError

    def remove(self, ids: NDArray[np.int64]) -> None:
        raise NotImplementedError

    def search(
        self,
        vector: NDArray[np.float32],
        limit: int | None,
        among: NDArray[np.int64] | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        scores = VECTORS @ vector
        order = np.argsort(-scores, kind="stable")[:limit]
        return order.astype(np.int64), scores[order]


def searcher() -> Searcher:
    return Searcher(ENCODER, ExactIndex(), lambda _data: VECTORS[2], lambda _id: None, VECTORS)


def test_best_hit_first_with_score_and_relevance() -> None:
    hits = searcher().search(Query(words="green"), 3)
    assert hits.ids[0] == WORDS.index("green")
    assert hits.scores[0] > 0.999
    assert np.all(np.diff(hits.scores) <= 0)
    assert len(hits.ids) == len(hits.scores) == len(hits.relevance) == 3
    assert hits.relevance[0] > 0
    assert hits.seconds >= 0


def test_without_limit_everything_is_ranked() -> None:
    hits = searcher().search(Query(image=b"blue"), None)
    assert hits.ids[0] == WORDS.index("blue")
    assert sorted(hits.ids.tolist()) == list(range(len(WORDS)))
