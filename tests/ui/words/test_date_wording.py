import calendar
import locale
import re
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from desktop_app.ui.words import date_wording
from tests.helpers.french import in_french
from tests.ui.fake_library import picture

NOON_S = 1_676_210_580.0  # 12 February 2023, 14:03 UTC
HERE = replace(picture(1), date_s=NOON_S, utc_offset_s=0)


def test_a_date_is_told_by_the_clocks_where_the_picture_was_taken() -> None:
    assert date_wording.moment(HERE) == "12 February 2023, 14:03"
    there = replace(HERE, utc_offset_s=11 * 3600)
    assert date_wording.moment(there) == "13 February 2023, 01:03"
    assert date_wording.short_day(there) == "13 Feb 2023"


def test_without_an_offset_the_clocks_here_count() -> None:
    assert " February 2023, " in date_wording.moment(replace(HERE, utc_offset_s=None))


def test_the_date_of_a_file_is_called_that() -> None:
    file = replace(HERE, is_date_from_file=True)
    assert date_wording.moment(file) == "file of 12 February 2023"
    assert date_wording.short_day(file) == "file of 12 Feb 2023"


def test_a_date_that_the_system_cannot_tell_is_left_out() -> None:
    for offset_s in (None, 3600):
        odd = replace(HERE, date_s=1e30, utc_offset_s=offset_s)
        assert date_wording.moment(odd) == ""
        assert date_wording.short_day(odd) == ""


def test_months_are_named_alike_whatever_the_system_speaks() -> None:
    assert date_wording.date(2023) == "2023"
    assert date_wording.date(2023, 5) == "May 2023"
    assert date_wording.date(2023, 9, 7, short=True) == "7 Sep 2023"
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "C")
        assert [date_wording.date(2023, month) for month in range(1, 13)] == [
            f"{calendar.month_name[month]} 2023" for month in range(1, 13)
        ]
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_a_moment_here_has_a_day_and_where_asked_for_a_time() -> None:
    assert re.fullmatch(r"1[45] Nov 2023", date_wording.here(1_700_000_000.0))
    told = date_wording.here(1_700_000_000.0, with_time=True)
    assert re.fullmatch(r"1[45] Nov 2023, \d\d:\d\d", told)
    assert date_wording.here(1e20) == date_wording.here(1e30, with_time=True) == ""


def test_french_says_dates_its_own_way(qapp: QApplication) -> None:
    with in_french():
        assert date_wording.date(2023, 2, 12) == "12 février 2023"
        assert date_wording.date(2023, 2, 12, short=True) == "12 févr. 2023"
        assert date_wording.date(2023, 5, 1) == "1er mai 2023"
        assert date_wording.date(2023, 8) == "août 2023"
        assert date_wording.date(2023) == "2023"
