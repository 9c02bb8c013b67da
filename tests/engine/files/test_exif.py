from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.files.exif import parse_time


def test_with_an_offset_the_zone_of_this_computer_does_not_matter() -> None:
    expected = datetime(2023, 2, 12, 8, 30, tzinfo=UTC).timestamp()
    assert parse_time("2023:02:12 10:30:00", "+02:00") == expected
    assert parse_time("2023:02:12 03:00:00\0", "-05:30 ") == expected
    assert parse_time("2023:02:12 08:30:00", "Z") == expected


@pytest.mark.parametrize("offset", [None, "", "   ", 7, "east"])
def test_without_an_offset_it_is_local_time(offset: object) -> None:
    expected = datetime(2023, 2, 12, 10, 30).timestamp()
    assert parse_time("2023:02:12 10:30:00", offset) == expected


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "2023-02-12",
        "2023:13:12 10:30:00",
        "2023:02:30 10:30:00",
        "0001:01:01 00:00:00",
        "9999:12:31 23:59:59",
        20230212,
        b"2023:02:12 10:30:00",
    ],
)
def test_nonsense_is_none(written: object) -> None:
    assert parse_time(written, "+02:00") is None
    assert parse_time(written, None) is None


@given(st.one_of(st.text(), st.from_regex(r"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d")), st.text())
@settings(deadline=None)
def test_never_raises(written: str, offset: str) -> None:
    taken = parse_time(written, offset)
    assert taken is None or isinstance(taken, float)
