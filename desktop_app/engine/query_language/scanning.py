"""The pieces of a search line, one after the other, before anything is made of them."""

import re
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from desktop_app.engine.query_language.quoting import QUOTES, read_quoted


class Key(StrEnum):
    """What stands before the colon of a filter."""

    AFTER = "after"
    BEFORE = "before"
    IN = "in"
    TYPE = "type"
    IS = "is"
    SIZE = "size"
    CAMERA = "camera"
    RATING = "rating"
    TAG = "tag"


class PieceKind(Enum):
    """What a piece looks like."""

    WORD = auto()
    PLUS = auto()
    """Stands between two phrases."""
    QUOTED = auto()
    """Text in quotation marks."""
    BRACKETED = auto()
    """Words in round brackets, behind a minus or a weight."""
    FILTER = auto()
    """A known key, a colon and a value, which may be empty."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line.

    Attributes:
        kind: What it looks like.
        start: Where it begins, its minus and weight included.
        body: Where it begins without them.
        end: Behind its last character.
        text: The word, what is quoted or bracketed, or the value of the filter.
        is_negative: Whether a minus stands before it.
        weight: The digits and marks before the asterisk; empty if there is none.
        key: Of a filter, else None.
        is_closed: Whether its quotation mark or bracket is closed, if it has one.
    """

    kind: PieceKind
    start: int
    body: int
    end: int
    text: str
    is_negative: bool = False
    weight: str = ""
    key: Key | None = None
    is_closed: bool = True


MINUSES = "-–−"
"""The hyphen, and what word processors make of it."""

_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"\S+")
_MINUS = re.compile(rf"[{MINUSES}](?=[^{MINUSES}\s])")
_WEIGHT = re.compile(r"(?=[.,]*\d)([\d.,]+)\*(?=[^\s*])")
_KEY = re.compile(f"({'|'.join(Key)}):", re.IGNORECASE | re.ASCII)
_BRACKET = re.compile(r"\\[\\()]|[()]")


def scan(line: str) -> tuple[Piece, ...]:
    """Takes a line apart. Every line can be; what is not space lies in exactly one piece."""
    pieces = []
    at = _after_space(line, 0)
    while at < len(line):
        pieces.append(_piece(line, at))
        at = _after_space(line, pieces[-1].end)
    return tuple(pieces)


def bracketed(text: str) -> str:
    """Words in round brackets that read as the same words again."""
    text = text.replace("\\", "\\\\")
    if _depth_never_fails(text):
        return f"({text})"
    return "(" + text.replace("(", "\\(").replace(")", "\\)") + ")"


def _after_space(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    return match.end() if match else at


def _piece(line: str, start: int) -> Piece:
    """The piece that begins at a character that is not space."""
    if line[start] == "+" and not line.startswith("++", start):
        return Piece(PieceKind.PLUS, start, start, start + 1, "+")
    body, is_negative = start, False
    if minus := _MINUS.match(line, body):
        body, is_negative = minus.end(), True
    weight = _WEIGHT.match(line, body)
    if weight:
        body = weight.end()
        if not is_negative and (minus := _MINUS.match(line, body)):
            body, is_negative = minus.end(), True
    bare = _body(line, body, has_brackets=is_negative or weight is not None)
    return Piece(
        bare.kind,
        start,
        body,
        bare.end,
        bare.text,
        is_negative,
        weight[1] if weight else "",
        bare.key,
        bare.is_closed,
    )


def _body(line: str, start: int, *, has_brackets: bool) -> Piece:
    """What stands behind minus and weight.

    Args:
        line: The line.
        start: Where it begins.
        has_brackets: Whether a round bracket at the beginning holds words together.
    """
    if line[start] in QUOTES:
        text, end, is_closed = read_quoted(line, start)
        return Piece(PieceKind.QUOTED, start, start, end, text, is_closed=is_closed)
    if has_brackets and line[start] == "(":
        return _bracketed(line, start)
    if match := _KEY.match(line, start):
        return _filter(line, start, match.end(), Key(match[1].lower()))
    end = _word_end(line, start)
    return Piece(PieceKind.WORD, start, start, end, line[start:end])


def _filter(line: str, start: int, value: int, key: Key) -> Piece:
    """A filter whose value begins somewhere."""
    if value < len(line) and line[value] in QUOTES:
        text, end, is_closed = read_quoted(line, value)
        return Piece(PieceKind.FILTER, start, start, end, text, key=key, is_closed=is_closed)
    end = _word_end(line, value)
    return Piece(PieceKind.FILTER, start, start, end, line[value:end], key=key)


def _bracketed(line: str, start: int) -> Piece:
    r"""Words up to the bracket that closes this one.

    ``\(`` and ``\)`` are brackets that open and close nothing, and ``\\`` is one backslash.
    """
    depth = 0
    for match in _BRACKET.finditer(line, start):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0:
            text = _without_escapes(line[start + 1 : match.start()])
            return Piece(PieceKind.BRACKETED, start, start, match.end(), text)
    text = _without_escapes(line[start + 1 :])
    return Piece(PieceKind.BRACKETED, start, start, len(line), text, is_closed=False)


def _without_escapes(text: str) -> str:
    return _BRACKET.sub(lambda match: match[0][-1], text)


def _depth_never_fails(text: str) -> bool:
    """Whether every bracket of a text has its counterpart."""
    depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def _word_end(line: str, start: int) -> int:
    match = _WORD.match(line, start)
    return match.end() if match else start
