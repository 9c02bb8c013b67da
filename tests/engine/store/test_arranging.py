"""Orders and groups against the same made in Python."""

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.records import (
    Counted,
    FileStamp,
    Group,
    GroupBy,
    ModelInfo,
    NewPicture,
    RootKind,
    SortBy,
    Vocabulary,
)
from desktop_app.engine.store import arranging
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.names import sort_key
from tests.engine.store.conftest import DIM, picture

MODEL = ModelInfo("m", "M", DIM, is_builtin=False)
HOUR_S = 3600

made = st.builds(
    lambda folder, name, hours, offset, size: replace(
        picture("x", taken_at_s=hours * HOUR_S - 0.5),
        path=f"/photos/{folder}{name}",
        utc_offset_s=offset * HOUR_S,
        stamp=FileStamp(size, 0),
    ),
    st.sampled_from(["", "a 2/", "a 10/", "B/", "B/c/"]),
    st.sampled_from(["img1.jpg", "IMG_10.jpg", "img_2.jpg", "é.jpg", "f.jpg"]),
    st.integers(-100, 100),
    st.sampled_from([0, -9, 5]),
    st.integers(1, 5),
)


def wall(one: NewPicture) -> dt.datetime:
    seconds = (one.taken_at_s or 0) + (one.utc_offset_s or 0)
    return dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)


def folder_of(one: NewPicture) -> str:
    return one.path.rsplit("/", 1)[0]


def name_key(one: NewPicture) -> tuple[str, ...]:
    return (sort_key(one.path.rsplit("/", 1)[1]),)


KEYS: dict[SortBy, Callable[[NewPicture], object]] = {
    SortBy.DATE: wall,
    SortBy.NAME: name_key,
    SortBy.SIZE: lambda one: one.stamp.size_bytes,
    SortBy.FOLDER: lambda one: (
        [sort_key(part) for part in folder_of(one).split("/")],
        *name_key(one),
    ),
}
GROUPS = {
    GroupBy.DAY: lambda one: wall(one).date(),
    GroupBy.MONTH: lambda one: wall(one).date().replace(day=1),
    GroupBy.FOLDER: folder_of,
}


@given(
    st.lists(made, max_size=10, unique_by=lambda one: one.path),
    st.lists(
        st.tuples(
            st.sampled_from(SortBy),
            st.sampled_from(GroupBy),
            st.booleans(),
            st.permutations(range(10)),
            st.booleans(),
        ),
        min_size=8,
        max_size=8,
    ),
    st.sampled_from([0, 16]),
)
@settings(max_examples=25, deadline=None)
def test_they_come_in_order_and_groups_together(
    library: list[NewPicture],
    wishes: list[tuple[SortBy, GroupBy, bool, list[int], bool]],
    few: int,
) -> None:
    with (
        TemporaryDirectory() as folder,
        closing(Catalog.open(Path(folder) / "c")) as catalog,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(arranging, "_FEW", few)  # both ways to look them up
        root_id = catalog.add_root("/photos", RootKind.FOLDER)
        ids = catalog.write_pictures(root_id, MODEL, library)
        by_id = dict(zip(ids, library, strict=True))
        for sort_by, group_by, descending, order, is_all in wishes:
            given_ids = [ids[place] for place in order if place < len(ids)]
            some = None if is_all else np.array([*given_ids[: len(ids) // 2 + 1], 999], np.int64)
            found = catalog.arranged(some, sort_by, descending=descending, group_by=group_by)
            rows = found.ids.tolist()
            wanted = set(ids) if some is None else set(some.tolist()) & set(ids)
            assert set(rows) == wanted
            assert len(rows) == len(wanted)
            check(rows, found.groups, by_id, sort_by, group_by, descending, some)


def check(
    rows: list[int],
    groups: tuple[Group, ...],
    by_id: dict[int, NewPicture],
    sort_by: SortBy,
    group_by: GroupBy,
    descending: bool,
    some: object,
) -> None:
    def rank(id_: int) -> object:
        if sort_by is SortBy.RELEVANCE:
            if some is None:
                return (-(wall(by_id[id_]) - dt.datetime(1970, 1, 1)).total_seconds(), -id_)
            return some.tolist().index(id_)  # type: ignore[attr-defined]
        return KEYS[sort_by](by_id[id_])

    is_reversed = descending and sort_by is not SortBy.RELEVANCE
    if group_by is GroupBy.NONE:
        assert groups == ()
        parts = [rows]
    else:
        starts = [group.first_row for group in groups]
        assert starts[:1] == ([0] if rows else [])
        parts = [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=bool(rows))]
        keys = [group.key for group in groups]
        assert len(set(keys)) == len(keys)
        for key, part in zip(keys, parts, strict=True):
            assert part
            assert {GROUPS[group_by](by_id[id_]) for id_ in part} == {key}
        firsts = [rank(part[0]) for part in parts]
        assert firsts == sorted(firsts, reverse=is_reversed)  # type: ignore[type-var]
    for part in parts:
        ranks = [rank(id_) for id_ in part]
        assert ranks == sorted(ranks, reverse=is_reversed)  # type: ignore[type-var]


def test_what_a_library_can_be_asked_for(catalog: Catalog) -> None:
    root_id = catalog.add_root("/home/anna/Photos", RootKind.FOLDER)
    file_id = catalog.add_root("/home/anna/x.png", RootKind.FILE)
    names = ["a.jpg", "Lake/b.jpg", "Lake/lake/c.jpg", "lake/d.jpg", "2023/Lake/e.jpg"]
    batch = [
        replace(picture("x"), path=f"/home/anna/Photos/{name}", camera="B" if "a" in name else None)
        for name in names
    ]
    catalog.write_pictures(root_id, MODEL, [*batch[:-1], replace(batch[-1], format="PNG")])
    catalog.write_pictures(file_id, MODEL, [replace(picture("x"), path="/home/anna/x.png")])
    ids = catalog.ids_matching([])
    catalog.labels.tag(ids[:2].tolist(), ["ice", "Snow"], [], is_due=False)
    catalog.labels.tag(ids[2:3].tolist(), ["snow", "gone"], [], is_due=False)
    catalog.labels.delete("gone", is_due=False)
    assert catalog.vocabulary() == Vocabulary(
        folders=(Counted("Photos", 5), Counted("Lake", 4), Counted("2023", 1)),
        cameras=(Counted("B", 5),),
        formats=(Counted("JPEG", 5), Counted("PNG", 1)),
        tags=(Counted("Snow", 3), Counted("ice", 2)),
    )
    assert len(catalog.vocabulary(most=1).folders) == 1
