"""What the parts of a search line are called on chips and in tooltips."""

from collections.abc import Sequence

from desktop_app.engine.query_language.parts import (
    MOST_RECENT,
    MOST_STARS,
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
    Rated,
    Tagged,
    Words,
)
from desktop_app.ui.words import date_wording, number_wording
from desktop_app.ui.words.language import tr

MINUS = "\u2212"
"""Wider than a hyphen, and not taken for one at small sizes."""


def label(part: Part) -> str:
    """What stands on a part's chip: ``two dogs``, ``− people``, ``since May 2023``."""
    if isinstance(part, Words):
        return f"{weighed(part.weight)}{part.text}"
    if _asks_for_any_rating(part):
        return tr("Search", "rated")
    said = _said(part)
    return tr("Search", "not {part}").format(part=said) if part.is_excluded else said


def meaning(part: Part) -> str:
    """A sentence for a part's tooltip and for screen readers."""
    if isinstance(part, Words):
        last = tr("Search", "Pictures that show {words} come last.")
        usual = tr("Search", "Pictures that show {words}, or are named so.")
        return (last if part.weight < 0 else usual).format(words=part.text)
    if _asks_for_any_rating(part):
        return tr("Search", "Only pictures with a rating.")
    text = tr("Search", "No {pictures}.") if part.is_excluded else tr("Search", "Only {pictures}.")
    return text.format(pictures=_meant(part))


def day(when: Day) -> str:
    """A day, a month or a year: ``17 May 2023``, ``May 2023``, ``2023``."""
    return date_wording.date(when.year, when.month, when.day)


def number(amount: float) -> str:
    """A number without zeros that say nothing: ``2``, ``0.5``."""
    return number_wording.shortest(amount)


def in_words(labels: Sequence[str]) -> str:
    """What a search is called as long as it has no name: ``two dogs, since May 2023``."""
    return ", ".join(labels)


def weighed(weight: float) -> str:
    """What stands before something that counts more or less than usual: ``2 × ``, ``− ``."""
    amount = abs(weight)
    counted = "" if amount == 1 else f"{number(amount)} × "
    return f"{MINUS} {counted}" if weight < 0 else counted


def folder_name(folder: str) -> str:
    """What a folder of a search is called: of an absolute path the last name."""
    is_absolute = folder.startswith("/") or folder[1:2] == ":"
    return (folder.rpartition("/")[2] or folder) if is_absolute else folder


def like(picture: str) -> str:
    """That pictures like one are searched for."""
    return tr("Search", "like {picture}").format(picture=picture)


def unlike(picture: str) -> str:
    """That pictures unlike one are searched for."""
    return tr("Search", "unlike {picture}").format(picture=picture)


def more_like(picture: str) -> str:
    """That more pictures like a hit are wanted."""
    return tr("Search", "more like {picture}").format(picture=picture)


def less_like(picture: str) -> str:
    """That fewer pictures like a hit are wanted."""
    return tr("Search", "less like {picture}").format(picture=picture)


def kind(of: Kind) -> str:
    """A kind of pictures on a chip and in the menu."""
    return {
        Kind.LANDSCAPE: tr("Search", "landscape"),
        Kind.PORTRAIT: tr("Search", "portrait"),
        Kind.SQUARE: tr("Search", "square"),
        Kind.SCREENSHOT: tr("Search", "screenshot"),
        Kind.RECENT: tr("Search", "recent"),
    }[of]


def _said(part: Filter) -> str:
    """A filter as it stands on a chip, whether excluded or not."""
    match part:
        case Name():
            return tr("Search", "named “{text}”").format(text=part.text)
        case After():
            return _dated(part.day, tr("Search", "since {date}"), tr("Search", "since {period}"))
        case Before():
            return _dated(part.day, tr("Search", "before {date}"), tr("Search", "before {period}"))
        case InFolder():
            return tr("Search", "in {folder}").format(folder=folder_name(part.folder))
        case OfType():
            return part.format.upper()
        case Is():
            return kind(part.kind)
        case OfSize():
            return _compared(part.comparison).format(size=_size(part))
        case ByCamera():
            return tr("Search", "by {camera}").format(camera=part.camera)
        case Rated():
            return _rating(part)
        case Tagged():
            return tr("Search", "tag {name}").format(name=part.tag)


def _dated(when: Day, of_day: str, of_period: str) -> str:
    """Something said of a day, or of a month or a year, which some languages say differently."""
    return of_day.format(date=day(when)) if when.day else of_period.format(period=day(when))


def _compared(comparison: Comparison) -> str:
    return {
        Comparison.MORE: tr("Search", "over {size}"),
        Comparison.AT_LEAST: tr("Search", "at least {size}"),
        Comparison.LESS: tr("Search", "under {size}"),
        Comparison.AT_MOST: tr("Search", "at most {size}"),
    }[comparison]


def _size(part: OfSize) -> str:
    text = {
        Measure.MEGAPIXELS: number_wording.form_of(
            part.amount, tr("Search", "{n} megapixel"), tr("Search", "{n} megapixels")
        ),
        Measure.KILOBYTES: tr("Files", "{n} KB"),
        Measure.MEGABYTES: tr("Files", "{n} MB"),
    }[part.measure]
    return text.format(n=number(part.amount))


def _meant(part: Filter) -> str:
    """The pictures that a filter is about, in a few words."""
    match part:
        case Name():
            text = tr(
                "Search",
                "pictures with “{text}” in the name of the file or of a folder above it",
            )
            return text.format(text=part.text)
        case InFolder():
            return tr("Search", "pictures in the folder {folder}").format(folder=part.folder)
        case After():
            return _dated(
                part.day,
                tr("Search", "pictures taken since {date}"),
                tr("Search", "pictures taken since {period}"),
            )
        case Before():
            return _dated(
                part.day,
                tr("Search", "pictures taken before {date}"),
                tr("Search", "pictures taken before {period}"),
            )
        case OfType():
            return tr("Search", "{type} pictures").format(type=_said(part))
        case Is():
            return _kind_meant(part.kind)
        case OfSize():
            return tr("Search", "pictures of {size}").format(size=_said(part))
        case ByCamera():
            return tr("Search", "pictures taken with {camera}").format(camera=part.camera)
        case Rated(least=0, most=0):
            return tr("Search", "pictures without a rating")
        case Rated():
            return tr("Search", "pictures with {stars}").format(stars=_in_stars(part))
        case Tagged():
            return tr("Search", "pictures with the tag “{name}”").format(name=part.tag)


def stars(count: int) -> str:
    """A rating as it is shown: ``★★★☆☆``."""
    return "★" * count + "☆" * (MOST_STARS - count)


def _rating(part: Rated) -> str:
    """A rating as it stands on a chip."""
    if part.least == part.most:
        return stars(part.least) if part.least else tr("Search", "no rating")
    return _in_stars(part)


def _in_stars(part: Rated) -> str:
    """Within which bounds a rating lies."""
    if part.least == part.most:
        if part.least == 1:
            return tr("Search", "1 star")
        return tr("Search", "{count} stars").format(count=part.least)
    if part.most == MOST_STARS:
        if part.least == 1:
            return tr("Search", "1 star or more")
        return tr("Search", "{count} stars or more").format(count=part.least)
    if part.least:
        text = tr("Search", "{least} to {most} stars")
        return text.format(least=part.least, most=part.most)
    if part.most == 1:
        return tr("Search", "1 star or none")
    return tr("Search", "{count} stars or fewer").format(count=part.most)


def _asks_for_any_rating(part: Filter) -> bool:
    """Whether a filter is the contrary of no rating: two times no is hard to read."""
    return isinstance(part, Rated) and part.most == 0 and part.is_excluded


def _kind_meant(of: Kind) -> str:
    return {
        Kind.LANDSCAPE: tr("Search", "pictures that are wider than high"),
        Kind.PORTRAIT: tr("Search", "pictures that are higher than wide"),
        Kind.SQUARE: tr("Search", "square pictures"),
        Kind.SCREENSHOT: tr("Search", "screenshots"),
        Kind.RECENT: tr("Search", "the {count} pictures that came into the library last").format(
            count=MOST_RECENT
        ),
    }[of]
