"""Something that is to be done when nobody has needed it for a while."""

import threading
import time
from collections.abc import Callable


class IdleCall:
    """Calls a function once, when `touch` has not been called for some time. Any thread may use it.

    Args:
        call: What to do; called by a thread of its own, which ends then.
        idle_s: For how long nobody must have touched it.
    """

    def __init__(self, call: Callable[[], None], idle_s: float) -> None:
        self._call = call
        self._idle_s = idle_s
        self._due_s = 0.0
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def touch(self) -> None:
        """Begin to wait, or wait for longer."""
        with self._lock:
            self._due_s = time.monotonic() + self._idle_s
            if self._thread is None and not self._stopped.is_set():
                self._thread = threading.Thread(target=self._wait, name="idle call", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Wait no longer, and call nothing any more; returns when the thread is gone."""
        with self._lock:
            self._stopped.set()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _wait(self) -> None:
        while True:
            with self._lock:
                left_s = self._due_s - time.monotonic()
                if left_s <= 0 or self._stopped.is_set():
                    self._thread = None
                    break
            self._stopped.wait(left_s)
        if not self._stopped.is_set():
            self._call()
