import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.store.ranking import last_of_each, ranked

few_scores = st.sampled_from([-1.0, -0.5, -0.0, 0.0, 0.25, 1.0]) | st.floats(-1, 1, width=32)
# Those of 32 bits are sorted in another way than the rest.
few_ids = st.integers(0, 100) | st.integers(2**32 - 3, 2**32 - 1)
odd_ids = few_ids | st.integers(-3, -1) | st.integers(2**32, 2**40)


@given(
    st.dictionaries(few_ids, few_scores) | st.dictionaries(odd_ids, few_scores),
    st.none() | st.integers(0, 30),
)
def test_is_what_sorting_gives(scored: dict[int, float], limit: int | None) -> None:
    ids = np.array(list(scored), dtype=np.int64)
    scores = np.array(list(scored.values()), dtype=np.float32)
    found_ids, found_scores = ranked(ids, scores, limit)
    expected = sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    assert list(zip(found_ids.tolist(), found_scores.tolist(), strict=True)) == expected


def test_the_last_of_each_id_counts() -> None:
    ids = np.array([5, 2, 5, 9, 2])
    vectors = np.arange(5, dtype=np.float16).reshape(5, 1)
    once, last = last_of_each(ids, vectors)
    assert once.tolist() == [2, 5, 9]
    assert last.ravel().tolist() == [4, 2, 3]
