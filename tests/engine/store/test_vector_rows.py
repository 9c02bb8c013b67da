import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop_app.engine.store.vector_rows import VectorRows

DIM = 3
ids_once = st.lists(st.integers(0, 40), unique=True, max_size=20)
changes = st.lists(st.tuples(st.booleans(), ids_once), max_size=12)


def vectors(ids: list[int], step: int) -> NDArray[np.float16]:
    return np.array([[i, step, i + step] for i in ids], dtype=np.float16).reshape(-1, DIM)


@given(changes)
@settings(max_examples=100, deadline=None)
def test_are_like_a_dictionary_in_order_of_id(history: list[tuple[bool, list[int]]]) -> None:
    rows = VectorRows(DIM)
    model: dict[int, NDArray[np.float16]] = {}
    for step, (is_put, ids) in enumerate(history):
        if is_put:
            new = vectors(ids, step)
            rows.put(np.array(ids, dtype=np.int64), new)
            model.update(zip(ids, new, strict=True))
        else:
            rows.remove(np.array(ids, dtype=np.int64))
            for one in ids:
                model.pop(one, None)
        assert rows.most >= len(model)
        if step % 3:
            continue  # several changes are seen at once
        assert rows.ids.tolist() == sorted(model)
        assert len(rows) == rows.most == len(model)
        expected = np.array([model[one] for one in sorted(model)]).reshape(-1, DIM)
        np.testing.assert_array_equal(rows.matrix, expected)
        asked = np.arange(-1, 43)
        assert rows.contains(asked).tolist() == [one in model for one in asked]


def test_growing_far_keeps_all() -> None:
    rows = VectorRows(DIM)
    for start in range(0, 10_000, 500):
        ids = np.arange(start, start + 500)
        rows.put(ids, np.repeat(ids[:, None] % 2048, DIM, axis=1).astype(np.float16))
    np.testing.assert_array_equal(rows.ids, np.arange(10_000))
    np.testing.assert_array_equal(rows.matrix[:, 1], np.arange(10_000) % 2048)
    picked = np.array([9_000, 3, 9_999])
    np.testing.assert_array_equal(rows.of(picked)[:, 0], picked % 2048)


def test_removing_few_of_many_moves_the_others_up() -> None:
    rows = VectorRows(DIM)
    ids = np.arange(200_000)
    rows.put(ids, np.repeat((ids % 2048)[:, None], DIM, axis=1).astype(np.float16))
    gone = np.array([5, 70_000, 70_001, 199_999])
    rows.remove(gone)
    stays = np.setdiff1d(ids, gone)
    np.testing.assert_array_equal(rows.ids, stays)
    np.testing.assert_array_equal(rows.matrix[:, 2], stays % 2048)
