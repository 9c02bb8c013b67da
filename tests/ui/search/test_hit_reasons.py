import numpy as np
import pytest

from desktop_app.engine.query_language.parts import Words
from desktop_app.engine.records import FoundBy, PictureExample, Query, Reason
from desktop_app.ui.search.hit_reasons import HitReasons, sentence

FOUND = (FoundBy.NAME, FoundBy.LOOKS, FoundBy.BOTH)


def of(words: str) -> HitReasons:
    return HitReasons(Query.of_words(words), FOUND)


def test_only_names_are_spoken_of() -> None:
    reasons = of("snow")
    assert reasons.of_row(0) == "found by name"
    assert reasons.of_row(1) == reasons.of_row(99) == ""
    assert reasons.of_row(2) == "found by what it shows and by name"


@pytest.mark.parametrize(
    ("words", "name", "marked"),
    [
        ("snow", "My Snow.jpg", "My <b>Snow</b>.jpg"),
        ("snow", "snowy.jpg", "<b>snow</b>y.jpg"),
        ("snow", "unsnowed.jpg", "unsnowed.jpg"),
        ("snow man", "snowy manor.jpg", "snowy <b>man</b>or.jpg"),
        ("", "a.jpg", "a.jpg"),
        ("at sea", "cat at SEA.jpg", "cat <b>at</b> <b>SEA</b>.jpg"),
        ("cafe", "Café.jpg", "<b>Café</b>.jpg"),
        ("CAFÉ", "cafe\u0301s.jpg", "<b>cafe\u0301</b>s.jpg"),
        ("strasse", "Große Straße.jpg", "Große <b>Straße</b>.jpg"),
        ("img12", "IMG_0012 12a.jpg", "<b>IMG</b>_0012 <b>12</b>a.jpg"),
        ("snow", "a&b snow<i>.jpg", "a&amp;b <b>snow</b>&lt;i&gt;.jpg"),
        ("(", "a(b.jpg", "a(b.jpg"),
    ],
)
def test_words_of_the_name_are_bold(words: str, name: str, marked: str) -> None:
    assert of(words).marked(0, name) == marked


def test_a_hit_by_its_looks_has_no_bold_words() -> None:
    assert of("snow").marked(1, "snow & ice.jpg") == "snow &amp; ice.jpg"


def test_words_pushed_away_brought_nothing() -> None:
    assert HitReasons(Query((Words("snow", -1.0),)), FOUND).marked(0, "snow.jpg") == "snow.jpg"


@pytest.mark.parametrize(
    ("words", "path", "told"),
    [
        ("snow", "/p/Snow & ice/day 1/a.jpg", "in <b>Snow</b> &amp; ice / day 1"),
        ("snow", "/p/Snow/a/b/c/d/a.jpg", "in <b>Snow</b> / … / c / d"),
        ("snow", "/p/Snow/snow.jpg", ""),
        ("snow dog", "/p/Snow/dog.jpg", "in <b>Snow</b>"),
        ("snow", "/p/winter/a.jpg", ""),
    ],
)
def test_folders_that_brought_a_hit_are_named(words: str, path: str, told: str) -> None:
    assert of(words).folders(0, path) == told
    assert of(words).folders(1, path) == ""


def test_reasons_follow_their_pictures_into_another_order() -> None:
    reasons = HitReasons(Query.of_words("snow"), FOUND, np.array([2, 5, 0]))
    told = [reasons.of_row(row) for row in range(3)]
    assert told == ["found by what it shows and by name", "", "found by name"]


def test_each_part_is_told_with_its_score() -> None:
    reasons = [
        Reason(Words("two dogs"), 0.344, 1.2),
        Reason(Words("people", -1.0), 0.05, 0.1),
        Reason(PictureExample(picture_id=3), 0.6, 2.0),
        Reason(PictureExample(image=b"png", weight=-1.0), 0.2, 0.5),
    ]
    names = {3: "a.jpg", None: "Pasted picture"}
    told = sentence(reasons, lambda part: names[part.picture_id], ["b.jpg"], ["c.jpg", "d.jpg"])
    assert told == (
        "two dogs 0.34 (strong) · \u2212 people 0.05 · like a.jpg 0.60 (strong)"
        " · unlike Pasted picture 0.20 · more like b.jpg · less like c.jpg · less like d.jpg"
    )
    assert sentence([], str) == ""
