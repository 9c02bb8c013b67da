import os
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.files.changes import Changes, compare
from desktop_app.engine.records import FileStamp, FoundFile, KnownFile

OLD = FileStamp(100, 1)


def place(*parts: str) -> str:
    return os.sep + os.sep.join(parts)


def digest_of(path: str) -> bytes | None:
    """The fingerprint of a test's file is the letter its name begins with."""
    return os.path.basename(path)[:1].encode()


def never(path: str) -> bytes | None:
    raise AssertionError(f"{path} was read")


def known(picture_id: int, digest: str = "a", *, has_vector: bool = True) -> KnownFile:
    return KnownFile(picture_id, OLD, digest.encode(), has_vector)


def test_a_file_as_remembered_is_unchanged_and_not_read() -> None:
    path = place("p", "a.jpg")
    changes = compare([FoundFile(path, OLD)], {path: known(1)}, [], never)
    assert changes == Changes([], [], [], [], unchanged=1)


def test_another_stamp_or_no_vector_means_changed() -> None:
    one, two, three = (FoundFile(place("p", name), OLD) for name in ("1", "2", "3"))
    remembered = {
        one.path: KnownFile(1, FileStamp(100, 2), b"a"),
        two.path: KnownFile(2, FileStamp(99, 1), b"a"),
        three.path: known(3, has_vector=False),
    }
    changes = compare([one, two, three], remembered, [], never)
    assert changes == Changes([], [(1, one), (2, two), (3, three)], [], [], unchanged=0)


def test_new_and_gone_of_different_size_are_not_read() -> None:
    new = FoundFile(place("p", "new.jpg"), FileStamp(50, 1))
    changes = compare([new], {place("p", "old.jpg"): known(7)}, [], never)
    assert changes == Changes([new], [], [], [7], unchanged=0)


def test_a_moved_file_keeps_its_id_whatever_its_time() -> None:
    moved = FoundFile(place("q", "a2.jpg"), FileStamp(100, 999))
    changes = compare([moved], {place("p", "a.jpg"): known(4)}, [], digest_of)
    assert changes == Changes([], [], [(4, moved)], [], unchanged=0)


def test_a_moved_file_without_vector_is_decoded_too() -> None:
    moved = FoundFile(place("q", "a.jpg"), OLD)
    changes = compare([moved], {place("p", "a.jpg"): known(4, has_vector=False)}, [], digest_of)
    assert changes == Changes([], [(4, moved)], [(4, moved)], [], unchanged=0)


def test_equal_size_but_other_content_is_no_move() -> None:
    new = FoundFile(place("p", "b.jpg"), OLD)
    changes = compare([new], {place("p", "a.jpg"): known(4, "a")}, [], digest_of)
    assert changes == Changes([new], [], [], [4], unchanged=0)


def test_an_unreadable_new_file_is_simply_new() -> None:
    new = FoundFile(place("p", "a2.jpg"), OLD)
    changes = compare([new], {place("p", "a.jpg"): known(4)}, [], lambda _path: None)
    assert changes == Changes([new], [], [], [4], unchanged=0)


def test_a_copy_of_a_file_that_stayed_is_new() -> None:
    path = place("p", "a.jpg")
    copy = FoundFile(place("q", "a.jpg"), OLD)
    changes = compare([FoundFile(path, OLD), copy], {path: known(4)}, [], never)
    assert changes == Changes([copy], [], [], [], unchanged=1)


def test_nothing_is_gone_from_where_nobody_could_look() -> None:
    remembered = {
        place("usb", "a.jpg"): known(1),
        place("usb", "deep", "a.jpg"): known(2),
        place("usb2", "a.jpg"): known(3),
        place("single.jpg"): known(4),
    }
    elsewhere = FoundFile(place("new", "a.jpg"), OLD)
    changes = compare([], remembered, [place("usb"), place("single.jpg")], digest_of)
    assert changes.gone == [3]
    changes = compare([elsewhere], remembered, [place("usb"), place("single.jpg")], digest_of)
    assert changes.moved == [(3, elsewhere)]


def test_copies_are_paired_by_name_then_by_path() -> None:
    remembered = {
        place("p", "a1.jpg"): known(1),
        place("p", "a2.jpg"): known(2),
        place("p", "a3.jpg"): known(3),
    }
    renamed = FoundFile(place("q", "a0.jpg"), OLD)
    kept_name = FoundFile(place("q", "a2.jpg"), OLD)
    changes = compare([renamed, kept_name], remembered, [], digest_of)
    assert dict(changes.moved) == {1: renamed, 2: kept_name}
    assert changes.gone == [3]


PLACES = st.sets(st.tuples(st.sampled_from("pqr"), st.sampled_from(["a1", "a2", "b1", "b2"])))


@given(PLACES, PLACES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_every_file_has_one_fate_whatever_the_order(
    before: set[tuple[str, str]], after: set[tuple[str, str]], random: Random
) -> None:
    remembered = {
        place(*parts): KnownFile(number, OLD, parts[1][:1].encode())
        for number, parts in enumerate(sorted(before))
    }
    found = [FoundFile(place(*parts), OLD) for parts in sorted(after)]
    changes = compare(found, remembered, [], digest_of)

    fates = [*changes.gone, *(picture_id for picture_id, _ in changes.moved)]
    stayed = [remembered[file.path].picture_id for file in found if file.path in remembered]
    assert sorted(fates + stayed) == list(range(len(remembered)))
    assert len(changes.new) + len(changes.moved) + changes.unchanged == len(found)
    # A gone picture and a new file of the same content would have been a move.
    gone = {file.fingerprint for file in remembered.values() if file.picture_id in changes.gone}
    assert gone.isdisjoint(digest_of(file.path) for file in changes.new)

    random.shuffle(found)
    again = compare(found, dict(reversed(remembered.items())), [], digest_of)
    assert sorted(again.moved, key=lambda move: move[0]) == sorted(
        changes.moved, key=lambda move: move[0]
    )
    assert sorted(again.gone) == sorted(changes.gone)
