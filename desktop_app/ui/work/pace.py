"""How quickly something goes, and how long it will take."""

import time
from collections import deque
from collections.abc import Callable

WINDOW_S = 5.0


class Pace:
    """Speed over the last seconds, of something that is counted from time to time.

    What was there at the first count, as with a download that goes on from where it was, is no
    speed.

    Args:
        clock: Seconds; for tests.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: deque[tuple[float, int]] = deque()

    def count(self, done: int) -> None:
        """Note how much is done; a smaller number than before begins anew."""
        now_s = self._clock()
        if self._counts and done < self._counts[-1][1]:
            self._counts.clear()
        self._counts.append((now_s, done))
        # The last count before the window stays: it is where the window begins.
        while len(self._counts) > 2 and self._counts[1][0] <= now_s - WINDOW_S:
            self._counts.popleft()

    @property
    def per_second(self) -> float:
        """The speed; 0 while it is unknown."""
        if len(self._counts) < 2:
            return 0.0
        (begin_s, begin), (end_s, end) = self._counts[0], self._counts[-1]
        return (end - begin) / (end_s - begin_s) if end_s > begin_s else 0.0

    def seconds_left(self, total: int) -> float | None:
        """Time until so much is done; None while it is unknown."""
        speed = self.per_second
        return (total - self._counts[-1][1]) / speed if speed else None
