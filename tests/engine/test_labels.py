"""Labels of a real library."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine.errors import UnwritableError, UserFacingError
from desktop_app.engine.labels import LONGEST_TAG, tidy_tag
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.records import IndexSummary, PhotoFacts, PictureLabels, Query
from tests.helpers.one_model import OneModel
from tests.helpers.pictures import three_pictures

Index = Callable[..., IndexSummary]


@pytest.fixture
def ids(library: Library, index: Index, tmp_path: Path) -> list[int]:
    three_pictures(tmp_path / "pictures")
    index(library, tmp_path / "pictures")
    return sorted(library.picture_ids().tolist())


def found(library: Library, line: str) -> list[int]:
    return sorted(library.search(Query(parts=parse(line).parts)).ids.tolist())


def test_they_are_given_found_and_taken_back(library: Library, ids: list[int]) -> None:
    rated = library.labels.rate(ids[:2], 4)
    tagged = library.labels.tag(ids[1:], add=["  Old\thouse "])
    assert library.labels.of(ids[1:2]) == {ids[1]: PictureLabels(4, ("Old house",))}
    assert found(library, "rating:4+") == ids[:2]
    assert found(library, 'tag:"OLD HOUSE" rating:none') == ids[2:]
    assert found(library, "-rating:4 -tag:snow") == ids[2:]
    assert [each.text for each in library.vocabulary().tags] == ["Old house"]
    library.labels.restore(tagged)
    library.labels.restore(rated)
    assert library.labels.counts().tags == ()
    assert found(library, "rating:none") == ids


def test_a_search_knows_of_a_change_at_once(library: Library, ids: list[int]) -> None:
    assert found(library, "tag:snow") == []
    library.labels.tag(ids[:1], add=["Snow"])
    assert found(library, "tag:snow") == ids[:1]
    library.labels.rename_tag("snow", "Ice")
    assert found(library, "tag:snow") == []
    assert found(library, "tag:ice") == ids[:1]
    library.labels.delete_tag("ICE")
    assert found(library, "tag:ice") == []


@pytest.mark.parametrize("name", ["", " \n", "\ud800", "x" * (LONGEST_TAG + 1)])
def test_what_is_no_tag_is_refused(library: Library, ids: list[int], name: str) -> None:
    with pytest.raises(UserFacingError, match="tag"):
        library.labels.tag(ids, add=["good", name])
    assert library.labels.counts().tags == ()


def test_a_tag_is_tidied() -> None:
    assert tidy_tag(" U\u0308ber\u2028 den  Wolken\x00") == "Über den Wolken"
    assert tidy_tag("👨‍👩‍👧") == "👨‍👩‍👧"


def test_a_picture_tells_its_facts_as_long_as_its_file_is_there(
    library: Library, ids: list[int]
) -> None:
    assert library.photo_facts(ids[0]) == PhotoFacts()
    assert library.photo_facts(12_345) is None
    Path(library.pictures(ids)[ids[0]].path).unlink()
    assert library.photo_facts(ids[0]) is None


def test_no_rating_has_six_stars(library: Library, ids: list[int]) -> None:
    with pytest.raises(ValueError, match="no rating"):
        library.labels.rate(ids, 6)


def test_a_library_that_is_only_read_refuses(
    library: Library, ids: list[int], paths: DataPaths, models: OneModel
) -> None:
    change = library.labels.rate(ids, 3)
    library.close()
    paths.catalog.chmod(0o400)
    why = UnwritableError("The library may only be read.")
    reader = Library._open(paths, models, None, unwritable=why)
    for refused in (
        lambda: reader.labels.rate(ids, 1),
        lambda: reader.labels.tag(ids, add=["a"]),
        lambda: reader.labels.rename_tag("a", "b"),
        lambda: reader.labels.delete_tag("a"),
        lambda: reader.labels.restore(change),
        lambda: reader.sidecars.switch(True),
        reader.sidecars.retry,
    ):
        with pytest.raises(UnwritableError, match="may only be read"):
            refused()
    assert reader.labels.common(ids).rating == 3
    reader.close()
