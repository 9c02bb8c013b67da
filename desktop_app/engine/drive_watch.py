"""Notices when a drive is plugged in elsewhere, and has its folders followed there."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, UserFacingError
from desktop_app.engine.files.volumes import Volumes
from desktop_app.engine.records import MovedRoot

logger = logging.getLogger(__name__)

LONGEST_PAUSE_S = 60.0
CLOSE_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Drives:
    """What a `DriveWatch` asks and tells.

    Attributes:
        volumes: Tells the mount points.
        gone: Tells the ids of the roots that are not there.
        follow: Looks for roots on the volumes, and notes where they are.
        on_moved: Gets what was noted, on the thread of the watch.
    """

    volumes: Volumes
    gone: Callable[[], frozenset[int]]
    follow: Callable[[Volumes, frozenset[int], CancelToken], Sequence[MovedRoot]]
    on_moved: Callable[[Sequence[MovedRoot]], None]


class DriveWatch(threading.Thread):
    """Looks for roots that are gone whenever other volumes are mounted, or other roots are gone.

    A thread of its own: a disk that dies may keep whoever looks for a folder on it.

    Args:
        drives: What to ask, and whom to tell.
        period_s: Seconds between two looks at what is mounted.
    """

    def __init__(self, drives: Drives, period_s: float) -> None:
        super().__init__(name="drives", daemon=True)
        self._drives = drives
        self._period_s = period_s
        self._cancel = CancelToken()
        self._closing = threading.Event()
        self._seen: tuple[frozenset[str], frozenset[int]] | None = None

    def run(self) -> None:
        """Body of the thread."""
        pause_s = self._period_s
        while True:
            try:
                self._look()
                pause_s = self._period_s
            except CancelledError:
                return
            except UserFacingError as error:
                # Such as a full disk; then it is tried again.
                logger.info("Moved folders were not looked for: %s", error)
                self._seen = None
                pause_s = min(2 * pause_s, max(LONGEST_PAUSE_S, self._period_s))
            except Exception:
                # One look that fails, however it does, must not be the last.
                logger.exception("Moved folders could not be looked for")
            if self._closing.wait(pause_s):
                return

    def close(self) -> None:
        """Look no more. Waits for the thread, but not for a dead drive."""
        self._cancel.cancel()
        self._closing.set()
        if self is not threading.current_thread():
            self.join(CLOSE_TIMEOUT_S)

    def _look(self) -> None:
        gone = self._drives.gone()
        if not gone:
            self._seen = None
            return
        volumes = list(self._drives.volumes())
        seen = frozenset(volumes), gone
        if seen == self._seen:
            return
        self._seen = seen
        moved = self._drives.follow(lambda: volumes, gone, self._cancel)
        if moved and not self._closing.is_set():
            self._drives.on_moved(moved)
