"""Where in a picture it is what words say."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.records import HeatMap
from desktop_app.engine.search.explaining import explain, windows
from desktop_app.engine.search.query_encoder import QueryEncoder
from tests.helpers.fake_encoder import COLOURS, FakeEncoder

QUERIES = QueryEncoder(FakeEncoder(), DecodeLimits())
SCALE = (0.3, 0.9)
"""Of `FakeEncoder`: the same colour has 1, red and blue have 0.01."""


def picture() -> Image.Image:
    """Blue, with a red square at the right."""
    image = Image.new("RGB", (300, 200), COLOURS["blue"])
    image.paste(COLOURS["red"], (200, 50, 300, 150))
    return image


def maps(words: str, cancel: CancelToken | None = None) -> list[HeatMap]:
    reports = explain(picture(), QUERIES.text(words), QUERIES.crops, SCALE, cancel or CancelToken())
    return list(reports)


def test_what_is_asked_for_is_bright() -> None:
    whole = maps("red")[-1].values
    rows, columns = whole.shape
    assert columns > rows
    place = np.unravel_index(whole.argmax(), whole.shape)
    assert place[1] > 0.7 * columns
    assert whole.max() > 0.6
    assert whole[:, : columns // 2].max() < 0.3 * whole.max()
    other = maps("blue")[-1].values
    assert other[:, : columns // 2].min() > other[rows // 2, int(0.85 * columns)]


def test_it_gets_finer_and_ends() -> None:
    reports = maps("red")
    done = [one.done for one in reports]
    assert done == sorted(set(done))
    assert done[-1] == reports[-1].total == sum(map(len, windows(300, 200)))
    assert len({one.values.shape for one in reports}) == 1
    for one in reports:
        assert one.values.dtype == np.float32
        assert np.all((one.values >= 0) & (one.values <= 1))


def test_what_is_nowhere_stays_dim() -> None:
    assert maps("yellow")[-1].values.max() < 0.5 * maps("red")[-1].values.max()


def test_it_can_be_stopped_between_batches() -> None:
    cancel = CancelToken()
    reports = explain(picture(), QUERIES.text("red"), QUERIES.crops, SCALE, cancel)
    next(reports)
    cancel.cancel()
    with pytest.raises(CancelledError):
        next(reports)


@given(st.integers(1, 5000), st.integers(1, 5000))
@example(1, 10_000)
@example(10_000, 9)
@example(1, 1)
def test_windows_cover_any_picture_and_are_not_too_many(width: int, height: int) -> None:
    for size in windows(width, height):
        lefts = sorted({one.left for one in size})
        tops = sorted({one.top for one in size})
        side = size[0].side
        for starts, length in ((lefts, width), (tops, height)):
            assert starts[0] <= 0
            assert starts[-1] + side >= length
            assert len(starts) == 1 or (starts[0], starts[-1] + side) == (0, length)
            assert all(b - a <= side for a, b in pairwise(starts))
    assert sum(map(len, windows(width, height))) < 150


def test_a_line_of_pixels_is_explained_in_a_few_windows() -> None:
    strip = Image.new("RGB", (1024, 1), COLOURS["blue"])
    strip.paste(COLOURS["red"], (900, 0, 1024, 1))
    reports = list(explain(strip, QUERIES.text("red"), QUERIES.crops, SCALE, CancelToken()))
    assert reports[-1].total < 40
    assert reports[-1].values.shape[0] == 1
    assert np.all(np.isfinite(reports[-1].values))
