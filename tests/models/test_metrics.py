"""Metrics against values worked out by hand."""

import numpy as np
import pytest

from models.evaluation_sets import measure_retrieval
from models.metrics import mean_precision_at, one_hot, recall_at


def test_recall_counts_rows_whose_relevant_column_is_high_enough() -> None:
    scores = np.array([[0.9, 0.5, 0.1], [0.2, 0.8, 0.5], [0.7, 0.6, 0.5]], dtype=np.float32)
    relevant = one_hot(np.array([0, 2, 2]), 3)

    assert recall_at(scores, relevant, (1, 2, 3)) == {
        1: pytest.approx(1 / 3), 2: pytest.approx(2 / 3), 3: 1.0
    }  # fmt: skip


def test_one_of_several_relevant_columns_is_enough() -> None:
    scores = np.array([[0.9, 0.5, 0.1]], dtype=np.float32)

    assert recall_at(scores, np.array([[False, True, True]]), (1, 2)) == {1: 0.0, 2: 1.0}


def test_precision_is_the_mean_part_of_relevant_pictures() -> None:
    scores = np.array([[0.9, 0.8, 0.1, 0.0], [0.1, 0.2, 0.3, 0.4]], dtype=np.float32)
    relevant = np.array([[True, False, True, True], [False, False, True, True]])

    assert mean_precision_at(scores, relevant, 2) == pytest.approx((0.5 + 1.0) / 2)


def test_retrieval_is_measured_both_ways() -> None:
    images = np.eye(2, dtype=np.float32)
    texts = np.array([[0.9, 0.1], [0.8, 0.2], [0.6, 0.4]], dtype=np.float32)

    found = measure_retrieval(images, texts, np.array([0, 0, 1]))

    assert found["s2p_recall1"] == pytest.approx(2 / 3)
    assert found["s2p_recall5"] == 1.0
    assert found["p2s_recall1"] == 1.0
