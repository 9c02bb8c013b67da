"""Runs the engine's work off the GUI thread and brings what comes of it back onto it.

The one adapter between the window and the engine's blocking calls and generators. A `Lane` is
one background thread with a queue of its own: what is in different lanes cannot hold each other
up, what is in one lane happens in order.
"""

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError

_log = logging.getLogger(__name__)

T = TypeVar("T")
Failed = Callable[[Exception], None]


@dataclass(frozen=True)
class _Job:
    """Work waiting for a lane's thread; `run` returns what to do afterwards on the GUI thread."""

    owner: "Lane"
    generation: int
    token: CancelToken
    run: Callable[[int, CancelToken], Callable[[], None]]
    failed: Failed


@dataclass(frozen=True)
class _Letter:
    """What is to be called on the GUI thread; with the last one of a job there may be nothing."""

    generation: int
    act: Callable[[], None] | None
    is_last: bool = False


class Lane(QObject):
    """One background thread that does one job after another.

    All methods belong to the GUI thread, and so do all the callbacks. Results of jobs started
    before the last `supersede` are dropped: neither their success nor their failure is heard of.

    Args:
        name: What its thread is called.
        parent: Its owner.
        finishes: Whether what was asked for is done even where the lane is closed before: small
            changes that the user believes to be made.
    """

    _arrived = Signal()

    def __init__(self, name: str, parent: QObject | None = None, *, finishes: bool = False) -> None:
        super().__init__(parent)
        self.name = name
        self._finishes = finishes
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._mail: deque[_Letter] = deque()
        self._unfinished = 0
        self._generation = 0
        self._token = CancelToken()
        self._thread: threading.Thread | None = None
        self._closed = False
        # Emitted by the lane's thread once for every letter, received on the GUI thread.
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether something that was asked for has not come to its end, and been told of."""
        return not self._closed and self._unfinished > 0

    def call(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Run `work` in the background, then `done` with its result or `failed` with its error."""

        def run(_generation: int, _token: CancelToken) -> Callable[[], None]:
            result = work()
            return lambda: done(result)

        self._start(run, failed)

    def stream(
        self,
        make: Callable[[CancelToken], Iterator[T]],
        each: Callable[[T], None],
        finished: Callable[[], None],
        failed: Failed,
    ) -> None:
        """Run a generator in the background: `each` for every item, then `finished` or `failed`.

        A generator that leaves with `CancelledError` has finished.
        """

        def run(generation: int, token: CancelToken) -> Callable[[], None]:
            try:
                for item in make(token):
                    self._post(generation, lambda item=item: each(item))  # type: ignore[misc]
            except CancelledError:
                pass
            return finished

        self._start(run, failed)

    def cancel(self) -> None:
        """Ask the running and the waiting jobs to stop; what they still report is delivered."""
        self._token.cancel()
        self._token = CancelToken()

    def supersede(self) -> None:
        """Ask the running job to stop, forget the waiting ones and drop all their results."""
        self.cancel()
        self._generation += 1

    def close(self) -> None:
        """Supersede everything and let the thread end; `wait` tells when it has."""
        if self._closed:
            return
        self._closed = True
        self.supersede()
        self._jobs.put(None)

    def wait(self, timeout_s: float) -> bool:
        """Wait for the thread to end after `close`.

        Returns:
            Whether it has ended.
        """
        if self._thread is not None:
            self._thread.join(timeout_s)
            return not self._thread.is_alive()
        return True

    def guest(self) -> "Lane":
        """A lane of somebody else whose jobs are done in this one's thread.

        What several ask for happens in order; each cancels, closes and hears of only what it has
        asked for itself. It waits for nothing: who has this lane does.
        """
        return _Guest(self, self.name, finishes=self._finishes)

    def _start(self, run: Callable[[int, CancelToken], Callable[[], None]], failed: Failed) -> None:
        if not self._closed:
            self._enqueue(_Job(self, self._generation, self._token, run, failed))

    def _enqueue(self, job: _Job) -> None:
        if self._closed:
            return
        if self._thread is None:
            # A daemon: a job that hangs must not keep the program alive after its window.
            self._thread = threading.Thread(target=self._work, name=self.name, daemon=True)
            self._thread.start()
        job.owner._unfinished += 1
        self._jobs.put(job)

    def _work(self) -> None:
        """Body of the lane's thread."""
        while (job := self._jobs.get()) is not None:
            owner = job.owner
            is_wanted = job.generation == owner._generation or (owner._closed and owner._finishes)
            act = _do(job) if is_wanted else None
            owner._post(job.generation, act, is_last=True)
            del job, act  # an idle lane must not keep the last job's library or pictures alive
            del owner

    def _post(
        self, generation: int, act: Callable[[], None] | None, *, is_last: bool = False
    ) -> None:
        """Hand a callback to the GUI thread; called by the lane's thread."""
        if not self._closed:
            self._mail.append(_Letter(generation, act, is_last))
            self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        letter = self._mail.popleft()
        try:
            if letter.act is not None and letter.generation == self._generation:
                letter.act()
        finally:
            self._unfinished -= letter.is_last


class _Guest(Lane):
    """See `Lane.guest`."""

    def __init__(self, host: Lane, name: str, *, finishes: bool) -> None:
        super().__init__(name, finishes=finishes)
        self._host = host

    def _enqueue(self, job: _Job) -> None:
        self._host._enqueue(job)


def _do(job: _Job) -> Callable[[], None] | None:
    """Do a job in the thread of its lane; gives what comes of it."""
    try:
        return job.run(job.generation, job.token)
    except CancelledError:
        return None
    except Exception as error:  # noqa: BLE001 - any failure is the business of who started it
        _log.debug("A job of the lane %s fails: %s", job.owner.name, type(error).__name__)
        failed = job.failed
        return lambda error=error: failed(error)  # type: ignore[misc]


class Lanes:
    """The lanes of a window, or of a library, so that they can be closed together."""

    def __init__(self) -> None:
        self._lanes: list[Lane] = []
        self._lasting: list[Lane] = []

    def open(self, name: str, *, finishes: bool = False, lasts: bool = False) -> Lane:
        """Make a lane; see `Lane`.

        Args:
            name: What its thread is called.
            finishes: Whether what was asked for is done even where the lane is closed before.
            lasts: Whether what was asked for goes on when only `leave` is called.
        """
        return self.take(Lane(name, finishes=finishes), lasts=lasts or finishes)

    def take(self, lane: Lane, *, lasts: bool = False) -> Lane:
        """Have a lane that was made elsewhere closed with the others; see `open`."""
        self._lanes.append(lane)
        if lasts:
            self._lasting.append(lane)
        return lane

    def leave(self) -> None:
        """Close those whose work is for the eyes alone, because nobody looks any more."""
        for lane in self._lanes:
            if lane not in self._lasting:
                lane.close()

    @property
    def are_busy(self) -> bool:
        """Whether something that was asked for has not come to its end."""
        return any(lane.is_busy for lane in self._lanes)

    def stop(self) -> None:
        """Cancel everything; `close` waits for it."""
        for lane in self._lanes:
            lane.close()

    def close(self, timeout_s: float) -> bool:
        """Cancel everything and wait for the threads to end.

        Args:
            timeout_s: How long to wait for all of them together.

        Returns:
            Whether all have ended.
        """
        deadline_s = time.monotonic() + timeout_s
        self.stop()
        ended = [lane.wait(max(0.0, deadline_s - time.monotonic())) for lane in self._lanes]
        return all(ended)
