"""What goes on in the background, whoever does it: one list for all windows."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is.

    Attributes:
        text: What there is to say: how much is done, how quickly, how long it still takes.
        done: Of `total`, in any unit.
        total: 0 where it is not known.
        why_paused: Why it waits, as a sentence, which may be empty; None while it does not.
    """

    text: str = ""
    done: int = 0
    total: int = 0
    why_paused: str | None = None

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None where that is not known."""
        return min(1.0, self.done / self.total) if self.total > 0 else None


class Job(QObject):
    """Something that goes on in the background.

    Made by `Jobs.begin`; who has begun it tells how far it is and that it has ended.

    Args:
        title: What is done, such as ``Indexing``.
        pause: Lets it wait; None where it cannot.
        resume: Lets it go on.
        cancel: Stops it; None where it cannot be stopped.
        parent: The list.

    Attributes:
        began_s: When it began, by a clock that only rises.
    """

    changed = Signal()
    """It is further, or has paused."""

    def __init__(
        self,
        title: str,
        pause: Act | None,
        resume: Act | None,
        cancel: Act | None,
        parent: "Jobs",
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._pause = pause
        self._resume = resume
        self._cancel = cancel
        self._jobs = parent
        self._progress = JobProgress()
        self._outcome = ""
        self.began_s = time.monotonic()

    @property
    def title(self) -> str:
        """What is done."""
        return self._title

    @property
    def progress(self) -> JobProgress:
        """How far it is."""
        return self._progress

    @property
    def outcome(self) -> str:
        """What came of it, as a sentence; empty while it goes on, or where there is nothing."""
        return self._outcome

    @property
    def can_pause(self) -> bool:
        """Whether it can wait and go on."""
        return self._pause is not None and self._resume is not None

    @property
    def can_cancel(self) -> bool:
        """Whether it can be stopped."""
        return self._cancel is not None

    @property
    def is_paused(self) -> bool:
        """Whether it waits."""
        return self._progress.why_paused is not None

    def show_progress(self, progress: JobProgress) -> None:
        """Tell how far it is."""
        if progress != self._progress:
            self._progress = progress
            self.changed.emit()

    def pause(self) -> None:
        """Let it wait."""
        if self._pause is not None:
            self._pause()

    def resume(self) -> None:
        """Let it go on."""
        if self._resume is not None:
            self._resume()

    def cancel(self) -> None:
        """Stop it."""
        if self._cancel is not None:
            self._cancel()

    def end(self, outcome: str = "") -> None:
        """Tell that it is over; a second call does nothing.

        Args:
            outcome: What came of it, as a sentence; the system says it to a user who is elsewhere.
        """
        self._outcome = outcome
        self._jobs.forget(self)


class Jobs(QObject):
    """The jobs that go on, in the order in which they began."""

    begun = Signal(Job)
    ended = Signal(Job)
    """It is off the list; what came of it is in `Job.outcome`."""
    progressed = Signal()
    """Some job is further."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Job] = []

    @property
    def running(self) -> list[Job]:
        """Those that go on."""
        return list(self._running)

    def begin(
        self,
        title: str,
        *,
        pause: Act | None = None,
        resume: Act | None = None,
        cancel: Act | None = None,
    ) -> Job:
        """Put a job on the list; see `Job` for what is given."""
        job = Job(title, pause, resume, cancel, self)
        self._running.append(job)
        job.changed.connect(self.progressed)
        self.begun.emit(job)
        return job

    def forget(self, job: Job) -> None:
        """Take a job off the list; `Job.end` does it."""
        if job in self._running:
            self._running.remove(job)
            self.ended.emit(job)
            self.progressed.emit()
            job.deleteLater()
