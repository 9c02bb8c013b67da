import os
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.files.changes import MissingFile, pair_moved
from desktop_app.engine.records import FileStamp, FoundFile

STAMP = FileStamp(100, 1)


def place(*parts: str) -> str:
    return os.sep + os.sep.join(parts)


def letter_of(path: str, _like: bytes) -> bytes | None:
    """The fingerprint of a test's file is the letter its name begins with."""
    return os.path.basename(path)[:1].encode()


def never(path: str, _like: bytes = b"") -> bytes | None:
    raise AssertionError(f"{path} was read")


def missing(
    picture_id: int, path: str, digest: str = "a", whole: bytes | None = None
) -> MissingFile:
    return MissingFile(picture_id, path, STAMP.size_bytes, digest.encode(), whole)


def found(*parts: str, size_bytes: int = 100) -> FoundFile:
    return FoundFile(place(*parts), FileStamp(size_bytes, 999))


def test_another_length_is_not_read() -> None:
    gone = [missing(7, place("p", "old.jpg"))]
    assert pair_moved([found("p", "new.jpg", size_bytes=50)], gone, never, never) == {}


def test_one_of_the_same_content_is_it_and_is_not_read_whole() -> None:
    gone, moved = missing(4, place("p", "a.jpg")), found("q", "a2.jpg")
    assert pair_moved([moved], [gone], letter_of, never) == {moved.path: gone}


def test_other_content_of_the_same_length_is_another_picture() -> None:
    assert pair_moved([found("b")], [missing(4, place("a"))], letter_of, never) == {}


def test_what_cannot_be_read_is_simply_new() -> None:
    assert pair_moved([found("a")], [missing(4, place("a0"))], lambda *_: None, never) == {}


def test_equal_parts_are_told_apart_by_the_whole() -> None:
    one, two = missing(1, place("p", "a1"), whole=b"1"), missing(2, place("p", "a2"), whole=b"2")
    files = [found("q", "a3"), found("q", "a4")]
    wholes = {files[0].path: b"2", files[1].path: b"x"}
    assert pair_moved(files, [one, two], letter_of, wholes.get) == {files[0].path: two}


def test_without_a_digest_of_the_whole_the_parts_decide() -> None:
    old = [missing(1, place("p", "a1")), missing(2, place("p", "a2"))]
    files = [found("q", "a3"), found("q", "a4")]
    pairs = pair_moved(files, old, letter_of, lambda _path: b"whole")
    assert pairs == {files[0].path: old[0], files[1].path: old[1]}


def test_copies_are_paired_by_name_then_by_path() -> None:
    gone = [missing(number, place("p", f"a{number}")) for number in (1, 2, 3)]
    renamed, kept_name = found("q", "a0"), found("q", "a2")
    pairs = pair_moved([renamed, kept_name], gone, letter_of, lambda _path: b"whole")
    assert pairs == {renamed.path: gone[0], kept_name.path: gone[1]}


def test_fingerprints_of_old_and_new_kind_live_side_by_side() -> None:
    old = MissingFile(1, place("p", "old"), 100, b"16 bytes of old.", None)
    new = MissingFile(2, place("p", "new"), 100, b"17 bytes of newer", None)
    digests = {
        (place("q", "x"), 16): old.fingerprint,
        (place("q", "x"), 17): b"something else...",
        (place("q", "y"), 16): b"another thing...",
        (place("q", "y"), 17): new.fingerprint,
    }
    pairs = pair_moved(
        [found("q", "x"), found("q", "y")],
        [old, new],
        lambda path, like: digests[path, len(like)],
        never,
    )
    assert pairs == {place("q", "x"): old, place("q", "y"): new}


PLACES = st.sets(st.tuples(st.sampled_from("pqr"), st.sampled_from(["a1", "a2", "b1", "b2"])))


@given(PLACES, PLACES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_as_many_as_can_be_are_paired_whatever_the_order(
    before: set[tuple[str, str]], after: set[tuple[str, str]], random: Random
) -> None:
    gone = [
        missing(number, place(*parts), parts[1][:1]) for number, parts in enumerate(sorted(before))
    ]
    files = [found(*parts) for parts in sorted(after)]
    pairs = pair_moved(files, gone, letter_of, lambda _path: b"whole")

    assert len({one.picture_id for one in pairs.values()}) == len(pairs)
    assert all(letter_of(path, b"") == one.fingerprint for path, one in pairs.items())
    for letter in "ab":
        here = sum(parts[1].startswith(letter) for parts in after)
        there = sum(parts[1].startswith(letter) for parts in before)
        paired = sum(one.fingerprint == letter.encode() for one in pairs.values())
        assert paired == min(here, there)

    random.shuffle(files)
    assert pair_moved(files, gone[::-1], letter_of, lambda _path: b"whole") == pairs
