import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import (
    CatalogDamagedError,
    NoRoomError,
    StoreError,
    UserFacingError,
)
from desktop_app.engine.records import (
    ChangedPlace,
    EmbedProgress,
    EmbedSummary,
    IndexProgress,
    IndexSummary,
)
from desktop_app.ui.library import owed_places
from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.work.tasks import Lane
from tests.ui.fake_library import FakeLibrary

ONE_RUN: list[IndexProgress | IndexSummary] = [
    IndexProgress(done=0, total=0, found=7),
    *(IndexProgress(done=n, total=50, found=50, added_ids=(n,)) for n in range(50)),
    IndexSummary(added=50),
]


def failing_with(error: Exception) -> Callable[..., object]:
    """What stands in the place of a run that fails."""

    def fail(*_arguments: object, **_named: object) -> object:
        raise error

    return fail


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def indexing(lane: Lane, library: FakeLibrary) -> Iterator[IndexingQueue]:
    yield IndexingQueue(lane)
    library.index_gate.set()
    library.embed_gate.set()


def test_a_run_tells_how_far_it_is_and_what_it_did(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    progress: list[IndexProgress] = []
    indexing.progressed.connect(progress.append)
    library.runs = [ONE_RUN]
    indexing.set_library(library)
    with qtbot.waitSignals([indexing.finished, indexing.grown]):
        indexing.add(["/pictures"])
        assert not indexing.is_idle
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert library.asked == [(["/pictures"], False)]
    assert progress[0].found == 7
    assert progress[-1].done == 49
    assert len(progress) < 10  # a hundred milliseconds apart, not one a picture


def test_runs_follow_one_another(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    indexing.set_library(library)
    library.index_gate.clear()
    done: list[IndexSummary] = []
    indexing.finished.connect(lambda summary, _quiet: done.append(summary))
    library.runs = [[IndexSummary(added=1)], [IndexSummary(added=2)], [IndexSummary(added=3)]]
    for path in ("/a", "/b", "/b"):
        indexing.add([path])
    indexing.rescan(retry_failed=True)
    qtbot.waitUntil(lambda: len(library.asked) == 1)
    library.index_gate.set()
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert library.asked == [(["/a"], False), (["/b"], False), ([], True)]
    assert [summary.added for summary in done] == [1, 2, 3]


def held_after_one(gate: threading.Event) -> Iterator[IndexProgress]:
    """A long run that waits once it has told something."""
    yield IndexProgress(1, 90_000, 90_000)
    assert gate.wait(10)
    yield IndexProgress(2, 90_000, 90_000)


def test_what_is_asked_for_last_comes_first_and_the_rest_goes_on(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    gate = threading.Event()
    indexing.set_library(library)
    done: list[IndexSummary] = []
    indexing.finished.connect(lambda summary, _quiet: done.append(summary))
    library.runs = [held_after_one(gate), [IndexSummary(added=2)], [IndexSummary(added=1)]]
    with qtbot.waitSignal(indexing.progressed):
        indexing.add(["/hours"])
    indexing.add(["/moment"])
    gate.set()
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert library.asked == [(["/hours"], False), (["/moment"], False), (["/hours"], False)]
    assert [summary.added for summary in done] == [2, 1]


def test_a_run_that_made_way_is_forgotten_when_everything_is_cancelled(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    gate = threading.Event()
    indexing.set_library(library)
    library.runs = [held_after_one(gate)]
    with qtbot.waitSignal(indexing.progressed):
        indexing.add(["/hours"])
    indexing.add(["/moment"])
    indexing.cancel()
    with qtbot.waitSignal(indexing.finished) as finished:
        gate.set()
    assert finished.args[0].cancelled
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert library.asked == [(["/hours"], False)]


def test_what_is_dropped_before_the_library_is_open_waits(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    indexing.add(["/a"])
    assert not indexing.is_idle
    with qtbot.waitSignal(indexing.finished):
        indexing.set_library(library)
    assert library.asked == [(["/a"], False)]


def test_cancel_stops_the_run_and_what_waits(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    indexing.set_library(library)
    library.index_gate.clear()
    library.runs = [ONE_RUN, ONE_RUN]
    indexing.add(["/a"])
    indexing.add(["/b"])
    qtbot.waitUntil(lambda: len(library.asked) == 1)
    indexing.cancel()
    with qtbot.waitSignal(indexing.finished) as finished:
        library.index_gate.set()
    assert finished.args[0].cancelled
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert library.asked == [(["/a"], False)]


def test_a_run_after_a_cancelled_one_is_not_cancelled(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    indexing.set_library(library)
    indexing.cancel()
    library.runs = [ONE_RUN]
    with qtbot.waitSignal(indexing.finished) as finished:
        indexing.add(["/a"])
    assert finished.args[0].added == 50


def test_a_run_that_fails_ends_and_the_next_goes_on(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = UserFacingError("There is no folder.")
    real = library.index

    def index(paths, cancel, *, retry_failed=False):  # type: ignore[no-untyped-def]
        if paths == ("/gone",):
            raise error
        return real(paths, cancel, retry_failed=retry_failed)

    monkeypatch.setattr(library, "index", index)
    indexing.set_library(library)
    with qtbot.waitSignals([indexing.failed, indexing.finished]):
        indexing.add(["/gone"])
        indexing.add(["/there"])
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert library.asked == [(["/there"], False)]


def test_catching_up_is_quiet(qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary) -> None:
    indexing.set_library(library)
    with qtbot.waitSignal(indexing.finished) as finished:
        indexing.catch_up()
    assert finished.args == [IndexSummary(), True]
    assert library.asked == [([], False)]


# Following what happens on disk

A, B = ChangedPlace("/a"), ChangedPlace("/b")


def test_what_happened_on_disk_is_taken_in_without_a_word(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    words: list[object] = []
    grown: list[None] = []
    indexing.progressed.connect(words.append)
    indexing.finished.connect(lambda *args: words.append(args))
    indexing.grown.connect(lambda: grown.append(None))
    library.runs = [
        [
            IndexProgress(0, 0, 1, current="/a"),
            IndexProgress(1, 1, 1, added_ids=(1,)),
            IndexSummary(added=1),
        ]
    ]
    indexing.set_library(library)
    with qtbot.waitSignal(indexing.followed) as followed:
        indexing.look_again([A])
    assert followed.args == [IndexSummary(added=1)]
    assert library.looked == [[A]]
    assert len(grown) == 1
    assert words == []


def test_a_burst_of_new_pictures_shows_how_far_it_is(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    library.runs = [ONE_RUN]
    indexing.set_library(library)
    with qtbot.waitSignals([indexing.progressed, indexing.followed]):
        indexing.look_again([A])


def test_what_happens_during_a_run_waits_and_is_one_run(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    indexing.set_library(library)
    library.index_gate.clear()
    indexing.add(["/new"])
    qtbot.waitUntil(lambda: len(library.asked) == 1)
    gone = ChangedPlace("/a", saw_removal=True)
    for places in ([A], [B], [gone], [A]):
        indexing.look_again(places)
    library.index_gate.set()
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert library.looked == [[gone, B]]


def test_a_look_that_is_stopped_says_so(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    indexing.set_library(library)
    library.index_gate.clear()
    indexing.look_again([A])
    qtbot.waitUntil(lambda: library.looked == [[A]])
    indexing.cancel()
    with qtbot.waitSignal(indexing.finished) as finished:
        library.index_gate.set()
    assert finished.args == [IndexSummary(cancelled=True), True]


def test_an_error_is_told_once_until_a_look_succeeds(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: list[str] = []
    indexing.failed.connect(lambda error: errors.append(str(error)))

    def fail(places, cancel):  # type: ignore[no-untyped-def]
        library.looked.append(list(places))
        raise UserFacingError("The disk is full.")

    indexing.set_library(library)
    for expected in (1, 1):
        with monkeypatch.context() as patch:
            patch.setattr(library, "look_again", fail)
            indexing.look_again([A])
            qtbot.waitUntil(lambda: indexing.is_idle)
        assert len(errors) == expected
    with qtbot.waitSignal(indexing.followed):
        indexing.look_again([A])
    monkeypatch.setattr(library, "look_again", fail)
    indexing.look_again([B])
    qtbot.waitUntil(lambda: len(errors) == 2)


# What was looked at in vain is looked at later


def test_what_a_look_that_failed_was_about_is_looked_at_again(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owed_places, "FIRST_RETRY_MS", 1)
    failures = [UserFacingError("The disk is full.")] * 3
    real = library.look_again

    def look_again(places, cancel):  # type: ignore[no-untyped-def]
        if failures:
            raise failures.pop()
        return real(places, cancel)

    monkeypatch.setattr(library, "look_again", look_again)
    indexing.set_library(library)
    with qtbot.waitSignal(indexing.followed):
        indexing.look_again([A])
    assert library.looked == [[A]]
    assert failures == []


@pytest.mark.parametrize(
    ("asked", "looked"),
    [(["/new"], [ChangedPlace("/new")]), ([], [ChangedPlace("/a"), ChangedPlace("/b")])],
    ids=["added", "all"],
)
def test_what_a_run_that_failed_was_to_take_in_is_looked_at_again(
    qtbot: QtBot,
    indexing: IndexingQueue,
    library: FakeLibrary,
    monkeypatch: pytest.MonkeyPatch,
    asked: list[str],
    looked: list[ChangedPlace],
) -> None:
    monkeypatch.setattr(owed_places, "FIRST_RETRY_MS", 1)
    monkeypatch.setattr(library, "index", failing_with(UserFacingError("The disk is full.")))
    indexing.set_library(library)
    indexing.set_roots(["/b", "/a"])
    with qtbot.waitSignals([indexing.failed, indexing.followed]):
        if asked:
            indexing.add(asked)
        else:
            indexing.rescan()
    assert library.looked == [looked]


def test_what_could_not_be_added_is_added_once_there_is_room(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [StoreError("The disk is full.")] * 3
    told: list[object] = []
    real = library.index

    def index(paths, cancel, *, retry_failed=False):  # type: ignore[no-untyped-def]
        if failures:
            raise failures.pop()
        return real(paths, cancel, retry_failed=retry_failed)

    monkeypatch.setattr(owed_places, "FIRST_RETRY_MS", 1)
    monkeypatch.setattr(library, "index", index)
    indexing.failed.connect(told.append)
    indexing.set_library(library)
    with qtbot.waitSignal(indexing.finished):
        indexing.add(["/new"])
    assert library.asked == [(["/new"], False)]
    assert len(told) == 1
    assert library.looked == []


def test_a_folder_that_is_forgotten_meanwhile_is_not_added_again(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing.set_library(library)
    with monkeypatch.context() as patch, qtbot.waitSignal(indexing.failed):
        patch.setattr(library, "index", failing_with(StoreError("The disk is full.")))
        indexing.add(["/new"])
    indexing.set_roots(["/new", "/old"])
    indexing.set_roots(["/old"])
    with qtbot.waitSignal(indexing.finished):
        indexing.rescan()
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert library.asked == [([], False)]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NoRoomError("The disk is full."), [False, True, False]),
        (StoreError("It broke."), [False, False, False]),
    ],
)
def test_it_lacks_room_until_what_failed_for_it_is_done(
    qtbot: QtBot,
    indexing: IndexingQueue,
    library: FakeLibrary,
    monkeypatch: pytest.MonkeyPatch,
    error: StoreError,
    expected: list[bool],
) -> None:
    indexing.set_library(library)
    states = [indexing.lacks_room]
    with monkeypatch.context() as patch, qtbot.waitSignal(indexing.failed):
        patch.setattr(library, "index", failing_with(error))
        indexing.add(["/new"])
    qtbot.waitUntil(lambda: indexing.is_idle)
    states.append(indexing.lacks_room)
    with qtbot.waitSignal(indexing.finished):
        indexing.try_again()
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert [*states, indexing.lacks_room] == expected
    assert library.asked == [(["/new"], False)]


def test_nothing_is_added_again_to_a_library_that_is_damaged(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing.set_library(library)
    with monkeypatch.context() as patch, qtbot.waitSignal(indexing.failed):
        patch.setattr(library, "index", failing_with(CatalogDamagedError("It is damaged.")))
        indexing.add(["/new"])
    qtbot.waitUntil(lambda: indexing.is_idle)
    with qtbot.waitSignal(indexing.followed):
        indexing.try_again()
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert library.asked == []


def test_pauses_grow_while_looks_fail(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "look_again", failing_with(UserFacingError("The disk is full.")))
    indexing.set_library(library)
    pauses: list[int] = []
    for _ in range(9):
        indexing.look_again([A])
        qtbot.waitUntil(lambda: indexing.is_idle)
        (timer,) = (
            one for one in indexing.findChildren(QTimer) if one.isActive() and one.interval() > 999
        )
        pauses.append(timer.interval())
    assert pauses[:3] == [10_000, 20_000, 40_000]
    assert pauses[-1] == owed_places.LAST_RETRY_MS


def test_what_failed_comes_with_the_next_look(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing.set_library(library)
    with monkeypatch.context() as patch, qtbot.waitSignal(indexing.failed):
        patch.setattr(library, "look_again", failing_with(UserFacingError("The disk is full.")))
        indexing.look_again([A])
    qtbot.waitUntil(lambda: indexing.is_idle)
    with qtbot.waitSignal(indexing.followed):
        indexing.look_again([B])
    assert library.looked == [[A, B]]


def test_stop_puts_off_what_happened_on_disk(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    indexing.set_library(library)
    library.index_gate.clear()
    indexing.look_again([A])
    qtbot.waitUntil(lambda: library.looked == [[A]])
    indexing.look_again([B])
    indexing.cancel()
    with qtbot.waitSignal(indexing.finished):
        library.index_gate.set()
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert library.looked == [[A]]
    with qtbot.waitSignal(indexing.followed):
        indexing.add(["/more"])  # when that has succeeded, the rest is due
    assert sorted(library.looked[1], key=lambda place: place.path) == [A, B]
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert len(library.looked) == 2


# Embedding by the next model

EMBEDDING: list[EmbedProgress | EmbedSummary | Exception] = [
    *(EmbedProgress("Larger", done, 500, 9.0) for done in range(500)),
    EmbedSummary("Larger", made=500, switched=True),
]


@pytest.fixture
def embedded(indexing: IndexingQueue) -> list[EmbedSummary]:
    embedded: list[EmbedSummary] = []
    indexing.embedded.connect(embedded.append)
    return embedded


def test_the_next_model_is_prepared_with_progress(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, embedded: list[EmbedSummary]
) -> None:
    told: list[EmbedProgress] = []
    indexing.embed_progressed.connect(told.append)
    library.embeddings = [EMBEDDING]
    indexing.embed()
    with qtbot.waitSignal(indexing.embedding_changed) as changed:
        indexing.set_library(library)
    assert changed.args == [True]
    assert indexing.is_idle  # nothing is being indexed
    qtbot.waitUntil(lambda: not indexing.is_embedding)
    assert [summary.switched for summary in embedded] == [True]
    assert 0 < len(told) < 50
    indexing.rescan()
    qtbot.waitUntil(lambda: len(library.asked) == 1 and indexing.is_idle)
    assert library.embedded == 1  # it is done


def test_without_a_next_model_nothing_is_prepared(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, embedded: list[EmbedSummary]
) -> None:
    indexing.set_library(library)
    indexing.embed()
    qtbot.waitUntil(lambda: embedded == [EmbedSummary("")])
    assert not indexing.is_embedding
    assert not indexing.is_embedding_held


def test_what_is_dropped_goes_first_and_the_preparation_goes_on(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, embedded: list[EmbedSummary]
) -> None:
    indexing.set_library(library)
    library.embeddings = [EMBEDDING, EMBEDDING]
    library.embed_gate.clear()
    library.index_gate.clear()
    indexing.embed()
    qtbot.waitUntil(lambda: library.embedded == 1)
    indexing.add(["/a"])
    qtbot.waitUntil(lambda: library.asked == [(["/a"], False)])
    assert [summary.cancelled for summary in embedded] == [True]
    assert not indexing.is_embedding
    library.embed_gate.set()
    library.index_gate.set()
    qtbot.waitUntil(lambda: len(embedded) == 2)
    assert embedded[-1].switched
    assert library.embedded == 2


def test_what_waits_to_be_indexed_comes_before_the_preparation(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, embedded: list[EmbedSummary]
) -> None:
    library.embeddings = [EMBEDDING]
    order: list[str] = []
    indexing.finished.connect(lambda _summary, _quiet: order.append("indexed"))
    indexing.embedded.connect(lambda _summary: order.append("embedded"))
    indexing.embed()
    indexing.add(["/a"])
    indexing.add(["/b"])
    indexing.set_library(library)
    qtbot.waitUntil(lambda: bool(embedded))
    assert order == ["indexed", "indexed", "embedded"]


def test_a_held_preparation_waits_for_a_word(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, embedded: list[EmbedSummary]
) -> None:
    indexing.set_library(library)
    library.embeddings = [EMBEDDING, EMBEDDING]
    library.embed_gate.clear()
    indexing.embed()
    qtbot.waitUntil(lambda: library.embedded == 1)
    indexing.hold_embedding()
    assert indexing.is_embedding_held
    assert not indexing.is_embedding
    indexing.add(["/a"])
    qtbot.waitUntil(lambda: len(library.asked) == 1 and indexing.is_idle)
    assert library.embedded == 1
    library.embed_gate.set()
    indexing.embed()
    qtbot.waitUntil(lambda: len(embedded) == 2)
    assert embedded[-1].switched
    assert not indexing.is_embedding_held


def test_a_dropped_preparation_does_not_go_on(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, embedded: list[EmbedSummary]
) -> None:
    indexing.set_library(library)
    library.embeddings = [EMBEDDING, EMBEDDING]
    library.embed_gate.clear()
    indexing.embed()
    qtbot.waitUntil(lambda: library.embedded == 1)
    indexing.drop_embedding()
    qtbot.waitUntil(lambda: bool(embedded))
    indexing.add(["/a"])
    qtbot.waitUntil(lambda: len(library.asked) == 1 and indexing.is_idle)
    assert library.embedded == 1
    assert not indexing.is_embedding_held


def test_a_model_chosen_while_another_is_prepared_has_its_turn(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, embedded: list[EmbedSummary]
) -> None:
    indexing.set_library(library)
    library.embeddings = [EMBEDDING, [EmbedSummary("Other", switched=True)]]
    library.embed_gate.clear()
    indexing.embed()
    qtbot.waitUntil(lambda: library.embedded == 1)
    indexing.hold_embedding()
    indexing.embed()
    library.embed_gate.set()
    qtbot.waitUntil(lambda: bool(embedded) and embedded[-1].title == "Other")


def test_a_preparation_that_fails_is_told_and_waits_to_be_asked_again(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, embedded: list[EmbedSummary]
) -> None:
    indexing.set_library(library)
    library.embeddings = [[UserFacingError("The disk is full.")], EMBEDDING]
    with qtbot.waitSignal(indexing.embed_failed) as failed:
        indexing.embed()
    assert str(failed.args[0]) == "The disk is full."
    indexing.add(["/a"])
    qtbot.waitUntil(lambda: len(library.asked) == 1 and indexing.is_idle)
    assert library.embedded == 1
    indexing.embed()
    qtbot.waitUntil(lambda: bool(embedded))
    assert embedded[-1].switched


def test_cancelling_the_indexing_leaves_the_preparation_alone(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, embedded: list[EmbedSummary]
) -> None:
    indexing.set_library(library)
    library.embeddings = [EMBEDDING]
    library.embed_gate.clear()
    indexing.embed()
    qtbot.waitUntil(lambda: library.embedded == 1)
    indexing.cancel()
    library.embed_gate.set()
    qtbot.waitUntil(lambda: bool(embedded))
    assert embedded[0].switched


def test_other_work_waits_for_a_run_and_comes_before_the_next(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    indexing.set_library(library)
    library.index_gate.clear()
    indexing.add(["/a"])
    indexing.add(["/b"])
    qtbot.waitUntil(lambda: len(library.asked) == 1)
    done: list[int] = []
    indexing.do(lambda: len(library.asked), done.append, done.append)  # type: ignore[arg-type]
    indexing.cancel()  # forgets /b, not the work
    indexing.add(["/c"])
    library.index_gate.set()
    qtbot.waitUntil(lambda: indexing.is_idle and len(library.asked) == 2)
    assert done == [1]


def test_the_error_of_other_work_is_told_and_the_queue_goes_on(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    indexing.set_library(library)
    errors: list[Exception] = []

    def fail() -> None:
        raise UserFacingError("The disk is full.", "")

    indexing.do(fail, lambda _: None, errors.append)
    indexing.add(["/a"])
    qtbot.waitUntil(lambda: len(library.asked) == 1)
    assert str(errors[0]) == "The disk is full."


def test_preparing_makes_way_for_other_work_and_goes_on(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    library.embeddings = [[EmbedProgress("Larger", 1, 2)], [EmbedSummary("Larger", switched=True)]]
    library.embed_gate.clear()
    indexing.set_library(library)
    indexing.embed()
    qtbot.waitUntil(lambda: library.embedded == 1)
    embedded: list[int] = []
    indexing.do(lambda: library.embedded, embedded.append, lambda _: None)
    qtbot.waitUntil(lambda: embedded == [1])
    library.embed_gate.set()
    qtbot.waitUntil(lambda: library.embedded == 2)


def test_some_files_are_tried_again(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    indexing.set_library(library)
    with qtbot.waitSignal(indexing.finished):
        indexing.retry(["/pictures/cut.jpg"])
    with qtbot.waitSignal(indexing.finished):
        indexing.retry([])
    assert library.asked == [(["/pictures/cut.jpg"], True), ([], True)]


def test_what_was_stopped_is_not_begun_again_by_the_watch(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary
) -> None:
    indexing.set_library(library)
    indexing.set_roots(["/new"])
    library.index_gate.clear()
    indexing.add(["/new"])
    qtbot.waitUntil(lambda: len(library.asked) == 1)
    indexing.cancel()
    library.index_gate.set()
    qtbot.waitUntil(lambda: indexing.is_idle)
    indexing.look_again([ChangedPlace("/new"), A])
    qtbot.waitUntil(lambda: indexing.is_idle)
    assert library.looked == [[A]]
    indexing.look_again([ChangedPlace("/new")])
    assert library.looked == [[A]]
    indexing.rescan()
    qtbot.waitUntil(lambda: indexing.is_idle)
    indexing.look_again([ChangedPlace("/new")])
    qtbot.waitUntil(lambda: library.looked == [[A], [ChangedPlace("/new")]])
    qtbot.waitUntil(lambda: indexing.is_idle)


@pytest.mark.parametrize(
    ("error", "expected"), [(NoRoomError("The disk is full."), 2), (StoreError("It broke."), 1)]
)
def test_what_lacked_room_goes_on_once_there_is_some(
    qtbot: QtBot, indexing: IndexingQueue, library: FakeLibrary, error: StoreError, expected: int
) -> None:
    library.embeddings = [[error], EMBEDDING]
    indexing.set_library(library)
    with qtbot.waitSignal(indexing.embed_failed):
        indexing.embed()
    qtbot.waitUntil(lambda: not indexing.is_embedding)
    indexing.try_again()
    qtbot.waitUntil(lambda: not indexing.is_embedding)
    assert library.embedded == expected


# A library that cannot be written


@pytest.mark.parametrize("is_open", [True, False])
def test_what_was_refused_is_remembered(
    indexing: IndexingQueue, library: FakeLibrary, is_open: bool
) -> None:
    library.why_unwritable = "The disk was full."
    if is_open:
        indexing.set_library(library)
    indexing.add(["/a", "/b"])
    indexing.rescan()
    indexing.add(["/c"])
    if not is_open:
        indexing.set_library(library)
    assert indexing.refused_paths == ("/a", "/b", "/c")
    assert library.asked == []
