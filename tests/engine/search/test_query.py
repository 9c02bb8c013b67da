"""From a query to one vector."""

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.engine.errors import QueryError
from desktop_app.engine.records import Query
from desktop_app.engine.search.query import query_vector
from tests.helpers.fake_encoder import FakeEncoder

ENCODER = FakeEncoder()
RED: NDArray[np.float32] = ENCODER.encode_texts(["red"])[0]
BLUE: NDArray[np.float32] = ENCODER.encode_texts(["blue"])[0]


def encode_blue(_data: bytes) -> NDArray[np.float32]:
    return BLUE


def nothing_stored(_id: int) -> None:
    return None


def vector_of(query: Query) -> NDArray[np.float32]:
    return query_vector(query, ENCODER, encode_blue, {7: RED}.get)


def test_words() -> None:
    np.testing.assert_allclose(vector_of(Query(words=" red ")), RED, atol=1e-6)


def test_picture_from_outside_and_from_the_library() -> None:
    np.testing.assert_allclose(vector_of(Query(image=b"a blue picture")), BLUE, atol=1e-6)
    np.testing.assert_allclose(vector_of(Query(picture_id=7)), RED, atol=1e-6)


def test_words_and_picture_meet_in_the_middle() -> None:
    both = vector_of(Query(words="red", image=b"a blue picture"))
    assert both @ RED == pytest.approx(both @ BLUE, abs=1e-6)
    assert np.linalg.norm(both) == pytest.approx(1, abs=1e-6)


def test_minus_pushes_away() -> None:
    plain, without = vector_of(Query(words="red")), vector_of(Query(words="red", minus="blue"))
    assert without @ BLUE < plain @ BLUE
    assert without @ RED > without @ BLUE


@pytest.mark.parametrize("query", [Query(), Query(words="  "), Query(image=b"")])
def test_an_empty_query_is_refused(query: Query) -> None:
    with pytest.raises(QueryError, match="nothing to search for"):
        vector_of(query)


def test_a_picture_without_vector_is_refused() -> None:
    with pytest.raises(QueryError, match="not indexed with the model in use"):
        query_vector(Query(picture_id=1), ENCODER, encode_blue, nothing_stored)


def test_parts_that_cancel_out_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.engine.search.query.MINUS_WEIGHT", 1.0)
    with pytest.raises(QueryError, match="cancel each other out"):
        vector_of(Query(words="red", minus="red"))
