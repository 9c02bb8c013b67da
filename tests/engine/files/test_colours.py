import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from desktop_app.engine.files.colours import to_srgb
from desktop_app.engine.files.picture_reader import DecodeLimits, make_preview, make_thumbnail
from desktop_app.engine.files.pixel_modes import to_rgb
from tests.helpers.colour_profiles import cmyk_profile, grey_profile, rgb_profile

LIMITS = DecodeLimits()
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def pixel(image: Image.Image) -> tuple[int, ...]:
    return tuple(int(each) for each in np.asarray(image)[0, 0])


def test_colours_of_a_wide_screen_become_those_of_srgb() -> None:
    # Known: P3 (200, 100, 100) is about (213, 96, 97) in sRGB, and its pure red is beyond it.
    red, green, blue = pixel(to_srgb(Image.new("RGB", (2, 2), (200, 100, 100)), rgb_profile()))
    assert red == pytest.approx(213, abs=3)
    assert green == pytest.approx(96, abs=3)
    assert blue == pytest.approx(97, abs=3)
    assert pixel(to_srgb(Image.new("RGB", (2, 2), (255, 0, 0)), rgb_profile())) == (255, 0, 0)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_grey_stays_grey(level: int) -> None:
    grey = pixel(to_srgb(Image.new("RGB", (2, 2), (level, level, level)), rgb_profile()))
    assert grey == pytest.approx((level,) * 3, abs=3)


def test_srgb_is_left_exactly_as_it_is() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    assert np.array_equal(np.asarray(to_srgb(Image.fromarray(noise), SRGB)), noise)


def test_a_press_says_what_its_inks_look_like() -> None:
    cyan = Image.new("CMYK", (2, 2), (255, 0, 0, 0))
    red, green, blue = pixel(to_srgb(cyan.copy(), cmyk_profile()))
    assert green > 120
    assert max(red, blue) < 60
    assert pixel(to_srgb(cyan, None)) == (0, 255, 255)
    assert pixel(to_srgb(Image.new("CMYK", (2, 2)), cmyk_profile())) == (255, 255, 255)


def test_grey_pictures_have_curves_of_their_own() -> None:
    assert pixel(to_srgb(Image.new("L", (2, 2), 128), grey_profile(2.2)))[0] == pytest.approx(
        128, abs=3
    )
    assert pixel(to_srgb(Image.new("L", (2, 2), 128), grey_profile(1.0)))[0] > 180
    clear = Image.new("LA", (2, 2), (128, 255))
    clear.info["icc_profile"] = grey_profile(1.0)
    assert pixel(to_rgb(clear))[0] > 180


@pytest.mark.parametrize(
    "profile",
    [b"", b"nonsense", SRGB[:200], b"\0" * 128, cmyk_profile(), grey_profile(2.2), SRGB * 10_000],
    ids=["empty", "nonsense", "cut", "zeros", "of inks", "of greys", "endless"],
)
def test_a_profile_that_is_of_no_use_is_ignored(profile: bytes) -> None:
    assert pixel(to_srgb(Image.new("RGB", (2, 2), (10, 200, 30)), profile)) == (10, 200, 30)


@given(st.integers(0, len(SRGB) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_profile_never_costs_the_picture(at: int, damage: bytes) -> None:
    profile = bytearray(rgb_profile().ljust(len(SRGB), b"\0"))
    profile[at : at + len(damage)] = damage
    assert to_srgb(Image.new("RGB", (2, 2), (10, 200, 30)), bytes(profile)).mode == "RGB"


def test_the_file_is_shown_through_its_profile_everywhere(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.png", "a.tif", "a.webp"):
        path = str(tmp_path / name)
        picture = Image.new("RGB", (64, 48), (200, 100, 100))
        picture.save(path, icc_profile=rgb_profile(), quality=98)
        for encoded in (make_thumbnail(path, LIMITS), make_preview(path, 40, LIMITS)):
            with Image.open(io.BytesIO(encoded)) as shown:
                assert pixel(shown)[0] == pytest.approx(213, abs=6), name
                assert "icc_profile" not in shown.info


def test_strips_of_a_large_picture_are_converted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.engine.files.pixel_modes._STRIP_PIXELS", 64)
    picture = Image.new("CMYK", (16, 64), (255, 0, 0, 0))
    picture.info["icc_profile"] = cmyk_profile()
    pixels = np.asarray(to_rgb(picture, 2))
    assert pixels.shape == (32, 8, 3)
    assert (pixels[..., 1] > 120).all()
    assert (pixels[..., 0] < 60).all()
