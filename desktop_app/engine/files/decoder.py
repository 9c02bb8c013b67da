"""Decodes many files at once, in processes that may die without harm."""

import queue
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.decoder_worker import DecoderWorker, Outcome
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.pace import PaceChange, WorkPace
from desktop_app.engine.protocols import PictureResizer
from desktop_app.engine.records import (
    CopyForm,
    DecodedPicture,
    FoundFile,
    PictureCopy,
    PictureDetails,
    SkippedFile,
)

T = TypeVar("T", DecodedPicture, PictureDetails, PictureCopy)

_FILES_PER_PROCESS = 12
"""Files on their way at once: enough to bridge the time of writing a batch, 1 MB each at most."""
_CANCEL_CHECK_S = 0.1


def no_pixels(_image: Image.Image) -> NDArray[np.uint8]:
    """Stands where a model's resizer does; copies need none."""
    return np.zeros((1, 1, 3), dtype=np.uint8)


class Decoder:
    """A pool of decoder processes; they start with the first file.

    A process that crashes, takes too long or takes too much memory costs the file it was reading
    and is replaced. Built on its own workers rather than on a library: see
    `desktop_app.engine.files.decoder_worker`.

    Args:
        resizer: Makes the model's input; can be pickled.
        min_side_px: Shorter side, in pixels, that the resizer wants at least.
        limits: What one file may cost.
        processes: How many files are decoded at the same time.
        pace: Says when to wait, and how many of the processes may work.
        is_header_only: Whether `details_at_pace` is to be called, and not `decode`.
        copy: How copies are to be made, where `copies` is to be called and not `decode`.
        is_silent: Whether whoever asks for a file would wait for ever; asked now and then while one
            is read, by any thread. Such files are given up without a strike.
    """

    def __init__(
        self,
        resizer: PictureResizer,
        min_side_px: int,
        limits: DecodeLimits,
        processes: int,
        pace: WorkPace | None = None,
        *,
        is_header_only: bool = False,
        copy: CopyForm | None = None,
        is_silent: Callable[[str], bool] = lambda _path: False,
    ) -> None:
        self._is_header_only = is_header_only
        self._is_silent = is_silent
        self._copy = copy
        self._resizer = resizer
        self._min_side_px = min_side_px
        self._limits = limits
        self._processes = processes
        self._pace = pace or WorkPace(battery=lambda: None)
        self._workers: list[DecoderWorker] = []
        self._inbox: queue.SimpleQueue[FoundFile | None] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[Outcome | Exception] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes at once and wait until they are gone; called where `decode` is."""
        for worker in self._workers:
            worker.stop()
        for worker in self._workers:
            worker.join()
        self._workers.clear()

    def decode(
        self, files: Iterable[FoundFile], cancel: CancelToken
    ) -> Generator[tuple[FoundFile, DecodedPicture | SkippedFile]]:
        """Decode files, as `decode_at_pace` does, for those who need not know of pauses."""
        with closing(self.decode_at_pace(files, cancel)) as outcomes:
            for outcome in outcomes:
                if not isinstance(outcome, PaceChange):
                    yield outcome

    def decode_at_pace(
        self, files: Iterable[FoundFile], cancel: CancelToken
    ) -> Generator[tuple[FoundFile, DecodedPicture | SkippedFile] | PaceChange]:
        """Decode files; one call at a time.

        Args:
            files: Asked for the next one only when there is room for it, by the calling thread.
            cancel: Looked at several times a second.

        Yields:
            Every file with its picture or with why there is none, in the order they get ready;
            and a `PaceChange` whenever work stops or goes on. After a stop come the few files
            that were in work.

        Raises:
            CancelledError: If asked to stop; the processes are gone by then.
            UserFacingError: If the processes cannot be started.
        """
        return self._outcomes(files, cancel, DecodedPicture)

    def details_at_pace(
        self, files: Iterable[FoundFile], cancel: CancelToken
    ) -> Generator[tuple[FoundFile, PictureDetails | SkippedFile] | PaceChange]:
        """Read what the headers of files say, as `decode_at_pace` decodes them.

        Raises:
            CancelledError: If asked to stop; the processes are gone by then.
            UserFacingError: If the processes cannot be started.
        """
        return self._outcomes(files, cancel, PictureDetails)

    def copies(
        self, files: Iterable[FoundFile], cancel: CancelToken
    ) -> Generator[tuple[FoundFile, PictureCopy | SkippedFile]]:
        """Make smaller copies of files, as `decode` decodes them.

        Raises:
            CancelledError: If asked to stop; the processes are gone by then.
            UserFacingError: If the processes cannot be started.
        """
        with closing(self._outcomes(files, cancel, PictureCopy)) as outcomes:
            for outcome in outcomes:
                if not isinstance(outcome, PaceChange):
                    yield outcome

    def _outcomes(
        self, files: Iterable[FoundFile], cancel: CancelToken, wanted: type[T]
    ) -> Generator[tuple[FoundFile, T | SkippedFile] | PaceChange]:
        """What `_decode` yields, which must be what was asked for."""
        finished = False
        try:
            with closing(self._decode(iter(files), cancel)) as outcomes:
                for outcome in outcomes:
                    if isinstance(outcome, PaceChange):
                        yield outcome
                        continue
                    file, result = outcome
                    if not isinstance(result, (wanted, SkippedFile)):
                        raise TypeError(f"the processes give {type(result)}, not {wanted}")
                    yield file, result
            finished = True
        finally:
            if not finished:  # given up: what is still in work belongs to nobody
                self.close()

    def _decode(
        self, files: Iterator[FoundFile], cancel: CancelToken
    ) -> Generator[Outcome | PaceChange]:
        in_flight = 0
        exhausted = False
        note = ""
        while True:
            cancel.raise_if_cancelled()
            if (reason := self._pace.look()) != note:
                note = reason
                yield PaceChange(note)
            while not (exhausted or note) and in_flight < self._processes * _FILES_PER_PROCESS:
                file = next(files, None)
                if file is None:
                    exhausted = True
                else:
                    self._start_workers()
                    self._inbox.put(file)
                    in_flight += 1
            if exhausted and in_flight == 0:
                return
            try:
                outcome = self._outbox.get(timeout=_CANCEL_CHECK_S)
            except queue.Empty:
                continue
            if isinstance(outcome, Exception):
                raise outcome
            in_flight -= 1
            yield outcome

    def _start_workers(self) -> None:
        if self._workers:
            return
        self._inbox = queue.SimpleQueue()
        self._outbox = queue.SimpleQueue()
        self._workers = [
            DecoderWorker(
                self._inbox,
                self._outbox,
                self._resizer,
                self._min_side_px,
                self._limits,
                self._pace,
                place,
                self._processes,
                is_header_only=self._is_header_only,
                copy=self._copy,
                is_silent=self._is_silent,
            )
            for place in range(self._processes)
        ]
        for worker in self._workers:
            worker.start()
