import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.files import pixel_modes
from desktop_app.engine.files.pixel_modes import to_rgb
from tests.helpers import pictures

COLOURS = (
    "P",
    "RGB",
    "RGBA, opaque",
    "CMYK",
    "CMYK, TIFF",
    "YCbCr, TIFF",
)
GREYS = ("L", "LA", "L, JPEG")
RAMPS = tuple(name for name in pictures.MODES if name.startswith(("I", "F")))


def load(name: str) -> Image.Image:
    image = Image.open(io.BytesIO(pictures.MODES[name]()))
    image.load()
    return image


def converted(image: Image.Image, factor: int = 1) -> NDArray[np.int16]:
    rgb = to_rgb(image, factor)
    assert rgb.mode == "RGB"
    return np.asarray(rgb).astype(np.int16)


def corners(pixels: NDArray[np.int16]) -> list[tuple[int, ...]]:
    """The colours in the middle of each quarter."""
    height, width, _ = pixels.shape
    return [
        tuple(int(level) for level in pixels[row, column])
        for row in (height // 4, 3 * height // 4)
        for column in (width // 4, 3 * width // 4)
    ]


def near(colour: tuple[int, ...], expected: tuple[int, ...], tolerance: int) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(colour, expected, strict=True))


ORDER = (pictures.RED, pictures.GREEN, pictures.BLUE, pictures.YELLOW)


@pytest.mark.parametrize("name", COLOURS)
def test_colours_survive(name: str) -> None:
    for colour, expected in zip(corners(converted(load(name))), ORDER, strict=True):
        assert near(colour, expected, 12), name


@pytest.mark.parametrize("name", GREYS)
def test_greys_stay_grey(name: str) -> None:
    expected = pictures.quadrants().convert("L").convert("RGB")
    difference = np.abs(converted(load(name)) - np.asarray(expected).astype(np.int16))
    assert difference.max() <= 2


def test_two_levels_become_black_and_white() -> None:
    assert set(np.unique(converted(load("1")))) == {0, 255}


@pytest.mark.parametrize("name", RAMPS)
def test_more_than_8_bits_are_scaled_not_cut_off(name: str) -> None:
    expected = np.linspace(0, 255, 64)
    ramp = converted(load(name))
    assert np.abs(ramp[10, :, 0] - expected).max() <= 1.5


def test_lab_is_converted_by_its_meaning() -> None:
    (colour, *_) = corners(converted(load("LAB")))
    # L* 50, a* 20, b* 30 is a light brown.
    assert near(colour, (159, 106, 71), 12)


def test_transparent_parts_show_white() -> None:
    image = pictures.quadrants().convert("RGBA")
    image.putalpha(0)
    assert (converted(image) == 255).all()


def test_half_transparent_parts_are_half_white() -> None:
    for colour, full in zip(corners(converted(load("RGBA, half transparent"))), ORDER, strict=True):
        assert near(colour, tuple((level + 255) // 2 for level in full), 2)


def test_a_transparent_palette_colour_shows_white() -> None:
    first, *others = corners(converted(load("P, one colour transparent")))
    assert first == (255, 255, 255)
    assert all(near(a, b, 12) for a, b in zip(others, ORDER[1:], strict=True))


@pytest.mark.parametrize("name", pictures.MODES)
@pytest.mark.parametrize("factor", [1, 2, 3])
def test_strips_give_what_the_whole_gives(
    name: str, factor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = converted(load(name), factor)
    assert whole.shape == (-(-48 // factor), -(-64 // factor), 3)
    monkeypatch.setattr(pixel_modes, "_STRIP_PIXELS", 64 * 5)
    assert (converted(load(name), factor) == whole).all()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([[0.0, 0.5, 1.0]], np.float32), [0, 128, 255]),
        (np.array([[0.0, 100.0, 255.0]], np.float32), [0, 100, 255]),
        (np.array([[-1.0, 0.0, 1.0]], np.float32), [0, 128, 255]),
        (np.array([[np.nan, 0.5, 1.0]], np.float32), [0, 128, 255]),
        (np.array([[np.inf, 0.0, 1.0]], np.float32), [255, 0, 255]),
        (np.array([[7.0, 7.0, 7.0]], np.float32) * 1e6, [0, 0, 0]),
        (np.array([[0, 100, 255]], np.int32), [0, 100, 255]),
        (np.array([[0, 1_000_000, 2_000_000]], np.int32), [0, 128, 255]),
    ],
)
def test_numbers_without_a_known_range(values: NDArray[np.float32], expected: list[int]) -> None:
    assert converted(Image.fromarray(values))[0, :, 0].tolist() == expected
