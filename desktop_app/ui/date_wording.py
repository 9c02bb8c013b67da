"""Dates as people read them: all that the window writes is written here."""

import time

from desktop_app.engine.query_language.days import MONTHS
from desktop_app.engine.records import Picture

_OF_FILE = "file of "
_SHORT = 3
"""Letters of a month's name where there is little room."""


def date(
    year: int, month: int | None = None, day: int | None = None, *, short: bool = False
) -> str:
    """A day, a month or a year: ``17 May 2023``, ``May 2023``, ``2023``.

    Args:
        year: The year.
        month: From 1 to 12; None for a whole year.
        day: From 1; None for a whole month.
        short: Whether the month is cut: ``12 Feb 2023``.
    """
    words = [str(year)]
    if month is not None:
        name = MONTHS[month - 1]
        words.insert(0, name[:_SHORT] if short else name)
    if day is not None:
        words.insert(0, str(day))
    return " ".join(words)


def here(at_s: float, *, with_time: bool = False) -> str:
    """What the clocks here showed at a moment: ``12 Feb 2023``, ``12 Feb 2023, 14:05``.

    Args:
        at_s: Seconds since 1970. Empty where the clock of this system cannot say it.
        with_time: Whether to say the time of day too.
    """
    try:
        at = time.localtime(at_s)
    except (OverflowError, OSError, ValueError):
        return ""
    day = _day(at, short=True)
    return f"{day}, {_time_of_day(at)}" if with_time else day


def moment(picture: Picture) -> str:
    """Day and time when it was taken, by the clocks there: ``12 February 2023, 14:03``.

    The date of a file says when it was last written, which may be years later. It is called
    that: ``file of 12 February 2023``. Empty where the clock of this system cannot say it.
    """
    at = _clock(picture)
    if at is None:
        return ""
    if picture.is_date_from_file:
        return f"{_OF_FILE}{_day(at)}"
    return f"{_day(at)}, {_time_of_day(at)}"


def short_day(picture: Picture) -> str:
    """The day where there is little room: ``12 Feb 2023`` or ``file of 12 Feb 2023``."""
    at = _clock(picture)
    if at is None:
        return ""
    return f"{_OF_FILE if picture.is_date_from_file else ''}{_day(at, short=True)}"


def _day(at: time.struct_time, *, short: bool = False) -> str:
    return date(at.tm_year, at.tm_mon, at.tm_mday, short=short)


def _time_of_day(at: time.struct_time) -> str:
    return f"{at.tm_hour:02}:{at.tm_min:02}"


def _clock(picture: Picture) -> time.struct_time | None:
    """What the clocks showed where it was taken, else what they showed here."""
    try:
        if picture.utc_offset_s is None:
            return time.localtime(picture.date_s)
        return time.gmtime(picture.date_s + picture.utc_offset_s)
    except (OverflowError, OSError, ValueError):
        return None
