import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.ui.work.tasks import Lane, Lanes


def unexpected(error: Exception) -> None:
    raise error


class Gate:
    """Work that goes on when the test says so."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()

    def wait(self) -> str:
        self.entered.set()
        assert self.opened.wait(10)
        return "through"


def test_work_runs_elsewhere_and_its_result_comes_back_here(qtbot: QtBot, lane: Lane) -> None:
    threads = []
    results: list[tuple[int, QThread]] = []

    def work() -> int:
        threads.append(threading.current_thread())
        return 42

    lane.call(work, lambda result: results.append((result, QThread.currentThread())), unexpected)
    qtbot.waitUntil(lambda: bool(results))
    assert threads[0] is not threading.current_thread()
    assert results == [(42, lane.thread())]


def test_jobs_of_a_lane_run_in_order(qtbot: QtBot, lane: Lane) -> None:
    results: list[int] = []
    for number in range(50):
        lane.call(lambda number=number: number, results.append, unexpected)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(results) == 50)
    assert results == list(range(50))


def test_lanes_do_not_hold_each_other_up(qtbot: QtBot, lanes: Lanes) -> None:
    gate = Gate()
    results: list[str] = []
    lanes.open("slow").call(gate.wait, results.append, unexpected)
    lanes.open("quick").call(lambda: "quick", results.append, unexpected)
    qtbot.waitUntil(lambda: results == ["quick"])
    gate.opened.set()
    qtbot.waitUntil(lambda: results == ["quick", "through"])


def test_a_failure_is_delivered_and_the_lane_goes_on(qtbot: QtBot, lane: Lane) -> None:
    failures: list[Exception] = []
    results: list[int] = []

    def fail() -> int:
        raise ValueError("no")

    lane.call(fail, results.append, failures.append)
    lane.call(lambda: 1, results.append, unexpected)
    qtbot.waitUntil(lambda: results == [1])
    assert [str(failure) for failure in failures] == ["no"]


def test_what_is_superseded_is_never_heard_of(qtbot: QtBot, lane: Lane) -> None:
    gate = Gate()
    heard: list[object] = []
    started: list[str] = []
    lane.call(gate.wait, heard.append, heard.append)
    lane.call(lambda: started.append("waiting"), heard.append, heard.append)
    assert gate.entered.wait(10)
    lane.supersede()
    gate.opened.set()
    lane.call(lambda: "new", heard.append, unexpected)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["new"]
    assert started == []


def test_a_failure_of_an_older_generation_is_dropped(qtbot: QtBot, lane: Lane) -> None:
    gate = Gate()
    heard: list[object] = []

    def fail() -> None:
        gate.wait()
        raise ValueError

    lane.call(fail, heard.append, heard.append)
    assert gate.entered.wait(10)
    lane.supersede()
    gate.opened.set()
    lane.call(lambda: "new", heard.append, unexpected)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["new"]


def test_a_generator_reports_as_it_goes(qtbot: QtBot, lane: Lane) -> None:
    steps: list[int] = []
    gate = Gate()

    def count(_token: CancelToken) -> Iterator[int]:
        yield 1
        gate.wait()
        yield 2

    lane.stream(count, steps.append, lambda: steps.append(0), unexpected)
    qtbot.waitUntil(lambda: steps == [1])
    gate.opened.set()
    qtbot.waitUntil(lambda: steps == [1, 2, 0])


def test_cancel_lets_a_generator_say_its_last_word(qtbot: QtBot, lane: Lane) -> None:
    steps: list[str] = []
    gate = Gate()

    def work(token: CancelToken) -> Iterator[str]:
        yield "started"
        gate.wait()
        yield "cancelled" if token.is_cancelled else "finished"

    lane.stream(work, steps.append, lambda: steps.append("over"), unexpected)
    assert gate.entered.wait(10)
    lane.cancel()
    gate.opened.set()
    qtbot.waitUntil(lambda: steps == ["started", "cancelled", "over"])


def test_cancel_does_not_reach_jobs_started_later(qtbot: QtBot, lane: Lane) -> None:
    tokens: list[bool] = []

    def work(token: CancelToken) -> Iterator[bool]:
        yield token.is_cancelled

    lane.cancel()
    lane.stream(work, tokens.append, lambda: None, unexpected)
    qtbot.waitUntil(lambda: tokens == [False])


def test_a_generator_that_leaves_as_cancelled_has_finished(qtbot: QtBot, lane: Lane) -> None:
    over: list[bool] = []

    def work(_token: CancelToken) -> Iterator[int]:
        yield 1
        raise CancelledError

    lane.stream(work, lambda _: None, lambda: over.append(True), unexpected)
    qtbot.waitUntil(lambda: over == [True])


def test_closing_cancels_and_waits(qtbot: QtBot) -> None:
    lanes = Lanes()
    lane = lanes.open("test")
    heard: list[object] = []
    ended: list[bool] = []
    started = threading.Event()

    def until_cancelled(token: CancelToken) -> Iterator[int]:
        started.set()
        while not token.is_cancelled:
            yield 1
        ended.append(True)

    lane.stream(until_cancelled, lambda _: None, lambda: heard.append("finished"), heard.append)
    assert started.wait(10)
    assert lanes.close(timeout_s=10)
    assert ended == [True]
    lane.call(lambda: 1, heard.append, heard.append)
    with qtbot.waitSignal(lane.destroyed):  # runs the event loop: nothing may be delivered
        lane.deleteLater()
    assert heard == []


def test_closing_gives_up_on_work_that_hangs() -> None:
    lanes = Lanes()
    gate = Gate()
    lanes.open("hangs").call(gate.wait, lambda _: None, unexpected)
    assert gate.entered.wait(10)
    assert not lanes.close(timeout_s=0)
    gate.opened.set()
    assert lanes.close(timeout_s=10)


def test_an_idle_lane_keeps_nothing_alive(qtbot: QtBot, lane: Lane) -> None:
    class Large:
        def use(self) -> int:
            return 1

    large = Large()
    gone = weakref.ref(large)
    results: list[int] = []
    lane.call(large.use, results.append, unexpected)
    qtbot.waitUntil(lambda: results == [1])
    del large

    def is_gone() -> bool:
        gc.collect()
        return gone() is None

    qtbot.waitUntil(is_gone)


def test_an_exception_in_a_callback_is_not_lost(qtbot: QtBot, lane: Lane) -> None:
    def fail(_result: int) -> None:
        raise ValueError("in the window")

    with qtbot.captureExceptions() as exceptions:
        lane.call(lambda: 1, fail, unexpected)
        qtbot.waitUntil(lambda: len(exceptions) == 1)
    assert "in the window" in str(exceptions[0][1])


@pytest.mark.parametrize("method", ["cancel", "supersede", "close"])
def test_an_unused_lane_can_be_stopped(lanes: Lanes, method: str) -> None:
    lane = lanes.open("unused")
    getattr(lane, method)()
    lane.close()
    assert lane.wait(0)


def test_what_a_lane_has_promised_is_done_though_it_is_closed(qtbot: QtBot) -> None:
    lane, gate, kept = Lane("promises", finishes=True), Gate(), list[str]()
    heard: list[object] = []
    lane.call(gate.wait, heard.append, unexpected)
    lane.call(lambda: kept.append("a rating"), heard.append, unexpected)
    assert gate.entered.wait(10)
    lane.close()
    gate.opened.set()
    assert lane.wait(10)
    qtbot.wait(0)
    assert (kept, heard) == (["a rating"], [])


def test_guests_share_a_thread_and_hear_only_of_what_is_theirs(
    qtbot: QtBot, lanes: Lanes, lane: Lane
) -> None:
    gate, heard = Gate(), list[str]()
    one, two = lanes.take(lane.guest()), lanes.take(lane.guest())
    one.call(gate.wait, lambda said: heard.append(f"one is {said}"), unexpected)
    two.call(lambda: "after it", heard.append, unexpected)
    assert [each.is_busy for each in (one, two)] == [True, True]
    assert gate.entered.wait(10)
    one.cancel()  # of what is its own, and that does not mind
    gate.opened.set()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["one is through", "after it"]
    assert [each.is_busy for each in (one, two, lane)] == [False, False, False]


def test_cancelling_a_guest_leaves_the_others_alone(qtbot: QtBot, lanes: Lanes, lane: Lane) -> None:
    one, two = lanes.take(lane.guest()), lanes.take(lane.guest())
    ended: list[str] = []

    def count(name: str, token: CancelToken) -> Iterator[int]:
        if token.is_cancelled:
            ended.append(f"{name} was cancelled")
            raise CancelledError
        yield 1
        ended.append(f"{name} came to its end")

    gate = Gate()
    lane.call(gate.wait, lambda _through: None, unexpected)
    for guest, name in ((one, "one"), (two, "two")):
        guest.stream(
            lambda token, name=name: count(name, token),  # type: ignore[misc]
            lambda _item: None,
            lambda: None,
            unexpected,
        )
    one.cancel()
    gate.opened.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert ended == ["one was cancelled", "two came to its end"]


def test_what_lasts_goes_on_when_nobody_looks_any_more(qtbot: QtBot, lanes: Lanes) -> None:
    gates, heard = (Gate(), Gate()), list[str]()
    lasting, passing = lanes.open("lasting", lasts=True), lanes.open("passing")
    for lane, gate in zip((lasting, passing), gates, strict=True):
        lane.call(gate.wait, heard.append, unexpected)
        assert gate.entered.wait(10)
    lanes.leave()
    assert lanes.are_busy
    for gate in gates:
        gate.opened.set()
    qtbot.waitUntil(lambda: not lanes.are_busy)
    assert heard == ["through"]
