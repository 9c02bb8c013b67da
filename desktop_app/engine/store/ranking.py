"""Arrays of ids and scores, put in order."""

import numpy as np
from numpy.typing import NDArray


def ranked(
    ids: NDArray[np.int64], scores: NDArray[np.float32], limit: int | None
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The best, best first; equal scores in order of id, at the cut-off too.

    Args:
        ids: Shape ``(n,)``.
        scores: Shape ``(n,)``.
        limit: How many at most; None ranks all.
    """
    if limit is not None and 0 < limit < len(ids):
        # Only what could be among them is sorted: those that tie for the last place included.
        last = np.partition(scores, -limit)[-limit]
        good = scores >= last
        ids, scores = ids[good], scores[good]
    order = np.argsort(-scores)
    # That sort is twice as quick as a stable one; so only those that tie are sorted by id.
    falling = scores[order]
    equals_next = falling[1:] == falling[:-1]
    ties = np.zeros(len(order), dtype=np.bool_)
    ties[1:] = equals_next
    ties[:-1] |= equals_next
    tied = order[ties]
    order[ties] = tied[np.lexsort((ids[tied], -scores[tied]))]
    order = order[:limit]
    return ids[order], scores[order]


def last_of_each(
    ids: NDArray[np.int64], vectors: NDArray[np.float16]
) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
    """Each id once, rising, with its last vector."""
    once, from_end = np.unique(ids[::-1], return_index=True)
    return once, vectors[::-1][from_end]
