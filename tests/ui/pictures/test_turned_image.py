import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from desktop_app.ui.pictures.turned_image import draw_turned
from desktop_app.ui.pictures.viewer_images import ScreenImage

WIDTH_PX, HEIGHT_PX = 60, 40


@pytest.fixture
def noise() -> NDArray[np.uint8]:
    pixels = np.random.default_rng(3).integers(0, 256, (HEIGHT_PX, WIDTH_PX, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    return pixels


def drawn(
    pixels: NDArray[np.uint8], place: QRectF, turns: int = 0, ratio: float = 1.0
) -> NDArray[np.uint8]:
    """What a canvas of 100 × 100 device pixels shows, shape ``(100, 100, 4)``."""
    canvas = QImage(100, 100, QImage.Format.Format_RGB32)
    canvas.fill(0)
    canvas.setDevicePixelRatio(ratio)
    painter = QPainter(canvas)
    seen = QRectF(0, 0, 100 / ratio, 100 / ratio)
    draw_turned(painter, ScreenImage(pixels), place, turns, seen)
    painter.end()
    return np.array(canvas.constBits(), dtype=np.uint8).reshape(100, 100, 4)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_a_pixel_for_a_pixel_is_an_exact_copy(noise: NDArray[np.uint8], ratio: float) -> None:
    # A third of a pixel off, as a place in the middle may be, and still sharp.
    place = QRectF(16.3 / ratio, 20.3 / ratio, WIDTH_PX / ratio, HEIGHT_PX / ratio)
    shown = drawn(noise, place, ratio=ratio)
    inside = shown[20 : 20 + HEIGHT_PX, 16 : 16 + WIDTH_PX, :3]
    assert np.array_equal(inside, noise[..., :3])
    assert not shown[:20, :, :3].any()


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turned_it_is_what_numpy_turns(noise: NDArray[np.uint8], turns: int) -> None:
    turned = np.rot90(noise, -turns)
    height, width, _ = turned.shape
    shown = drawn(noise, QRectF(10, 10, width, height), turns)
    inside = shown[10 : 10 + height, 10 : 10 + width, :3].astype(int)
    assert np.abs(inside - turned[..., :3]).mean() < 3


def test_a_part_is_drawn_where_all_of_it_would_be(noise: NDArray[np.uint8]) -> None:
    # 100 times as large: one pixel fills the canvas.
    place = QRectF(-100 * 30, -100 * 20, 100 * WIDTH_PX, 100 * HEIGHT_PX)
    shown = drawn(noise, place)
    assert np.abs(shown[50, 50, :3].astype(int) - noise[20, 30, :3]).max() <= 2


def test_what_is_not_seen_is_not_drawn(noise: NDArray[np.uint8]) -> None:
    assert not drawn(noise, QRectF(500, 500, 90, 90))[..., :3].any()
