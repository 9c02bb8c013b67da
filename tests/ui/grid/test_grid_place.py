from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QApplication

from desktop_app.ui.grid.grid_place import ranges, restore, take
from desktop_app.ui.grid.picture_model import PictureModel

lists = st.lists(st.integers(0, 40) | st.integers(10**9, 10**9 + 9), unique=True, max_size=30)


@given(before=lists, after=lists, chosen=st.sets(st.integers(0, 29)), current=st.integers(0, 29))
def test_what_is_still_there_is_selected_again(
    qapp: QApplication, before: list[int], after: list[int], chosen: set[int], current: int
) -> None:
    model = PictureModel()
    model.replace(np.array(before, dtype=np.int64))
    selection = QItemSelectionModel(model)
    picked = QItemSelection()
    for row in sorted(chosen & set(range(len(before)))):
        picked.select(model.index(row), model.index(row))
    flag = QItemSelectionModel.SelectionFlag
    selection.select(picked, flag.ClearAndSelect)
    if current < len(before):
        selection.setCurrentIndex(model.index(current), flag.NoUpdate)
    place = take(model, selection, 0)
    model.replace(np.array(after, dtype=np.int64))
    top = restore(place, model, selection)
    wanted = [each for each in after if each in {before[r] for r in chosen if r < len(before)}]
    parts = sorted(ranges(selection.selection()), key=lambda part: part.start)
    assert [after[row] for part in parts for row in part] == wanted
    assert all(one.stop < other.start for one, other in pairwise(parts))  # as few as there can be
    kept = before[current] if current < len(before) and before[current] in after else None
    now = selection.currentIndex()
    assert (after[now.row()] if now.isValid() else None) == kept
    assert top == (after.index(before[0]) if before and before[0] in after else None)


@pytest.mark.parametrize("rows", [0, 1, 1000])
def test_all_selected_is_one_range_again(qapp: QApplication, rows: int) -> None:
    model = PictureModel()
    model.replace(np.arange(rows))
    selection = QItemSelectionModel(model)
    flag = QItemSelectionModel.SelectionFlag
    if rows:
        selection.select(QItemSelection(model.index(0), model.index(rows - 1)), flag.Select)
    place = take(model, selection, 0)
    model.replace(np.arange(rows))
    restore(place, model, selection)
    assert ranges(selection.selection()) == ([range(rows)] if rows else [])
