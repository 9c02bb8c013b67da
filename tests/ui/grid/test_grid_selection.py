from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.grid.grid_selection import SelectedRows

MILLION = 1_000_000


@st.composite
def parts_of(draw: st.DrawFn) -> list[range]:
    """Ranges that do not overlap, in any order, of which some touch."""
    lengths = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=8))
    parts, start = [], 0
    for gap, length in lengths:
        parts.append(range(start + gap, start + gap + length))
        start += gap + length
    return draw(st.permutations(parts))


@given(parts_of(), st.integers(-60, 60), st.integers(-60, 60), st.sampled_from([None, 1, 2, -1]))
def test_it_is_the_list_of_its_rows(parts: list[range], one: int, other: int, step: int) -> None:
    rows = SelectedRows(parts)
    plain = sorted(row for part in parts for row in part)
    assert len(rows) == len(plain)
    assert list(rows) == plain
    assert rows == plain
    assert list(rows[one:other:step]) == plain[one:other:step]
    assert bool(rows) == bool(plain)
    assert (one in rows) == (one in plain)
    if -len(plain) <= one < len(plain):
        assert rows[one] == plain[one]
    else:
        with pytest.raises(IndexError):
            rows[one]
    values = np.arange(100) * 3
    assert rows.of(values).tolist() == [row * 3 for row in plain]


def test_equal_rows_are_equal_however_they_were_put_together() -> None:
    assert SelectedRows([range(3, 5), range(0, 3)]) == SelectedRows([range(5)])
    assert SelectedRows([range(3)]) != SelectedRows([range(4)])
    assert SelectedRows([range(3)]) != [0, 1, 3]
    assert SelectedRows() != 3


def test_a_million_rows_are_never_made() -> None:
    rows = SelectedRows([range(10), range(20, MILLION)])
    first = rows[5:25]
    assert isinstance(first, SelectedRows)
    assert first.parts == [range(5, 10), range(20, 35)]
    assert rows[-1] == MILLION - 1
    assert list(islice(rows, 12)) == [*range(10), 20, 21]
    assert len(rows) == MILLION - 10


def test_rows_that_are_gone_have_no_value() -> None:
    assert SelectedRows([range(2, 9)]).of(np.arange(4)).tolist() == [2, 3]
    assert SelectedRows().of(np.arange(4)).tolist() == []
