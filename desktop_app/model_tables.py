"""Models in writing: the tables of ``models list``, and what is said of one of them."""

import textwrap
from collections.abc import Sequence

from desktop_app.engine.records import InstalledModel, LibraryModel, ModelOffer, ModelRole
from desktop_app.terminal import shorten

BUILTIN_TITLE = "built-in model"
"""What the terminal calls the model that comes with the program, whatever its card says."""

_NOTHING = "-"
_GAP = "  "
_SHOWN_LANGUAGES = 4
_MIN_COLUMN = 8
_SHRINKABLE = ("TITLE", "LICENCE", "LANGUAGES", "QUALITY")


def display_title(title: str, *, is_builtin: bool) -> str:
    """A model's title inside a sentence."""
    return f"the {BUILTIN_TITLE}" if is_builtin else title


def models_text(models: Sequence[LibraryModel], width: int | None) -> str:
    """The installed models as a table, and below it why some cannot be used.

    Args:
        models: What to list.
        width: Columns of the terminal; None where nothing is to be shortened.
    """
    rows = [("NAME", "TITLE", "ROLE", "SIZE", "IN LIBRARY", "LICENCE", "LANGUAGES", "QUALITY")]
    rows += [
        (
            one.model.name,
            BUILTIN_TITLE if one.model.is_builtin else one.model.title,
            role(one),
            _size(one.model.size_bytes),
            _size(one.disk_bytes),
            one.model.licence or _NOTHING,
            languages(one.model.languages),
            _quality(one.model),
        )
        for one in models
    ]
    problems = [
        f"{one.model.name} cannot be used: {one.model.problem}"
        for one in models
        if one.model.problem
    ]
    return "\n".join([*_table(rows, width), *problems, ""])


def offers_text(offers: Sequence[ModelOffer], width: int | None) -> str:
    """The models to download as a table, each with its description on lines of its own.

    Args:
        offers: What to list.
        width: Columns of the terminal; None where nothing is to be shortened.
    """
    rows = [("NAME", "TITLE", "SIZE", "LICENCE", "LANGUAGES")]
    rows += [
        (
            offer.name,
            offer.title,
            _size(offer.size_bytes),
            offer.licence or _NOTHING,
            languages(offer.languages),
        )
        for offer in offers
    ]
    head, *lines = _table(rows, width)
    text = [head]
    for line, offer in zip(lines, offers, strict=True):
        text += [line, *_indented(offer.description, width)]
    return "\n".join([*text, ""])


def offer_text(offer: ModelOffer) -> str:
    """All that somebody wants to know before a download."""
    return (
        f"{offer.title}: {offer.description}\n"
        f"  from      {offer.address}\n"
        f"  revision  {offer.revision}\n"
        f"  size      {megabytes(offer.size_bytes)}\n"
        f"  licence   {offer.licence}\n"
        f"  languages {languages(offer.languages)}\n"
    )


def role(one: LibraryModel) -> str:
    """What a model is to the library, and how much of the library it knows where not all."""
    if one.model.is_missing:
        return "missing"
    is_complete = one.vectors >= one.pictures
    known = f"{one.vectors * 100 // max(1, one.pictures)}%"
    if one.role is ModelRole.IN_USE:
        return "in use" if is_complete else f"in use, {known}"
    if one.model.problem is not None:
        return "unusable"
    if one.role is ModelRole.NEXT:
        return f"next, {known}" if one.pictures else "next"
    if one.role is ModelRole.KEPT:
        ready = "ready" if is_complete else f"ready, {known}"
        return ready if one.lacks_few else known
    return _NOTHING


def languages(codes: Sequence[str]) -> str:
    """The first languages, and how many more there are."""
    shown = ", ".join(codes[:_SHOWN_LANGUAGES])
    more = len(codes) - _SHOWN_LANGUAGES
    return f"{shown} and {more} more" if more > 0 else shown or _NOTHING


def megabytes(size_bytes: int) -> str:
    """A size for people."""
    return f"{size_bytes / 1e6:.1f} MB" if size_bytes < 1e7 else f"{size_bytes / 1e6:.0f} MB"


def _size(size_bytes: int) -> str:
    return megabytes(size_bytes) if size_bytes else _NOTHING


def _quality(model: InstalledModel) -> str:
    figures = (f"{one.dataset} {one.metric} {one.value:.2f}" for one in model.quality[:1])
    return "".join(figures) or _NOTHING


def _table(rows: Sequence[Sequence[str]], width: int | None) -> list[str]:
    """Lines of a table without its empty columns, the first row being its head."""
    columns = [
        column for column in zip(*rows, strict=True) if any(cell != _NOTHING for cell in column[1:])
    ]
    widths = _widths(columns, width)
    lines = []
    for row in zip(*columns, strict=True):
        cells = (shorten(cell, wide).ljust(wide) for cell, wide in zip(row, widths, strict=True))
        line = _GAP.join(cells).rstrip()
        lines.append(line if width is None else shorten(line, width))
    return lines


def _widths(columns: Sequence[Sequence[str]], width: int | None) -> list[int]:
    """How wide each column is: the widest give way until a row fits, names and figures never."""
    widths = [max(map(len, column)) for column in columns]
    if width is None:
        return widths
    while sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        candidates = [
            at
            for at, column in enumerate(columns)
            if column[0] in _SHRINKABLE and widths[at] > _MIN_COLUMN
        ]
        if not candidates:
            break
        widths[max(candidates, key=lambda at: widths[at])] -= 1
    return widths


def _indented(text: str, width: int | None) -> list[str]:
    if width is None:
        return [f"    {text}"]
    indent = "    "
    return textwrap.wrap(text, max(20, width), initial_indent=indent, subsequent_indent=indent)
