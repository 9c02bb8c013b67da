"""The groups that the pictures of the grid stand in, and what is written before each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Section:
    """Pictures that belong together: all from the first row to where the next section begins.

    Attributes:
        first_row: The model's row it begins with.
        title: Its heading, such as ``12 February 2023``, or the words of the divider.
        is_divider: Whether a thin line with the words in its middle stands before it, which
            parts what is above from what is below, instead of a heading.
    """

    first_row: int
    title: str
    is_divider: bool = False


class Sections:
    """The sections of one list of pictures. Which of them a row is in takes a binary search.

    Several may begin with the same row, such as a divider and then a heading: they stand below
    each other.

    Args:
        sections: In the order of their first rows.

    Attributes:
        first_rows: Where each begins, shape ``(len(self),)``. Not to be written to.
        are_dividers: Which are dividers, same shape. Not to be written to.

    Raises:
        ValueError: They are out of order, or begin before the first row.
    """

    def __init__(self, sections: Iterable[Section] = ()) -> None:
        self._all = tuple(sections)
        self.first_rows: NDArray[np.int64] = np.array(
            [each.first_row for each in self._all], dtype=np.int64
        )
        self._titles = tuple(each.title for each in self._all)
        self.are_dividers: NDArray[np.bool_] = np.array(
            [each.is_divider for each in self._all], dtype=np.bool_
        )
        steps = np.diff(self.first_rows, prepend=0)
        if np.any(steps < 0):
            wrong = self._all[int(np.flatnonzero(steps < 0)[0])]
            raise ValueError(
                f"The section {wrong.title!r} begins with row {wrong.first_row}, before the one "
                "that it stands after."
            )

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, number: int) -> Section:
        return self._all[number]

    def __iter__(self) -> Iterator[Section]:
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        # A hundred thousand sections one by one would keep the window waiting.
        return self is other or (
            isinstance(other, Sections)
            and np.array_equal(self.first_rows, other.first_rows)
            and np.array_equal(self.are_dividers, other.are_dividers)
            and self._titles == other._titles
        )

    __hash__ = None  # type: ignore[assignment]  # compared by value, kept in no set

    def titles(self, row: int) -> tuple[str, ...]:
        """What is written above a row: the divider it is below, then its heading, where any.

        A divider ends the section above it, so no heading from there counts.
        """
        last = self._last_before(row)
        if last < 0:
            return ()
        dividers = np.flatnonzero(self.are_dividers[: last + 1])
        divider = int(dividers[-1]) if len(dividers) else -1
        numbers = (divider, last) if last > divider else (divider,)
        return tuple(self._all[number].title for number in numbers if number >= 0)

    def heading(self, row: int) -> str:
        """The heading that a row stands under; empty where it stands under none."""
        last = self._last_before(row)
        return "" if last < 0 or self.are_dividers[last] else self._all[last].title

    def count(self, number: int, rows: int) -> int:
        """How many pictures a section has; what is below a divider is all up to the next one.

        Args:
            number: The section.
            rows: How many pictures there are in all.
        """
        ends = self.first_rows[number + 1 :]
        if self.are_dividers[number]:
            ends = ends[self.are_dividers[number + 1 :]]
        end = min(rows, int(ends[0])) if len(ends) else rows
        return max(0, end - int(self.first_rows[number]))

    def _last_before(self, row: int) -> int:
        """The last section that begins with a row or before it; -1 for none."""
        return int(np.searchsorted(self.first_rows, row, side="right")) - 1


NO_SECTIONS = Sections()
