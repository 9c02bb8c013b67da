"""What the search box offers to put in for what is being typed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.engine.phrases import phrase
from desktop_app.engine.query_language.file_types import READ_FORMATS, catalog_formats, type_text
from desktop_app.engine.query_language.parts import Kind
from desktop_app.engine.query_language.quoting import QUOTES, quoted_if_needed
from desktop_app.engine.query_language.scanning import Key, Piece, PieceKind, scan

MOST_OFFERS = 8
"""As many as are read at a glance."""

_KEY_HINTS = {
    Key.AFTER: phrase("Engine: Search", "pictures taken from that day on"),
    Key.BEFORE: phrase("Engine: Search", "pictures taken before that day"),
    Key.IN: phrase("Engine: Search", "pictures in that folder"),
    Key.TYPE: phrase("Engine: Search", "pictures of that file type"),
    Key.IS: phrase("Engine: Search", "landscape, portrait, square, screenshot or recent"),
    Key.SIZE: phrase("Engine: Search", "larger or smaller pictures"),
    Key.CAMERA: phrase("Engine: Search", "pictures taken with that camera"),
    Key.RATING: phrase("Engine: Search", "pictures with so many stars"),
    Key.TAG: phrase("Engine: Search", "pictures with that tag"),
}
_KIND_HINTS = {
    Kind.LANDSCAPE: phrase("Engine: Search", "pictures wider than high"),
    Kind.PORTRAIT: phrase("Engine: Search", "pictures higher than wide"),
    Kind.SQUARE: phrase("Engine: Search", "pictures with equal sides"),
    Kind.SCREENSHOT: phrase("Engine: Search", "pictures of a screen"),
    Kind.RECENT: phrase("Engine: Search", "pictures that came into the library last"),
}
_SIZES = {
    ">2mp": phrase("Engine: Search", "more than 2 megapixels"),
    "<2mp": phrase("Engine: Search", "less than 2 megapixels"),
    ">5mb": phrase("Engine: Search", "files of more than 5 MB"),
    "<500kb": phrase("Engine: Search", "files of less than 500 KB"),
}
_RATINGS = {
    ">=4": phrase("Engine: Search", "4 stars or more"),
    ">=3": phrase("Engine: Search", "3 stars or more"),
    "5": phrase("Engine: Search", "5 stars"),
    "none": phrase("Engine: Search", "pictures without a rating"),
}
# "in", "is" and "be" are words of nearly every phrase, "aft" is of none.
_LETTERS = 2
_LETTERS_WITHIN_PHRASE = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What there is in the library to be asked for; what comes first is offered first.

    Attributes:
        folders: As `InFolder` has them: names, ends of paths or whole paths.
        cameras: As `ByCamera` has them.
        types: Pillow's names of formats; none stands for all that can be read.
        tags: As `Tagged` has them.
    """

    folders: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """Something to put into a line.

    Attributes:
        start: Where what it replaces begins, in characters.
        end: Behind the last character that it replaces.
        text: What to put there. The cursor belongs behind it.
        hint: What it asks for, in a few words.
    """

    start: int
    end: int
    text: str
    hint: str


def complete(line: str, cursor: int, vocabulary: Vocabulary) -> list[Completion]:
    """What could be meant by the piece of a line that is being typed.

    Values are offered behind the colon of a filter. Keys are offered at the end of a word that
    begins one: from two letters on at the beginning of a phrase or behind a minus, from three on
    behind other words. They are offers for a list, never to be put in unasked.

    Args:
        line: The line.
        cursor: Before which character it stands; beyond the line it stands at its end.
        vocabulary: What the library holds.

    Returns:
        At most `MOST_OFFERS`, the likeliest first. None where the piece says already what would
        be offered.
    """
    cursor = min(cursor, len(line))
    before: Piece | None = None
    for piece in scan(line):
        if piece.start < cursor <= piece.end:
            offers = _for_piece(line, cursor, piece, before, vocabulary)
            new = [each for each in offers if line[each.start : each.end] != each.text]
            return new[:MOST_OFFERS]
        before = piece
    return []


def _for_piece(
    line: str, cursor: int, piece: Piece, before: Piece | None, vocabulary: Vocabulary
) -> list[Completion]:
    """What to offer for the piece at the cursor; ``before`` is the one in front of it."""
    if piece.kind is PieceKind.WORD and cursor == piece.end and not piece.weight:
        return list(_keys(piece, before))
    if piece.kind is PieceKind.FILTER and piece.key is not None:
        value = line.index(":", piece.body) + 1
        if cursor >= value:
            return _values(line, cursor, value, piece, vocabulary)
    return []


def _keys(piece: Piece, before: Piece | None) -> Iterator[Completion]:
    is_within_phrase = (
        not piece.is_negative
        and before is not None
        and before.kind is PieceKind.WORD
        and not before.is_negative
    )
    typed = piece.text.lower()
    if len(typed) >= (_LETTERS_WITHIN_PHRASE if is_within_phrase else _LETTERS):
        for key, hint in _KEY_HINTS.items():
            if key.startswith(typed):
                yield Completion(piece.body, piece.end, f"{key}:", hint)


def _values(
    line: str, cursor: int, value: int, piece: Piece, vocabulary: Vocabulary
) -> list[Completion]:
    """What to offer behind a colon, which ends at ``value``."""
    start, end = value, piece.end if piece.is_closed else cursor
    if piece.key is Key.TYPE:
        start, end = _item(line, cursor, start, end)
    typed = line[start:cursor].strip(QUOTES)
    match piece.key:
        case Key.TYPE:
            offers = _types(typed, vocabulary.types or READ_FORMATS)
        case Key.IN:
            folders = _matching(typed.replace("\\", "/"), vocabulary.folders)
            offers = [
                (folder, phrase("Engine: Search", "pictures in this folder")) for folder in folders
            ]
        case Key.CAMERA:
            cameras = _matching(typed, vocabulary.cameras)
            offers = [
                (camera, phrase("Engine: Search", "pictures taken with this camera"))
                for camera in cameras
            ]
        case Key.IS:
            kinds = (kind for kind in Kind if kind.startswith(typed.lower()))
            offers = [(kind.value, _KIND_HINTS[kind]) for kind in kinds]
        case Key.SIZE:
            offers = [(size, hint) for size, hint in _SIZES.items() if size.startswith(typed)]
        case Key.RATING:
            offers = [(stars, hint) for stars, hint in _RATINGS.items() if stars.startswith(typed)]
        case Key.TAG:
            tags = _matching(typed, vocabulary.tags)
            offers = [(tag, phrase("Engine: Search", "pictures with this tag")) for tag in tags]
        case _:
            offers = []
    return [Completion(start, end, quoted_if_needed(text), hint) for text, hint in offers]


def _item(line: str, cursor: int, start: int, end: int) -> tuple[int, int]:
    """Where the item of a list with commas begins and ends that the cursor is in."""
    if line[start:end][:1] in set(QUOTES):
        start = min(start + 1, cursor)
        if line[end - 1] in QUOTES:
            end = max(end - 1, cursor)
    comma = line.find(",", cursor, end)
    return line.rfind(",", start, cursor) + 1 or start, comma if comma != -1 else end


def _types(typed: str, formats: Iterable[str]) -> list[tuple[str, str]]:
    """The endings of formats that begin like what was typed, with hints."""
    wanted = typed.strip().lower().removeprefix(".")
    texts = {}
    for name in formats:
        known = next((each for each in READ_FORMATS if name in catalog_formats(each)), None)
        if known and (type_text(known).startswith(wanted) or known.lower().startswith(wanted)):
            texts[type_text(known)] = phrase("Engine: Search", "{known} pictures").format(
                known=known
            )
    return list(texts.items())


def _matching(typed: str, texts: Sequence[str]) -> list[str]:
    """The likeliest of some texts, at most `MOST_OFFERS`.

    First those that begin like what was typed, as a whole or in the last part of a path, then
    those in which a word does, then those that contain it. Upper and lower case are the same.
    """
    wanted = typed.casefold()
    if not wanted:
        return list(texts[:MOST_OFFERS])
    ranked: tuple[list[str], list[str], list[str]] = ([], [], [])
    for text in texts:
        folded = text.casefold()
        if wanted in folded:
            ranked[_rank(wanted, folded)].append(text)
    return [text for same in ranked for text in same][:MOST_OFFERS]


def _rank(wanted: str, folded: str) -> int:
    """0 to 2, the likeliest first, for a text that contains what is wanted."""
    if folded.startswith(wanted) or folded.rpartition("/")[2].startswith(wanted):
        return 0
    at = folded.find(wanted)
    while at > 0:
        if not folded[at - 1].isalnum():
            return 1
        at = folded.find(wanted, at + 1)
    return 2
