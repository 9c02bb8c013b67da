"""Who waits for the disk is neither held up for ever nor told too little."""

import threading
from collections.abc import Iterator

import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files.patience import NoAnswerError, Patience, Whereabouts


@pytest.fixture
def answers() -> Iterator[threading.Event]:
    """Set when the dead drive answers again."""
    event = threading.Event()
    yield event
    event.set()


def dead(place: str, answers: threading.Event) -> Patience:
    """One that soon gives up, where everything below a place is dead."""

    def probe(asked: str) -> None:
        if asked.startswith(place):
            answers.wait(60)

    return Patience(quiet_s=0, answer_s=0.5, probe=probe)


def test_hands_over_in_batches_and_in_order() -> None:
    def items(_at: Whereabouts) -> Iterator[int | None]:
        yield from range(1_200)
        yield None
        yield 7

    batches = list(Patience().stream(items, "/a", CancelToken()))
    assert [len(batch) for batch in batches] == [500, 500, 201, 1]
    assert [one for batch in batches for one in batch] == [*range(1_200), None, 7]


def test_what_goes_wrong_is_told_after_what_was_found() -> None:
    def items(_at: Whereabouts) -> Iterator[int]:
        yield 1
        raise PermissionError

    got = []
    with pytest.raises(PermissionError):  # noqa: PT012 - what came before it counts
        for batch in Patience().stream(items, "/a", CancelToken()):
            got += batch
    assert got == [1]


def test_does_not_run_far_ahead_of_who_takes_it() -> None:
    made = 0

    def items(_at: Whereabouts) -> Iterator[None]:
        nonlocal made
        for _ in range(1_000):
            made += 1
            yield None

    stream = Patience().stream(items, "/a", CancelToken())
    next(stream)
    stream.close()  # waits for the thread
    assert made < 10


def test_whoever_takes_his_time_and_answers_is_waited_for() -> None:
    asked = []
    done = threading.Event()

    def probe(place: str) -> None:
        asked.append(place)
        if len(asked) == 4:
            done.set()

    def items(at: Whereabouts) -> Iterator[str]:
        at.go_to("/a/b")
        done.wait(60)
        yield "found"

    patience = Patience(quiet_s=0, answer_s=60, probe=probe)
    assert list(patience.stream(items, "/a", CancelToken())) == [["found"]]
    assert asked[:4] == ["/a", "/a/b", "/a", "/a/b"]
    assert not patience.silent_places()


def test_the_outermost_folder_that_is_silent_is_named(answers: threading.Event) -> None:
    def items(at: Whereabouts) -> Iterator[str]:
        at.go_to("/a/b/c/d")
        answers.wait(60)
        yield "too late"

    patience = dead("/a/b", answers)
    with pytest.raises(NoAnswerError) as raised:
        list(patience.stream(items, "/a", CancelToken()))
    assert raised.value.place == "/a/b"
    assert patience.is_silent("/a/b/other")
    assert not patience.is_silent("/a/bc")


def test_nobody_is_sent_to_wait_there_again_until_the_first_comes_back(
    answers: threading.Event,
) -> None:
    patience = dead("/a", answers)
    with pytest.raises(NoAnswerError):
        patience.ask(lambda: answers.wait(60), "/a/b", CancelToken())
    before = threading.active_count()
    with pytest.raises(NoAnswerError):
        patience.ask(lambda: pytest.fail("asked"), "/a/b", CancelToken())
    assert threading.active_count() == before
    threads = [thread for thread in threading.enumerate() if thread.name == "disk"]
    answers.set()
    for thread in threads:
        thread.join(10)
    assert patience.ask(lambda: 5, "/a/b", CancelToken()) == 5


def test_cancelling_ends_the_wait(answers: threading.Event) -> None:
    cancel = CancelToken()
    cancelled: list[bool] = []

    def call() -> None:
        cancel.cancel()
        answers.wait(60)
        cancelled.append(True)

    with pytest.raises(CancelledError):
        Patience().ask(call, "/a", cancel)
    assert not cancelled


def test_of_many_things_those_that_do_not_answer_are_left_out(answers: threading.Event) -> None:
    def length(path: str, _at: Whereabouts) -> int:
        if path.startswith("/dead"):
            answers.wait(60)
        return len(path)

    paths = ["/a", "/dead/1", "/bc", "/dead/2", "/def"]
    patience = dead("/dead", answers)
    got = patience.each(paths, str, length, CancelToken())
    assert list(got) == [("/a", 2), ("/bc", 3), ("/def", 4)]
    with patience.avoiding(["/bc"]):
        got = patience.each(paths, str, length, CancelToken())
        assert [path for path, _ in got] == ["/a", "/def"]


def test_a_root_that_is_there_and_one_that_is_not(answers: threading.Event) -> None:
    assert Patience().unreachable_reason("/", [], CancelToken()) is None
    reason = Patience().unreachable_reason("/no/such/place", [], CancelToken())
    assert reason is not None
    assert "not there" in reason
    patience = dead("/a", answers)
    with patience.avoiding(["/a"]):
        assert "not answer" in (patience.unreachable_reason("/a/b", [], CancelToken()) or "")
