from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.engine.query_language.parts import Is, Kind
from desktop_app.engine.records import (
    Arrangement,
    FoundBy,
    GroupBy,
    Hits,
    Query,
    SortBy,
)
from desktop_app.ui.grid.answers import Answer, answer
from desktop_app.ui.grid.grid_sections import Section
from desktop_app.ui.memory.order import Order
from tests.ui.fake_library import FakeLibrary

DOGS = Query.of_words("dogs")
BY_NAME = Order(SortBy.NAME)


@pytest.fixture
def library() -> FakeLibrary:
    library = FakeLibrary(5)
    library.strong = 2
    return library


def ids(found: Answer) -> list[int]:
    return [int(each) for each in found.hits.ids]


def test_the_whole_library_in_its_usual_order_is_not_sorted(library: FakeLibrary) -> None:
    found = answer(library, Query(), Order(), 0)
    assert (ids(found), found.shown.count, found.shown.strong) == ([5, 4, 3, 2, 1], 5, None)
    assert library.arranged == []


def test_the_library_turned_round_is_by_date(library: FakeLibrary) -> None:
    found = answer(library, Query(), Order(is_reversed=True), 0)
    assert library.arranged == [(None, SortBy.DATE)]
    assert ids(found) == [1, 2, 3, 4, 5]


def test_strong_hits_stand_above_the_divider(library: FakeLibrary) -> None:
    found = answer(library, DOGS, Order(), 0)
    assert list(found.sections) == [Section(2, "less certain", is_divider=True)]
    assert (found.shown.strong, found.shown.count) == (2, 5)


@pytest.mark.parametrize(("strong", "dividers"), [(0, [0]), (4, [4]), (5, [])])
def test_the_divider_stands_before_what_is_not_strong(
    library: FakeLibrary, strong: int, dividers: list[int]
) -> None:
    library.strong = strong
    sections = answer(library, DOGS, Order(), 0).sections
    assert [each.first_row for each in sections] == dividers


def test_the_divider_moves(library: FakeLibrary) -> None:
    """Hits of a fake library have a relevance from 0.9 down to 0.1."""
    assert answer(library, DOGS, Order(), -0.35).shown.strong == 2
    assert answer(library, DOGS, Order(), -0.65).shown.strong == 3
    assert answer(library, DOGS, Order(), 0.5).shown.strong == 0


def test_another_order_keeps_strong_hits_above_the_others(library: FakeLibrary) -> None:
    found = answer(library, DOGS, Order(SortBy.NAME, is_reversed=True), 0)
    assert library.arranged == [([1, 2], SortBy.NAME), ([3, 4, 5], SortBy.NAME)]
    assert ids(found) == [2, 1, 5, 4, 3]
    np.testing.assert_allclose(found.hits.scores, [0.7, 0.9, 0.1, 0.3, 0.5], atol=1e-6)
    assert list(found.sections) == [Section(2, "less certain", is_divider=True)]


def test_groups_stand_on_both_sides_of_the_divider(library: FakeLibrary) -> None:
    found = answer(library, DOGS, Order(SortBy.NAME, group_by=GroupBy.FOLDER), 0)
    assert [(each.first_row, each.is_divider) for each in found.sections] == [
        (0, False),
        (2, True),
        (2, False),
        (4, False),
    ]
    assert found.sections[0].title == "0 — /pictures/0"


def test_filters_alone_have_no_divider(library: FakeLibrary) -> None:
    found = answer(library, Query(parts=(Is(Kind.SQUARE),)), BY_NAME, 0)
    assert (found.shown.strong, list(found.sections)) == (None, [])
    assert library.arranged == [([1, 2, 3, 4, 5], SortBy.NAME)]


def test_what_is_relevant_never_comes_last(library: FakeLibrary) -> None:
    """*Other way round* is left over from looking at the library, and cannot be undone here."""
    found = answer(library, DOGS, Order(is_reversed=True), 0)
    assert (ids(found), library.arranged) == ([1, 2, 3, 4, 5], [])
    assert found.shown.order == Order(is_reversed=True)


def test_filters_alone_can_be_turned_round(library: FakeLibrary) -> None:
    answer(library, Query(parts=(Is(Kind.SQUARE),)), Order(is_reversed=True), 0)
    assert library.arranged == [([1, 2, 3, 4, 5], SortBy.DATE)]


class Named(FakeLibrary):
    """Its first two hits are found by their names; ids may be far apart."""

    def __init__(self, ids: list[int]) -> None:
        super().__init__()
        self.ids = np.array(ids, dtype=np.int64)
        self.strong = 2
        self.gone_since: list[int] = []

    def search(self, query: Query, limit: int | None = None) -> Hits:
        return replace(super().search(query), found_by=(FoundBy.NAME, FoundBy.BOTH))

    def arrange(
        self,
        ids: NDArray[np.int64] | None,
        sort_by: SortBy,
        *,
        descending: bool = False,
        group_by: GroupBy = GroupBy.NONE,
    ) -> Arrangement:
        if ids is not None:
            ids = ids[~np.isin(ids, self.gone_since)]
        return super().arrange(ids, sort_by, descending=descending, group_by=group_by)


@pytest.mark.parametrize("numbers", [[1, 2, 3, 4], [7, 900_000, 5_000_000, 5_000_001]])
def test_why_they_are_hits_stays_known_in_every_order(numbers: list[int]) -> None:
    found = answer(Named(numbers), DOGS, Order(SortBy.NAME, is_reversed=True), 0)
    assert ids(found) == [numbers[1], numbers[0], numbers[3], numbers[2]]
    assert found.reasons is not None
    assert [found.reasons.of_row(row) for row in range(4)] == [
        "found by what it shows and by name",
        "found by name",
        "",
        "",
    ]


def test_pictures_that_go_between_search_and_order_leave_no_hole() -> None:
    library = Named([1, 2, 3, 4, 5])
    library.gone_since = [1, 4]
    found = answer(library, DOGS, Order(SortBy.NAME, group_by=GroupBy.FOLDER), 0)
    assert (ids(found), found.shown.strong, found.shown.count) == ([2, 3, 5], 1, 3)
    assert [(each.first_row, each.is_divider) for each in found.sections] == [
        (0, False),
        (1, True),
        (1, False),
    ]
    library.gone_since = [1, 2]
    [line] = answer(library, DOGS, BY_NAME, 0).sections
    assert (line.first_row, line.is_divider) == (0, True)


def test_what_was_found_is_shown_otherwise_without_a_search(library: FakeLibrary) -> None:
    before = answer(library, DOGS, Order(), 0)
    found = answer(library, DOGS, BY_NAME, -0.65, before.found)
    assert (found.shown.strong, len(library.searches)) == (3, 1)
