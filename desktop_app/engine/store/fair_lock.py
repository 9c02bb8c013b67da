"""A lock that passes to who has waited, not to who is quickest."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class FairLock:
    """Lets a waiting thread in before the one that just left.

    With a plain `threading.Lock`, a loop that releases and takes it again mostly wins over a
    thread that has to wake up first; a search would wait for all batches instead of one.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next_in_line = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it for the length of the block."""
        with self._next_in_line:
            self._lock.acquire()
        try:
            yield
        finally:
            self._lock.release()
