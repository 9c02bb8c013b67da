"""Filters against the same said in Python, over made-up libraries."""

import calendar
import datetime as dt
import operator
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.query_language.parts import (
    MOST_RECENT,
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
    Rated,
    Tagged,
)
from desktop_app.engine.records import FileStamp, ModelInfo, NewPicture, RootKind
from desktop_app.engine.store import filtering
from desktop_app.engine.store.catalog import Catalog
from tests.engine.store.conftest import DIM, picture

ROOT = "/data/Über/Fotos"
MODEL = ModelInfo("m", "M", DIM, is_builtin=False)

names = st.sampled_from(
    [
        "IMG_1.jpg",
        "Straße.png",
        "STRASSE 2.PNG",
        "Screenshot_2023.png",
        "Ca\u0301fe.webp",
        "img",
        "Bildschirmfoto 1.png",
        "screen shot.jpg",
        "shot screen.jpg",
        "Ärger img.jpg",
        "100%_.jpg",
    ]
)
folders = st.lists(
    st.sampled_from(["2023", "Holiday", "holiday", "Köln", "KO\u0308LN", "img", "a b", "Über"]),
    max_size=3,
)
sides = st.sampled_from([1080, 1920, 50, 51, 52, 4000, 3000])
times = st.sampled_from(
    [calendar.timegm((2023, month, day, hour, 0, 0)) for month, day, hour in
     [(1, 1, 0), (1, 31, 23), (2, 1, 0), (5, 10, 12), (12, 31, 23)]] + [-1.5]
)  # fmt: skip
pictures = st.builds(
    lambda folder, name, width, height, size, form, taken, offset, camera: replace(
        picture("x", taken_at_s=taken),
        path="/".join([ROOT, *folder, name]),
        stamp=FileStamp(size, 1_684_000_000_000_000_000),
        width_px=width,
        height_px=height,
        format=form,
        utc_offset_s=offset,
        camera=camera,
    ),
    folders,
    names,
    sides,
    sides,
    st.sampled_from([999, 1000, 2_300_000, 2_300_001]),
    st.sampled_from(["JPEG", "PNG"]),
    times,
    st.sampled_from([0, 3600, -36000]),
    st.sampled_from([None, "Canon EOS R5", "Ünique ß"]),
)

days = st.sampled_from([Day(2023), Day(2023, 2), Day(2023, 1, 31), Day(2023, 2, 1), Day(1970)])
flags = st.booleans()
filters = st.one_of(
    st.builds(
        Name,
        st.sampled_from(
            [
                "IMG",
                "strasse",
                "ÜBER",
                "fotos",
                "data",
                "%",
                "_",
                "köln",
                "é",
                "fe",
                "holiday/i",
                "/img",
                "2023/",
                "/fotos",
                "o/s",
            ]
        ),
        flags,
    ),
    st.builds(After, days, flags),
    st.builds(Before, days, flags),
    st.builds(
        InFolder,
        st.sampled_from(
            [
                "HOLIDAY",
                "köln",
                "2023/holiday",
                "data",
                "/data",
                "/DATA/über/fotos/2023",
                "/",
                "b",
                "C:/data",
                "fotos",
            ]
        ),
        flags,
    ),
    st.builds(OfType, st.sampled_from(["JPEG", "PNG", "GIF"]), flags),
    st.builds(Is, st.sampled_from(Kind), flags),
    st.builds(
        OfSize,
        st.sampled_from(Comparison),
        st.sampled_from([0, 1, 2.3, 2.704, 12]),
        st.sampled_from(Measure),
        flags,
    ),
    st.builds(ByCamera, st.sampled_from(["canon", "ÜNIQUE", "SS", "zzz"]), flags),
    st.builds(
        lambda least, more, is_excluded: Rated(least, min(5, least + more), is_excluded),
        st.integers(0, 5),
        st.integers(0, 5),
        flags,
    ),
    st.builds(Tagged, st.sampled_from(["SNOW", "stra\u00dfe", "nobody"]), flags),
)
labelled = st.tuples(st.integers(0, 5), st.sets(st.sampled_from(["Snow", "STRASSE"])))


Labels = tuple[int, set[str]]
"""Rating and tags."""

COMPARED = {
    Comparison.MORE: operator.gt,
    Comparison.AT_LEAST: operator.ge,
    Comparison.LESS: operator.lt,
    Comparison.AT_MOST: operator.le,
}


def folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def is_screenshot(one: NewPicture) -> bool:
    named = ("screenshot", "bildschirmfoto", "screen shot")
    if any(text in folded(one.path.rsplit("/", 1)[1]) for text in named):
        return True
    is_screen = {one.width_px, one.height_px} == {1080, 1920}
    return one.format == "PNG" and one.camera is None and is_screen


def fulfils(one: NewPicture, labels: Labels, asked: Filter) -> bool:
    """Whether a picture fulfils a filter, were it not excluded."""
    wall_s = (one.taken_at_s or 0) + (one.utc_offset_s or 0)
    day = dt.date(1970, 1, 1) + dt.timedelta(seconds=wall_s // 1)
    sides = (one.width_px, one.height_px)
    match asked:
        case Name():
            return folded(asked.text) in folded(one.path[one.path.index("/Fotos") :])
        case After():
            return day >= asked.day.first
        case Before():
            return day < asked.day.first
        case InFolder():
            above = folded(one.path.rsplit("/", 1)[0] + "/")
            wanted = folded(asked.folder.rstrip("/") + "/")
            if asked.folder.startswith("/"):
                return above.startswith(wanted)
            return f"/{wanted}" in above
        case OfType():
            return one.format == asked.format
        case Is(Kind.LANDSCAPE):
            return sides[0] > sides[1]
        case Is(Kind.PORTRAIT):
            return sides[0] < sides[1]
        case Is(Kind.SQUARE):
            return abs(sides[0] - sides[1]) <= 0.02 * max(sides)
        case Is(Kind.SCREENSHOT):
            return is_screenshot(one)
        case Is():  # so few are all recent
            return True
        case OfSize():
            is_area = asked.measure is Measure.MEGAPIXELS
            size = sides[0] * sides[1] if is_area else one.stamp.size_bytes
            thousandth = round(1000 * asked.amount) * asked.measure.unit
            return bool(COMPARED[asked.comparison](1000 * size, thousandth))
        case ByCamera():
            return one.camera is not None and folded(asked.camera) in folded(one.camera)
        case Rated():
            return asked.least <= labels[0] <= asked.most
        case Tagged():
            return folded(asked.tag) in map(folded, labels[1])


def fulfils_all(one: NewPicture, labels: Labels, asked: Sequence[Filter]) -> bool:
    if any(fulfils(one, labels, each) for each in asked if each.is_excluded):
        return False
    wanted = [each for each in asked if not each.is_excluded]
    one_of_several = (OfType, InFolder, ByCamera, Rated)
    for kind in one_of_several:
        some = [each for each in wanted if isinstance(each, kind)]
        if some and not any(fulfils(one, labels, each) for each in some):
            return False
    return all(
        fulfils(one, labels, each) for each in wanted if not isinstance(each, one_of_several)
    )


@given(
    st.lists(pictures, max_size=12, unique_by=lambda one: one.path),
    st.lists(labelled, min_size=12, max_size=12),
    st.lists(st.lists(filters, max_size=4), min_size=20, max_size=20),
)
@settings(max_examples=30, deadline=None)
def test_they_find_what_fulfils_them(
    library: list[NewPicture], labels: list[Labels], searches: list[list[Filter]]
) -> None:
    with TemporaryDirectory() as folder, closing(Catalog.open(Path(folder) / "c")) as catalog:
        root_id = catalog.add_root(ROOT, RootKind.FOLDER)
        ids = catalog.write_pictures(root_id, MODEL, library)
        for id_, (rating, tags) in zip(ids, labels, strict=False):
            catalog.labels.rate([id_], rating, is_due=False)
            catalog.labels.tag([id_], sorted(tags), [], is_due=False)
        for asked in searches:
            expected = [
                id_
                for id_, one, said in zip(ids, library, labels, strict=False)
                if fulfils_all(one, said, asked)
            ]
            assert catalog.ids_matching(asked).tolist() == expected, asked


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("Photos", [1, 2]),
        ("photos/2023", [2]),
        ("E:/photos/2023", [2]),
        ("e:", [1, 2]),
        ("E:/", [1, 2]),
        ("/photos", []),
        ("//server/share", [3]),
        ("share/x", [3]),
        ("server", [3]),
    ],
)
def test_folders_of_windows(catalog: Catalog, folder: str, found: list[int]) -> None:
    for root, paths in {
        "E:\\": ["E:\\Photos\\a.jpg", "E:\\Photos\\2023\\b.jpg"],
        "\\\\Server\\share": ["\\\\Server\\share\\x\\c.jpg"],
    }.items():
        root_id = catalog.add_root(root, RootKind.FOLDER)
        catalog.write_pictures(root_id, MODEL, [replace(picture("x"), path=one) for one in paths])
    assert catalog.ids_matching([InFolder(folder)]).tolist() == found


def test_names_above_the_root_do_not_count(catalog: Catalog) -> None:
    file_id = catalog.add_root("/home/anna/one.png", RootKind.FILE)
    root_id = catalog.add_root("/home/anna/Pictures", RootKind.FOLDER)
    one, other = (
        catalog.write_pictures(id_, MODEL, [replace(picture("x"), path=path)])[0]
        for id_, path in ((file_id, "/home/anna/one.png"), (root_id, "/home/anna/Pictures/b.png"))
    )
    asked = {
        text: catalog.ids_matching([Name(text)]).tolist()
        for text in ("anna", "one", "pictures", "anna/one", "pictures/b", "png")
    }
    assert asked == {
        "anna": [],
        "one": [one],
        "pictures": [other],
        "anna/one": [],
        "pictures/b": [other],
        "png": [one, other],
    }


def test_recent_pictures_are_those_that_came_last(
    catalog: Catalog, root_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    recent = filtering._IS[Kind.RECENT].replace(f"LIMIT {MOST_RECENT}", "LIMIT 2")
    monkeypatch.setitem(filtering._IS, Kind.RECENT, recent)
    ids = catalog.write_pictures(
        root_id, MODEL, [picture(name, taken_at_s=-float(at)) for at, name in enumerate("abcd")]
    )
    assert catalog.ids_matching([Is(Kind.RECENT)]).tolist() == ids[2:]
    catalog.remove_pictures(ids[3:])
    assert catalog.ids_matching([Is(Kind.RECENT)]).tolist() == ids[1:3]
    assert catalog.ids_matching([Is(Kind.RECENT, is_excluded=True)]).tolist() == ids[:1]


def test_a_picture_in_a_clock_ahead_is_of_the_next_day(
    catalog: Catalog, root_id: int, make_picture: Callable[..., NewPicture]
) -> None:
    late = make_picture("a", taken_at_s=calendar.timegm((2023, 5, 1, 23, 30, 0)))
    ids = catalog.write_pictures(
        root_id, MODEL, [late, replace(late, path="/b", utc_offset_s=3600)]
    )
    assert catalog.ids_matching([After(Day(2023, 5, 2))]).tolist() == ids[1:]
    assert [one.utc_offset_s for one in catalog.pictures(ids[1:])] == [3600]
