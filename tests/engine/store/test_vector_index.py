import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from numpy.typing import NDArray

from desktop_app.engine.protocols import VectorIndex
from desktop_app.engine.records import ModelInfo
from desktop_app.engine.store.vector_index import UsearchIndex

DIM = 16
MODEL = ModelInfo("key", "Model", DIM, is_builtin=False)
NO_IDS = np.empty(0, dtype=np.int64)


def units(seeds: list[int]) -> NDArray[np.float32]:
    """Unit vectors, shape ``(len(seeds), DIM)``; equal seeds give equal vectors."""
    rows = [np.random.default_rng(seed).standard_normal(DIM) for seed in seeds]
    return np.array([row / np.linalg.norm(row) for row in rows], np.float32).reshape(-1, DIM)


def cosines(vectors: NDArray[np.float32], query: NDArray[np.float32]) -> NDArray[np.float64]:
    """The oracle: cosines of what float16 leaves of vectors and query, in float64."""
    rows, one = (array.astype(np.float16).astype(np.float64) for array in (vectors, query))
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(one)
    return np.asarray(rows @ one / lengths, dtype=np.float64)


def assert_ranked(ids: NDArray[np.int64], scores: NDArray[np.float32]) -> None:
    pairs = list(zip((-scores).tolist(), ids.tolist(), strict=True))
    assert pairs == sorted(pairs)
    assert np.all(np.abs(scores) <= 1)


class IndexMachine(RuleBasedStateMachine):
    """Adds, replaces and removes at random, beside a dictionary."""

    @initialize(exact_up_to=st.sampled_from([0, 10, 1000]))
    def start(self, exact_up_to: int) -> None:
        self.index = UsearchIndex.empty("library", MODEL, exact_up_to=exact_up_to)
        self.model: dict[int, int] = {}

    @rule(batch=st.lists(st.tuples(st.integers(1, 30), st.integers(0, 12)), max_size=20))
    def add(self, batch: list[tuple[int, int]]) -> None:
        ids = np.array([id_ for id_, _ in batch], dtype=np.int64)
        self.index.add(ids, units([seed for _, seed in batch]))
        self.model.update(batch)

    @rule(ids=st.lists(st.integers(0, 31), max_size=20))
    def remove(self, ids: list[int]) -> None:
        self.index.remove(np.array(ids, dtype=np.int64))
        for one in ids:
            self.model.pop(one, None)

    @rule(seed=st.integers(0, 14), limit=st.none() | st.integers(0, 40))
    def search(self, seed: int, limit: int | None) -> None:
        query = units([seed])[0]
        ids, scores = self.index.search(query, limit)
        assert ids.dtype == np.int64
        assert scores.dtype == np.float32
        assert len(self.index) == len(self.model)
        wanted = len(self.model) if limit is None else min(limit, len(self.model))
        assert len(ids) == len(set(ids.tolist())) == wanted
        assert_ranked(ids, scores)
        if wanted:
            here = sorted(self.model)
            every = cosines(units([self.model[id_] for id_ in here]), query)
            by_id = dict(zip(here, every, strict=True))
            best = np.sort(every)[::-1][:wanted]
            np.testing.assert_allclose(scores, best, atol=1e-5)
            np.testing.assert_allclose(scores, [by_id[int(one)] for one in ids], atol=1e-5)


TestIndexByModel = IndexMachine.TestCase
TestIndexByModel.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


def test_keeps_the_protocol() -> None:
    index: VectorIndex = UsearchIndex.empty("library", MODEL)
    assert len(index) == 0
    ids, scores = index.search(units([1])[0], 10)
    assert (len(ids), len(scores)) == (0, 0)


def test_duplicates_come_in_order_of_id_also_at_the_end() -> None:
    for exact_up_to in (0, 1000):
        index = UsearchIndex.empty("library", MODEL, exact_up_to=exact_up_to)
        order = np.random.default_rng(0).permutation(50) + 1
        index.add(order, units([7] * 50))
        ids, scores = index.search(units([7])[0], 20)
        assert ids.tolist() == list(range(1, 21))
        np.testing.assert_allclose(scores, 1, atol=1e-6)


def test_wrong_shapes_are_refused() -> None:
    index = UsearchIndex.empty("library", MODEL)
    with pytest.raises(ValueError, match="vectors"):
        index.add(np.array([1, 2]), units([1]))
    with pytest.raises(ValueError, match="dimensions"):
        index.search(np.zeros(DIM + 1, dtype=np.float32), 5)
    assert len(index) == 0


def test_the_graph_answers_nearly_as_well_as_comparing_everything() -> None:
    vectors = units(list(range(2000)))
    ids = np.arange(1, 2001)
    exact = UsearchIndex.empty("library", MODEL)
    graph = UsearchIndex.empty("library", MODEL, exact_up_to=0)
    for index in (exact, graph):
        index.add(ids, vectors)
        # Replaced and removed ones, the first of all included, must not cut off others.
        index.add(ids[:500], vectors[::-1][:500])
        index.remove(ids[1500:])
    found = 0
    for query in units(list(range(5000, 5100))):
        near_ids, near_scores = graph.search(query, 10)
        best_ids, best_scores = exact.search(query, 10)
        assert_ranked(near_ids, near_scores)
        found += len(np.intersect1d(near_ids, best_ids))
        same = np.isin(best_ids, near_ids)
        np.testing.assert_array_equal(best_scores[same], near_scores[np.isin(near_ids, best_ids)])
    assert found >= 990


def test_the_history_does_not_show() -> None:
    vectors = units(list(range(300)))
    ids = np.arange(1, 301)
    straight = UsearchIndex.empty("library", MODEL)
    straight.add(ids, vectors)
    winding = UsearchIndex.empty("library", MODEL)
    order = np.random.default_rng(1).permutation(300)
    winding.add(ids[order], vectors[order][::-1])
    winding.remove(ids[::3])
    winding.add(ids[order], vectors[order])
    for query in units([1000, 1001, 1002]):
        for one, other in zip(straight.search(query, 50), winding.search(query, 50), strict=True):
            np.testing.assert_array_equal(one, other)


def test_adding_and_searching_at_the_same_time() -> None:
    index = UsearchIndex.empty("library", MODEL, exact_up_to=100)
    vectors = units(list(range(1500)))
    ids = np.arange(1, 1501)
    index.add(ids[:200], vectors[:200])
    stop = threading.Event()
    problems: list[BaseException] = []
    searches = 0

    def search() -> None:
        nonlocal searches
        try:
            while not stop.is_set():
                for limit in (10, None):
                    found, scores = index.search(vectors[searches % 200], limit)
                    assert found[0] == searches % 200 + 1
                    assert len(found) >= (10 if limit else 200)
                    assert_ranked(found, scores)
                searches += 1
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            problems.append(error)

    thread = threading.Thread(target=search)
    thread.start()
    for start in range(200, 1500, 100):
        index.add(ids[start : start + 100], vectors[start : start + 100])
        index.remove(ids[start : start + 50])
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder), 1)
    stop.set()
    thread.join()
    assert not problems
    assert len(index) == 200 + 13 * 50
