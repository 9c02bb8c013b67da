"""Tells a user who is elsewhere that something long has ended."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_app.ui.system.desktop_messages import DesktopMessages
from desktop_app.ui.work.jobs import Job, Jobs
from desktop_app.ui.work.throttle import Throttle

LONG_S = 30.0
"""Nobody goes elsewhere for less."""
_PROGRESS_MS = 1000


class JobMessages(QObject):
    """Stands between the list of jobs and the system.

    Args:
        jobs: What goes on.
        messages: What the system says.
        is_seen: Whether the user looks at the program, and so needs no message.
        is_wanted: Whether the user wants to be told.
        clock: Seconds that only rise.
        parent: Its owner.
    """

    def __init__(
        self,
        jobs: Jobs,
        messages: DesktopMessages,
        is_seen: Callable[[], bool],
        is_wanted: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._messages = messages
        self._is_seen = is_seen
        self._is_wanted = is_wanted
        self._clock = clock
        self._shown: float | None = None
        self._pace = Throttle(_PROGRESS_MS, self)
        self._pace.fired.connect(self._show_progress)
        jobs.ended.connect(self._say)
        jobs.progressed.connect(self._pace.trigger)

    def close(self) -> None:
        """Leave nothing behind on the desktop."""
        self._pace.cancel()
        self._show(None)
        self._messages.close()

    def _say(self, job: Job) -> None:
        is_long = self._clock() - job.began_s > LONG_S
        if is_long and job.outcome and self._is_wanted() and not self._is_seen():
            self._messages.say(job.title, job.outcome)

    def _show_progress(self) -> None:
        shares = [each.progress.share for each in self._jobs.running if not each.is_paused]
        self._show(next((share for share in shares if share is not None), None))

    def _show(self, share: float | None) -> None:
        share = None if share is None else round(share, 2)
        if share != self._shown:
            self._shown = share
            self._messages.show_progress(share)
