"""What filters leave is kept within bounds."""

import numpy as np
import pytest

from desktop_app.engine.query_language.parts import Name
from desktop_app.engine.search import survivors
from desktop_app.engine.search.survivors import Survivors
from tests.helpers.known_pictures import KnownPicture, KnownPictures


def test_what_is_kept_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = KnownPictures([KnownPicture(id_, "dog", "PNG", 0.0) for id_ in range(10)])
    monkeypatch.setattr(survivors, "KEPT_BYTES", 3 * 80)
    kept = Survivors(pictures)
    for text in "dog":  # every picture has each of the three letters
        kept.of([Name(text)])
    kept.of([Name("d")])
    assert pictures.asked == 3
    kept.of([Name("do")])  # in the place of the one that was asked for longest ago
    kept.of([Name("d")])
    assert pictures.asked == 4
    kept.of([Name("o")])
    assert pictures.asked == 5


def test_an_answer_beyond_the_bound_is_given_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = KnownPictures([KnownPicture(1, "dog", "PNG", 0.0)])
    monkeypatch.setattr(survivors, "KEPT_BYTES", 7)
    kept = Survivors(pictures)
    for asked in (1, 2):
        np.testing.assert_array_equal(kept.of([Name("dog")]), [1])
        assert pictures.asked == asked
