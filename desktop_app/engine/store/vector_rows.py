"""Vectors in memory as one float16 matrix, in order of id."""

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.store.ranking import last_of_each

# Room beyond what is needed, as a share of it: few copies while growing, little waste.
_SPARE_SHARE = 8
_LEAST_SPARE = 1024

_MOST_WAITING = 4096
"""Rows put before they are sorted in; ids in no order would move the whole matrix every time."""

_REMOVED_AT_ONCE = 65_536
"""Rows moved at once when some before them go; bounds the copy that numpy makes."""


class VectorRows:
    """A matrix whose rows are found by id.

    The order of rows depends on the ids alone, never on the history of changes: the same
    library is scanned in the same way before and after a restart. Not safe for several threads.
    """

    def __init__(self, dim: int) -> None:
        self._ids = np.empty(0, dtype=np.int64)
        self._matrix = np.empty((0, dim), dtype=np.float16)
        self._count = 0
        self._waiting: list[tuple[NDArray[np.int64], NDArray[np.float16]]] = []
        self._waiting_count = 0

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def most(self) -> int:
        """How many there are at most; known without sorting anything in."""
        return self._count + self._waiting_count

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ids, shape ``(n,)``, rising. A view: valid until the next change."""
        self._settle()
        return self._ids[: self._count]

    @property
    def matrix(self) -> NDArray[np.float16]:
        """The vectors, shape ``(n, dim)``. A view: valid until the next change."""
        self._settle()
        return self._matrix[: self._count]

    def contains(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of some ids are here, shape ``(len(ids),)``."""
        places = np.searchsorted(self.ids, ids)
        inside = places < self._count
        found = np.zeros(len(ids), dtype=np.bool_)
        found[inside] = self.ids[places[inside]] == ids[inside]
        return found

    def of(self, ids: NDArray[np.int64]) -> NDArray[np.float16]:
        """A copy of the vectors of ids that are here, shape ``(len(ids), dim)``."""
        return self.matrix[np.searchsorted(self.ids, ids)]

    def put(self, ids: NDArray[np.int64], vectors: NDArray[np.float16]) -> None:
        """Add or replace vectors; of an id that comes twice the last counts.

        Args:
            ids: In any order, shape ``(n,)``.
            vectors: Shape ``(n, dim)``. Neither may be changed afterwards.
        """
        self._waiting.append((ids, vectors))
        self._waiting_count += len(ids)
        if self._waiting_count > _MOST_WAITING:
            self._settle()

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Remove ids; unknown ones are ignored."""
        stays = ~np.isin(self.ids, ids)
        if stays.all():
            return
        end = int(np.argmin(stays))
        for start in range(end, self._count, _REMOVED_AT_ONCE):
            part = slice(start, min(start + _REMOVED_AT_ONCE, self._count))
            kept = stays[part]
            count = int(np.count_nonzero(kept))
            self._ids[end : end + count] = self._ids[part][kept]
            self._matrix[end : end + count] = self._matrix[part][kept]
            end += count
        self._count = end

    def _settle(self) -> None:
        """Sort in what waits."""
        if not self._waiting:
            return
        waiting, self._waiting, self._waiting_count = self._waiting, [], 0
        ids, vectors = last_of_each(
            np.concatenate([ids for ids, _ in waiting]),
            np.concatenate([vectors for _, vectors in waiting]),
        )
        known = self.contains(ids)
        self._matrix[np.searchsorted(self.ids, ids[known])] = vectors[known]
        new_ids, new_vectors = ids[~known], vectors[~known]
        if not len(new_ids):
            return
        end = self._count + len(new_ids)
        self._reserve(end)
        is_in_order = not self._count or new_ids[0] > self.ids[-1]
        self._ids[self._count : end] = new_ids
        self._matrix[self._count : end] = new_vectors
        self._count = end
        if not is_in_order:
            # Pictures that get the vector of another model come in the order of their files.
            by_id = np.argsort(self.ids)
            self._ids[:end] = self.ids[by_id]
            self._matrix[:end] = self.matrix[by_id]

    def _reserve(self, count: int) -> None:
        if count <= len(self._ids):
            return
        capacity = count + max(_LEAST_SPARE, count // _SPARE_SHARE)
        ids = np.empty(capacity, dtype=np.int64)
        matrix = np.empty((capacity, self._matrix.shape[1]), dtype=np.float16)
        ids[: self._count] = self.ids
        matrix[: self._count] = self.matrix
        self._ids, self._matrix = ids, matrix
