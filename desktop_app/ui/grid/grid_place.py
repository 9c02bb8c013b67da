"""Where a reader is in the grid, kept by picture and not by row while pictures come and go."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel

from desktop_app.ui.grid.grid_selection import SelectedRows
from desktop_app.ui.grid.picture_model import PictureModel

_SPARSE = 16
"""Where ids go that much further than there are pictures, no table of all of them is made."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list of pictures.

    Attributes:
        top_id: The picture at the top of the view, None in an empty list.
        current_id: The picture the keyboard is on, None if on none.
        selected_ids: The selected pictures, shape ``(n,)``.
    """

    top_id: int | None
    current_id: int | None
    selected_ids: NDArray[np.int64]


def ranges(selection: QItemSelection) -> list[range]:
    """The rows of a selection, as ranges."""
    parts = (selection.at(number) for number in range(selection.count()))
    return [range(part.top(), part.bottom() + 1) for part in parts]


def take(model: PictureModel, selection: QItemSelectionModel, top_row: int) -> Place:
    """Remember a place before the model's rows change."""
    ids = model.ids
    current = selection.currentIndex()
    return Place(
        top_id=int(ids[top_row]) if top_row < len(ids) else None,
        current_id=int(ids[current.row()]) if current.isValid() else None,
        selected_ids=SelectedRows(ranges(selection.selection())).of(ids),
    )


def restore(place: Place, model: PictureModel, selection: QItemSelectionModel) -> int | None:
    """Select again what was selected, as far as it is still there.

    Returns:
        The row that the picture at the top has now, None if it is gone.
    """
    flag = QItemSelectionModel.SelectionFlag
    if len(place.selected_ids):
        chosen = QItemSelection()
        # Rows in a row are one range: selecting all of a million stays one range.
        for run in _runs(_are_in(model.ids, place.selected_ids)):
            chosen.select(model.index(run.start), model.index(run.stop - 1))
        selection.select(chosen, flag.ClearAndSelect)
    current = None if place.current_id is None else model.row_of(place.current_id)
    if current is not None:
        selection.setCurrentIndex(model.index(current), flag.NoUpdate)
    return None if place.top_id is None else model.row_of(place.top_id)


def _runs(are_meant: NDArray[np.bool_]) -> list[range]:
    """The rows that are meant, as ranges."""
    changes = np.empty(len(are_meant) + 1, dtype=np.bool_)
    changes[0], changes[-1] = are_meant[:1].any(), are_meant[-1:].any()
    np.not_equal(are_meant[1:], are_meant[:-1], out=changes[1:-1])
    edges = np.flatnonzero(changes).tolist()
    return [range(start, stop) for start, stop in zip(edges[::2], edges[1::2], strict=True)]


def _are_in(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of some ids are among others, shape ``(n,)``."""
    if not len(ids) or int(ids.max()) > _SPARSE * len(ids):
        return np.isin(ids, wanted)
    # All of a million selected: 8 ms, where sorting takes 200.
    table = np.zeros(int(ids.max()) + 1, dtype=np.bool_)
    table[wanted[wanted < len(table)]] = True
    return table[ids]
