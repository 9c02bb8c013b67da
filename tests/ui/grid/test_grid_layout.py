import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from desktop_app.ui.grid.grid_layout import (
    DIVIDER_PX,
    GAP_PX,
    HEADING_PX,
    MARGIN_PX,
    RING_ROOM_PX,
    GridLayout,
)
from desktop_app.ui.grid.grid_sections import NO_SECTIONS, Section, Sections

counts = st.integers(0, 2_000_000)
widths = st.integers(0, 8000)
sides = st.integers(16, 600)
captions = st.sampled_from([0, 20, 36])


def sections_of(most: int) -> st.SearchStrategy[Sections]:
    """Sections of up to so many rows; some begin with the same row, some beyond the last."""
    one = st.builds(Section, st.integers(0, most + 20), st.just("a day"), st.booleans())
    many = st.lists(one, max_size=20)
    ordered = many.map(lambda some: Sections(sorted(some, key=lambda each: each.first_row)))
    return st.just(NO_SECTIONS) | ordered


layouts = st.builds(GridLayout, counts, widths, sides, sections_of(2_000_000), captions)
small_layouts = st.builds(
    GridLayout, st.integers(0, 300), st.integers(40, 1500), sides, sections_of(300), captions
)


@st.composite
def layouts_with_cell(draw: st.DrawFn) -> tuple[GridLayout, int]:
    layout = draw(layouts.filter(lambda each: each.count > 0))
    return layout, draw(st.integers(0, layout.count - 1))


@given(layouts_with_cell())
def test_every_pixel_of_a_cell_belongs_to_it(case: tuple[GridLayout, int]) -> None:
    layout, index = case
    rect = layout.rect(index)
    for point in (rect.center(), rect.topLeft(), rect.bottomRight()):
        assert layout.index_at(point) == index


@given(layouts_with_cell())
def test_the_pixels_around_a_cell_do_not(case: tuple[GridLayout, int]) -> None:
    layout, index = case
    around = layout.rect(index).adjusted(-1, -1, 1, 1)
    for point in (around.topLeft(), around.bottomRight(), around.topRight(), around.bottomLeft()):
        assert layout.index_at(point) is None


@given(layouts)
def test_lines_stand_between_equal_margins(layout: GridLayout) -> None:
    assume(layout.width_px >= 2 * MARGIN_PX + 1)
    right = layout.left_px + layout.columns * layout.pitch_px - GAP_PX
    assert layout.left_px >= MARGIN_PX
    assert abs(layout.left_px - (layout.width_px - right)) <= 1
    assert layout.left_px - MARGIN_PX <= layout.columns / 2  # what does not share out evenly


@given(layouts)
def test_cells_come_as_near_as_can_be_to_what_is_wanted(layout: GridLayout) -> None:
    inner, wanted = layout.width_px - 2 * MARGIN_PX, layout.wanted_side_px
    assume(inner >= wanted)
    assert layout.side_px <= inner

    def ratio(columns: int) -> float:
        side = (inner - (columns - 1) * GAP_PX) / columns
        return max(side / wanted, wanted / side) if side > 0 else math.inf

    nearest = ratio(layout.columns)
    assert nearest <= min(ratio(layout.columns + 1), ratio(max(1, layout.columns - 1))) + 1e-9


@pytest.mark.parametrize("columns", range(4, 12))
def test_cells_change_little_when_something_opens_beside_them(columns: int) -> None:
    sides = [GridLayout(1000, width, 160).side_px for width in range(columns * 168, 2400, 7)]
    assert max(sides) / 160 <= 9 / 8
    assert min(sides) / 160 >= 7 / 8


@given(layouts)
def test_the_last_cell_ends_a_margin_above_the_end(layout: GridLayout) -> None:
    if layout.count:
        assert layout.rect(layout.count - 1).bottom() + 1 + MARGIN_PX == layout.height_px
    else:
        assert layout.height_px == 0


@given(layouts, st.integers(-500, 10_000_000), st.integers(1, 5000))
def test_visible_is_exactly_the_lines_that_touch_the_band(
    layout: GridLayout, top: int, height: int
) -> None:
    visible = layout.visible(top, top + height)
    band = QRect(-1_000_000, top, 10_000_000, height)
    for index in (*visible[:1], *visible[-1:]):
        assert layout.rect(index).intersects(band)
    for index in (visible.start - 1, visible.stop):
        if visible and 0 <= index < layout.count:
            assert not layout.rect(index).intersects(band)
    assert not visible or layout.place(visible.start)[1] == 0


@given(
    small_layouts,
    st.tuples(st.integers(-100, 1600), st.integers(-100, 5000)),
    st.tuples(st.integers(-100, 1600), st.integers(-100, 5000)),
)
def test_touching_is_what_intersects(
    layout: GridLayout, one: tuple[int, int], other: tuple[int, int]
) -> None:
    area = QRect(QPoint(*one), QPoint(*other))
    found = [index for run in layout.runs(*layout.touched(area)) for index in run]
    expected = [
        index for index in range(layout.count) if layout.rect(index).intersects(area.normalized())
    ]
    assert found == expected


@st.composite
def small_layouts_with_offset(draw: st.DrawFn) -> tuple[GridLayout, int]:
    layout = draw(small_layouts)
    return layout, draw(st.integers(0, max(0, layout.height_px)))


def by_hand(layout: GridLayout) -> tuple[list[QRect], list[tuple[int, QRect]]]:
    """Cells, and numbers of the sections and their headings, laid out one after the other."""
    cells: list[QRect] = []
    leads: list[tuple[int, QRect]] = []
    begun = list(layout.sections)
    y = MARGIN_PX if not begun or begun[0].first_row else 0
    column = 0
    for row in range(layout.count):
        for number, section in enumerate(begun):
            if section.first_row == row:
                y += layout.line_px if column else 0
                column = 0
                height = DIVIDER_PX if section.is_divider else HEADING_PX
                leads.append((number, QRect(0, y, layout.width_px, height)))
                y += height
        x = layout.left_px + column * layout.pitch_px
        cells.append(QRect(x, y, layout.side_px, layout.cell_px))
        column = (column + 1) % layout.columns
        y += 0 if column else layout.line_px
    return cells, leads


@given(small_layouts_with_offset(), st.integers(1, 900))
def test_all_is_where_it_is_when_laid_out_by_hand(
    case: tuple[GridLayout, int], height: int
) -> None:
    layout, top = case
    cells, leads = by_hand(layout)
    assert [layout.rect(row) for row in range(layout.count)] == cells
    band = QRect(0, top, layout.width_px, height)
    seen = [row for row, cell in enumerate(cells) if cell.top() < top + height]
    assert list(layout.visible(top, top + height)) == [
        row for row in seen if cells[row].bottom() >= top
    ]
    assert layout.leads(top, top + height) == [lead for lead in leads if lead[1].intersects(band)]


@given(small_layouts)
def test_lines_hold_every_cell_once(layout: GridLayout) -> None:
    lines = [layout.line_cells(line) for line in range(layout.lines)]
    assert [row for line in lines for row in line] == list(range(layout.count))
    for number, line in enumerate(lines):
        assert 1 <= len(line) <= layout.columns
        assert {layout.place(row) for row in line} == {
            (number, column) for column in range(len(line))
        }
        assert layout.rect(line[0]).top() == layout.line_top_px(number)


@given(small_layouts_with_offset())
def test_the_heading_of_the_section_one_is_in_stays(case: tuple[GridLayout, int]) -> None:
    layout, offset = case
    _cells, leads = by_hand(layout)
    above = [lead for lead in leads if lead[1].top() <= offset]
    below = [lead[1].top() for lead in leads if lead[1].top() > offset]
    stuck = layout.stuck(offset)
    if not above or above[-1][1].top() == offset or layout.sections[above[-1][0]].is_divider:
        assert stuck is None
        assert layout.covered_px(offset) == 0
        return
    assert stuck is not None
    number, place = stuck
    assert number == above[-1][0]
    assert place.top() == min([offset, *(top - HEADING_PX for top in below)])
    assert layout.covered_px(offset) == place.top() + HEADING_PX - offset


@given(layouts_with_cell())
def test_a_cell_that_was_scrolled_to_is_covered_by_nothing(case: tuple[GridLayout, int]) -> None:
    layout, index = case
    offset = layout.reveal_px(index)
    assert offset >= 0
    room = layout.rect(index).top() - offset - layout.covered_px(offset)
    assert room >= 0
    is_below_its_heading = any(
        place.top() == offset for _, place in layout.leads(offset, offset + 1)
    )
    assert room >= RING_ROOM_PX or is_below_its_heading


@pytest.mark.parametrize("count", [1, 7, 1000])
def test_sections_beyond_the_end_are_left_out(count: int) -> None:
    plain = GridLayout(count, 900, 100)
    sections = Sections([Section(count, "less certain", is_divider=True), Section(5000, "a day")])
    other = GridLayout(count, 900, 100, sections)
    assert other.height_px == plain.height_px
    assert other.leads(0, other.height_px) == []
    assert other.rect(count - 1) == plain.rect(count - 1)


@given(small_layouts_with_offset(), st.integers(1, 900))
def test_the_first_whole_cell_is_below_the_heading_at_the_edge(
    case: tuple[GridLayout, int], height: int
) -> None:
    layout, top = case
    found = layout.first_whole(top, top + height)
    if not layout.count:
        assert found is None
        return
    assert found is not None
    visible = layout.visible(top, top + height)
    begins = top + layout.covered_px(top)
    whole = [row for row in visible if layout.rect(row).top() >= begins]
    expected = whole[0] if whole else min(visible.start, layout.count - 1)
    assert found == expected
    assert layout.place(found)[1] == 0 or not visible
