"""Decoding at the pace that the user asks for."""

import multiprocessing
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.child_process import POSIX_NICENESS
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files import decoder_process
from desktop_app.engine.files.decoder import Decoder
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.pace import PAUSED, PaceChange, WorkPace
from desktop_app.engine.records import DecodedPicture, FileStamp, FoundFile, SkippedFile
from tests.helpers import pictures, resizers

pytestmark = pytest.mark.usefixtures("spawned_processes")

Outcome = tuple[FoundFile, DecodedPicture | SkippedFile]

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="niceness is of POSIX")


class WatchedPace(WorkPace):
    """Goes on by itself when the decoder has waited a while, or does what a test wants then."""

    def __init__(self) -> None:
        super().__init__(battery=lambda: None)
        self.waits = 0
        self.after_waiting = self.resume

    def look(self) -> str:
        if self.is_paused:
            self.waits += 1
            if self.waits == 8:  # some tenths of a second: time for several files
                self.after_waiting()
        return super().look()


@pytest.fixture
def pace() -> WatchedPace:
    return WatchedPace()


@pytest.fixture
def files(tmp_path: Path) -> list[FoundFile]:
    data = pictures.encode(pictures.plain((10, 120, 30)), "PNG")
    found = []
    for number in range(60):
        path = tmp_path / f"{number}.png"
        pictures.write(path, data)
        found.append(FoundFile(str(path), FileStamp(len(data), 0)))
    return found


def decoder(pace: WorkPace, processes: int = 2) -> Decoder:
    return Decoder(resizers.process_facts, 1, DecodeLimits(), processes, pace)


def facts(outcome: Outcome | PaceChange) -> tuple[int, int]:
    """Process that decoded a file, and its niceness."""
    assert not isinstance(outcome, PaceChange)
    assert isinstance(outcome[1], DecodedPicture)
    told = outcome[1].pixels.tobytes()
    return int.from_bytes(told[:4], "little"), told[4]


def test_no_file_is_given_out_during_a_pause(pace: WatchedPace, files: list[FoundFile]) -> None:
    given: list[FoundFile] = []
    given_when_going_on: list[int] = []

    def give() -> Iterator[FoundFile]:
        for file in files:
            given.append(file)
            yield file

    def go_on() -> None:
        given_when_going_on.append(len(given))
        pace.resume()

    pace.after_waiting = go_on
    with decoder(pace) as one:
        outcomes = one.decode_at_pace(give(), CancelToken())
        done = [next(outcomes)]
        given_before = len(given)
        pace.pause()
        done += list(outcomes)
    assert given_when_going_on == [given_before]
    assert len(given) == len(files)
    changes = [outcome for outcome in done if isinstance(outcome, PaceChange)]
    assert changes == [PaceChange(PAUSED), PaceChange("")]
    assert len(done) == len(files) + 2


def test_processes_take_nothing_from_the_queue_during_a_pause(
    pace: WatchedPace, files: list[FoundFile]
) -> None:
    decoded_when_going_on: list[int] = []
    decoded = 0

    def pause_and_give() -> Iterator[FoundFile]:
        for place, file in enumerate(files):
            if place == 15:  # queued behind many others, of which at most a few are in work
                pace.pause()
            yield file

    def go_on() -> None:
        decoded_when_going_on.append(decoded)
        pace.resume()

    pace.after_waiting = go_on
    with decoder(pace) as one:
        for outcome in one.decode_at_pace(pause_and_give(), CancelToken()):
            decoded += not isinstance(outcome, PaceChange)
    assert decoded == len(files)
    # 24 were queued while the processes were still starting.
    assert decoded_when_going_on[0] < 24


def test_a_run_that_begins_paused_starts_no_process(
    pace: WatchedPace, files: list[FoundFile]
) -> None:
    processes: list[int] = []

    def go_on() -> None:
        processes.append(len(multiprocessing.active_children()))
        pace.resume()

    pace.after_waiting = go_on
    pace.pause()
    with decoder(pace) as one:
        outcomes = one.decode_at_pace(files[:3], CancelToken())
        assert next(outcomes) == PaceChange(PAUSED)
        assert next(outcomes) == PaceChange("")
        assert len(list(outcomes)) == 3
    assert processes == [0]


def test_can_be_cancelled_during_a_pause(pace: WatchedPace, files: list[FoundFile]) -> None:
    cancel = CancelToken()
    pace.after_waiting = cancel.cancel
    with decoder(pace) as one:
        outcomes = one.decode_at_pace(files, cancel)
        next(outcomes)
        pace.pause()
        with pytest.raises(CancelledError):
            list(outcomes)
        assert multiprocessing.active_children() == []


def test_those_who_do_not_ask_for_changes_get_none(
    pace: WatchedPace, files: list[FoundFile]
) -> None:
    pace.pause()
    with decoder(pace) as one:
        assert len(list(one.decode(files[:5], CancelToken()))) == 5


def test_gently_one_of_two_processes_works(pace: WatchedPace, files: list[FoundFile]) -> None:
    pace.set_gentle(True)
    with decoder(pace) as one:
        used = {facts(outcome) for outcome in one.decode_at_pace(files, CancelToken())}
    assert len({process for process, _ in used}) == 1
    if sys.platform != "win32":
        assert {niceness for _, niceness in used} == {decoder_process.GENTLE_NICENESS}


@posix_only
def test_becomes_gentle_in_the_middle(pace: WatchedPace, files: list[FoundFile]) -> None:
    with decoder(pace, processes=1) as one:
        outcomes = one.decode_at_pace(files, CancelToken())
        process, niceness = facts(next(outcomes))
        assert niceness == POSIX_NICENESS
        pace.set_gentle(True)
        last = facts(list(outcomes)[-1])
    assert last == (process, decoder_process.GENTLE_NICENESS)


@posix_only
@pytest.mark.parametrize("is_allowed", [True, False])
def test_comes_back_where_the_system_does_not_let_a_process_come_back(
    pace: WatchedPace,
    files: list[FoundFile],
    monkeypatch: pytest.MonkeyPatch,
    is_allowed: bool,
) -> None:
    asked: list[bool] = []

    def refuse(process: psutil.Process, *, is_gentle: bool) -> None:
        asked.append(is_gentle)
        raise psutil.AccessDenied(process.pid)

    if not is_allowed:
        monkeypatch.setattr(decoder_process, "set_priority", refuse)
    pace.set_gentle(True)
    with decoder(pace, processes=1) as one:
        outcomes = one.decode_at_pace(files, CancelToken())
        first = facts(next(outcomes))
        pace.set_gentle(False)
        rest = [facts(outcome) for outcome in outcomes]
    assert first[1] == decoder_process.GENTLE_NICENESS
    assert rest[-1][1] == POSIX_NICENESS
    assert len(rest) == len(files) - 1
    if not is_allowed:
        assert set(asked) == {False}
        assert rest[-1][0] != first[0]
