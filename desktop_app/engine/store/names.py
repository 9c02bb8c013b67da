"""Names of files and folders in the forms in which they are compared, found and sorted.

What these give lies in the catalog: a change of one needs a migration that makes it anew.
"""

import re
import unicodedata

from desktop_app.engine.path_style import separator_of

_BOUNDARY = re.compile(r"(?<=[0-9])(?=[^\W0-9_])|(?<=[^\W0-9_])(?=[0-9])")
_DIGITS = re.compile("[0-9]+")
_ASCII_WORD = re.compile("[0-9a-z]+")
_LONGEST_NUMBER = 48
"""Digits: with so many the sign of the length is the last one before ``a``."""


def folded(text: str) -> str:
    """A text without the difference of upper and lower case, in Unicode's composed form."""
    if text.isascii():
        return text.lower()
    # Folding can take apart what was composed (Unicode 16, 3.13.5, D145).
    once = unicodedata.normalize("NFC", text).casefold()
    return unicodedata.normalize("NFC", once)


def plain(text: str) -> str:
    """A folded text whose letters of Europe have no accents: ``Café`` -> ``cafe``."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(one for one in apart if not "\u0300" <= one <= "\u036f")
    return folded(bare)


def words_of(text: str) -> list[str]:
    """The words of a text: plain, and numbers apart from letters: ``IMG_12a`` -> img, 12, a."""
    text = plain(text)
    if not text.isascii():
        text = "".join(one if _is_of_word(one) else " " for one in text)
        return _BOUNDARY.sub(" ", text).split()
    return _ASCII_WORD.findall(_BOUNDARY.sub(" ", text))


def phrases_of(text: str) -> list[str]:
    """The same words, those that are written together with a space between: ``12a`` -> ``12 a``."""
    text = plain(text)
    if text.isascii():
        together = _ASCII_WORD.findall(text)
    else:
        together = "".join(one if _is_of_word(one) else " " for one in text).split()
    return [" ".join(_BOUNDARY.sub(" ", word).split()) for word in together]


def words_apart(name: str) -> str | None:
    """The words of a name, with spaces between; None where every program splits it like that."""
    if name.isascii() and _BOUNDARY.search(name) is None:
        return None
    return " ".join(words_of(name))


def sort_key(name: str) -> str:
    """A text by which names are in natural order: numbers by their value, accents aside.

    Every number gets the count of its digits in front, as one character.
    """
    return _DIGITS.sub(_counted, plain(name))


def split_path(path: str) -> tuple[str, str]:
    """Folder and name of an absolute path, of whatever system.

    A folder right below the top keeps its separator: ``/a.jpg`` -> ``/`` and ``a.jpg``.
    """
    separator = separator_of(path)
    folder, _, name = path.rpartition(separator)
    if separator not in folder:
        folder += separator
    return folder, name


def _counted(match: re.Match[str]) -> str:
    digits = match[0].lstrip("0")
    return chr(ord("0") + min(len(digits), _LONGEST_NUMBER)) + digits


def _is_of_word(character: str) -> bool:
    """As the index of words is told: letters, their marks, numbers and private characters."""
    category = unicodedata.category(character)
    return category[0] in "LNM" or category == "Co"
