"""From a query to one vector."""

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.engine.errors import QueryError
from desktop_app.engine.query_language.parts import Is, Kind, Name, Words
from desktop_app.engine.records import PictureExample, Query
from desktop_app.engine.search.query import BETA, GAMMA, MINUS_WEIGHT, query_vector
from tests.helpers.fake_encoding import FakeEncoding

ENCODING = FakeEncoding("blue")
RED, GREEN = ENCODING.text("red"), ENCODING.text("green")
BLUE, BLACK = ENCODING.text("blue"), ENCODING.text("black")
STORED = {7: RED, 8: GREEN, 9: BLACK}


def vector_of(query: Query) -> NDArray[np.float32]:
    return query_vector(query, ENCODING, STORED.get)


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length: NDArray[np.float32] = vector / np.linalg.norm(vector)
    return length


def test_words() -> None:
    np.testing.assert_allclose(vector_of(Query.of_words(" red ")), RED, atol=1e-6)


def test_picture_from_outside_and_from_the_library() -> None:
    np.testing.assert_allclose(vector_of(Query.of_picture(b"a blue picture")), BLUE, atol=1e-6)
    np.testing.assert_allclose(vector_of(Query.of_picture(picture_id=7)), RED, atol=1e-6)


def test_words_and_picture_meet_in_the_middle() -> None:
    both = vector_of(Query((Words("red"),), (PictureExample(b"a blue picture"),)))
    assert both @ RED == pytest.approx(both @ BLUE, abs=1e-6)
    assert np.linalg.norm(both) == pytest.approx(1, abs=1e-6)


def test_words_count_as_much_as_their_weight() -> None:
    heavy = vector_of(Query((Words("red", 2.0), Words("blue"))))
    np.testing.assert_allclose(heavy, unit(2 * RED + BLUE), atol=1e-6)


def test_minus_pushes_away() -> None:
    without = vector_of(Query.of_words("red", minus="blue"))
    np.testing.assert_allclose(without, unit(RED - MINUS_WEIGHT * BLUE), atol=1e-6)
    far = vector_of(Query((Words("red"), Words("blue", -1.5))))
    assert far @ BLUE < without @ BLUE < RED @ BLUE


def test_several_pictures_are_averaged() -> None:
    examples = (PictureExample(picture_id=7), PictureExample(picture_id=8, weight=2.0))
    several = vector_of(Query((Words("blue"),), examples))
    mean = ((RED + 2 * GREEN) / 2).astype(np.float32)
    np.testing.assert_allclose(several, unit(BLUE + mean), atol=1e-6)


def test_more_and_less_like_hits() -> None:
    moved = vector_of(Query((Words("blue", 3.0),), liked=(7, 8), disliked=(9,)))
    liked, disliked = BETA * (RED + GREEN) / 2, GAMMA * BLACK
    expected = unit((BLUE + liked - disliked).astype(np.float32))
    np.testing.assert_allclose(moved, expected, atol=1e-6)
    np.testing.assert_allclose(vector_of(Query(liked=(7,))), RED, atol=1e-6)
    assert vector_of(Query(disliked=(7,))) @ RED == pytest.approx(-1, abs=1e-6)


@pytest.mark.parametrize("query", [Query(), Query.of_words("  "), Query((Name("dog"),))])
def test_nothing_to_rank_by_is_refused(query: Query) -> None:
    assert not query.is_ranked
    with pytest.raises(QueryError, match="nothing to search for"):
        vector_of(query)


def test_what_a_query_consists_of() -> None:
    parts = (Words("dogs"), Name("snow"), Words("people", -1.0), Is(Kind.PORTRAIT))
    query = Query(parts)
    assert query.words == (parts[0], parts[2])
    assert query.filters == (parts[1], parts[3])
    assert query.is_ranked
    assert not Query((parts[1],)).is_empty
    assert Query.of_words(" ").is_empty


@pytest.mark.parametrize(
    ("query", "left"),
    [
        (Query((Words("blue"),), liked=(7, 1), disliked=(1, 9)),
         Query((Words("blue"),), liked=(7,), disliked=(9,))),
        (Query(liked=(1, 7), disliked=(1,)), Query(liked=(7,))),
        (Query.of_picture(picture_id=1), None),
        (Query((Words("red"),), (PictureExample(picture_id=1),)), Query((Words("red"),))),
        (Query(pictures=(PictureExample(picture_id=1), PictureExample(picture_id=8))),
         Query.of_picture(picture_id=8)),
        (Query(pictures=(PictureExample(picture_id=1),), liked=(7,)), Query(liked=(7,))),
        (Query(pictures=(PictureExample(picture_id=1),), liked=(2,), disliked=(3,)), None),
    ],
)  # fmt: skip
def test_pictures_that_have_left_are_passed_over_while_anything_else_is_left(
    query: Query, left: Query | None
) -> None:
    if left is None:
        with pytest.raises(QueryError, match="picture to search by"):
            vector_of(query)
    else:
        np.testing.assert_array_equal(vector_of(query), vector_of(left))


def test_an_example_is_one_picture() -> None:
    with pytest.raises(ValueError, match="either"):
        PictureExample()
    with pytest.raises(ValueError, match="either"):
        PictureExample(b"picture", 7)


def test_parts_that_cancel_out_are_refused() -> None:
    with pytest.raises(QueryError, match="cancel each other out"):
        vector_of(Query((Words("red"), Words("red", -1 / MINUS_WEIGHT))))
    opposite = (PictureExample(picture_id=7), PictureExample(picture_id=7, weight=-1.0))
    with pytest.raises(QueryError, match="cancel each other out"):
        vector_of(Query(pictures=opposite))
