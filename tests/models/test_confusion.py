"""The pairs of classes that are confused most often."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.confusion import ConfusedPair, render_pairs, worst_pairs

NAMES = ("judo", "polo", "wrestling")


def test_the_pair_that_costs_its_class_most_comes_first() -> None:
    labels = np.array([0, 0, 0, 0, 1, 1, 2])
    predictions = np.array([2, 2, 1, 0, 0, 1, 2])

    pairs = worst_pairs(labels, predictions, NAMES)

    assert pairs == (
        ConfusedPair("judo", "wrestling", 2, 4),
        ConfusedPair("polo", "judo", 1, 2),
        ConfusedPair("judo", "polo", 1, 4),
    )
    assert worst_pairs(labels, predictions, NAMES, count=1) == pairs[:1]


def test_right_answers_make_no_pairs() -> None:
    labels = np.array([0, 1, 2])

    assert worst_pairs(labels, labels, NAMES) == ()


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        worst_pairs(np.array([0, 1]), np.array([0]), NAMES)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=40))
def test_all_pairs_together_are_all_mistakes(answers: list[tuple[int, int]]) -> None:
    labels = np.array([label for label, _ in answers], dtype=np.int64)
    predictions = np.array([prediction for _, prediction in answers], dtype=np.int64)

    pairs = worst_pairs(labels, predictions, NAMES, count=100)

    assert sum(pair.count for pair in pairs) == int((labels != predictions).sum())
    assert all(pair.actual != pair.predicted and 0 < pair.share <= 1 for pair in pairs)


def test_the_table_says_how_many() -> None:
    table = render_pairs([ConfusedPair("judo", "wrestling", 2, 5)])

    assert table.splitlines()[-1] == "| judo | wrestling | 2 of 5 |"
