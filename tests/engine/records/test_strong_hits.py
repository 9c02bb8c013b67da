"""Which hits are strong where the border lies elsewhere."""

import numpy as np
import pytest

from desktop_app.engine.records import Hits


def hits(relevance: list[float], strong_count: int, *by_whole_name: int) -> Hits:
    values = np.array(relevance, dtype=np.float32)
    places = np.array(by_whole_name, dtype=np.int64)
    ids = np.arange(len(values), dtype=np.int64)
    return Hits(ids, values, values, strong_count=strong_count, by_whole_name=places)


@pytest.mark.parametrize(
    ("shift", "strong"), [(-9, 6), (-0.5, 5), (-0.2, 3), (0, 3), (0.2, 2), (0.5, 1), (9, 0)]
)
def test_by_looks_alone(shift: float, strong: int) -> None:
    assert hits([1.6, 1.3, 1.1, 0.7, 0.6, -2], 3).strong_at(shift) == strong


def test_some_of_the_words_do_not_hide_what_is_behind_them() -> None:
    # The third has one of two words in its name; the fourth looks nearly right.
    assert hits([1.5, 1.1, 0.1, 0.9, 0.2], 2).strong_at(-0.2) == 4


def test_a_full_name_is_above_every_border() -> None:
    found = hits([1.5, -0.4, 1.1, 0.9], 3, 1)
    assert [found.strong_at(shift) for shift in (0.2, 0.5, 9)] == [2, 2, 2]
    assert found.strong_at(-0.05) == 3
    assert found.strong_at(-0.2) == 4


def test_nothing_becomes_less_by_a_lower_border() -> None:
    assert hits([0.1, 0.2], 1, 0).strong_at(-0.1) == 1
    assert Hits().strong_at(-1) == Hits().strong_at(1) == 0
