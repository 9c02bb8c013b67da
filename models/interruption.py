"""Ctrl-C while a stage is learning: the step is finished and kept before the training stops."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class TrainingInterrupted(Exception):  # noqa: N818 - nothing went wrong
    """The training was stopped by its user; the text says what is kept."""


@contextmanager
def interrupts_wait() -> Iterator[Callable[[], bool]]:
    """Hold Ctrl-C back; a second one is not held back.

    Yields:
        A function that tells whether it was pressed. Outside the main thread, which alone gets
        signals, it never was.
    """
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set
        return

    def note(_number: int, _frame: FrameType | None) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, before)

    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, note)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)
