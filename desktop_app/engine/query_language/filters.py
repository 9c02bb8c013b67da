"""Filters: what their values mean, and how they are written."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import assert_never

from desktop_app.engine.phrases import phrase
from desktop_app.engine.query_language.days import day_text, read_day
from desktop_app.engine.query_language.file_types import read_type, type_text
from desktop_app.engine.query_language.parts import (
    MOST_STARS,
    After,
    Before,
    ByCamera,
    Comparison,
    Filter,
    InFolder,
    Is,
    Kind,
    Measure,
    Name,
    OfSize,
    OfType,
    Rated,
    Tagged,
)
from desktop_app.engine.query_language.quoting import quoted, quoted_if_needed
from desktop_app.engine.query_language.scanning import Key
from desktop_app.engine.query_language.wrong_value import WrongValueError

MOST_OF_A_SIZE = 1e9
"""The largest amount that can be asked for; in bytes it still fits SQLite's 64 bits."""

EXAMPLES = {
    Key.AFTER: "after:2023-05",
    Key.BEFORE: "before:2023-05",
    Key.IN: "in:Holiday",
    Key.TYPE: "type:jpg",
    Key.IS: "is:landscape",
    Key.SIZE: "size:>2mp",
    Key.CAMERA: "camera:canon",
    Key.RATING: "rating:>=4",
    Key.TAG: "tag:snow",
}
"""For each key a filter that can be used."""

_COMPARISONS = {"=>": ">=", "≥": ">=", "=<": "<=", "≤": "<="}
_MEASURES = {
    **{measure.value: measure for measure in Measure},
    **dict.fromkeys(("mpx", "megapixel", "megapixels"), Measure.MEGAPIXELS),
}
_SIZE = re.compile(r"(>=|=>|≥|<=|=<|≤|>|<|)\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*([^\W\d_]*)")
_RATING = re.compile(r"(>=|=>|≥|<=|=<|≤|>|<|=|)\s*(none|\d{1,9})\s*(?:(\+)|-\s*(\d{1,9}))?")
_RATING_BEGUN = re.compile(r"(?:>=|=>|≥|<=|=<|≤|>|<|=|)\s*|\d\s*-\s*")
_SIZE_BEGUN = re.compile(r"(?:>=|=>|≥|<=|=<|≤|>|<|)\s*\d*[.,]?")


def read_filter(key: Key, value: str, *, is_excluded: bool) -> Filter:
    """What a filter means.

    Args:
        key: Before the colon.
        value: Behind it, without quotation marks.
        is_excluded: Whether a minus stands before it.

    Raises:
        WrongValueError: It means nothing.
    """
    if not value.strip():
        raise WrongValueError(
            phrase(
                "Engine: Search",
                "the value is missing; write it right behind the colon, as in {example}",
            ).format(example=EXAMPLES[key]),
            is_unfinished=True,
        )
    return _READERS[key](value, is_excluded)


def normal_folder(folder: str) -> str:
    """A folder as `InFolder` holds it: forward slashes, single ones, none at its end.

    Two at the beginning stay: they are those of a network share. Empty if it names no folder.
    """
    path = folder.replace("\\", "/")
    share = "/" if path.startswith("//") else ""
    path = (share + re.sub("/+", "/", path)).rstrip("/")
    return path if path.strip() else ""


def filter_text(part: Filter) -> str:
    """How a filter is written so that it reads as the same filter again."""
    return ("-" if part.is_excluded else "") + _without_minus(part)


def number_text(number: float) -> str:
    """A number with a point, without an exponent and without zeros at its end."""
    return format(Decimal(repr(number)), "f").removesuffix(".0")


def _without_minus(part: Filter) -> str:
    match part:
        case Name(text=text):
            return quoted(text)
        case After(day=day):
            return f"{Key.AFTER}:{day_text(day)}"
        case Before(day=day):
            return f"{Key.BEFORE}:{day_text(day)}"
        case InFolder(folder=folder):
            return f"{Key.IN}:{quoted_if_needed(folder)}"
        case OfType(format=format):
            return f"{Key.TYPE}:{type_text(format)}"
        case Is(kind=kind):
            return f"{Key.IS}:{kind}"
        case OfSize(comparison=comparison, amount=amount, measure=measure):
            return f"{Key.SIZE}:{comparison}{number_text(amount)}{measure}"
        case ByCamera(camera=camera):
            return f"{Key.CAMERA}:{quoted_if_needed(camera)}"
        case Rated(least=least, most=most):
            return f"{Key.RATING}:{_rating_text(least, most)}"
        case Tagged(tag=tag):
            return f"{Key.TAG}:{quoted_if_needed(tag)}"
        case _:
            assert_never(part)


def _rating_text(least: int, most: int) -> str:
    if least == most:
        return str(least or "none")
    if most == MOST_STARS:
        return f">={least}"
    return f"{least}-{most}" if least else f"<={most}"


def _read_folder(value: str, is_excluded: bool) -> InFolder:
    folder = normal_folder(value)
    if not folder:
        raise WrongValueError(phrase("Engine: Search", "this names no folder"), is_unfinished=True)
    return InFolder(folder, is_excluded)


def _read_kind(value: str, is_excluded: bool) -> Is:
    name = value.strip().lower()
    if name in set(Kind):
        return Is(Kind(name), is_excluded)
    raise WrongValueError(
        phrase(
            "Engine: Search", "a picture can be landscape, portrait, square, screenshot or recent"
        ),
        is_unfinished=any(kind.startswith(name) for kind in Kind),
    )


def _read_size(value: str, is_excluded: bool) -> OfSize:
    match = _SIZE.fullmatch(value.strip())
    if match is None:
        raise WrongValueError(
            phrase(
                "Engine: Search",
                "write more or less than how much, such as size:>2mp or size:<500kb",
            ),
            is_unfinished=_SIZE_BEGUN.fullmatch(value.strip()) is not None,
        )
    comparison, number, unit = match.groups()
    unit = unit.lower()
    if unit not in _MEASURES:
        raise WrongValueError(
            phrase(
                "Engine: Search", 'there is no measure "{unit}"; known are mp, kb and mb'
            ).format(unit=unit)
            if unit
            else phrase("Engine: Search", "say in what it is measured: mp (megapixels), kb or mb"),
            is_unfinished=any(good.startswith(unit) for good in _MEASURES),
        )
    if not comparison:
        asked = f"{number}{unit}"
        raise WrongValueError(
            phrase(
                "Engine: Search",
                "say whether more or less is meant: size:>{asked} or size:<{asked}",
            ).format(asked=asked)
        )
    amount = float(number.replace(",", "."))
    if amount > MOST_OF_A_SIZE:
        raise WrongValueError(phrase("Engine: Search", "no picture is as large as that"))
    comparison = _COMPARISONS.get(comparison, comparison)
    return OfSize(Comparison(comparison), amount, _MEASURES[unit], is_excluded)


def _read_rating(value: str, is_excluded: bool) -> Rated:
    text = value.strip().lower()
    match = _RATING.fullmatch(text)
    if match is None or (match[1] and (match[3] or match[4])) or (match[2] == "none" and match[3]):
        raise WrongValueError(
            phrase(
                "Engine: Search",
                "write how many stars, such as rating:3, rating:>=4, rating:2-4 or rating:none",
            ),
            is_unfinished=_RATING_BEGUN.fullmatch(text) is not None
            or (bool(text) and "none".startswith(text)),
        )
    comparison, first, plus, last = match.groups()
    stars = 0 if first == "none" else int(first)
    match _COMPARISONS.get(comparison, comparison):
        case ">=":
            least, most = stars, MOST_STARS
        case ">":
            least, most = stars + 1, MOST_STARS
        case "<=":
            least, most = 0, stars
        case "<":
            least, most = 0, stars - 1
        case _:
            least, most = stars, MOST_STARS if plus else int(last or stars)
    if max(stars, least, most, int(last or 0)) > MOST_STARS:
        raise WrongValueError(
            phrase("Engine: Search", "a rating has {n} stars at most").format(n=MOST_STARS)
        )
    if least > most:
        raise WrongValueError(phrase("Engine: Search", "there is no such rating"))
    return Rated(least, most, is_excluded)


_READERS: dict[Key, Callable[[str, bool], Filter]] = {
    Key.AFTER: lambda value, is_excluded: After(read_day(value.strip()), is_excluded),
    Key.BEFORE: lambda value, is_excluded: Before(read_day(value.strip()), is_excluded),
    Key.IN: _read_folder,
    Key.TYPE: lambda value, is_excluded: OfType(read_type(value), is_excluded),
    Key.IS: _read_kind,
    Key.SIZE: _read_size,
    Key.CAMERA: lambda value, is_excluded: ByCamera(" ".join(value.split()), is_excluded),
    Key.RATING: _read_rating,
    Key.TAG: lambda value, is_excluded: Tagged(" ".join(value.split()), is_excluded),
}
