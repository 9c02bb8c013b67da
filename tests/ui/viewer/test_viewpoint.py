import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSize

from desktop_app.ui.viewer.viewpoint import LARGEST_FIT, LARGEST_ZOOM, Viewpoint

SPACE = QRectF(10, 20, 800, 600)


def view(width: int = 4000, height: int = 2000, ratio: float = 1.0) -> Viewpoint:
    result = Viewpoint()
    result.set_space(SPACE, ratio)
    result.set_picture(QSize(width, height))
    return result


def share(viewpoint: Viewpoint, at: QPointF) -> tuple[float, float]:
    place = viewpoint.place
    return (at.x() - place.x()) / place.width(), (at.y() - place.y()) / place.height()


def test_a_picture_fits_into_the_middle() -> None:
    assert view().place == QRectF(10, 120, 800, 400)
    assert view().zoom == pytest.approx(0.2)
    assert view(100, 50).place == QRectF(310, 270, 200, 100)
    assert view(100, 50).zoom == LARGEST_FIT


def test_one_device_pixel_shows_one_pixel_on_a_dense_screen() -> None:
    dense = view(ratio=2.0)
    assert dense.zoom == pytest.approx(0.4)
    dense.zoom_to(1.0)
    assert dense.place.width() == 2000


def test_turning_fits_anew_and_four_turns_are_none() -> None:
    turned = view()
    turned.turn(1)
    assert turned.place == QRectF(260, 20, 300, 600)
    turned.turn(-2)
    assert turned.turns == 3
    turned.turn(1)
    assert turned.place == view().place


def test_a_part_is_found_whatever_the_turn() -> None:
    # Turned clockwise, the upper left corner is at the upper right.
    turned = view()
    turned.turn(1)
    place = turned.place
    corner = QRectF(place.center().x(), place.y(), place.width() / 2, place.height() / 4)
    part = turned.part(corner)
    sides = part.x(), part.y(), part.width(), part.height()
    assert sides == pytest.approx((0, 0, 0.25, 0.5))
    assert turned.part(QRectF(-500, -500, 9999, 9999)) == QRectF(0, 0, 1, 1)


def test_zooming_out_ends_where_it_fits() -> None:
    zoomed = view()
    zoomed.zoom_to(3.0)
    assert zoomed.zoom == 3.0
    for _ in range(40):
        zoomed.zoom_by(1 / 1.2)
    assert zoomed.is_fitted
    small = view(100, 50)
    small.zoom_to(0.1)
    assert small.zoom == 1.0
    for _ in range(40):
        small.zoom_by(1.3)
    assert small.zoom == LARGEST_ZOOM


def test_a_double_click_goes_to_every_pixel_and_back() -> None:
    toggled = view()
    toggled.toggle(QPointF(10, 120))
    assert toggled.zoom == 1.0
    assert toggled.seen.topLeft() == QPointF(0, 0)
    toggled.toggle()
    assert toggled.is_fitted
    exact = view(800, 600)
    exact.toggle()
    assert exact.is_fitted


def test_moving_stops_at_the_edges_and_turns_back_at_once() -> None:
    moved = view()
    moved.zoom_to(1.0)
    moved.move(QPointF(99_999, 0))
    assert moved.place.left() == SPACE.left()
    moved.move(QPointF(-5, 0))
    assert moved.place.left() == pytest.approx(SPACE.left() - 5)
    moved.look_at(QPointF(1, 1))
    assert moved.place.bottomRight() == SPACE.bottomRight()
    fitted = view()
    fitted.move(QPointF(30, 30))
    assert fitted.place == view().place


def test_another_space_shows_the_same_place() -> None:
    zoomed = view()
    zoomed.zoom_to(2.0, QPointF(200, 300))
    before = share(zoomed, SPACE.center())
    zoomed.set_space(QRectF(0, 0, 1000, 900), 1.0)
    assert share(zoomed, QPointF(500, 450)) == pytest.approx(before)
    zoomed.set_space(QRectF(0, 0, 90_000, 90_000), 1.0)
    assert zoomed.zoom == 2.0
    assert not zoomed.can_move


sizes = st.tuples(st.integers(1, 60_000), st.integers(1, 60_000))
points = st.tuples(st.floats(10, 810), st.floats(20, 620))


@given(sizes, st.lists(st.tuples(st.floats(0.2, 8), points), max_size=8), st.integers(0, 3))
def test_no_gap_is_ever_left_and_the_point_stays(
    size: tuple[int, int], steps: list[tuple[float, tuple[float, float]]], turns: int
) -> None:
    viewpoint = view(*size)
    viewpoint.turn(turns)
    for factor, (x, y) in steps:
        at = QPointF(x, y)
        before = share(viewpoint, at)
        viewpoint.zoom_by(factor, at)
        place, space = viewpoint.place, viewpoint.space
        for start, end, first, last in (
            (place.left(), place.right(), space.left(), space.right()),
            (place.top(), place.bottom(), space.top(), space.bottom()),
        ):
            slack = 1e-6 * max(1.0, end - start)
            if end - start > last - first:
                assert start <= first + slack
                assert end >= last - slack
            else:
                assert math.isclose(start - first, last - end, abs_tol=slack + 1e-6)
        inside = all(0 <= each <= 1 for each in before)
        free = place.contains(space.adjusted(-1, -1, 1, 1))
        if inside and free and not viewpoint.is_fitted:
            after = share(viewpoint, at)
            assert after == pytest.approx(before, abs=1e-6)
        assert 0 < viewpoint.zoom <= max(LARGEST_ZOOM, viewpoint.fit) + 1e-9
