"""What the parts of a search line are called on chips and in tooltips."""

from collections.abc import Sequence

from desktop_app.engine.query_language.parts import (
    After,
    Before,
    ByCamera,
    Comparison,
    Day,
    Filter,
    InFolder,
    Is,
    Kind,
    Measure,
    Name,
    OfSize,
    OfType,
    Part,
    Words,
)
from desktop_app.ui import date_wording

MINUS = "\u2212"
"""Wider than a hyphen, and not taken for one at small sizes."""

_MEASURES = {
    Measure.MEGAPIXELS: "megapixels",
    Measure.KILOBYTES: "KB",
    Measure.MEGABYTES: "MB",
}
_COMPARISONS = {
    Comparison.MORE: "over",
    Comparison.AT_LEAST: "at least",
    Comparison.LESS: "under",
    Comparison.AT_MOST: "at most",
}
_KINDS = {
    Kind.LANDSCAPE: "pictures that are wider than high",
    Kind.PORTRAIT: "pictures that are higher than wide",
    Kind.SQUARE: "square pictures",
    Kind.SCREENSHOT: "screenshots",
}


def label(part: Part) -> str:
    """What stands on a part's chip: ``two dogs``, ``− people``, ``since May 2023``."""
    if isinstance(part, Words):
        return f"{weighed(part.weight)}{part.text}"
    return f"not {_said(part)}" if part.is_excluded else _said(part)


def meaning(part: Part) -> str:
    """A sentence for a part's tooltip and for screen readers."""
    if isinstance(part, Words):
        if part.weight < 0:
            return f"Pictures that show {part.text} come last."
        return f"Pictures that show {part.text}, or are named so."
    return f"{'No' if part.is_excluded else 'Only'} {_meant(part)}."


def day(when: Day) -> str:
    """A day, a month or a year: ``17 May 2023``, ``May 2023``, ``2023``."""
    return date_wording.date(when.year, when.month, when.day)


def number(amount: float) -> str:
    """A number without zeros that say nothing: ``2``, ``0.5``."""
    return f"{amount:g}"


def in_words(labels: Sequence[str]) -> str:
    """What a search is called as long as it has no name: ``two dogs, since May 2023``."""
    return ", ".join(labels)


def weighed(weight: float) -> str:
    """What stands before something that counts more or less than usual: ``2 × ``, ``− ``."""
    amount = abs(weight)
    counted = "" if amount == 1 else f"{number(amount)} × "
    return f"{MINUS} {counted}" if weight < 0 else counted


def _said(part: Filter) -> str:
    """A filter as it stands on a chip, whether excluded or not."""
    match part:
        case Name():
            return f"named “{part.text}”"
        case After():
            return f"since {day(part.day)}"
        case Before():
            return f"before {day(part.day)}"
        case InFolder():
            return f"in {part.folder}"
        case OfType():
            return part.format.upper()
        case Is():
            return str(part.kind)
        case OfSize():
            comparison, measure = _COMPARISONS[part.comparison], _MEASURES[part.measure]
            return f"{comparison} {number(part.amount)} {measure}"
        case ByCamera():
            return f"by {part.camera}"


def _meant(part: Filter) -> str:
    """The pictures that a filter is about, in a few words."""
    match part:
        case Name():
            return f"pictures with “{part.text}” in the name of the file or of a folder above it"
        case InFolder():
            return f"pictures in the folder {part.folder}"
        case After() | Before():
            return f"pictures taken {_said(part)}"
        case OfType():
            return f"{_said(part)} pictures"
        case Is():
            return _KINDS[part.kind]
        case OfSize():
            return f"pictures of {_said(part)}"
        case ByCamera():
            return f"pictures taken with {part.camera}"
