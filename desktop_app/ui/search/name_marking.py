"""Marks the words that a name was found by; accents and capitals are no difference."""

import html
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_LEAST_DIGITS = 3
"""Of a number that may go on."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name: plain, and from where to where it stands there.

    Attributes:
        text: Without capitals and accents.
        places: Where each of its letters begins in the name, and where what follows it does.
    """

    text: str
    places: tuple[int, ...]


class NameMarking:
    """Knows the words that were searched for.

    As in the search a word counts if it is whole in a name; the last one may be the beginning of
    a longer one, unless it is a short number. Numbers are words of their own: ``IMG_12a`` has
    three.

    Args:
        words: What was searched for.
    """

    def __init__(self, words: str) -> None:
        typed = [word.text for word in _words(words)]
        self._wanted = frozenset(typed)
        last = typed[-1] if typed else ""
        self._begun = "" if last.isdigit() and len(last) < _LEAST_DIGITS else last

    def found_in(self, name: str) -> frozenset[str]:
        """Which of the words, as they are compared, are in a name."""
        return frozenset(wanted for wanted, _start, _stop in self._spans(name))

    @property
    def wanted(self) -> frozenset[str]:
        """All of the words, as they are compared."""
        return self._wanted

    def marked(self, name: str) -> str:
        """A name as HTML, with the words in bold."""
        parts, end = [], 0
        for _wanted, start, stop in self._spans(name):
            parts.append(f"{html.escape(name[end:start])}<b>{html.escape(name[start:stop])}</b>")
            end = stop
        return "".join(parts) + html.escape(name[end:])

    def _spans(self, name: str) -> Iterator[tuple[str, int, int]]:
        for word in _words(name):
            if word.text in self._wanted:
                yield word.text, word.places[0], word.places[-1]
            elif self._begun and word.text.startswith(self._begun):
                yield self._begun, word.places[0], word.places[len(self._begun)]


def _words(name: str) -> Iterator[_Word]:
    letters = list(_plain(name))
    ends = [place for _letter, place in letters[1:]] + [len(name)]
    numbered = enumerate(letters)
    for kind, group in groupby(numbered, key=lambda each: _kind(each[1][0])):
        if kind:
            of_word = list(group)
            last = of_word[-1][0]
            places = (*(place for _number, (_letter, place) in of_word), ends[last])
            yield _Word("".join(letter for _number, (letter, _place) in of_word), places)


def _plain(name: str) -> Iterator[tuple[str, int]]:
    """The letters of a name without capitals and accents, with the place each comes from."""
    for place, character in enumerate(name):
        for part in unicodedata.normalize("NFKD", character):
            if not "\u0300" <= part <= "\u036f":  # an accent
                yield from ((letter, place) for letter in part.casefold())


def _kind(letter: str) -> int:
    """0 between words, 1 for digits, 2 for letters and what belongs to them."""
    if letter in "0123456789":
        return 1
    category = unicodedata.category(letter)
    return 2 if category[0] in "LNM" or category == "Co" else 0
