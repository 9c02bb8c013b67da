import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop_app.engine.files.average_colour import average_colour, colour_of_thumbnail


@given(st.integers(0, 0xFFFFFF), st.integers(1, 9), st.integers(1, 9))
def test_one_colour_is_its_own_average(colour: int, width: int, height: int) -> None:
    image = Image.new("RGB", (width, height), f"#{colour:06x}")
    assert average_colour(image) == colour


def test_it_is_the_mean_of_all_pixels() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (30, 50, 3), dtype=np.uint8)
    mean = average_colour(Image.fromarray(pixels))
    channels = [mean >> 16, mean >> 8 & 255, mean & 255]
    np.testing.assert_allclose(channels, pixels.mean(axis=(0, 1)), atol=1)


def test_a_thumbnail_has_nearly_the_colour_of_its_picture() -> None:
    image = Image.new("RGB", (320, 640), (200, 40, 10))
    image.paste((0, 40, 210), (0, 0, 320, 320))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    found = colour_of_thumbnail(buffer.getvalue())
    assert found is not None
    assert abs((found >> 16) - 100) < 3
    assert abs((found & 255) - 110) < 3


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xd9", b"\xff\xd8\xff\xe0junk\xff\xd9"])
def test_what_is_no_thumbnail_has_none(data: bytes) -> None:
    assert colour_of_thumbnail(data) is None
