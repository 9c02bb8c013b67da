"""How much memory is kept for taking something back."""

import tracemalloc

import numpy as np
import pytest

from desktop_app.engine.records import FileAction, FileSummary, LabelChange, MovedFile


@pytest.mark.parametrize("count", [1, 7, 5_000])
def test_of_files_it_is_about_what_they_take(count: int) -> None:
    tracemalloc.start()
    done = tuple(
        MovedFile(
            number + 1_000,
            f"/photos/{number:07}.jpg",
            f"/elsewhere/{number:07}.jpg",
            ((f"/photos/{number:07}.xmp", f"/elsewhere/{number:07}.xmp"),),
        )
        for number in range(count)
    )
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    held = FileSummary(FileAction.MOVE, done).held_bytes
    assert taken / 2 < held < taken * 1.2


def test_of_nothing_it_is_nothing() -> None:
    assert FileSummary(FileAction.TRASH).held_bytes == 0


def test_of_labels_it_is_their_ids() -> None:
    ids = np.arange(1_000, dtype=np.int64)
    change = LabelChange(ratings=((3, ids),), tagged=(("snow", ids[:10]),))
    assert change.held_bytes == 8 * 1_010
