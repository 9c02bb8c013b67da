"""Where a reader is in the grid, kept by picture and not by row while pictures come and go."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel

from desktop_app.ui.picture_model import PictureModel


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
    parts = [ids[part.start : part.stop] for part in ranges(selection.selection())]
    return Place(
        top_id=int(ids[top_row]) if top_row < len(ids) else None,
        current_id=int(ids[current.row()]) if current.isValid() else None,
        selected_ids=np.concatenate(parts) if parts else ids[:0],
    )


def restore(place: Place, model: PictureModel, selection: QItemSelectionModel) -> int | None:
    """Select again what was selected, as far as it is still there.

    Returns:
        The row that the picture at the top has now, None if it is gone.
    """
    flag = QItemSelectionModel.SelectionFlag
    if len(place.selected_ids):
        rows = np.flatnonzero(np.isin(model.ids, place.selected_ids))
        # Rows in a row are one range: selecting all of a million stays one range.
        runs = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else []
        chosen = QItemSelection()
        for run in runs:
            chosen.select(model.index(int(run[0])), model.index(int(run[-1])))
        selection.select(chosen, flag.ClearAndSelect)
    current = None if place.current_id is None else model.row_of(place.current_id)
    if current is not None:
        selection.setCurrentIndex(model.index(current), flag.NoUpdate)
    return None if place.top_id is None else model.row_of(place.top_id)
