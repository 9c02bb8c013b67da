import pytest

from desktop_app.engine.files.known_files import MOST_STRIKES, KnownFiles
from desktop_app.engine.records import FileStamp, SkipKind, SkippedFile

STAMP = FileStamp(100, 7)


def skipped(kind: SkipKind, strikes: int = 0) -> SkippedFile:
    return SkippedFile("/a", "No.", kind, STAMP, strikes)


def test_a_file_as_remembered_is_recognised_once() -> None:
    known = KnownFiles(lambda: {"/a": "1:100:7", "/b": "2:50:7"}, {})
    assert known.recognise("/a", 100, 7)
    assert known.unchanged == 1
    assert known.pictures_left == {"/b": "2:50:7"}


@pytest.mark.parametrize(("size_bytes", "mtime_ns"), [(101, 7), (100, 8)])
def test_another_length_or_time_means_changed(size_bytes: int, mtime_ns: int) -> None:
    known = KnownFiles(lambda: {"/a": "1:100:7"}, {})
    assert not known.recognise("/a", size_bytes, mtime_ns)
    assert known.take("/a", FileStamp(size_bytes, mtime_ns)) == (1, True)
    assert known.pictures_left == {}
    assert known.unchanged == 0


def test_without_a_vector_it_is_to_be_decoded_again() -> None:
    known = KnownFiles(lambda: {"/a": "1:100:7"}, {}, without_vector={1})
    assert not known.recognise("/a", 100, 7)
    assert known.take("/a", STAMP) == (1, False)


def test_a_file_that_was_thought_gone_is_found_again() -> None:
    known = KnownFiles(lambda: {"/a": "1:100:7", "/b": "2:100:7"}, {}, missing={1})
    assert known.recognise("/a", 100, 7)
    assert known.recognise("/b", 100, 7)
    assert known.found_again == [1]


def test_an_unknown_file_is_not_recognised() -> None:
    known = KnownFiles(dict, {})
    assert not known.recognise("/a", 100, 7)
    assert known.take("/a", STAMP) is None
    assert known.skip("/a") is None


def test_a_skip_stands_until_its_file_changes() -> None:
    skip = skipped(SkipKind.DAMAGED)
    known = KnownFiles(dict, {"/a": skip})
    assert known.recognise("/a", 100, 7)
    assert known.standing == [skip]
    assert known.skips_left == []
    known = KnownFiles(dict, {"/a": skip})
    assert not known.recognise("/a", 100, 8)
    assert known.skip("/a") == skip


def test_failed_files_are_tried_again_when_asked() -> None:
    failed, other = skipped(SkipKind.DAMAGED), skipped(SkipKind.NOT_A_PICTURE)
    assert not KnownFiles(dict, {"/a": failed}, retry_failed=True).recognise("/a", 100, 7)
    assert KnownFiles(dict, {"/a": other}, retry_failed=True).recognise("/a", 100, 7)


@pytest.mark.parametrize("kind", [SkipKind.UNREADABLE, SkipKind.CLOUD_ONLY, SkipKind.BEING_WRITTEN])
def test_what_may_pass_by_itself_is_tried_every_time(kind: SkipKind) -> None:
    assert not KnownFiles(dict, {"/a": skipped(kind)}).recognise("/a", 100, 7)


@pytest.mark.parametrize("strikes", range(MOST_STRIKES + 2))
def test_three_strikes_and_it_waits(strikes: int) -> None:
    known = KnownFiles(dict, {"/a": skipped(SkipKind.DECODER_FAILED, strikes)})
    assert known.recognise("/a", 100, 7) == (strikes >= MOST_STRIKES)


def test_pictures_are_not_read_before_one_is_asked_for() -> None:
    readings = iter([{"/b": "2:50:7"}])
    known = KnownFiles(lambda: next(readings), {"/a": skipped(SkipKind.NOT_A_PICTURE)})
    assert known.skip("/a") is not None
    assert known.skips_left == []
    assert list(readings) == [{"/b": "2:50:7"}]  # nobody has read them


def test_pictures_are_read_once() -> None:
    readings = iter([{"/a": "1:100:7", "/b": "2:50:7"}])
    known = KnownFiles(lambda: next(readings), {})
    assert known.recognise("/a", 100, 7)
    assert known.take("/b", FileStamp(50, 7)) == (2, False)
    assert known.pictures_left == {}
