"""What the parts of a search line are called on chips and in tooltips."""

from collections.abc import Sequence
from functools import singledispatch

from desktop_app.engine.query_language.parts import (
    After,
    Before,
    ByCamera,
    Comparison,
    Day,
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


@singledispatch
def _said(part: object) -> str:
    """A filter as it stands on a chip, whether excluded or not."""
    raise TypeError(f"no words for {part!r}")


@_said.register
def _(part: Name) -> str:
    return f"named “{part.text}”"


@_said.register
def _(part: After) -> str:
    return f"since {day(part.day)}"


@_said.register
def _(part: Before) -> str:
    return f"before {day(part.day)}"


@_said.register
def _(part: InFolder) -> str:
    return f"in {part.folder}"


@_said.register
def _(part: OfType) -> str:
    return part.format.upper()


@_said.register
def _(part: Is) -> str:
    return str(part.kind)


@_said.register
def _(part: OfSize) -> str:
    return f"{_COMPARISONS[part.comparison]} {number(part.amount)} {_MEASURES[part.measure]}"


@_said.register
def _(part: ByCamera) -> str:
    return f"by {part.camera}"


@singledispatch
def _meant(part: object) -> str:
    """The pictures that a filter is about, in a few words."""
    raise TypeError(f"no words for {part!r}")


@_meant.register
def _(part: Name) -> str:
    return f"pictures with “{part.text}” in the name of the file or of a folder above it"


@_meant.register
def _(part: After) -> str:
    return f"pictures taken since {day(part.day)}"


@_meant.register
def _(part: Before) -> str:
    return f"pictures taken before {day(part.day)}"


@_meant.register
def _(part: InFolder) -> str:
    return f"pictures in the folder {part.folder}"


@_meant.register
def _(part: OfType) -> str:
    return f"{part.format.upper()} pictures"


@_meant.register
def _(part: Is) -> str:
    return _KINDS[part.kind]


@_meant.register
def _(part: OfSize) -> str:
    return f"pictures of {_said(part)}"


@_meant.register
def _(part: ByCamera) -> str:
    return f"pictures taken with {part.camera}"
