import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.records import (
    FileStamp,
    IndexProgress,
    IndexSummary,
    ModelInfo,
    Picture,
    SkipKind,
    SkippedFile,
)
from desktop_app.ui.words import wording

BUILT_IN = ModelInfo("key", "Starter", 256, is_builtin=True)
OTHER = ModelInfo("key", "ViT-B/32", 512, is_builtin=False)


def skipped(kind: SkipKind, reason: str = "Because.") -> SkippedFile:
    return SkippedFile("/pictures/a.jpg", reason, kind)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (999, "999"), (12408, "12\u202f408"), (10**6, "1\u202f000\u202f000")],
)
def test_thousands_are_grouped(number: int, text: str) -> None:
    assert wording.count(number) == text


def test_one_is_singular() -> None:
    assert wording.pictures(1) == "1 picture"
    assert wording.pictures(0) == "0 pictures"
    assert wording.pictures(2) == "2 pictures"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (29.4, "0:29"), (60, "1:00"), (3599.6, "1:00:00"), (3900, "1:05:00")],
)
def test_durations(seconds: float, text: str) -> None:
    assert wording.duration(seconds) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 KB"),
        (80, "1 KB"),
        (640_000, "640 KB"),
        (2_800_000, "2.8 MB"),
        (28_000_000, "28 MB"),
        (5e12, "5000 GB"),
    ],
)
def test_file_sizes(size: int, text: str) -> None:
    assert wording.file_size(int(size)) == text


def test_a_day_that_the_system_cannot_tell_is_left_out() -> None:
    picture = Picture(1, "/a.jpg", FileStamp(10_000, 0), 30, 20, "JPEG", 1e30, b"")
    assert wording.facts(picture) == "30 × 20 · 10 KB"


def test_how_well_a_picture_answers() -> None:
    assert wording.match(0.312, 4.18) == "score 0.31, relevance 4.18 (strong)"
    assert wording.match(0.05, -0.3) == "score 0.05, relevance \u22120.30 (strong from 1)"
    assert wording.match(0.2, 0.99) == "score 0.20, relevance 0.99 (strong from 1)"
    assert wording.match(0.312, None) == "score 0.31"
    assert wording.match(None, None) == ""


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (IndexProgress(0, 0, 0), "Looking for pictures · 0 files seen"),
        (IndexProgress(0, 0, 1234), "Looking for pictures · 1\u202f234 files seen"),
        (IndexProgress(0, 3000, 3000), "Indexing 0 / 3\u202f000"),
        (
            IndexProgress(2110, 3000, 3000, per_second=31.4, seconds_left=29),
            "Indexing 2\u202f110 / 3\u202f000 · 31/s · 0:29 left",
        ),
        (IndexProgress(1, 9, 9, per_second=0.25), "Indexing 1 / 9 · 0.2/s"),
    ],
)
def test_progress(progress: IndexProgress, text: str) -> None:
    assert wording.progress(progress)[0] == text


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        (IndexSummary(unchanged=1000), "Nothing new was found."),
        (IndexSummary(added=1), "1 picture added."),
        (
            IndexSummary(added=3, updated=2, moved=4, removed=1),
            "3 pictures added, 2 pictures updated, "
            "4 pictures found at a new place, 1 picture gone.",
        ),
        (
            IndexSummary(added=3, failed=(skipped(SkipKind.DAMAGED),)),
            "3 pictures added. 1 file could not be read.",
        ),
        (IndexSummary(cancelled=True), "Stopped."),
        (IndexSummary(added=3, cancelled=True), "Stopped. 3 pictures added."),
        (
            IndexSummary(
                failed=(SkippedFile("/usb", "It is away.", SkipKind.OFFLINE),),
                skipped=(SkippedFile("/a/May", "It is empty.", SkipKind.EMPTY_FOLDER),),
            ),
            "The folder usb could not be reached. There is no picture in May.",
        ),
        (
            IndexSummary(skipped=(SkippedFile("/a", "It is empty.", SkipKind.EMPTY_FOLDER),) * 2),
            "There is no picture in 2 folders.",
        ),
        (IndexSummary(skipped=(skipped(SkipKind.NOT_A_PICTURE),)), "Nothing new was found."),
    ],
)
def test_outcomes(summary: IndexSummary, text: str) -> None:
    assert wording.outcome(summary) == text


def test_problems_count_what_one_would_expect_to_be_there() -> None:
    assert wording.problems(0, 0) == ""
    assert wording.problems(3, 1) == "3 files not indexed"
    assert wording.problems(1, 0) == "1 file not indexed"
    assert wording.problems(0, 2) == "2 other files"


def test_the_status_says_what_is_shown() -> None:
    assert wording.status(1000, None, None) == "1\u202f000 pictures"
    assert wording.status(1, None, None) == "1 picture"
    assert wording.status(1000, 36, 0.0213) == "36 strong hits of 1\u202f000 pictures · 21 ms"
    assert wording.status(1, 1, 0.0001) == "1 strong hit of 1 picture · 1 ms"
    assert wording.status(9, 0, 0.003) == "No strong hit among 9 pictures · 3 ms"
    assert wording.status(7, None, 0.003) == "7 pictures · 3 ms"


def test_models_are_called_by_name_but_for_the_built_in_one() -> None:
    assert wording.model_name(BUILT_IN) == "built-in model"
    assert wording.model_name(OTHER) == "ViT-B/32"
    assert wording.sentence_name(BUILT_IN) == "The built-in model"
    assert wording.sentence_name(OTHER) == "ViT-B/32"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "less than a minute left"),
        (29, "less than a minute left"),
        (240, "4 min left"),
        (3600, "1 h left"),
        (7800, "2 h 10 min left"),
        (360_000_000, "100\u202f000 h left"),
    ],
)
def test_time_left_is_rough(seconds: float, text: str) -> None:
    assert wording.time_left(seconds) == text


def test_indexing_in_short() -> None:
    state = IndexProgress(500, 1000, 1000, per_second=31.0)
    assert wording.progress(state) == (
        "Indexing 500 / 1\u202f000 · 31/s",
        "Indexing 500 / 1\u202f000",
        "Indexing 50%",
    )


@given(st.text(max_size=200))
def test_breaks_change_nothing_that_is_read(text: str) -> None:
    assert wording.breakable(text).replace("\u200b", "") == text.replace("\u200b", "")


@given(st.text(alphabet=st.characters(exclude_categories=["Z", "C"]), max_size=200))
def test_no_run_of_letters_is_too_long_to_wrap(word: str) -> None:
    assert max(map(len, wording.breakable(word).split("\u200b"))) <= 19


def test_why_indexing_is_paused() -> None:
    state = IndexProgress(done=210, total=300, found=300, per_second=31.0, seconds_left=29.0)
    assert wording.progress(state, "") == ("Paused · 210 / 300", "Paused at 70%")
    assert wording.progress(state, "Paused: the battery is below 20%.") == (
        "Paused: the battery is below 20% · 210 / 300",
        "Paused · 210 / 300",
        "Paused at 70%",
    )
    assert wording.progress(IndexProgress(0, 0, 7), "") == ("Paused", "Paused")


def test_a_folder_that_is_away_is_no_file_that_failed() -> None:
    away = SkippedFile("/usb", "Its drive is not connected.", SkipKind.OFFLINE)
    broken = SkippedFile("/a.jpg", "It is cut short.", SkipKind.DAMAGED)
    assert wording.outcome(IndexSummary(failed=(away,))) == "The folder usb could not be reached."
    assert wording.outcome(IndexSummary(failed=(away, broken))) == (
        "1 file could not be read. The folder usb could not be reached."
    )
