"""Files that another program is still writing: they are left until they are quiet."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.patience import NoAnswerError
from desktop_app.engine.files.stamp import stamp_now
from desktop_app.engine.indexing.work import Work
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import FileStamp, FoundFile, SkipKind, SkippedFile

BEING_WRITTEN = phrase(
    "Engine: Files", "Another program is still writing it; it is looked at again later."
)

_LOOK_EVERY_S = 0.1


class UnfinishedFiles:
    """Sets files aside that change while they are read.

    Args:
        quiet_s: A file that has not changed for so long is taken for finished.
        patience_s: How long is waited at the end of a run for all of them together.
        fresh_s: A damaged file that was changed less than this ago may not be whole yet.
        clock: Seconds of a clock that never goes back.
        stamp_of: Tells the stamp of a file; None where there is none.
    """

    def __init__(
        self,
        quiet_s: float = 1.0,
        patience_s: float = 10.0,
        fresh_s: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        stamp_of: Callable[[str], FileStamp | None] | None = None,
    ) -> None:
        self._quiet_s = quiet_s
        self._patience_s = patience_s
        self._fresh_s = fresh_s
        self._clock = clock
        self._stamp_of = stamp_of or stamp_now
        self._waiting: list[tuple[Work, float]] = []

    def is_unfinished(
        self, work: Work, *, is_damaged: bool, stamp: FileStamp | None = None
    ) -> bool:
        """Whether a file has changed since it was found, or may be about to.

        Args:
            work: The file, as it was found.
            stamp: The stamp it had after it was read; None asks for the one it has now.
            is_damaged: Whether it could not be decoded: then one that was written just now is most
                likely not whole yet.

        Raises:
            NoAnswerError: If ``stamp_of`` gets no answer.
        """
        stamp = stamp or self._stamp_of(work.file.path)
        if stamp is None:
            return False
        if stamp != work.file.stamp:
            return True
        return is_damaged and 0 <= time.time() - stamp.mtime_ns / 1e9 < self._fresh_s

    def put(self, work: Work) -> None:
        """Set a file aside."""
        self._waiting.append((work, self._clock()))

    def finished(self, cancel: CancelToken) -> Iterator[Work]:
        """Wait for the files that were set aside.

        Yields:
            Each as soon as it is quiet, with the stamp it has then. What is not quiet in time
            stays; see `left`.

        Raises:
            CancelledError: If it was cancelled.
        """
        deadline_s = self._clock() + self._patience_s
        while self._waiting and self._clock() < deadline_s:
            cancel.raise_if_cancelled()
            looked_at, self._waiting = self._waiting, []
            for work, since_s in looked_at:
                try:
                    stamp = self._stamp_of(work.file.path)
                except NoAnswerError:
                    continue  # found again by a later run
                if stamp is None:
                    continue  # deleted, as many programs do with what they write first
                if stamp != work.file.stamp:
                    file = FoundFile(work.file.path, stamp)
                    self._waiting.append((replace(work, file=file), self._clock()))
                elif self._clock() - since_s < self._quiet_s:
                    self._waiting.append((work, since_s))
                else:
                    yield work
            if self._waiting:
                cancel.wait(_LOOK_EVERY_S)

    def left(self) -> list[tuple[Work, SkippedFile]]:
        """The files that are not finished yet, and how they are listed until the next run."""
        left, self._waiting = self._waiting, []
        return [(work, being_written(work)) for work, _ in left]


def being_written(work: Work) -> SkippedFile:
    """How a file is listed that is not finished."""
    return SkippedFile(work.file.path, BEING_WRITTEN, SkipKind.BEING_WRITTEN, work.file.stamp)
