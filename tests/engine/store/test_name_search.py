"""Pictures by the words of their names."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.records import ModelInfo, RootKind
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.names import phrases_of, words_of
from tests.engine.store.conftest import DIM, picture

MODEL = ModelInfo("m", "M", DIM, is_builtin=False)

FILLING = [f"other/{number:03}x.png" for number in range(40)]


@pytest.fixture
def named(catalog: Catalog, root_id: int, model: ModelInfo) -> Callable[..., dict[int, str]]:
    """Puts pictures of some names into the catalog, among many others; returns them by id."""

    def write(*names: str) -> dict[int, str]:
        batch = [picture(name) for name in (*names, *FILLING)]
        return dict(zip(catalog.write_pictures(root_id, model, batch), names, strict=False))

    return write


def test_names_of_files_go_before_those_of_folders_and_several_words_before_one(
    catalog: Catalog, named: Callable[..., dict[int, str]]
) -> None:
    names = named("lake/1.jpg", "a/Lake_02.jpg", "lake/sunset03.jpg", "b/Lake sunset.jpg", "no.jpg")
    found = [names[one] for one in catalog.names_matching("sunset at the lake", 10).ids.tolist()]
    assert found == ["b/Lake sunset.jpg", "lake/sunset03.jpg", "a/Lake_02.jpg", "lake/1.jpg"]
    some = catalog.names_matching("sunset at the lake", 1)
    assert [names[one] for one in some.ids.tolist()] == found[:3]
    assert some.have_all.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("gard", True),
        ("gard ", False),
        ("gard lake", False),
        ("gard lake gard", True),
        ("GÄRDEN", True),
        ("garden party", True),
        ("IMG4711", True),
        ("4711", True),
        ("IMG_4711", True),
        ("img47 ", False),
        ("img47", False),
        ("img471", True),
        ("g4711", False),
        ("garden4711", False),
        ("471", True),
        ("47", False),
        ("in a the", False),
        ("", False),
        ('"*', False),
        ("photos", False),
    ],
)
def test_what_is_typed(
    catalog: Catalog, named: Callable[..., dict[int, str]], typed: str, is_found: bool
) -> None:
    names = named("Gärden/in_a IMG4711.jpg")
    assert catalog.names_matching(typed, 10).ids.tolist() == (list(names) if is_found else [])


def test_a_digit_that_is_typed_with_letters_does_not_find_names_with_this_digit(
    catalog: Catalog, named: Callable[..., dict[int, str]]
) -> None:
    alike = ["blorp7bd.jpg", "blorp7/a.jpg", "blorp_7.jpg"]
    names = named("x_7bd.jpg", "7/a.jpg", "blorp/8.jpg", *alike)
    hits = catalog.names_matching("blorp7", 9)
    assert {names[id_] for id_ in hits.ids.tolist()} == set(alike)
    assert hits.have_all.all()


def test_words_of_more_than_a_fifth_tell_nothing(
    catalog: Catalog, named: Callable[..., dict[int, str]]
) -> None:
    names = named(*(f"cat {number}.jpg" for number in range(10)))  # of 50
    assert set(catalog.names_matching("cat", 99).ids.tolist()) == set(names)
    more = named(*(f"cat {number}.jpg" for number in range(11)))
    assert catalog.names_matching("cat", 99).ids.tolist() == []
    assert catalog.names_matching("cat 10", 99).ids.tolist() == [list(more)[-1]]


def test_few_are_found_by_a_word_that_all_have(
    catalog: Catalog, root_id: int, model: ModelInfo
) -> None:
    ids = catalog.write_pictures(root_id, model, [picture("cat 1.jpg"), picture("cat 2.jpg")])
    assert catalog.names_matching("cat", 99).ids.tolist() == ids[::-1]


def test_among_some_pictures_only_these_are_counted(
    catalog: Catalog, named: Callable[..., dict[int, str]]
) -> None:
    names = named(*(f"old/cat {number}.jpg" for number in range(60)), "new/cat.jpg", "new/sun.jpg")
    assert catalog.names_matching("cat", 9).ids.tolist() == []  # of more than a fifth
    new = np.array([id_ for id_, name in names.items() if name.startswith("new/")], dtype=np.int64)
    hits = catalog.names_matching("cat", 9, new)
    assert [names[id_] for id_ in hits.ids.tolist()] == ["new/cat.jpg"]
    old = np.setdiff1d(np.array(list(names), dtype=np.int64), new)
    assert catalog.names_matching("cat", 9, old).ids.tolist() == []


@pytest.mark.parametrize(
    ("words", "is_whole"),
    [
        ("dogs", True),
        ("dogs in the snow", True),
        ("Köln dogs", True),
        ("red 2019", True),
        ("dog", False),
        ("snow dog", False),
        ("dogs sand", False),
        ("photos dogs", True),
        ("photo dogs", False),
    ],
)
def test_strong_are_those_with_all_words_and_whole_ones(
    catalog: Catalog, named: Callable[..., dict[int, str]], words: str, *, is_whole: bool
) -> None:
    [asked] = named("Koln 2019/two_dogs-Snow red.jpg")
    hits = catalog.names_matching(words, 9)
    assert hits.ids.tolist() == [asked]
    assert hits.have_all.tolist() == [is_whole]


def test_a_whole_word_goes_before_one_that_only_begins_like_it(
    catalog: Catalog, named: Callable[..., dict[int, str]]
) -> None:
    names = named("car.jpg", "carpet.jpg")
    hits = catalog.names_matching("car", 9)
    assert [names[id_] for id_ in hits.ids.tolist()] == ["car.jpg", "carpet.jpg"]
    assert hits.have_all.tolist() == [True, False]


def test_folders_above_the_root_have_no_words(catalog: Catalog, model: ModelInfo) -> None:
    root_id = catalog.add_root("/home/anna/pictures", RootKind.FOLDER)
    beach = replace(picture("x"), path="/home/anna/pictures/beach.jpg")
    [id_] = catalog.write_pictures(root_id, model, [beach])
    for words, is_whole in (("beach", True), ("pictures beach", True), ("anna beach", False)):
        hits = catalog.names_matching(words, 9)
        assert (hits.ids.tolist(), hits.have_all.tolist()) == ([id_], [is_whole])


def test_what_is_gone_or_renamed_is_found_as_it_is(
    catalog: Catalog, root_id: int, named: Callable[..., dict[int, str]]
) -> None:
    gone, renamed = named("old one.jpg", "old two.jpg")
    catalog.remove_pictures([gone])
    [record] = catalog.pictures([renamed])
    catalog.move_pictures([(renamed, "/photos/new/three.jpg", root_id, record.stamp)])
    assert catalog.names_matching("old ", 9).ids.tolist() == []
    assert catalog.names_matching("three ", 9).ids.tolist() == [renamed]
    assert catalog.names_matching("new ", 9).ids.tolist() == [renamed]


words = st.sampled_from(["lake", "Sunset", "ÉTÉ", "123", "the", "lakeside", "7bd", "lake7"])


@given(
    st.lists(st.tuples(words, words), max_size=6, unique=True),
    st.lists(words, min_size=1, max_size=3),
)
@settings(max_examples=15, deadline=None)
def test_exactly_those_with_one_of_the_words(
    library: list[tuple[str, str]], typed: list[str]
) -> None:
    paths = [f"{folder}/IMG_{name}.jpg" for folder, name in library]
    batch = [picture(name) for name in [*paths, *FILLING]]
    with TemporaryDirectory() as folder, closing(Catalog.open(Path(folder) / "c")) as catalog:
        root_id = catalog.add_root("/photos", RootKind.FOLDER)
        ids = catalog.write_pictures(root_id, MODEL, batch)
        found = catalog.names_matching(" ".join(typed), 99).ids.tolist()
    asked = [word for word in phrases_of(" ".join(typed)) if word != "the"]
    last = phrases_of(typed[-1])[0]
    may_go_on = last != "the" and last != "lake 7"  # nor a number so short

    def has(path: str) -> bool:
        folder, name = path.split("/")
        return any(
            f" {word} " in own or (may_go_on and f" {last}" in own)
            for own in (f" {' '.join(words_of(part))} " for part in (folder, name))
            for word in asked or ["-"]
        )

    assert sorted(found) == [id_ for id_, path in zip(ids, paths, strict=False) if has(path)]
