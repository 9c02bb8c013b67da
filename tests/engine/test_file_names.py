"""Which names a file can be given."""

import os
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.file_names import (
    LONGEST_BYTES,
    name_problem,
    numbered,
    with_ending,
)

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def test_a_name_without_problem_is_one_the_disk_takes(tmp_path: Path) -> None:
    @given(NAMES)
    def check(name: str) -> None:
        if not name_problem(name):
            (tmp_path / name).touch()
            assert name in os.listdir(tmp_path)

    check()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "needs a name"),
        ("   ", "needs a name"),
        ("..", "dot"),
        (".jpg", "dot"),
        ("a/b.jpg", "/"),
        ("a\\b.jpg", "\\"),
        ("a:b.jpg", ":"),
        ("a\nb.jpg", "line breaks"),
        ("a.jpg ", "space"),
        ("a.jpg.", "dot"),
        ("CON.jpg", "Windows"),
        ("com1", "Windows"),
        ("ä" * 128, "too long"),
        ("\udcff.jpg", "not valid text"),
    ],
)
def test_a_problem_is_said(name: str, said: str) -> None:
    assert said in name_problem(name)


@pytest.mark.parametrize(
    "name", ["a.jpg", "console.jpg", "Ferien – 2.jpg", "写真.png", "a (2).jpg"]
)
def test_ordinary_names_are_taken(name: str) -> None:
    assert name_problem(name) == ""


def test_the_ending_is_kept() -> None:
    assert with_ending("snow", "a.jpg") == "snow.jpg"
    assert with_ending("snow.JPG", "a.jpg") == "snow.JPG"
    assert with_ending("v1.2", "a.png") == "v1.2.png"
    assert with_ending("snow", "a") == "snow"


def test_numbers_go_on_where_a_name_has_one() -> None:
    assert [name for _, name in islice(numbered("a.jpg"), 2)] == ["a (2).jpg", "a (3).jpg"]
    assert next(numbered("a (7).jpg"))[1] == "a (8).jpg"
    assert next(numbered("(7).jpg"))[1] == "(7) (2).jpg"


@given(st.text(st.characters(exclude_characters="/"), min_size=1), st.integers(2, 10**6))
def test_numbered_names_differ_and_are_no_longer_than_they_may_be(name: str, first: int) -> None:
    if name_problem(name):
        return
    found = [other for _, other in islice(numbered(name, first), 5)]
    assert len({name, *found}) == 6
    ending = os.path.splitext(name)[1]
    for other in found:
        assert other.endswith(ending)
        assert len(os.fsencode(other)) <= max(LONGEST_BYTES, len(os.fsencode(ending)) + 24)
