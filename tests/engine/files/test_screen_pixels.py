from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError
from desktop_app.engine.files.screen_pixels import (
    Bounds,
    read_for_screen,
    screen_levels,
    screen_pixels,
)
from tests.helpers.pictures import quadrants

LIMITS = DecodeLimits()
ENOUGH = 10**9


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_picture_fits_exactly_into_its_box(tmp_path: Path, suffix: str) -> None:
    path = str(tmp_path / f"a{suffix}")
    quadrants(1500, 1000).save(path)
    for box, size in (
        ((600, 600), (600, 400)),
        ((5000, 200), (300, 200)),
        ((5000, 5000), (1500, 1000)),
    ):
        read = read_for_screen(path, Bounds(*box, ENOUGH), LIMITS)
        assert read.image.size == size
        assert (read.width_px, read.height_px) == (1500, 1000)


def test_one_that_stands_upright_fits_upright(tmp_path: Path) -> None:
    path = str(tmp_path / "a.jpg")
    exif = Image.Exif()
    exif[0x0112] = 6
    quadrants(1600, 800).save(path, exif=exif)
    read = read_for_screen(path, Bounds(400, 400, ENOUGH), LIMITS)
    assert read.image.size == (200, 400)
    assert (read.width_px, read.height_px) == (800, 1600)


def test_pixels_are_bounded_however_large_the_box(tmp_path: Path) -> None:
    path = str(tmp_path / "a.png")
    quadrants(2000, 1000).save(path)
    read = read_for_screen(path, Bounds(ENOUGH, ENOUGH, 500_000), LIMITS)
    assert read.image.size == (1000, 500)


@given(
    st.tuples(st.integers(1, 60_000), st.integers(1, 60_000)),
    st.tuples(st.integers(1, 9000), st.integers(1, 9000), st.integers(1, 50_000_000)),
)
def test_what_is_decoded_is_never_smaller_than_what_is_shown(
    size: tuple[int, int], limits: tuple[int, int, int]
) -> None:
    bounds = Bounds(*limits)
    for turned in (size, size[::-1]):
        scale = bounds.scale(turned)
        assert 0 < scale <= 1
        assert bounds.reduction(size) <= 1 / scale + 1e-6


def test_the_pixels_are_in_the_order_of_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.engine.files.screen_pixels._STRIP_PIXELS", 100)
    picture = quadrants(31, 17)
    pixels = screen_pixels(picture)
    assert pixels.shape == (17, 31, 4)
    assert np.array_equal(pixels[..., 2::-1], np.asarray(picture))
    assert (pixels[..., 3] == 255).all()


def test_levels_halve_until_they_are_small() -> None:
    sizes = [level.shape[:2] for level in screen_levels(Image.new("RGB", (4100, 900)))]
    assert sizes == [(900, 4100), (450, 2050), (225, 1025), (113, 513)]
    assert len(screen_levels(Image.new("RGB", (1024, 4)))) == 1


def test_what_is_no_picture_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"not a picture")
    with pytest.raises(UndecodableError, match="not a picture"):
        read_for_screen(str(path), Bounds(10, 10, 100), LIMITS)
