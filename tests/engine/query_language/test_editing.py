"""Chips change what they stand for and nothing else."""

from hypothesis import given, settings

from desktop_app.engine.query_language.editing import (
    added,
    edited_line,
    opposite,
    replaced,
    weighed,
    without,
)
from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.query_language.parts import Is as IsKind
from desktop_app.engine.query_language.parts import Kind, Name, OfType, Part, Words
from tests.helpers.search_parts import any_parts

_DOG, _CAT, _PNG = Words("dog"), Words("cat", 2), OfType("PNG")
_PARTS: tuple[Part, ...] = (_DOG, _CAT, _PNG)


def test_takes_one_out() -> None:
    assert without(_PARTS, _CAT) == (_DOG, _PNG)
    assert without(_PARTS, Name("x")) == _PARTS


def test_puts_one_in_the_place_of_another() -> None:
    assert replaced(_PARTS, _CAT, opposite(_CAT)) == (_DOG, Words("cat", -2), _PNG)
    assert replaced(_PARTS, _PNG, opposite(_PNG)) == (_DOG, _CAT, OfType("PNG", is_excluded=True))
    assert replaced((_DOG, opposite(_DOG)), _DOG, opposite(_DOG)) == (opposite(_DOG),)


def test_weighs_within_what_a_line_can_say() -> None:
    assert weighed(_CAT, 0.333333) == Words("cat", 0.33)
    assert weighed(_DOG, 99).weight == 10
    assert weighed(_DOG, -99).weight == -10
    assert weighed(_DOG, 0).weight == 0.1
    assert weighed(opposite(_DOG), 0).weight == -0.1


def test_adds_once_and_in_place_of_the_opposite() -> None:
    square = IsKind(Kind.SQUARE)
    assert added(_PARTS, square) == (*_PARTS, square)
    assert added(_PARTS, _PNG) == _PARTS
    assert added(_PARTS, opposite(_PNG)) == (_DOG, _CAT, opposite(_PNG))


def test_keeps_what_could_not_be_understood() -> None:
    parsed = parse('dog after:2023-13 "x" -type:png,xyz in:')
    line = edited_line(parsed, without(parsed.parts, Name("x")))
    assert line == "dog -type:png after:2023-13 -type:xyz in:"
    assert [each.text for each in parse(line).complaints] == [
        each.text for each in parsed.complaints
    ]
    assert edited_line(parse("after:"), ()) == "after:"


@given(any_parts)
@settings(max_examples=60)
def test_what_was_edited_can_be_written(parts: tuple[Part, ...]) -> None:
    for part in parts:
        assert opposite(opposite(part)) == part
        turned = replaced(parts, part, opposite(part))
        for edited in (without(parts, part), turned, added(parts, opposite(part))):
            parsed = parse(edited_line(parse(""), edited))
            assert (parsed.parts, parsed.complaints) == (edited, ())
