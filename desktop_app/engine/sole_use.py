"""Who may change pictures and vectors now: one at a time, and nobody where nothing can be."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UnwritableError, UserFacingError
from desktop_app.engine.phrases import phrase

EMBEDDING = phrase("Engine: Library", "Another model is getting to know the pictures.")
INDEXING = phrase("Engine: Library", "Pictures are being indexed already.")
SEEKING = phrase("Engine: Library", "A folder is being looked for.")
MOVING = phrase("Engine: Library", "Files are being moved.")
_BRIEF_S = 10.0
"""How long others wait for the place of a folder to be written."""


class SoleUse:
    """Keeps everything else out that changes pictures or vectors. Any thread may ask.

    Args:
        unwritable: Why nothing can be changed at all; None where it can.

    Attributes:
        unwritable: The same.
    """

    def __init__(self, unwritable: UnwritableError | None) -> None:
        self.unwritable = unwritable
        self._working = threading.Lock()
        self._work = ""

    @property
    def is_embedding(self) -> bool:
        """Whether a model is getting to know the pictures now."""
        return self._work == EMBEDDING

    def check(self) -> None:
        """See that anything can be changed.

        Raises:
            UnwritableError: If not.
        """
        if self.unwritable is not None:
            raise self.unwritable

    @contextmanager
    def alone(self, work: str, *, waits: CancelToken | None = None) -> Iterator[None]:
        """Keep everything else out.

        Args:
            work: What is being done, for those who want in.
            waits: Given where it is no hurry: waits for what is under way, or for this token.

        Raises:
            UnwritableError: If nothing can be changed at all.
            UserFacingError: If something else is under way.
            CancelledError: If the wait was cancelled.
        """
        self.check()
        has_waited = waits is not None and self._wait(waits)
        if not has_waited and not self._acquire_soon():
            raise self._busy()
        try:
            self._work = work
            yield
        finally:
            self._release()

    @contextmanager
    def beside_indexing(self) -> Iterator[None]:
        """Keep out what forgets or relocates folders; pictures may be indexed meanwhile.

        Raises:
            UnwritableError: If nothing can be changed at all.
            UserFacingError: If folders are being forgotten or the like.
        """
        self.check()
        deadline_s = time.monotonic() + _BRIEF_S
        is_mine = self._working.acquire(blocking=False)
        while not is_mine and self._work not in (INDEXING, EMBEDDING):
            if time.monotonic() > deadline_s:
                raise self._busy()
            is_mine = self._working.acquire(timeout=0.05)
        try:
            if is_mine:
                self._work = MOVING
            yield
        finally:
            if is_mine:
                self._release()

    @contextmanager
    def if_free(self) -> Iterator[bool]:
        """Keep everything else out where nothing is under way; gives whether that is so.

        Raises:
            UnwritableError: If nothing can be changed at all.
        """
        self.check()
        is_free = self._working.acquire(blocking=False)
        try:
            yield is_free
        finally:
            if is_free:
                self._working.release()

    def _release(self) -> None:
        self._work = ""
        self._working.release()

    def _busy(self) -> UserFacingError:
        return UserFacingError(
            self._work or phrase("Engine: Library", "The library is busy."),
            phrase("Engine: Library", "Wait until that is done."),
        )

    def _wait(self, cancel: CancelToken) -> bool:
        """Get in as soon as what is under way has ended."""
        while not self._working.acquire(timeout=0.1):
            cancel.raise_if_cancelled()
        return True

    def _acquire_soon(self) -> bool:
        """Get in at once, or as soon as a folder's new place, or a few files', has been written."""
        deadline_s = time.monotonic() + _BRIEF_S
        while not self._working.acquire(timeout=0.05):
            # No work has a name for the moment in which it begins or ends.
            if self._work not in ("", SEEKING, MOVING) or time.monotonic() > deadline_s:
                return False
        return True
