"""A job that is only listed once it has taken longer than a moment."""

from PySide6.QtCore import QObject, QTimer

from desktop_app.ui.words import wording
from desktop_app.ui.work.jobs import Act, Job, JobProgress, Jobs

PATIENCE_MS = 300
"""What is done by then is not worth a line."""


class LateJob(QObject):
    """Begins and ends again and again: one piece of work after the other.

    Args:
        jobs: The list.
        cancel: Stops the work.
        parent: Its owner.
    """

    def __init__(self, jobs: Jobs, cancel: Act, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._cancel = cancel
        self._title = ""
        self._progress = JobProgress()
        self._job: Job | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._list)

    def begin(self, title: str) -> None:
        """Work has been started; where some goes on, both are one job.

        Args:
            title: What is done.
        """
        if self._job is None and not self._patience.isActive():
            self._title, self._progress = title, JobProgress()
            self._patience.start()

    def show_progress(self, done: int, total: int) -> None:
        """It has got further.

        Args:
            done: How much is done, of `total`.
            total: How much there is.
        """
        text = f"{wording.count(done)} / {wording.count(total)}"
        self._progress = JobProgress(text, done, total)
        if self._job is not None:
            self._job.show_progress(self._progress)

    def end(self, outcome: str = "") -> None:
        """It is over.

        Args:
            outcome: What came of it, as a sentence.
        """
        self._patience.stop()
        job, self._job = self._job, None
        if job is not None:
            job.end(outcome)

    def _list(self) -> None:
        self._job = self._jobs.begin(self._title, cancel=self._cancel)
        self._job.show_progress(self._progress)
