"""Hits by looks and by name in one order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.records import FoundBy, NameHits
from desktop_app.engine.search.fusion import (
    FUSED_DEPTH,
    RANK_CONSTANT,
    Fused,
    fuse,
)


def fused(count: int, strong_count: int, named: list[int], all_words: list[int]) -> Fused:
    """Fuse ids that are their own ranks by looks, from 0."""
    ids = np.array(named, dtype=np.int64)
    return fuse(
        np.arange(count, dtype=np.int64), strong_count, NameHits(ids, np.isin(ids, all_words))
    )


def test_the_best_name_meets_the_best_looks() -> None:
    result = fused(1000, 5, [900, 2], [900, 2])
    # 2 has both; 900 has what the first by looks has, 1 / 61.
    assert result.ids[:7].tolist() == [2, 900, 0, 1, 3, 4, 5]
    assert result.strong_count == 6
    assert result.found_by == (FoundBy.BOTH, FoundBy.NAME)


def test_some_of_the_words_do_not_pass_strong_hits() -> None:
    result = fused(1000, 3, [900], [])
    assert result.ids[:5].tolist() == [0, 1, 2, 900, 3]
    assert result.strong_count == 3
    assert result.found_by == (FoundBy.LOOKS,) * 3 + (FoundBy.NAME,)


def test_many_names_do_not_drown_the_looks() -> None:
    names = list(range(500, 800))
    result = fused(1000, 50, names, names)
    assert sum(id_ < 50 for id_ in result.ids[:20].tolist()) == 10


@settings(max_examples=60)
@given(
    st.integers(1, 500),
    st.integers(0, 500),
    st.lists(st.integers(0, 600), unique=True, max_size=30),
    st.sets(st.integers(0, 600)),
)
def test_the_order_is_that_of_the_sums(
    count: int, strong: int, named: list[int], all_words: set[int]
) -> None:
    strong = min(strong, count)
    result = fused(count, strong, named, sorted(all_words))
    ranks = {id_: rank for rank, id_ in enumerate(named, 1)}

    def key(id_: int) -> tuple[bool, float, bool, int]:
        looks = 1 / (RANK_CONSTANT + id_ + 1)
        name = 1 / (RANK_CONSTANT + ranks[id_]) if id_ in ranks else 0.0
        score = looks + name if id_ < FUSED_DEPTH or not name else max(name, looks)
        is_strong = id_ < strong or (id_ in ranks and id_ in all_words)
        return not is_strong, -score, id_ not in ranks, id_

    expected = sorted(range(count), key=key)
    assert result.ids.tolist() == expected
    assert result.places.tolist() == expected
    assert result.strong_count == sum(not key(id_)[0] for id_ in expected)
    whole = [place for place, id_ in enumerate(expected) if id_ in ranks and id_ in all_words]
    assert result.by_whole_name.tolist() == whole
    for id_, found_by in zip(expected, result.found_by, strict=False):
        assert (found_by is FoundBy.LOOKS) == (id_ not in ranks)
    assert all(id_ not in ranks for id_ in expected[len(result.found_by) :])


def test_a_name_that_is_no_hit_is_left_out() -> None:
    assert fused(3, 0, [7], [7]).ids.tolist() == [0, 1, 2]
    assert fused(3, 0, [7], [7]).strong_count == pytest.approx(0)
