"""When the vector index does what, and which segments become one with a graph."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.engine.store.segment import Segment

_WORN_SHARE = 0.25
"""Of a segment's rows that no longer count; beyond this it is made anew."""


@dataclass(frozen=True, slots=True)
class IndexLimits:
    """Sizes at which something happens; the defaults are measured, tests choose smaller ones.

    Attributes:
        exact_up_to: Vectors up to which every answer is exact: 3 ms.
        held_in_memory: New vectors up to which they are kept in memory: 16 MB.
        linked_from: Vectors without a graph that are worth making one: 2 ms of comparing.
        segment_rows: Vectors of one graph: what is lost by one damaged byte, and what the process
            that builds it holds in memory (300 MB).
        search_threads: Threads that ask the graphs of a large index, or compare with all of it.
        threads_from: Vectors that are worth more than one: comparing with them takes 9 ms of one,
            asking their graphs 2.
        is_copied: Whether copies of the files are mapped, on the system's own disk: where a mapped
            file vanishes with its drive, the system ends the process.
    """

    exact_up_to: int = 50_000
    held_in_memory: int = 16_384
    linked_from: int = 32_768
    segment_rows: int = 262_144
    search_threads: int = 2
    threads_from: int = 131_072
    is_copied: bool = False


DEFAULT_LIMITS = IndexLimits()


def next_group(segments: Sequence[Segment], limits: IndexLimits) -> list[Segment]:
    """The segments that are to become one with a graph now; empty for none.

    Small graphs are made anew together with what has come since, until they are half as large as
    may be: no vector is linked more than a few times, and there are never many graphs to ask.
    """
    segments = [one for one in segments if len(one)]
    if sum(map(len, segments)) <= limits.exact_up_to:
        return []
    flat = [one for one in segments if not one.is_linked]
    linked = sorted((one for one in segments if one.is_linked), key=len)
    worn = [one for one in linked if _is_worn(one)]
    if sum(map(len, flat)) < limits.linked_from and not worn:
        return []
    partial = [one for one in linked if one not in worn and 2 * len(one) <= limits.segment_rows]
    group: list[Segment] = []
    room = limits.segment_rows
    for one in (*worn, *flat, *partial):
        if len(one) <= room or not group:
            group.append(one)
            room -= len(one)
    return group


def _is_worn(segment: Segment) -> bool:
    return segment.dead_count > _WORN_SHARE * (segment.dead_count + len(segment))
