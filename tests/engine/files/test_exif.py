from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop_app.engine.files.exif import Moment, camera_name, details_of, parse_time
from desktop_app.engine.records import PictureDetails


def test_with_an_offset_the_zone_of_this_computer_does_not_matter() -> None:
    at_s = datetime(2023, 2, 12, 8, 30, tzinfo=UTC).timestamp()
    assert parse_time("2023:02:12 10:30:00", "+02:00") == Moment(at_s, 7200)
    assert parse_time("2023:02:12 03:00:00\0", "-05:30 ") == Moment(at_s, -19800)
    assert parse_time("2023:02:12 08:30:00", "Z") == Moment(at_s, 0)


@pytest.mark.parametrize("offset", [None, "", "   ", 7, "east"])
def test_without_an_offset_it_is_local_time(offset: object) -> None:
    local = datetime(2023, 2, 12, 10, 30).astimezone()
    distance = local.utcoffset()
    assert distance is not None
    expected = Moment(local.timestamp(), int(distance.total_seconds()))
    assert parse_time("2023:02:12 10:30:00", offset) == expected


@pytest.mark.parametrize(
    ("digits", "fraction"), [("25", 0.25), ("5\0", 0.5), ("", 0), ("1e9", 0), (5, 0), ("-1", 0)]
)
def test_parts_of_a_second(digits: object, fraction: float) -> None:
    moment = parse_time("1970:01:01 00:00:01", "Z", digits)
    assert moment == Moment(1 + fraction, 0)


@pytest.mark.parametrize(
    ("maker", "model", "name"),
    [
        ("Canon", "Canon EOS R5", "Canon EOS R5"),
        ("NIKON CORPORATION", "NIKON D750", "NIKON D750"),
        ("SONY", "ILCE-7M3", "SONY ILCE-7M3"),
        ("OLYMPUS IMAGING CORP.  ", "E-M5", "OLYMPUS E-M5"),
        ("EASTMAN KODAK COMPANY", "KODAK Z740", "KODAK Z740"),
        ("Apple\0", "iPhone 13\0\0", "Apple iPhone 13"),
        ("samsung", "SM-G991B", "Samsung SM-G991B"),
        ("", "DMC-FZ50", "DMC-FZ50"),
        ("Panasonic", None, "Panasonic"),
        ("   ", "\0", None),
        (b"Canon", 7, None),
        ("Co.", "X", "Co. X"),
    ],
)
def test_a_camera_is_called_by_maker_and_model(
    maker: object, model: object, name: str | None
) -> None:
    assert camera_name(maker, model) == name


def exif_of(tags: Mapping[int, object], details: Mapping[int, object]) -> Image.Exif:
    exif = Image.Exif()
    for tag, value in tags.items():
        exif[tag] = value
    exif[0x8769] = dict(details)
    again = Image.Exif()
    again.load(exif.tobytes())
    return again


def test_the_time_of_the_exposure_goes_before_those_of_scan_and_change() -> None:
    change = {0x0132: "2020:01:01 00:00:03"}
    scan = {0x9004: "2020:01:01 00:00:02", 0x9012: "+01:00"}
    exposure = {0x9003: "2020:01:01 00:00:01", 0x9011: "+02:00", 0x9291: "5"}
    start_s = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    found = [
        details_of(exif_of(change, details))
        for details in ({**scan, **exposure}, {**scan, 0x9003: "nonsense"}, {0x9010: "-01:00"})
    ]
    assert found == [
        PictureDetails(start_s + 1.5 - 7200, 7200, None),
        PictureDetails(start_s + 2 - 3600, 3600, None),
        PictureDetails(start_s + 3 + 3600, -3600, None),
    ]


def test_where_nothing_is_said_nothing_is_known() -> None:
    assert details_of(exif_of({}, {})) == PictureDetails(None, None, None)


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
    assert taken is None or isinstance(taken.at_s, float)
