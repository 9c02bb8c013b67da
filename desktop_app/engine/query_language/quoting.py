"""Quotation marks: which there are, where quoted text ends, and how text is put in them."""

import re
from typing import NamedTuple

QUOTES = '"“”„«»'
"""All of these open a quotation, since keyboards and word processors put in what they like."""

_SPACE = re.compile(r"\s")
_LATE_CLOSE = re.compile(r"[“”„«»](?=\s|$)")
_TYPOGRAPHIC_CLOSE = re.compile(f"[{QUOTES}]")


class Quoted(NamedTuple):
    """A quotation in a line."""

    text: str
    end: int
    """Behind the closing mark."""
    is_closed: bool


def read_quoted(line: str, start: int) -> Quoted:
    """The quotation that begins in a line.

    What a straight mark opens, a straight one closes, and two of them in a row stand for one that
    belongs to the text. What a typographic mark opens, any mark closes. Of a quotation that is not
    closed, everything up to the end of the line is part.

    Args:
        line: The line.
        start: Where the opening mark stands.
    """
    if line[start] != '"':
        match = _TYPOGRAPHIC_CLOSE.search(line, start + 1)
        return _ended_at(line, start, match)
    end = line.find('"', start + 1)
    while end != -1 and line.startswith('""', end):
        end = line.find('"', end + 2)
    if end == -1:
        # Opened by one keyboard's mark and closed by another's.
        return _ended_at(line, start, _LATE_CLOSE.search(line, start + 1))
    return Quoted(line[start + 1 : end].replace('""', '"'), end + 1, True)


def quoted(text: str) -> str:
    """Text as a quotation that reads as the same text again."""
    return '"' + text.replace('"', '""') + '"'


def quoted_if_needed(value: str) -> str:
    """The value of a filter, in quotation marks where it would not be read whole without."""
    if not value or value[0] in QUOTES or _SPACE.search(value):
        return quoted(value)
    return value


def _ended_at(line: str, start: int, match: re.Match[str] | None) -> Quoted:
    """The quotation up to a mark, or to the end of the line."""
    end = match.start() if match else len(line)
    text = line[start + 1 : end]
    if line[start] == '"':
        text = text.replace('""', '"')
    return Quoted(text, match.end() if match else end, match is not None)
