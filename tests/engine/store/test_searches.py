from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.engine.records import ModelInfo, PictureExample
from desktop_app.engine.saved_search import ExampleRole, SavedExample, SavedSearch
from desktop_app.engine.store.catalog import Catalog
from tests.engine.store.conftest import MakePicture

PIXELS = SavedExample(ExampleRole.ALIKE, "Pasted picture", PictureExample(image=b"png"))


@pytest.fixture
def picture_id(catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture) -> int:
    [picture_id] = catalog.write_pictures(root_id, model, [make_picture("a.jpg")])
    return picture_id


def of_library(picture_id: int, role: ExampleRole, weight: float = 1.0) -> SavedExample:
    return SavedExample(role, "a.jpg", PictureExample(picture_id=picture_id, weight=weight))


def test_a_search_is_kept_with_all_it_consists_of(
    catalog: Catalog, catalog_path: Path, picture_id: int
) -> None:
    search = SavedSearch(
        0,
        "Snow",
        "snow after:2023",
        (
            PIXELS,
            of_library(picture_id, ExampleRole.ALIKE, -2.0),
            of_library(picture_id, ExampleRole.DISLIKED),
        ),
    )
    search_id = catalog.save_search(search)
    catalog.close()
    again = Catalog.open(catalog_path)
    [kept] = again.saved_searches()
    again.close()
    assert kept == SavedSearch(search_id, search.name, search.line, search.examples)


def test_one_with_an_id_becomes_what_is_given(catalog: Catalog) -> None:
    first = catalog.save_search(SavedSearch(0, "One", "dogs", (PIXELS,)))
    second = catalog.save_search(SavedSearch(0, "Two", "cats"))
    assert catalog.save_search(SavedSearch(first, "Other", "birds")) == first
    assert catalog.saved_searches() == [
        SavedSearch(first, "Other", "birds"),
        SavedSearch(second, "Two", "cats"),
    ]
    catalog.remove_search(first)
    catalog.remove_search(12_345)
    assert [each.id for each in catalog.saved_searches()] == [second]


def test_examples_go_with_their_pictures(catalog: Catalog, picture_id: int) -> None:
    examples = (of_library(picture_id, ExampleRole.LIKED), PIXELS)
    catalog.save_search(SavedSearch(0, "Liked", "snow", examples))
    catalog.remove_pictures([picture_id])
    [kept] = catalog.saved_searches()
    assert (kept.examples, kept.lost) == ((PIXELS,), 1)


def test_an_example_that_is_gone_already_is_left_out(catalog: Catalog) -> None:
    catalog.save_search(SavedSearch(0, "Gone", "", (of_library(99, ExampleRole.ALIKE), PIXELS)))
    [kept] = catalog.saved_searches()
    assert kept.examples == (PIXELS,)


@pytest.mark.parametrize(
    ("line", "examples", "lost"),
    [
        ("snow", (1, None), 1),
        ("", (1,), 1),
        ("", (1, 1, None), 2),
        ("snow", (None,), 0),
        ("snow", (), 0),
    ],
)
def test_pictures_that_have_left_are_counted(
    catalog: Catalog,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    line: str,
    examples: tuple[int | None, ...],
    lost: int,
) -> None:
    pictures = [make_picture(f"{number}.jpg") for number in range(len(examples))]
    ids = catalog.write_pictures(root_id, model, pictures)
    saved = tuple(
        PIXELS if one is None else of_library(id_, ExampleRole.ALIKE)
        for one, id_ in zip(examples, ids, strict=True)
    )
    catalog.save_search(SavedSearch(0, "Alike", line, saved))
    catalog.remove_pictures(ids)
    [kept] = catalog.saved_searches()
    assert kept.lost == lost
    catalog.save_search(replace(kept, name="Otherwise"))
    assert catalog.saved_searches()[0].lost == lost
