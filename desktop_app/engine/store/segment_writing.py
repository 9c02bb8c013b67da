"""Writing vectors from several places as one segment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.store import index_files
from desktop_app.engine.store.index_files import SegmentRecord
from desktop_app.engine.store.segment import Segment
from desktop_app.engine.store.vector_rows import VectorRows

_WRITTEN_AT_ONCE = 4_096
"""Rows copied together: 4 MB at 512 numbers."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a matrix.

    Attributes:
        ids: The ids of the rows, shape ``(n,)``.
        rows: The matrix, shape ``(m, dim)``.
        places: Which rows of it, shape ``(n,)``.
    """

    ids: NDArray[np.int64]
    rows: NDArray[np.float16]
    places: NDArray[np.int64]


def part_of(vectors: Segment | VectorRows) -> Part:
    """All that counts of a segment, or of vectors in memory."""
    if isinstance(vectors, Segment):
        return Part(vectors.ids, vectors.rows, vectors.live_places)
    return Part(vectors.ids, vectors.matrix, np.arange(len(vectors)))


def write_segment(folder: Path, model_key: str, parts: Sequence[Part]) -> SegmentRecord:
    """Write vectors as one segment without a graph.

    Args:
        folder: Where to.
        model_key: Whose vectors.
        parts: The vectors; at least one, and no id twice.

    Raises:
        OSError: If it cannot be written; nothing of it stays.
    """
    ids = np.concatenate([part.ids for part in parts])
    order = np.argsort(ids)
    ids_path = folder / index_files.new_name(model_key, "ids")
    written_ids = index_files.write(ids_path, [ids[order].tobytes()])
    try:
        rows_path = folder / index_files.new_name(model_key, "rows")
        written_rows = index_files.write(rows_path, _in_order(parts, order))
    except OSError:
        index_files.delete(ids_path)
        raise
    return SegmentRecord(written_ids, written_rows, len(ids), is_linked=False)


def _in_order(parts: Sequence[Part], order: NDArray[np.int64]) -> Iterator[bytes]:
    ends = np.cumsum([len(part.ids) for part in parts])
    for start in range(0, len(order), _WRITTEN_AT_ONCE):
        wanted = order[start : start + _WRITTEN_AT_ONCE]
        owners = np.searchsorted(ends, wanted, side="right")
        block = np.empty((len(wanted), parts[0].rows.shape[1]), dtype=np.float16)
        for number in np.unique(owners):
            part, mine = parts[number], owners == number
            block[mine] = part.rows[part.places[wanted[mine] - (ends[number] - len(part.ids))]]
        yield block.tobytes()
