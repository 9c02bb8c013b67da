"""Days of the calendar, as they are typed and as they are written."""

import calendar
import re

from desktop_app.engine.phrases import phrase
from desktop_app.engine.query_language.parts import Day
from desktop_app.engine.query_language.wrong_value import WrongValueError

_YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?")
_YEAR_LAST = re.compile(r"(?:(\d{1,2})([-/.]))?(\d{1,2})([-/.])(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}")
# calendar.month_name and time.strftime would speak the language of the system.
MONTHS = (
    phrase("Engine: Search", "January"),
    phrase("Engine: Search", "February"),
    phrase("Engine: Search", "March"),
    phrase("Engine: Search", "April"),
    phrase("Engine: Search", "May"),
    phrase("Engine: Search", "June"),
    phrase("Engine: Search", "July"),
    phrase("Engine: Search", "August"),
    phrase("Engine: Search", "September"),
    phrase("Engine: Search", "October"),
    phrase("Engine: Search", "November"),
    phrase("Engine: Search", "December"),
)
_BEGUN = re.compile(r"[\d./-]{0,9}")


def read_day(text: str) -> Day:
    """The day, month or year that is meant.

    ``2023-05-17`` with ``-``, ``/`` or ``.`` between, or less of it from the left. Also with the
    year last: with points the day comes first, as everywhere that writes points; with others the
    number over 12 is the day.

    Raises:
        WrongValueError: There is no such day, it can be read in two ways, or it is none at all.
    """
    if match := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = match.groups()
        return _checked(int(year), int(month) if month else None, int(day) if day else None)
    match = _YEAR_LAST.fullmatch(text)
    if match and match[2] in (None, match[4]):
        day, _, month, mark, year = match.groups()
        if day is None:
            return _checked(int(year), int(month), None)
        return _year_last(int(day), int(month), int(year), mark)
    if _SHORT_YEAR.fullmatch(text):
        raise WrongValueError(
            phrase("Engine: Search", "write the year with four digits"), is_unfinished=True
        )
    raise WrongValueError(
        phrase(
            "Engine: Search", "write a year, a month or a day, such as 2023, 2023-05 or 2023-05-17"
        ),
        is_unfinished=_BEGUN.fullmatch(text) is not None,
    )


def day_text(day: Day) -> str:
    """How a day is written: ``2023``, ``2023-05`` or ``2023-05-17``."""
    numbers = (day.month, day.day)
    return f"{day.year:04d}" + "".join(f"-{number:02d}" for number in numbers if number)


def _year_last(first: int, second: int, year: int, mark: str) -> Day:
    """What ``17.5.2023``, ``17/5/2023`` or ``5/17/2023`` means."""
    if mark == "." or second <= 12 < first or first == second:
        return _checked(year, second, first)
    if first <= 12 < second:
        return _checked(year, first, second)
    if first > 12:
        raise WrongValueError(
            phrase("Engine: Search", "there is no month {first} and no month {second}").format(
                first=first, second=second
            )
        )
    one, other = _checked(year, second, first), _checked(year, first, second)
    raise WrongValueError(
        phrase("Engine: Search", "this can be two days; write {one} or {other}").format(
            one=day_text(one), other=day_text(other)
        )
    )


def _checked(year: int, month: int | None, day: int | None) -> Day:
    """The day, if the calendar has it."""
    if year == 0:
        raise WrongValueError(phrase("Engine: Search", "there is no year 0"))
    if month is None:
        return Day(year)
    if not 1 <= month <= 12:
        raise WrongValueError(
            phrase("Engine: Search", "there is no month {month}").format(month=month)
        )
    if day is None:
        return Day(year, month)
    if day == 0:
        raise WrongValueError(phrase("Engine: Search", "there is no day 0"))
    if day > calendar.monthrange(year, month)[1]:
        text = phrase("Engine: Search", "there is no {day} of {month}")
        if (month, day) == (2, 29):
            text = phrase("Engine: Search", "there is no {day} of {month} in {year}")
        raise WrongValueError(text.format(day=_ordinal(day), month=MONTHS[month - 1], year=year))
    return Day(year, month, day)


def _ordinal(number: int) -> str:
    """``31st`` for 31; of 1 to 99."""
    last = 0 if number // 10 == 1 else number % 10
    text = {
        1: phrase("Engine: Search", "{n}st"),
        2: phrase("Engine: Search", "{n}nd"),
        3: phrase("Engine: Search", "{n}rd"),
    }.get(last, phrase("Engine: Search", "{n}th"))
    return text.format(n=number)
