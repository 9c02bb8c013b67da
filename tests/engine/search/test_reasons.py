"""Which part of a query brought a hit."""

import numpy as np
import pytest

from desktop_app.engine.query_language.parts import Is, Kind, Words
from desktop_app.engine.records import PictureExample, Query
from desktop_app.engine.search.reasons import reasons
from desktop_app.engine.search.relevance import Judge
from tests.helpers.fake_encoding import FakeEncoding

ENCODING = FakeEncoding("blue")
RED, BLUE = ENCODING.text("red"), ENCODING.text("blue")
SAMPLE = np.stack([ENCODING.text(word) for word in ("red", "green", "blue", "black", "white")])
JUDGE = Judge(SAMPLE, lambda: SAMPLE)


def test_each_part_is_scored_as_if_it_had_been_asked_for_alone() -> None:
    query = Query(
        (Words("red", 3.0), Is(Kind.SQUARE), Words("blue", -1.0)),
        (PictureExample(b"a blue picture"), PictureExample(picture_id=7)),
    )
    found = list(reasons(query, RED, ENCODING, {7: RED}.get, JUDGE))
    assert [reason.part for reason in found] == [
        query.parts[0],
        query.parts[2],
        query.pictures[0],
        query.pictures[1],
    ]
    expected = [1.0, RED @ BLUE, RED @ BLUE, 1.0]
    assert [reason.score for reason in found] == pytest.approx(expected, abs=1e-6)
    assert found[0].relevance > found[1].relevance


def test_a_picture_that_has_left_the_library_is_passed_over() -> None:
    query = Query((Words("red"),), (PictureExample(picture_id=9),))
    assert [one.part for one in reasons(query, RED, ENCODING, lambda _id: None, JUDGE)] == [
        Words("red")
    ]
