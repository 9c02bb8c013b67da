"""Counts what a long run has done, and tells its speed and the time left."""

import time
from collections import deque

RATE_WINDOW_S = 5.0
"""The speed shown is that of the last seconds, so that it follows a drive that slows down."""


class Meter:
    """A running count.

    Args:
        total: What there is to do.
        done: How much of it was done before.

    Attributes:
        done: How much of it is done.
        total: What there is to do.
    """

    def __init__(self, total: int, done: int = 0) -> None:
        self.total = total
        self.done = done
        self._marks: deque[tuple[float, int]] = deque([(time.monotonic(), done)])

    def count(self, finished: int) -> None:
        """Count ``finished`` more."""
        self.done += finished
        now = time.monotonic()
        self._marks.append((now, self.done))
        while len(self._marks) > 2 and now - self._marks[0][0] > RATE_WINDOW_S:
            self._marks.popleft()

    @property
    def per_second(self) -> float:
        """Speed of the last seconds; 0.0 at first."""
        (start, done_then), (now, done) = self._marks[0], self._marks[-1]
        return (done - done_then) / (now - start) if now > start else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time that the rest will take at this speed; None while it is unknown."""
        speed = self.per_second
        return (self.total - self.done) / speed if speed > 0 else None
