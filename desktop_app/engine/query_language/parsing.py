"""From a search line to its parts, and to what could not be understood of it."""

import difflib
import re
from collections import Counter
from dataclasses import dataclass, field

from desktop_app.engine.phrases import phrase
from desktop_app.engine.query_language.days import read_day
from desktop_app.engine.query_language.filters import read_filter
from desktop_app.engine.query_language.parts import Filter, Name, Part, Words
from desktop_app.engine.query_language.quoting import QUOTES
from desktop_app.engine.query_language.scanning import Key, Piece, PieceKind, scan
from desktop_app.engine.query_language.wrong_value import WrongValueError

LEAST_WEIGHT = 0.1
"""Less than this is drowned by any other phrase."""
MOST_WEIGHT = 10.0
"""With more than this nothing else would count."""

_NUMBER = re.compile(r"\d+[.,]?\d*|[.,]\d+")
_LIKE_A_KEY = re.compile(r"([A-Za-z]{2,12}):(\S+)")
_NEAR = 0.75
"""How alike a slip and a key are: ``tpye`` is as near to ``type``, and ``time`` is not."""

_LEAST_LETTERS = 4
"""Of a key in which slips are looked for: ``iso:400`` is no ``is:``, and ``text:x`` no ``ext:``."""

_WRONG_FROM = 5
"""Letters of a key of which one may be a wrong one. Of shorter ones one is missing, or there is one
too many, or they are in another order: ``site:x`` is no ``size:``."""

_OTHER_NAMES = {
    "folder": Key.IN,
    "path": Key.IN,
    "since": Key.AFTER,
    "until": Key.BEFORE,
    "ext": Key.TYPE,
    "filetype": Key.TYPE,
    "format": Key.TYPE,
    "stars": Key.RATING,
    "rated": Key.RATING,
    "tags": Key.TAG,
    "keyword": Key.TAG,
    "keywords": Key.TAG,
}
_DAY_HINT = phrase(
    "Engine: Search", "Write after:{value} or before:{value} for when pictures were taken."
)
_NAME_HINT = phrase(
    "Engine: Search", 'Write "{value}" in quotation marks for pictures with this in their name.'
)
_EXPLAINED = {
    "date": _DAY_HINT,
    "day": _DAY_HINT,
    "month": _DAY_HINT,
    "year": _DAY_HINT,
    "taken": _DAY_HINT,
    "name": _NAME_HINT,
    "filename": _NAME_HINT,
}
"""What other programs have filters for, and how it is asked for here."""
_SHOWN_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a stretch of a line.

    Attributes:
        text: A sentence for the user.
        start: Where the stretch begins, in characters.
        end: Behind its last character.
        left_out: What to type for what has no part because of this; empty if all of it is used.
        is_unfinished: Whether more typing could put it right, so that it need not be said yet.
    """

    text: str
    start: int
    end: int
    left_out: str = ""
    is_unfinished: bool = False


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """What a line means.

    Attributes:
        parts: In the order in which they begin, each once.
        ranges: For each part, where it begins and ends in the line, in characters. A phrase goes
            from its first word to its last; what stands between them has a range of its own.
        complaints: In the order of the line.
    """

    parts: tuple[Part, ...]
    ranges: tuple[tuple[int, int], ...]
    complaints: tuple[Complaint, ...]


def parse(line: str) -> ParsedLine:
    """Understands a line as well as it can be understood; docs/search-line.md has the grammar."""
    reading = _Reading(line)
    for piece in scan(line):
        reading.take(piece)
    return reading.result()


@dataclass
class _Phrase:
    """Words that are still being gathered."""

    words: list[str]
    weight: float


@dataclass
class _Found:
    """A part, or a phrase that becomes one, and where it stands."""

    what: Filter | _Phrase
    start: int
    end: int


@dataclass
class _Reading:
    """What is known of a line after some of its pieces."""

    line: str
    found: list[_Found] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    open: _Found | None = None
    """The phrase that the next bare word belongs to."""

    def take(self, piece: Piece) -> None:
        """Goes on with the next piece."""
        if not piece.is_closed:
            self._complain_of_open_end(piece)
        match piece.kind:
            case PieceKind.PLUS:
                self.open = None
            case PieceKind.QUOTED:
                self._refuse_weight(piece, phrase("Engine: Search", "a name in quotation marks"))
                text = piece.text if piece.is_closed else piece.text.rstrip()
                if text.strip():
                    self._add(Name(text, piece.is_negative), piece)
            case PieceKind.FILTER:
                self._refuse_weight(piece, phrase("Engine: Search", "a filter"))
                self._take_filter(piece)
            case PieceKind.BRACKETED:
                self._take_bracketed(piece)
            case PieceKind.WORD:
                self._complain_of_near_key(piece)
                self._take_word(piece)

    def result(self) -> ParsedLine:
        """What the pieces came to."""
        ranges: dict[Part, tuple[int, int]] = {}
        for found in self.found:
            what = found.what
            part = Words(" ".join(what.words), what.weight) if isinstance(what, _Phrase) else what
            ranges.setdefault(part, (found.start, found.end))
        return ParsedLine(tuple(ranges), tuple(ranges.values()), tuple(self.complaints))

    def _take_word(self, piece: Piece) -> None:
        if piece.is_negative:
            self._add(_Phrase([piece.text], -self._weight(piece)), piece)
        elif piece.weight or self.open is None or not isinstance(self.open.what, _Phrase):
            self.open = self._add(_Phrase([piece.text], self._weight(piece)), piece)
        else:
            self.open.what.words.append(piece.text)
            self.open.end = piece.end

    def _take_bracketed(self, piece: Piece) -> None:
        weight = self._weight(piece)
        if words := piece.text.split():
            self._add(_Phrase(words, -weight if piece.is_negative else weight), piece)
        if not piece.is_negative:
            self.open = None

    def _take_filter(self, piece: Piece) -> None:
        if piece.key is None:
            return
        values = [piece.text]
        if piece.key is Key.TYPE:
            values = [value for value in piece.text.split(",") if value.strip()] or [""]
        for value in values:
            try:
                self._add(read_filter(piece.key, value, is_excluded=piece.is_negative), piece)
            except WrongValueError as wrong:
                self._leave_out(piece, value, wrong)

    def _add(self, what: Filter | _Phrase, piece: Piece) -> _Found:
        self.found.append(_Found(what, piece.start, piece.end))
        return self.found[-1]

    def _weight(self, piece: Piece) -> float:
        """How much a piece counts; 1 where it does not say."""
        if not piece.weight:
            return 1.0
        if not _NUMBER.fullmatch(piece.weight):
            self._complain_of_weight(
                piece, phrase("Engine: Search", "this is no number and was taken for 1")
            )
            return 1.0
        weight = float(piece.weight.replace(",", "."))
        if weight < LEAST_WEIGHT:
            self._complain_of_weight(
                piece,
                phrase("Engine: Search", "a weight is 0.1 at least; this one was taken for 0.1"),
            )
            return LEAST_WEIGHT
        if weight > MOST_WEIGHT:
            self._complain_of_weight(
                piece, phrase("Engine: Search", "a weight is 10 at most; this one was taken for 10")
            )
            return MOST_WEIGHT
        return weight

    def _complain_of_weight(self, piece: Piece, reason: str) -> None:
        shown = _shown(f"{piece.weight}*")
        self.complaints.append(
            Complaint(
                phrase("Engine: Search", "{shown}: {reason}.").format(shown=shown, reason=reason),
                piece.start,
                piece.body,
            )
        )

    def _refuse_weight(self, piece: Piece, what: str) -> None:
        if piece.weight:
            text = phrase(
                "Engine: Search", "{weight}: {what} has no weight; only words have one."
            ).format(weight=_shown(piece.weight + "*"), what=what)
            self.complaints.append(Complaint(text, piece.start, piece.body))

    def _complain_of_open_end(self, piece: Piece) -> None:
        is_bracket = piece.kind is PieceKind.BRACKETED
        mark = phrase("Engine: Search", "quotation mark")
        what = phrase("Engine: Search", "bracket") if is_bracket else mark
        text = phrase("Engine: Search", "The {what} is not closed.").format(what=what)
        self.complaints.append(Complaint(text, piece.body, piece.end, is_unfinished=True))

    def _complain_of_near_key(self, piece: Piece) -> None:
        """Where a word looks like a filter with a slip in it, or like one of other programs.

        It stays a word.
        """
        match = _LIKE_A_KEY.match(piece.text)
        if match is None:
            return
        typed = match[1].lower()
        start, end = piece.body, piece.body + match.end(1) + 1
        if typed in _EXPLAINED:
            value = match[2].strip(QUOTES)
            if _EXPLAINED[typed] is _DAY_HINT and not _is_day(value):
                value = "2023"
            text = phrase("Engine: Search", "There is no filter {key}:. {hint}").format(
                key=match[1], hint=_EXPLAINED[typed].format(value=_shown(value))
            )
            self.complaints.append(Complaint(text, start, end))
        elif key := _meant_key(typed):
            text = phrase(
                "Engine: Search", "There is no filter {match}:. Did you mean {key}:?"
            ).format(match=match[1], key=key)
            self.complaints.append(Complaint(text, start, end))

    def _leave_out(self, piece: Piece, value: str, wrong: WrongValueError) -> None:
        typed = self.line[piece.body : piece.end]
        before = typed.partition(":")[0]
        left_out = f"{before}:{value.strip()}" if piece.key is Key.TYPE else typed
        shown = _shown(f"{before}:{value}").removesuffix(":")
        self.complaints.append(
            Complaint(
                phrase("Engine: Search", "{shown}: {reason}.").format(
                    shown=shown, reason=wrong.reason
                ),
                piece.start,
                piece.end,
                ("-" if piece.is_negative else "") + left_out,
                wrong.is_unfinished,
            )
        )


def _meant_key(typed: str) -> str | None:
    """The key that somebody may have meant who typed another one, in small letters."""
    if typed in _OTHER_NAMES:
        return _OTHER_NAMES[typed]
    keys = [key for key in (*Key, *_OTHER_NAMES) if len(key) >= _LEAST_LETTERS]
    for near in difflib.get_close_matches(typed, keys, n=3, cutoff=_NEAR):
        shorter, longer = sorted((len(typed), len(near)))
        common = (Counter(typed) & Counter(near)).total()
        is_wrong = longer == shorter >= _WRONG_FROM and common == shorter - 1
        if longer - shorter <= 1 and (common == shorter or is_wrong):
            return _OTHER_NAMES.get(near, near)
    return None


def _is_day(text: str) -> bool:
    try:
        read_day(text)
    except WrongValueError:
        return False
    return True


def _shown(text: str) -> str:
    """A piece as a sentence can show it: on one line and not too long."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"
