"""``index --watch`` as a process of its own, and what it does with what the watch tells."""

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

import pytest
from PIL import Image

from desktop_app import commands, watch_command
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.library import Library
from desktop_app.engine.pace import WorkPace
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import (
    ChangedPlace,
    IndexProgress,
    IndexSummary,
    MovedRoot,
    Root,
    RootKind,
    SkipKind,
    SkippedFile,
    WatchMode,
    WatchState,
)
from desktop_app.terminal import OpenLibrary
from desktop_app.watch_command import _Inbox, _Interrupt, _Total
from tests.helpers.fake_encoder import COLOURS, FakeEncoder
from tests.helpers.one_model import OneModel

BOUND_S = 60.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")


class Lines:
    """What a process writes, line by line, without waiting for ever."""

    def __init__(self, stream: IO[str]) -> None:
        self._lines: list[str] = []
        self._news = threading.Condition()
        self._is_over = False
        self._thread = threading.Thread(target=self._read, args=(stream,))
        self._thread.start()

    def wait_for(self, is_it: Callable[[str], bool]) -> str:
        """The first line of a kind; it and those before it are taken."""
        with self._news:
            there = lambda: any(map(is_it, self._lines)) or self._is_over  # noqa: E731
            assert self._news.wait_for(there, BOUND_S), self._lines
            at = next((n for n, line in enumerate(self._lines) if is_it(line)), None)
            assert at is not None, self._lines
            line = self._lines[at]
            del self._lines[: at + 1]
            return line

    def rest(self) -> list[str]:
        self._thread.join(BOUND_S)
        return self._lines

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            with self._news:
                self._lines.append(line.rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self._is_over = True
            self._news.notify_all()


class Program:
    """A running ``index --watch``."""

    def __init__(self, *arguments: str | Path) -> None:
        command = [sys.executable, "-m", "tests.helpers.index_anything", *map(str, arguments)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.out = Lines(self.process.stdout)
        self.err = Lines(self.process.stderr)

    def next_run(self) -> dict[str, object]:
        run = json.loads(self.out.wait_for(lambda _: True))
        assert isinstance(run, dict)
        return run

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(BOUND_S)


@pytest.fixture
def start() -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def start(*arguments: str | Path) -> Program:
        programs.append(Program(*arguments))
        return programs[-1]

    yield start
    for program in programs:
        program.process.kill()
        program.process.wait(BOUND_S)
        program.out.rest()
        program.err.rest()
        for stream in (program.process.stdout, program.process.stderr):
            assert stream is not None
            stream.close()


def test_changes_are_followed_until_the_end(
    start: Callable[..., Program], pictures: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    program = start("--data-dir", data, "index", pictures, "--watch", "--json")
    first = program.next_run()
    assert (first["run"], first["added"]) == ("first", len(COLOURS))
    program.err.wait_for(lambda line: line.endswith("Changes are followed until Ctrl-C."))
    Image.new("RGB", (50, 50), COLOURS["blue"]).save(pictures / "new.png")
    change = program.next_run()
    assert (change["run"], change["added"], change["failed"]) == ("change", 1, [])
    (pictures / "new.png").rename(pictures / "renamed.png")
    assert program.next_run()["moved"] == 1
    (pictures / "renamed.png").unlink()
    assert program.next_run()["removed"] == 1
    assert program.end() == 0
    total = json.loads(program.out.rest()[-1])
    assert total["run"] == "total"
    assert [total[key] for key in ("added", "moved", "removed")] == [len(COLOURS) + 1, 1, 1]
    library = Library.open(DataPaths.below(data), OneModel(FakeEncoder()))  # nobody holds it
    assert len(library.picture_ids()) == len(COLOURS)
    library.close()


@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP"])
def test_people_read_sentences_and_other_signals_are_good_ends_too(
    start: Callable[..., Program], pictures: Path, tmp_path: Path, number: str
) -> None:
    program = start("--data-dir", tmp_path / "data", "index", pictures, "--watch")
    program.out.wait_for(lambda line: f"{len(COLOURS)} added" in line)
    program.err.wait_for(lambda line: str(pictures) in line)
    (pictures / "broken.jpg").write_bytes(b"no picture")
    assert "1 failed" in program.out.wait_for(lambda line: "0 added" in line)
    program.out.wait_for(lambda line: str(pictures / "broken.jpg") in line)
    pictures.rename(tmp_path / "away")
    program.err.wait_for(lambda line: "This folder is not there" in line)
    assert program.end(signal.Signals[number]) == 0
    (last,) = program.out.rest()
    assert last.startswith(f"In all: {len(COLOURS)} added")
    assert program.err.rest() == []


def test_without_a_folder_there_is_nothing_to_follow(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "--data-dir", tmp_path, "index", "--watch"],
        capture_output=True,
        text=True,
        check=False,
        timeout=BOUND_S,
    )
    assert done.returncode == 1
    assert done.stderr == "image-seeker: There is no folder to follow. Give one.\n"


def test_a_folder_that_is_missing_is_told_at_once(
    start: Callable[..., Program], pictures: Path, tmp_path: Path
) -> None:
    program = start(
        "--data-dir", tmp_path / "data", "index", pictures, tmp_path / "typo", "--watch"
    )
    program.err.wait_for(lambda line: "There is no folder or picture at" in line)
    program.err.wait_for(lambda line: "Changes are followed" in line)
    assert program.end() == 1


def test_what_waits_is_taken_together() -> None:
    inbox = _Inbox()
    inbox.put([ChangedPlace("a"), ChangedPlace("b", saw_removal=True)])
    inbox.put([ChangedPlace("b"), ChangedPlace("a", saw_removal=True), ChangedPlace("c")])
    assert inbox.take() == (
        ChangedPlace("a", saw_removal=True),
        ChangedPlace("b", saw_removal=True),
        ChangedPlace("c"),
    )
    assert inbox.take(0.0) == ()


def test_an_interrupt_ends_the_wait() -> None:
    inbox = _Inbox()
    cancel: CancelToken = _Interrupt(inbox)
    cancel.cancel()
    assert inbox.take() == ()
    assert cancel.is_cancelled


class FailingLibrary(Library):
    """Follows one folder; its first looks fail."""

    def __init__(self, cancel: CancelToken, failures: int) -> None:
        self.cancel = cancel
        self.failures = failures
        self.looked: list[list[ChangedPlace]] = []

    def back_up(self, cancel: CancelToken) -> None:
        pass

    def roots(self) -> list[Root]:
        return [Root(1, "/pictures", RootKind.FOLDER, None, 0, is_connected=True)]

    def watch(self, on_changes, on_state, on_moved, *_: object):  # type: ignore[no-untyped-def, override]
        on_moved([MovedRoot(1, "/pictures", "/media/pictures")])
        on_state(WatchState(1, WatchMode.LIVE))
        on_changes([ChangedPlace("/pictures/a.jpg", saw_removal=True)])
        return self

    def look_again(
        self, places: Sequence[ChangedPlace], cancel: CancelToken
    ) -> Iterator[IndexProgress | IndexSummary]:
        self.looked.append(list(places))
        if len(self.looked) <= self.failures:
            raise UserFacingError("The disk is full.")
        yield IndexSummary(removed=1)
        self.cancel.cancel()

    def close(self) -> None:
        pass


def test_what_a_look_that_failed_was_about_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watch_command, "FIRST_RETRY_S", 0.01)
    inbox = _Inbox()
    cancel = _Interrupt(inbox)
    library = FailingLibrary(cancel, failures=3)
    reports = watch_command.RunReports(commands._follow, commands._summary_dict, lambda _: None)
    total = _Total()
    options = argparse.Namespace(json=False)
    watch_command._follow_changes(library, inbox, cancel, total, options, reports)
    assert library.looked == [[ChangedPlace("/pictures/a.jpg", saw_removal=True)]] * 4
    assert total.summary.removed == 1
    said = capsys.readouterr().err
    assert said.count("The disk is full.") == 1
    assert "/pictures is at /media/pictures now." in said
    assert "/media/pictures: Changes are followed" in said


def test_the_first_run_heeds_all_options(
    start: Callable[..., Program], pictures: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    library = Library.open(DataPaths.below(data), OneModel(FakeEncoder()))
    list(library.index([pictures], CancelToken()))
    library.close()
    for picture in sorted(pictures.glob("*.png"))[1:]:
        picture.unlink()
    program = start(
        *("--data-dir", data, "index", "--confirm-removals", "--gentle", "--watch", "--json")
    )
    first = program.next_run()
    assert (first["removed"], first["held_back"]) == (len(COLOURS) - 1, [])
    assert program.end() == 0


def opening(library: Library) -> OpenLibrary:
    def open_library(*, writable: bool = True) -> Library:
        return library

    return open_library


def test_every_way_to_index_begins_alike() -> None:
    begun: list[object] = []

    class Recorder(FailingLibrary):
        complaints = ()

        def follow_moved_roots(self, *_: object, **__: object) -> list[MovedRoot]:
            begun.append("moved drives")
            return []

        def index(self, paths, cancel, **options: object):  # type: ignore[no-untyped-def]
            begun.append(options)
            cancel.cancel()
            yield IndexSummary()

    for is_watching in (False, True):
        begun.clear()
        library = Recorder(CancelToken(), 0)
        library.pace = WorkPace()
        options = argparse.Namespace(
            command="index",
            paths=[],
            watch=is_watching,
            gentle=True,
            retry_failed=False,
            confirm_removals=True,
            json=True,
        )
        assert commands.run(options, opening(library)) == 0
        assert begun == ["moved drives", {"retry_failed": False, "confirm_removals": True}]
        assert library.pace.is_gentle


def test_a_failure_is_told_once() -> None:
    total = _Total()
    broken = SkippedFile(os.path.join("a", "b.jpg"), "Broken.", SkipKind.DAMAGED)
    assert total.add(IndexSummary(added=1, failed=(broken,), seconds=1.0)).failed == (broken,)
    assert total.add(IndexSummary(added=2, failed=(broken,), seconds=2.0)).failed == ()
    assert (total.summary.added, total.summary.failed) == (3, (broken,))
    assert total.summary.seconds == 3.0
