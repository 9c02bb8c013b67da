"""Relevance: how far above ordinary scores a hit stands."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from desktop_app.engine.search.relevance import relevance

finite = st.floats(-1, 1, width=32)


def test_known_values() -> None:
    ordinary = np.array([0.0, 0.1, 0.2, 0.3, 0.4], dtype=np.float32)  # median 0.2, MAD 0.1
    scores = np.array([0.2, 0.2 + 0.14826, 0.2 - 2 * 0.14826], dtype=np.float32)
    np.testing.assert_allclose(relevance(scores, ordinary), [0, 1, -2], atol=1e-5)


def test_a_few_hits_in_the_sample_do_not_raise_the_bar() -> None:
    rng = np.random.default_rng(0)
    noise = rng.normal(0.1, 0.02, 1000).astype(np.float32)
    with_hits = np.concatenate([noise, np.full(50, 0.9, dtype=np.float32)])
    score = np.array([0.3], dtype=np.float32)
    assert abs(relevance(score, noise)[0] - relevance(score, with_hits)[0]) < 1.0


def test_no_sample_says_nothing() -> None:
    scores = np.array([0.5, 0.4], dtype=np.float32)
    assert relevance(scores, np.empty(0, dtype=np.float32)).tolist() == [0, 0]
    assert relevance(scores, np.full(9, 0.3, dtype=np.float32)).tolist() == [0, 0]


@given(
    arrays(np.float32, st.integers(0, 30), elements=finite), arrays(np.float32, 40, elements=finite)
)
def test_keeps_the_order(scores: NDArray[np.float32], ordinary: NDArray[np.float32]) -> None:
    ranked = np.sort(scores)[::-1]
    result = relevance(ranked, ordinary)
    assert result.shape == ranked.shape
    assert np.all(np.isfinite(result))
    assert np.all(np.diff(result) <= 0)
