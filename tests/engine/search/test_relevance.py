"""Relevance: how far above ordinary scores a hit stands."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from desktop_app.engine.search.relevance import BARS, Basis, Judge, Spread

QUERY = np.array([1.0, 0.0], dtype=np.float32)
finite = st.floats(-1, 1, width=32)


def sample(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit vectors with these scores for the query."""
    pairs: NDArray[np.float32] = np.stack([scores, np.sqrt(1 - scores**2)], axis=1)
    return pairs.astype(np.float32)


def floats(values: list[float] | list[list[float]]) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


def no_words() -> NDArray[np.float32]:
    raise AssertionError("the words' side of the model is not needed")


def test_known_values() -> None:
    scores = np.array([0.0, 0.1, 0.2, 0.3, 0.4], dtype=np.float32)
    spread = Spread.of(scores)
    assert spread.mean == pytest.approx(0.2)
    assert spread.deviation == pytest.approx(np.sqrt(0.02))
    np.testing.assert_allclose(spread.above(floats([0.2, 0.4])), [0, np.sqrt(2)], atol=1e-5)


def test_what_stands_out_of_the_library_is_strong() -> None:
    rng = np.random.default_rng(0)
    ordinary = rng.normal(0.1, 0.02, 1000).astype(np.float32)
    # Everyday queries score anywhere between -1 and 1: they make nothing strong.
    judge = Judge(sample(ordinary), lambda: floats([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0]]))
    bar = np.float32(0.1 + 0.02 * BARS[Basis.WORDS].library)
    scores = np.array([bar + 0.01, bar - 0.01], dtype=np.float32)
    above = judge.relevance(scores, QUERY, Basis.WORDS)
    assert above[0] > 1 > above[1]


def test_what_half_the_library_shows_is_strong_too() -> None:
    """By the library alone it would be ordinary."""
    rng = np.random.default_rng(0)
    half = rng.normal(0.1, 0.02, 1000).astype(np.float32)
    half[::2] += 0.6
    everyday = sample(rng.normal(0.0, 0.01, 20).astype(np.float32))[:, ::-1] * 0.1
    judge = Judge(sample(half), lambda: everyday)
    above = judge.relevance(floats([0.7, 0.1]), QUERY, Basis.WORDS)
    assert above[0] > 1


def test_pictures_are_judged_without_words() -> None:
    rng = np.random.default_rng(0)
    judge = Judge(sample(rng.uniform(-1, 1, 300).astype(np.float32)), no_words)
    above = judge.relevance(floats([0.9, 0.0]), QUERY, Basis.PICTURES)
    assert above[0] > above[1]


def test_judging_takes_no_other_core() -> None:
    """Threads of BLAS would spin on them long after each query."""
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((4096, 512), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    judge = Judge(vectors, lambda: vectors[:2])
    scores, query = vectors[:10] @ vectors[0], vectors[0]
    for _ in range(1000):  # by then those have slept off what was computed until here
        judge.relevance(scores, query, Basis.WORDS)
    all_threads, this_thread = time.process_time(), time.thread_time()
    for _ in range(300):
        judge.relevance(scores, query, Basis.WORDS)
    used, needed = time.process_time() - all_threads, time.thread_time() - this_thread
    assert used < 1.5 * needed


def test_no_sample_says_nothing() -> None:
    scores = np.array([0.5, 0.4], dtype=np.float32)
    for basis in Basis:
        few = Judge(sample(floats([0.3])), no_words)
        assert few.relevance(scores, QUERY, basis).tolist() == [0, 0]
        none = Judge(np.empty((0, 2), dtype=np.float32), no_words)
        assert none.relevance(scores, QUERY, basis).tolist() == [0, 0]


@given(
    arrays(np.float32, st.integers(0, 30), elements=finite), arrays(np.float32, 40, elements=finite)
)
def test_keeps_the_order(scores: NDArray[np.float32], ordinary: NDArray[np.float32]) -> None:
    ranked = np.sort(scores)[::-1]
    judge = Judge(sample(ordinary), lambda: np.eye(2, dtype=np.float32))
    result = judge.relevance(ranked, QUERY, Basis.WORDS)
    assert result.shape == ranked.shape
    assert np.all(np.isfinite(result))
    assert np.all(np.diff(result) <= 0)
