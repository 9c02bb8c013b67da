"""Runs the engine's work off the GUI thread and brings what comes of it back onto it.

The one adapter between the window and the engine's blocking calls and generators. A `Lane` is
one background thread with a queue of its own: what is in different lanes cannot hold each other
up, what is in one lane happens in order.
"""

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

T = TypeVar("T")
Failed = Callable[[Exception], None]


@dataclass(frozen=True)
class _Job:
    """Work waiting for its lane's thread; `run` returns what to do afterwards on the GUI thread."""

    generation: int
    token: CancelToken
    run: Callable[[int, CancelToken], Callable[[], None]]
    failed: Failed


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
        self._name = name
        self._finishes = finishes
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._mail: deque[tuple[int, Callable[[], None]]] = deque()
        self._generation = 0
        self._token = CancelToken()
        self._thread: threading.Thread | None = None
        self._closed = False
        # Emitted by the lane's thread once for every letter, received on the GUI thread.
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

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

    def _start(self, run: Callable[[int, CancelToken], Callable[[], None]], failed: Failed) -> None:
        if self._closed:
            return
        if self._thread is None:
            # A daemon: a job that hangs must not keep the program alive after its window.
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        self._jobs.put(_Job(self._generation, self._token, run, failed))

    def _work(self) -> None:
        """Body of the lane's thread."""
        while (job := self._jobs.get()) is not None:
            if job.generation == self._generation or (self._closed and self._finishes):
                self._do(job)
            del job  # an idle lane must not keep the last job's library or pictures alive

    def _do(self, job: _Job) -> None:
        try:
            outcome = job.run(job.generation, job.token)
        except CancelledError:
            return
        except Exception as error:  # noqa: BLE001 - any failure is the business of who started it
            self._post(job.generation, lambda error=error: job.failed(error))  # type: ignore[misc]
        else:
            self._post(job.generation, outcome)

    def _post(self, generation: int, letter: Callable[[], None]) -> None:
        """Hand a callback to the GUI thread; called by the lane's thread."""
        if not self._closed:
            self._mail.append((generation, letter))
            self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        generation, letter = self._mail.popleft()
        if generation == self._generation:
            letter()


class Lanes:
    """All the lanes of a window, so that they can be closed together."""

    def __init__(self) -> None:
        self._lanes: list[Lane] = []

    def open(self, name: str, *, finishes: bool = False) -> Lane:
        """Make a lane; see `Lane`."""
        lane = Lane(name, finishes=finishes)
        self._lanes.append(lane)
        return lane

    def close(self, timeout_s: float) -> bool:
        """Cancel everything and wait for the threads to end.

        Args:
            timeout_s: How long to wait for all of them together.

        Returns:
            Whether all have ended.
        """
        deadline_s = time.monotonic() + timeout_s
        for lane in self._lanes:
            lane.close()
        ended = [lane.wait(max(0.0, deadline_s - time.monotonic())) for lane in self._lanes]
        return all(ended)
