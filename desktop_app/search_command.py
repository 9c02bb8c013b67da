"""The terminal's side of searching: the same line as in the window, and pictures."""

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.engine.errors import ModelError, QueryError
from desktop_app.engine.library import Library
from desktop_app.engine.query_language.editing import added
from desktop_app.engine.query_language.parsing import ParsedLine, parse
from desktop_app.engine.query_language.parts import Part, Words
from desktop_app.engine.query_language.printing import part_text, print_line
from desktop_app.engine.records import FoundBy, Hits, Picture, PictureExample, Query
from desktop_app.model_tables import display_title
from desktop_app.terminal import OpenLibrary, say, write_json

WRONG_USAGE = 2

_FILTER = re.compile(r'(-?(?:in|camera):)([^"\s:][^":]*\s[^":]*)$', re.IGNORECASE)
"""A filter whose value has a space and no quotes, and nothing else behind it."""


def run(options: argparse.Namespace, open_library: OpenLibrary) -> int:
    """Carry out ``search``.

    Args:
        options: Parsed arguments.
        open_library: Opens the library.

    Returns:
        Exit code: 2 where the line cannot be understood, and nothing was searched for.

    Raises:
        UserFacingError: If the search cannot be answered.
    """
    parsed = parse(_line(options.words))
    for complaint in parsed.complaints:
        say(complaint.text)
    if any(complaint.left_out or complaint.is_unfinished for complaint in parsed.complaints):
        return WRONG_USAGE  # a script would take hits for all that it asked
    query = _query(parsed, options)
    if query.is_empty:
        raise QueryError("There is nothing to search for.", "Give some words or --image FILE.")
    library = open_library(writable=False)
    try:
        if query.is_ranked:
            _check_prepared(library, getattr(options, "model", None) is not None)
        hits = library.search(query, options.limit)
        pictures = library.pictures(hits.ids.tolist())
    finally:
        library.close()
    if not len(hits.ids):
        say("No picture fits.")
    if options.json:
        write_json(list(_rows(query, hits, pictures)))
    else:
        for row in _rows(query, hits, pictures):
            sys.stdout.write(f"{row['score']:.4f}\t{row['path']}\n")
    return 0


def _line(words: Sequence[str]) -> str:
    """Put the arguments together, with the quotes that the shell has taken away.

    ``in:"My Holiday"`` arrives as one argument with a space in it. Where it is the only one it may
    be a whole line, too; then the user is told how it was read.
    """
    if len(words) != 1:
        return " ".join(_FILTER.sub(r'\1"\2"', word) for word in words)
    [line] = words
    if found := _FILTER.match(line):
        key, value = found[1], found[2]
        first, _, rest = value.partition(" ")
        say(f"Read as {key}{first} and: {rest}. Else write '{key}\"{value}\"'.")
    return line


def _query(parsed: ParsedLine, options: argparse.Namespace) -> Query:
    parts = parsed.parts
    for minus in options.minus:
        words = " ".join(minus.split())
        if words:
            parts = added(parts, Words(words, -1.0))
    images = tuple(PictureExample(_read_picture(path)) for path in options.image)
    return Query(parts=parts, pictures=images)


def _rows(query: Query, hits: Hits, pictures: dict[int, Picture]) -> Iterator[dict[str, object]]:
    """What is told of each hit; every one carries how the search was understood."""
    understood = {
        "line": print_line(query.parts),
        "parts": [_part(part) for part in query.parts],
        "images": len(query.pictures),
    }
    for place, id_ in enumerate(hits.ids.tolist()):
        if id_ in pictures:
            by_name = place < len(hits.found_by) and hits.found_by[place] is not FoundBy.LOOKS
            yield {
                "path": pictures[id_].path,
                "score": round(float(hits.scores[place]), 6),
                "relevance": round(float(hits.relevance[place]), 3),
                "strong": place < hits.strong_count,
                "found_by": str(hits.found_by[place] if by_name else FoundBy.LOOKS),
                "query": understood,
            }


def _part(part: Part) -> dict[str, object]:
    if isinstance(part, Words):
        return {"words": part.text, "weight": part.weight}
    return {"filter": part_text(part)}


def _check_prepared(library: Library, is_given: bool) -> None:
    """Tell what a search cannot find: another model may have looked at the pictures, not this one.

    Args:
        library: Where to search.
        is_given: Whether the model is given with ``--model``.

    Raises:
        ModelError: If it can find nothing at all.
    """
    unprepared = library.unprepared()
    if not unprepared:
        return
    info = library.warm_up()
    title = display_title(info.name, is_builtin=info.is_builtin)
    command = "`image-seeker index` with the same --model" if is_given else "`image-seeker index`"
    pictures = library.picture_count()
    if unprepared == pictures:
        raise ModelError(f"No picture is prepared for {title}.", f"Run {command} first.")
    say(
        f"{unprepared} of {pictures} pictures are not prepared for {title} and cannot be found. "
        f"Run {command} first."
    )


def _read_picture(path: Path) -> bytes:
    try:
        return Path(os.path.expanduser(path)).read_bytes()
    except OSError as error:
        raise QueryError(
            f"The picture {path} cannot be read ({error.strerror}).", "Check the name."
        ) from error
