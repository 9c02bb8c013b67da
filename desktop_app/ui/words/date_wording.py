"""Dates as people read them: all that the window writes is written here."""

import time

from PySide6.QtCore import QLocale

from desktop_app.engine.records import Picture
from desktop_app.ui.words.language import tr
from desktop_app.ui.words.number_wording import locale


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
    if month is None:
        return str(year)
    name = month_name(month, short=short)
    if day is None:
        return tr("Dates", "{month} {year}").format(month=name, year=year)
    number = tr("Dates", "1", "The first day of a month") if day == 1 else str(day)
    return tr("Dates", "{day} {month} {year}").format(day=number, month=name, year=year)


def month_name(month: int, *, short: bool = False) -> str:
    """The name of a month within a date: ``February``, ``Feb``."""
    kind = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return locale().monthName(month, kind)


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
    return _moment(at, short=True) if with_time else _day(at, short=True)


def moment(picture: Picture) -> str:
    """Day and time when it was taken, by the clocks there: ``12 February 2023, 14:03``.

    The date of a file says when it was last written, which may be years later. It is called
    that: ``file of 12 February 2023``. Empty where the clock of this system cannot say it.
    """
    at = _clock(picture)
    if at is None:
        return ""
    return _of_file(_day(at)) if picture.is_date_from_file else _moment(at)


def short_day(picture: Picture) -> str:
    """The day where there is little room: ``12 Feb 2023`` or ``file of 12 Feb 2023``."""
    at = _clock(picture)
    if at is None:
        return ""
    day = _day(at, short=True)
    return _of_file(day) if picture.is_date_from_file else day


def _of_file(day: str) -> str:
    return tr("Dates", "file of {date}", "When a file was last written").format(date=day)


def _moment(at: time.struct_time, *, short: bool = False) -> str:
    clock = f"{at.tm_hour:02}:{at.tm_min:02}"
    return tr("Dates", "{date}, {time}").format(date=_day(at, short=short), time=clock)


def _day(at: time.struct_time, *, short: bool = False) -> str:
    return date(at.tm_year, at.tm_mon, at.tm_mday, short=short)


def _clock(picture: Picture) -> time.struct_time | None:
    """What the clocks showed where it was taken, else what they showed here."""
    try:
        if picture.utc_offset_s is None:
            return time.localtime(picture.date_s)
        return time.gmtime(picture.date_s + picture.utc_offset_s)
    except (OverflowError, OSError, ValueError):
        return None
