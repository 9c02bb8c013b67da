from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from desktop_app.ui.grid_layout import GAP_PX, MARGIN_PX, GridLayout

counts = st.integers(0, 2_000_000)
widths = st.integers(0, 8000)
sides = st.integers(16, 600)
layouts = st.builds(GridLayout, counts, widths, sides)
small_layouts = st.builds(GridLayout, st.integers(0, 300), st.integers(40, 1500), sides)


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
def test_cells_fill_the_width_between_equal_margins(layout: GridLayout) -> None:
    assume(layout.width_px >= 2 * MARGIN_PX + 1)
    right = layout.left_px + layout.columns * layout.pitch_px - GAP_PX
    assert layout.left_px >= MARGIN_PX
    assert abs(layout.left_px - (layout.width_px - right)) <= 1
    assert layout.width_px - right - MARGIN_PX < layout.columns


@given(layouts)
def test_cells_are_as_large_as_wanted_where_the_width_allows(layout: GridLayout) -> None:
    if layout.width_px >= layout.wanted_side_px + 2 * MARGIN_PX:
        assert layout.side_px >= layout.wanted_side_px
        wider_by_one = (layout.columns + 1) * (layout.wanted_side_px + GAP_PX) - GAP_PX
        assert wider_by_one > layout.width_px - 2 * MARGIN_PX
    else:
        assert layout.columns == 1


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
    assert not visible or visible.start % layout.columns == 0


@given(
    small_layouts,
    st.tuples(st.integers(-100, 1600), st.integers(-100, 5000)),
    st.tuples(st.integers(-100, 1600), st.integers(-100, 5000)),
)
def test_touching_is_what_intersects(
    layout: GridLayout, one: tuple[int, int], other: tuple[int, int]
) -> None:
    area = QRect(QPoint(*one), QPoint(*other))
    found = [index for run in layout.touching(area) for index in run]
    expected = [
        index for index in range(layout.count) if layout.rect(index).intersects(area.normalized())
    ]
    assert found == expected
