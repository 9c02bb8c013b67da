"""What the user attached to pictures outlives their files, and finds them again."""

from dataclasses import replace

import pytest

from desktop_app.engine.records import FileStamp, ModelInfo, PictureExample, PictureLabels
from desktop_app.engine.saved_search import ExampleRole, SavedExample, SavedSearch
from desktop_app.engine.store.catalog import Catalog
from tests.engine.store.conftest import MakePicture

LABELS = PictureLabels(4, ("Anna", "snow"))


@pytest.fixture
def apple(catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture) -> int:
    """The id of a picture with a rating and tags; another one has none."""
    batch = [make_picture("apple.jpg", 1), make_picture("berry.jpg", 2)]
    apple, _ = catalog.write_pictures(root_id, model, batch)
    label(catalog, apple)
    return apple


def label(catalog: Catalog, picture_id: int) -> None:
    catalog.labels.rate([picture_id], LABELS.rating, is_due=False)
    catalog.labels.tag([picture_id], LABELS.tags, [], is_due=False)


def labels_of(catalog: Catalog, picture_id: int) -> PictureLabels:
    return catalog.labels.of([picture_id])[picture_id]


@pytest.mark.parametrize("name", ["apple.jpg", "new/apple 2.jpg"])
def test_a_file_that_is_back_has_them_again(
    catalog: Catalog,
    apple: int,
    root_id: int,
    model: ModelInfo,
    make_picture: MakePicture,
    name: str,
) -> None:
    catalog.remove_pictures([apple])
    assert catalog.labels.counts().tags == ()
    assert catalog.give_back_labels() == []
    [back] = catalog.write_pictures(root_id, model, [make_picture(name, 1)])
    assert catalog.give_back_labels() == [back]
    assert labels_of(catalog, back) == LABELS
    assert catalog.give_back_labels() == []


def test_a_saved_search_shows_it_again(
    catalog: Catalog, apple: int, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    example = SavedExample(ExampleRole.LIKED, "apple", PictureExample(picture_id=apple))
    catalog.save_search(SavedSearch(0, "like apples", "", (example,)))
    catalog.remove_pictures([apple])
    [back] = catalog.write_pictures(root_id, model, [make_picture("apple.jpg", 1)])
    catalog.give_back_labels()
    [search] = catalog.saved_searches()
    assert [each.example for each in search.examples] == [PictureExample(picture_id=back)]


def test_another_file_of_the_name_gets_none(
    catalog: Catalog, apple: int, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    catalog.remove_pictures([apple])
    catalog.write_pictures(root_id, model, [make_picture("apple.jpg", 9)])
    assert catalog.give_back_labels() == []


def test_a_damaged_file_that_is_written_anew_has_them_again(
    catalog: Catalog, apple: int, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    catalog.remove_pictures([apple], is_damaged=True)
    [back] = catalog.write_pictures(root_id, model, [make_picture("apple.jpg", 9)])
    assert catalog.give_back_labels() == [back]
    assert labels_of(catalog, back) == LABELS


def test_a_damaged_file_that_was_deleted_is_not_the_next_one_of_its_name(
    catalog: Catalog, apple: int, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    catalog.remove_pictures([apple], is_damaged=True)
    catalog.forget_skipped(["/photos/apple.jpg"])
    catalog.write_pictures(root_id, model, [make_picture("apple.jpg", 9)])
    assert catalog.give_back_labels() == []
    [copy] = catalog.write_pictures(root_id, model, [make_picture("kept.jpg", 1)])
    assert catalog.give_back_labels() == [copy]


def test_a_copy_takes_over_unless_it_has_labels_of_its_own(
    catalog: Catalog, apple: int, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    copies = catalog.write_pictures(
        root_id, model, [make_picture("copy 1.jpg", 1), make_picture("copy 2.jpg", 1)]
    )
    catalog.labels.rate(copies[1:], 2, is_due=False)
    catalog.remove_pictures([apple])
    assert catalog.give_back_labels() == copies[:1]
    assert labels_of(catalog, copies[0]) == LABELS
    assert labels_of(catalog, copies[1]) == PictureLabels(2)


def test_what_differs_in_the_middle_is_no_copy(
    catalog: Catalog, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    one, other = (
        replace(make_picture(f"{name}.jpg", 1), content_hash=name.encode()) for name in "ab"
    )
    [picture_id, _] = catalog.write_pictures(root_id, model, [one, other])
    label(catalog, picture_id)
    catalog.remove_pictures([picture_id])
    assert catalog.give_back_labels() == []
    [back] = catalog.write_pictures(root_id, model, [replace(one, path="/photos/c.jpg")])
    assert catalog.give_back_labels() == [back]


def test_a_copy_that_is_gone_itself_gets_none(
    catalog: Catalog, apple: int, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    copies = catalog.write_pictures(root_id, model, [make_picture("copy.jpg", 1)])
    catalog.mark_missing(copies, 1.0)
    catalog.remove_pictures([apple])
    assert catalog.give_back_labels() == []


def test_a_copy_that_cannot_be_reached_gets_none_yet(
    catalog: Catalog, apple: int, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    copies = catalog.write_pictures(root_id, model, [make_picture("copy.jpg", 1)])
    catalog.remove_pictures([apple])
    asked: list[tuple[int, str]] = []

    def is_away(root: int, path: str) -> bool:
        asked.append((root, path))
        return False

    assert catalog.give_back_labels(is_away) == []
    assert asked == [(root_id, "/photos/copy.jpg")]
    assert catalog.give_back_labels() == copies


def test_two_copies_each_have_their_own_again(
    catalog: Catalog, apple: int, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    [copy] = catalog.write_pictures(root_id, model, [make_picture("copy.jpg", 1)])
    catalog.labels.rate([copy], 1, is_due=False)
    catalog.remove_pictures([apple, copy])
    back = catalog.write_pictures(
        root_id, model, [make_picture("copy.jpg", 1), make_picture("apple.jpg", 1)]
    )
    assert sorted(catalog.give_back_labels()) == sorted(back)
    assert labels_of(catalog, back[0]) == PictureLabels(1)
    assert labels_of(catalog, back[1]) == LABELS


def test_what_has_been_said_since_stays(
    catalog: Catalog, apple: int, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    catalog.remove_pictures([apple])
    [back] = catalog.write_pictures(root_id, model, [make_picture("apple.jpg", 1)])
    catalog.labels.rate([back], 1, is_due=False)
    assert catalog.give_back_labels() == [back]
    assert labels_of(catalog, back) == PictureLabels(1, LABELS.tags)


def test_what_was_overwritten_by_a_move_may_be_found_again(
    catalog: Catalog, apple: int, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    [other] = catalog.write_pictures(root_id, model, [make_picture("other.jpg", 3)])
    move = (other, "/photos/apple.jpg", root_id, FileStamp(1003, 5))
    assert catalog.move_pictures([move]) == [apple]
    assert catalog.give_back_labels() == []
    [back] = catalog.write_pictures(root_id, model, [make_picture("from backup.jpg", 1)])
    assert catalog.give_back_labels() == [back]


def test_nobody_takes_it_for_what_the_user_threw_away(
    catalog: Catalog, apple: int, root_id: int, model: ModelInfo, make_picture: MakePicture
) -> None:
    """What is kept is no whole picture that could be put back."""
    catalog.remove_pictures([apple])
    catalog.write_pictures(root_id, model, [make_picture("apple.jpg", 1)])
    assert catalog.file_moves.returned() == []
    assert catalog.file_moves.departed_fingerprint(apple) is None


def test_what_has_no_labels_leaves_nothing(catalog: Catalog, apple: int) -> None:
    catalog.remove_pictures([apple, apple + 1])
    assert catalog.file_moves.expire(float("inf")) == 1
