from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.records import IndexProgress, IndexSummary
from desktop_app.ui.indexing_queue import IndexingQueue
from desktop_app.ui.tasks import Lane
from tests.ui.fake_library import FakeLibrary

ONE_RUN: list[IndexProgress | IndexSummary] = [
    IndexProgress(done=0, total=0, found=7),
    *(IndexProgress(done=n, total=50, found=50, added_ids=(n,)) for n in range(50)),
    IndexSummary(added=50),
]


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def indexing(lane: Lane, library: FakeLibrary) -> Iterator[IndexingQueue]:
    yield IndexingQueue(lane)
    library.index_gate.set()


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
