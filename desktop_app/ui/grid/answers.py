"""Puts the library's answer to a query into the order and the groups that the grid shows."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import Arrangement, GroupBy, Hits, Query
from desktop_app.ui.grid import group_wording
from desktop_app.ui.grid.grid_sections import Section, Sections
from desktop_app.ui.memory.order import Order
from desktop_app.ui.search.hit_reasons import HitReasons
from desktop_app.ui.words.language import tr

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_SPARSE = 16
"""Where ids go that much further than there are pictures, no table of all of them is made."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is in the grid.

    Attributes:
        query: What it answers; an empty query is answered by the whole library.
        order: In which order it is.
        count: How many pictures.
        strong: How many of them are above the divider; None where nothing was ranked.
        seconds: Time the search took, None for the whole library.
    """

    query: Query = field(default_factory=Query)
    order: Order = field(default_factory=Order)
    count: int = 0
    strong: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the library says to a query, as the grid shows it.

    Attributes:
        shown: What it is.
        hits: In the order of the grid; the whole library has no scores.
        sections: The groups they stand in.
        reasons: Why they are hits, where they were ranked.
        found: The hits as the library gave them, best first; None for the whole library.
    """

    shown: Shown
    hits: Hits
    sections: Sections = field(default_factory=Sections)
    reasons: HitReasons | None = None
    found: Hits | None = None


def answer(
    library: "Library", query: Query, order: Order, shift: float, found: Hits | None = None
) -> Answer:
    """Ask the library. Blocks.

    Pictures above the divider stay above it, however they are ordered: by date, for example, the
    newest of the strong hits comes first, and the newest of the others after the divider.

    Args:
        library: The library.
        query: What to ask; empty for everything.
        order: The order to show it in.
        shift: How far the divider lies above its usual place; see `Hits.strong_at`.
        found: What the library has found before, to show that otherwise without a new search.

    Raises:
        UserFacingError: If the query cannot be answered.
    """
    meant = order.of_answer(is_ranked=query.is_ranked)
    if query.is_empty:
        return _everything(library, order, meant)
    hits = library.search(query) if found is None else found
    if not query.is_ranked:
        places, sections = _arranged(library, hits, meant, 0, len(hits.ids), first_row=0)
        shown = Shown(query, order, len(places), None, hits.seconds)
        return Answer(shown, _at(hits, places), Sections(sections), found=hits)
    border = hits.strong_at(shift)
    above, first = _arranged(library, hits, meant, 0, border, first_row=0)
    strong = len(above)
    below, rest = _arranged(library, hits, meant, border, len(hits.ids), first_row=strong)
    places = np.concatenate([above, below])
    shown = Shown(query, order, len(places), strong, hits.seconds)
    return Answer(
        shown,
        _at(hits, places),
        Sections([*first, *divider(strong, len(places)), *rest]),
        HitReasons(query, hits.found_by, None if meant.is_usual else places),
        hits,
    )


def less_certain() -> str:
    """What the divider says."""
    return tr("Search", "less certain")


def divider(strong: int, count: int) -> list[Section]:
    """What stands before the hits that are not strong; nothing where all are."""
    return [Section(strong, less_certain(), is_divider=True)] if strong < count else []


def _everything(library: "Library", order: Order, meant: Order) -> Answer:
    if meant.is_usual:
        ids = library.picture_ids()
        return Answer(Shown(order=order, count=len(ids)), Hits(ids=ids))
    arrangement = _arrange(library, None, meant)
    shown = Shown(order=order, count=len(arrangement.ids))
    return Answer(shown, Hits(ids=arrangement.ids), Sections(_sections(arrangement, meant, 0)))


def _arranged(
    library: "Library", hits: Hits, order: Order, start: int, stop: int, *, first_row: int
) -> tuple[NDArray[np.int64], list[Section]]:
    """Some of the hits in another order.

    Returns:
        Their places among the hits, int64, shape ``(stop - start,)`` or shorter, for what has
        left the library since the search is missing; and their groups, from `first_row` on.
    """
    places = np.arange(start, stop)
    if start == stop or order.is_usual:
        return places, []
    ids = hits.ids[start:stop]
    arrangement = _arrange(library, ids, order)
    return places[_places(ids, arrangement.ids)], _sections(arrangement, order, first_row)


def _places(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where some ids stand among others, of which each is there once.

    Args:
        ids: Not negative, shape ``(n,)``, in any order.
        wanted: Some of them, shape ``(m,)``.

    Returns:
        Their places, shape ``(m,)``.
    """
    if len(ids) and int(ids.max()) < len(ids) * _SPARSE:
        # Looking up a million in a sorted list, in no order, takes most of a second.
        table = np.empty(int(ids.max()) + 1, dtype=np.int64)
        table[ids] = np.arange(len(ids))
        return table[wanted]
    by_id = np.argsort(ids)
    return by_id[np.searchsorted(ids, wanted, sorter=by_id)]


def _at(hits: Hits, places: NDArray[np.int64]) -> Hits:
    """The hits at some places, in their order."""
    return replace(
        hits, ids=hits.ids[places], scores=hits.scores[places], relevance=hits.relevance[places]
    )


def _arrange(library: "Library", ids: NDArray[np.int64] | None, order: Order) -> Arrangement:
    return library.arrange(
        ids, order.sort_by, descending=order.is_descending, group_by=order.group_by
    )


def _sections(arrangement: Arrangement, order: Order, first_row: int) -> list[Section]:
    if order.group_by is GroupBy.NONE:
        return []
    return [
        Section(first_row + group.first_row, group_wording.title(group, order.group_by))
        for group in arrangement.groups
    ]
