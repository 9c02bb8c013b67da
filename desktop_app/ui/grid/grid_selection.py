"""Which rows are selected, as ranges: a million of them are as quick as one."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray


class SelectedRows(Sequence[int]):
    """Rows in rising order. No list of them is made: `len` and slices cost by the range.

    Args:
        parts: Ranges without a step that do not overlap, in any order.
    """

    def __init__(self, parts: Iterable[range] = ()) -> None:
        self._parts = sorted((part for part in parts if part), key=lambda part: part.start)
        self._ends: list[int] = []  # how many rows there are up to the end of each part
        count = 0
        for part in self._parts:
            count += len(part)
            self._ends.append(count)

    @property
    def parts(self) -> Sequence[range]:
        """The ranges, in rising order."""
        return self._parts

    def of(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """What an array says of each row.

        Args:
            values: One value a row, shape ``(rows,)``; rows beyond its end are left out.

        Returns:
            A copy, shape ``(n,)``, in the order of the rows.
        """
        parts = [values[part.start : part.stop] for part in self._parts]
        return np.concatenate(parts) if parts else values[:0].copy()

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[int]:
        for part in self._parts:
            yield from part

    def __contains__(self, row: object) -> bool:
        if not isinstance(row, int):
            return False
        number = bisect_right(self._parts, row, key=lambda part: part.start) - 1
        return number >= 0 and row in self._parts[number]

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> "Sequence[int]": ...
    def __getitem__(self, place: int | slice) -> "int | Sequence[int]":
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            if step != 1:
                return [self[each] for each in range(start, stop, step)]
            return SelectedRows(self._between(start, stop))
        if place < 0:
            place += len(self)
        if not 0 <= place < len(self):
            raise IndexError("There are not so many rows.")
        number = bisect_right(self._ends, place)
        return self._parts[number][place - self._ends[number]]  # from the end of the part

    def _between(self, start: int, stop: int) -> Iterator[range]:
        for part, end in zip(self._parts, self._ends, strict=True):
            begins = end - len(part)
            if begins >= stop:
                return
            yield part[max(start - begins, 0) : max(stop - begins, 0)]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, SelectedRows):
            return self._joined() == other._joined()
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(mine == its for mine, its in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # compared by value, kept in no set

    def __repr__(self) -> str:
        return f"SelectedRows({self._parts})"

    def _joined(self) -> list[range]:
        """The ranges, those that touch put together."""
        joined: list[range] = []
        for part in self._parts:
            if joined and joined[-1].stop == part.start:
                joined[-1] = range(joined[-1].start, part.stop)
            else:
                joined.append(part)
        return joined
