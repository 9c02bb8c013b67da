"""From decoded files to vectors: what indexing and embedding share.

Batches are encoded by several threads at once, each on one core: where decoding is cheap, a single
encoder would leave the other cores idle. Only a bounded number of pictures waits, so memory does
not grow with the library.
"""

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.child_process import POSIX_NICENESS
from desktop_app.engine.pace import PaceChange, WorkPace
from desktop_app.engine.records import SkippedFile

WorkT = TypeVar("WorkT")
ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class PipelineSize:
    """How much of the machine a run takes.

    Attributes:
        decoder_processes: Processes that decode.
        encoder_threads: Batches that are encoded at the same time, one core each.
        batch_size: Most pictures that are encoded and written together; see `BatchSize`.
    """

    decoder_processes: int
    encoder_threads: int
    batch_size: int


@dataclass(frozen=True, slots=True)
class Failed(Generic[WorkT]):
    """A piece of work that came to nothing on its way to the encoder.

    Attributes:
        work: What was to be done.
        skip: Why it could not.
    """

    work: WorkT
    skip: SkippedFile


@dataclass(frozen=True, slots=True)
class Batch(Generic[ItemT]):
    """Items that were encoded together.

    Attributes:
        items: In the order they came.
        vectors: Theirs, unit vectors, shape ``(len(items), dim)``.
    """

    items: list[ItemT]
    vectors: NDArray[np.float32]


_LOOK_EVERY_S = 0.1

_BATCH_S = 0.1
"""What a batch is to take at most: until then, none of its pictures can be found."""

_FEWEST = 4
"""Pictures from which on more of them together are hardly quicker."""


class BatchSize:
    """How many pictures are encoded together: few to begin with, and where one takes long.

    Args:
        most: However quick they are.

    Attributes:
        now: So many.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.now = min(_FEWEST, most)

    def note(self, count: int, computed_s: float) -> None:
        """Learn from a batch.

        Args:
            count: How many pictures it had.
            computed_s: How long a core was at it; next to nothing where another processor was.
        """
        fitting = int(_BATCH_S * count / computed_s) if computed_s > 0 else self._most
        self.now = min(self._most, max(_FEWEST, fitting))


def _let_others_go_first() -> None:
    """Lower the priority of this thread, where the system knows one for a single thread.

    As encoder it would be as urgent as the window and searches: then a search among a million took
    twice as long while pictures were indexed, and indexing no less.
    """
    if sys.platform == "linux":
        with suppress(OSError):  # a system that forbids it encodes all the same
            # Of a thread, not of its process: https://man7.org/linux/man-pages/man2/setpriority.2.html
            thread = threading.get_native_id()
            niceness = max(POSIX_NICENESS, os.getpriority(os.PRIO_PROCESS, thread))
            os.setpriority(os.PRIO_PROCESS, thread, niceness)


def held(pace: WorkPace, cancel: CancelToken) -> Iterator[PaceChange]:
    """Wait as long as no work is to be done, with what is no decoding and no encoding.

    Yields:
        A `PaceChange` when work stops, and one when it goes on; nothing where it does not stop.

    Raises:
        CancelledError: If it was cancelled.
    """
    note = ""
    while reason := pace.look():
        cancel.raise_if_cancelled()
        if reason != note:
            note = reason
            yield PaceChange(note)
        else:
            pace.wait(_LOOK_EVERY_S)
    if note:
        yield PaceChange("")


def encode_in_batches(
    items: Iterable[ItemT | Failed[WorkT] | PaceChange],
    encode: Callable[[list[ItemT]], NDArray[np.float32]],
    size: PipelineSize,
    cancel: CancelToken,
    pace: WorkPace,
    is_on_cpu: Callable[[], bool] = lambda: True,
    prepare: Callable[[], None] = lambda: None,
) -> Generator[Batch[ItemT] | Failed[WorkT] | PaceChange]:
    """Encode items as they come; close the generator if it is not run to its end.

    Args:
        items: Asked for the next one by the calling thread.
        encode: Makes the vectors of a batch; runs on one of several threads.
        size: How much of the machine to take.
        cancel: Looked at before every batch.
        pace: Says how many of the threads may work.
        is_on_cpu: Whether the threads compute themselves; asked after a batch.
        prepare: Loads the model while the first items are decoded. A failure is not heard of: the
            first batch meets it, too.

    Yields:
        Batches in the order of their items, and what failed as soon as it is known. When work
        stops, all that came before is yielded, and then the `PaceChange`; a smaller batch is
        better than pictures that are decoded and in no library until work goes on.

    Raises:
        CancelledError: If it was cancelled. What has not been yielded by then is lost.
    """
    gathered: list[ItemT] = []
    encoding: deque[tuple[list[ItemT], Future[NDArray[np.float32]]]] = deque()
    encoders = ThreadPoolExecutor(size.encoder_threads, "encoder", _let_others_go_first)
    size_now = BatchSize(size.batch_size)
    is_paused = False

    def encode_in_turn(batch: list[ItemT]) -> NDArray[np.float32]:
        with pace.encoding(size.encoder_threads, lambda: cancel.is_cancelled):
            cancel.raise_if_cancelled()
            begun_s, used_s = time.monotonic(), time.thread_time()
            vectors = encode(batch)
            took_s, computed_s = time.monotonic() - begun_s, time.thread_time() - used_s
            size_now.note(len(batch), computed_s)
            if is_on_cpu():
                pace.give_way(took_s - computed_s)
            return vectors

    def submit(batch: list[ItemT]) -> None:
        encoding.append((batch, encoders.submit(encode_in_turn, batch)))

    def next_batch() -> Batch[ItemT]:
        batch, vectors = encoding.popleft()
        return Batch(batch, vectors.result())

    try:
        encoders.submit(prepare)
        for item in items:
            if isinstance(item, PaceChange):
                is_paused = bool(item.note)
            elif isinstance(item, Failed):
                yield item
            else:
                gathered.append(item)
            if gathered and (is_paused or len(gathered) >= size_now.now):
                submit(gathered)
                gathered = []
            while encoding and (
                is_paused or encoding[0][1].done() or len(encoding) > 2 * size.encoder_threads
            ):
                yield next_batch()
            if isinstance(item, PaceChange):
                yield item
        cancel.raise_if_cancelled()
        if gathered:
            submit(gathered)
        while encoding:
            yield next_batch()
    finally:
        # What no thread has begun is given up; what is in work is waited for.
        encoders.shutdown(cancel_futures=True)
