"""What chips and buttons do to the parts of a search line. All of it is pure.

Parts keep their order, and each is there once.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from desktop_app.engine.query_language.parsing import LEAST_WEIGHT, MOST_WEIGHT, ParsedLine
from desktop_app.engine.query_language.parts import Part, Words
from desktop_app.engine.query_language.printing import print_line

_AnyPart = TypeVar("_AnyPart", bound=Part)


def opposite(part: _AnyPart) -> _AnyPart:
    """What is pushed away instead of asked for, or the other way round; weights stay."""
    if isinstance(part, Words):
        return replace(part, weight=-part.weight)
    return replace(part, is_excluded=not part.is_excluded)


def weighed(words: Words, weight: float) -> Words:
    """The same words with a weight that a line can hold.

    Args:
        words: The words.
        weight: Rounded to hundredths and brought between 0.1 and 10, or these below zero. For 0
            it is the least on the side where the words are now.
    """
    sign = -1 if weight < 0 or (weight == 0 and words.weight < 0) else 1
    return replace(words, weight=sign * min(max(round(abs(weight), 2), LEAST_WEIGHT), MOST_WEIGHT))


def without(parts: Iterable[Part], part: Part) -> tuple[Part, ...]:
    """All parts but one."""
    return tuple(each for each in parts if each != part)


def replaced(parts: Iterable[Part], old: Part, new: Part) -> tuple[Part, ...]:
    """The parts with one in the place of another."""
    return tuple(dict.fromkeys(new if each == old else each for each in parts))


def added(parts: Iterable[Part], part: Part) -> tuple[Part, ...]:
    """The parts and one more, at the end; where its opposite is there, in the place of that."""
    there = tuple(parts)
    if opposite(part) in there:
        return replaced(there, opposite(part), part)
    return there if part in there else (*there, part)


def edited_line(before: ParsedLine, parts: Iterable[Part]) -> str:
    """The line to show after parts were edited.

    What was typed but could not be understood stands at its end, so that it is not lost.

    Args:
        before: The line as it was read before.
        parts: What it is to mean now.
    """
    left_out = dict.fromkeys(each.left_out for each in before.complaints if each.left_out)
    return " ".join(filter(None, [print_line(parts), *left_out]))
