"""Hits by looks and hits by name, in one order."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import FoundBy, NameHits

RANK_CONSTANT = 60
"""Reciprocal rank fusion: each list gives ``1 / (60 + rank)`` to what it holds, and the sums are
compared (Cormack, Clarke and Büttcher, SIGIR 2009, who found 60 to be near the best and the
exact value to matter little). Scores of looks and of names need not be of one kind for it."""

FUSED_DEPTH = 200
"""Ranks by looks that count for a hit by name. Every picture has such a rank; those far down say
nothing, and are not known where only some hits are wanted: the graphs find as many as this."""

_TOLD = 10_000
"""Hits of which it is told what found them: more than anybody scrolls past, in a millisecond."""


@dataclass(frozen=True, slots=True, eq=False)
class Fused:
    """One order of both.

    Attributes:
        ids: Shape ``(n,)``.
        places: Where each was by looks, shape ``(n,)``.
        strong_count: How many of the first are strong.
        found_by: For the first, up to the last hit by name.
        by_whole_name: Places in this order whose names have all words, rising, shape ``(k,)``.
    """

    ids: NDArray[np.int64]
    places: NDArray[np.int64]
    strong_count: int
    found_by: tuple[FoundBy, ...]
    by_whole_name: NDArray[np.int64]


def fuse(ids: NDArray[np.int64], strong_count: int, named: NameHits) -> Fused:
    """Move hits by name to where looks and name together put them.

    Strong ones come first, then all others; in both, the order is that of reciprocal rank fusion.
    A picture that no name has brought keeps its place among its like, and a name moves nothing
    down. A million hits take 35 ms, with 5,000 of them by name too; with 200,000 it is 180 ms.

    Args:
        ids: Ranked by looks, shape ``(n,)``, each once.
        strong_count: How many of the first are strong by their looks.
        named: Those with words in their names; what is not among the ids is left out.
    """
    by_id = np.argsort(named.ids)
    at = np.flatnonzero(np.isin(ids, named.ids))
    ranks = by_id[np.searchsorted(named.ids, ids[at], sorter=by_id)] + 1
    have_all = named.have_all[ranks - 1]
    by_looks = 1 / (RANK_CONSTANT + 1 + at)
    by_name = 1 / (RANK_CONSTANT + ranks)
    scores = np.where(at < FUSED_DEPTH, by_looks + by_name, np.maximum(by_looks, by_name))
    others = np.ones(len(ids), dtype=np.bool_)
    others[at] = False
    rest = np.flatnonzero(others)
    strong_rest = int(np.searchsorted(rest, strong_count))
    is_strong = have_all | (at < strong_count)
    order = np.lexsort((ids[at], -scores, ~is_strong))
    at, scores = at[order], scores[order]
    is_strong, have_all = is_strong[order], have_all[order]
    # Where each goes among the others: before the first whose score is not above its own.
    falling = -1 / (RANK_CONSTANT + 1 + rest)
    among_strong = np.searchsorted(falling[:strong_rest], -scores)
    among_weak = strong_rest + np.searchsorted(falling[strong_rest:], -scores)
    goes = np.where(is_strong, among_strong, among_weak)
    places = np.insert(rest, goes, at)
    named_at = goes + np.arange(len(goes))
    return Fused(
        ids[places],
        places,
        strong_rest + int(np.count_nonzero(is_strong)),
        _found_by(places, named_at, strong_count),
        named_at[have_all],
    )


def _found_by(
    places: NDArray[np.int64], named_at: NDArray[np.int64], strong_count: int
) -> tuple[FoundBy, ...]:
    if not len(named_at):
        return ()
    found = [FoundBy.LOOKS] * min(int(named_at.max()) + 1, _TOLD)
    for where in named_at[named_at < len(found)].tolist():
        is_strong = places[where] < strong_count
        found[where] = FoundBy.BOTH if is_strong else FoundBy.NAME
    return tuple(found)
