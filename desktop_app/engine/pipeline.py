"""From decoded files to vectors: what indexing and embedding share.

Batches are encoded by several threads at once, each on one core: where decoding is cheap, a single
encoder would leave the other cores idle. Only a bounded number of pictures waits, so memory does
not grow with the library.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.records import SkippedFile

WorkT = TypeVar("WorkT")
ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class PipelineSize:
    """How much of the machine a run takes.

    Attributes:
        decoder_processes: Processes that decode.
        encoder_threads: Batches that are encoded at the same time, one core each.
        batch_size: Pictures encoded and written together.
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


def encode_in_batches(
    items: Iterable[ItemT | Failed[WorkT]],
    encode: Callable[[list[ItemT]], NDArray[np.float32]],
    size: PipelineSize,
    cancel: CancelToken,
) -> Generator[Batch[ItemT] | Failed[WorkT]]:
    """Encode items as they come; close the generator if it is not run to its end.

    Args:
        items: Asked for the next one by the calling thread.
        encode: Makes the vectors of a batch; runs on one of several threads.
        size: How much of the machine to take.
        cancel: Looked at before every batch.

    Yields:
        Batches in the order of their items, and what failed as soon as it is known.

    Raises:
        CancelledError: If it was cancelled. What has not been yielded by then is lost.
    """
    gathered: list[ItemT] = []
    encoding: deque[tuple[list[ItemT], Future[NDArray[np.float32]]]] = deque()
    encoders = ThreadPoolExecutor(size.encoder_threads, "encoder")

    def next_batch() -> Batch[ItemT]:
        batch, vectors = encoding.popleft()
        return Batch(batch, vectors.result())

    try:
        for item in items:
            if isinstance(item, Failed):
                yield item
            else:
                gathered.append(item)
            if len(gathered) >= size.batch_size:
                encoding.append((gathered, encoders.submit(encode, gathered)))
                gathered = []
            while encoding and (encoding[0][1].done() or len(encoding) > 2 * size.encoder_threads):
                yield next_batch()
        cancel.raise_if_cancelled()
        if gathered:
            encoding.append((gathered, encoders.submit(encode, gathered)))
        while encoding:
            yield next_batch()
    finally:
        # What no thread has begun is given up; what is in work is waited for.
        encoders.shutdown(cancel_futures=True)
