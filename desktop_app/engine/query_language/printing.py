"""From parts to the line that means them."""

from collections.abc import Iterable

from desktop_app.engine.query_language.filters import filter_text, number_text
from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.query_language.parts import Part, Words
from desktop_app.engine.query_language.scanning import bracketed


def print_line(parts: Iterable[Part]) -> str:
    """The line that means some parts, and in which each can be told from its neighbours.

    Reading it gives the same parts, in the same order and without a complaint, as long as each of
    them is one that can be read: see docs/search-line.md on what parts hold.
    """
    texts: list[str] = []
    has_phrase = False
    for part in parts:
        if isinstance(part, Words) and part.weight > 0:
            if has_phrase:
                texts.append("+")
            has_phrase = True
        texts.append(part_text(part))
    return " ".join(texts)


def part_text(part: Part) -> str:
    """How a part is written by itself."""
    if not isinstance(part, Words):
        return filter_text(part)
    size = abs(part.weight)
    factor = "" if size == 1 else f"{number_text(size)}*"
    if part.weight < 0:
        return _whichever_reads(part, f"-{factor}{part.text}", f"-{factor}{bracketed(part.text)}")
    return _whichever_reads(
        part, f"{factor}{part.text}", f"{number_text(size)}*{bracketed(part.text)}"
    )


def _whichever_reads(part: Words, plain: str, safe: str) -> str:
    """The plain text, unless it would be read as something else than the part."""
    parsed = parse(plain)
    return plain if parsed.parts == (part,) and not parsed.complaints else safe
