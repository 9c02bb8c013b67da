"""Words and pictures of a query are encoded once."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.errors import QueryError
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.search.query_encoder import QueryEncoder
from desktop_app.engine.search.vector_cache import VectorCache
from tests.helpers.counting_encoder import CountingEncoder


def png(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 10), colour).save(buffer, "PNG")
    return buffer.getvalue()


def test_the_same_words_are_encoded_once() -> None:
    encoder = CountingEncoder()
    queries = QueryEncoder(encoder, DecodeLimits())
    first = queries.text("red")
    queries.text("blue")
    np.testing.assert_array_equal(queries.text("red"), first)
    assert encoder.texts == ["red", "blue"]
    np.testing.assert_array_equal(first, encoder.encode_texts(["red"])[0])
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1.0


def test_the_same_picture_is_encoded_once() -> None:
    encoder = CountingEncoder()
    queries = QueryEncoder(encoder, DecodeLimits())
    red = queries.picture(png("red"))
    assert queries.picture(png("red")) is red
    assert not np.array_equal(queries.picture(png("blue")), red)
    assert encoder.encoded_pictures == 2


def test_a_picture_that_cannot_be_used_is_refused_each_time() -> None:
    queries = QueryEncoder(CountingEncoder(), DecodeLimits())
    for _ in range(2):
        with pytest.raises(QueryError, match="cannot be used"):
            queries.picture(b"no picture")


def test_the_cache_keeps_what_was_used_last() -> None:
    cache = VectorCache(most=2)
    made: list[str] = []

    def get(key: str) -> None:
        def make() -> NDArray[np.float32]:
            made.append(key)
            return np.zeros(3, dtype=np.float32)

        cache.get(key, make)

    for key in ("a", "b", "a", "c", "a", "b"):
        get(key)
    assert made == ["a", "b", "c", "b"]
    assert len(cache) == 2
