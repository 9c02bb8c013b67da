"""Keeps Pillow from warning about odd files."""

import threading
import warnings


class SilencedPillow:
    """A context in which Pillow does not warn; what matters in its warnings fails anyway.

    `warnings.catch_warnings` alone is not for threads, which would put back each other's filters.
    Here the first thread in sets the filter and the last one out takes it back. May be nested.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._filters = warnings.catch_warnings()

    def __enter__(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._filters = warnings.catch_warnings()
                self._filters.__enter__()
                warnings.filterwarnings("ignore", module="PIL")
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._filters.__exit__(None, None, None)
