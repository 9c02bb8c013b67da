import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.store import chosen_ids
from desktop_app.engine.store.chosen_ids import ChosenIds

some_ids = st.lists(st.integers(0, 60) | st.integers(-3, 2**40), max_size=30)


@pytest.mark.parametrize("table_from", [0, 10, 1_000])
@given(chosen=some_ids, held=some_ids)
@settings(max_examples=100)
def test_are_found_where_they_are(table_from: int, chosen: list[int], held: list[int]) -> None:
    ids = np.unique(np.array(held, dtype=np.int64))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(chosen_ids, "_TABLE_FROM", max(1, table_from))
        places = ChosenIds(np.array(chosen, dtype=np.int64)).places_in(ids)
    assert places.dtype == np.int64
    assert places.tolist() == [n for n, one in enumerate(ids.tolist()) if one in chosen]


def test_many_are_found_as_few_are() -> None:
    ids = np.arange(0, 300_000, 3)
    chosen = np.random.default_rng(0).permutation(200_000)
    wanted = np.flatnonzero(np.isin(ids, chosen))
    np.testing.assert_array_equal(ChosenIds(chosen).places_in(ids), wanted)
    np.testing.assert_array_equal(ChosenIds(chosen[:100]).places_in(ids[-5:]), [])
