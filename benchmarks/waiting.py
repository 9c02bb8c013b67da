"""Lets Qt work until something is so, and says how long it did not come back."""

import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

PATIENCE_S = 30.0
"""After that the benchmark is given up."""
_PAUSE_S = 0.0005


def wait(app: QApplication, is_so: Callable[[], bool], gaps_ms: list[float] | None = None) -> None:
    """Let the window work until something is so.

    Args:
        app: Whose events are handled.
        is_so: What is waited for.
        gaps_ms: Gets how long each round of events took, in ms.

    Raises:
        TimeoutError: If it does not come.
    """
    end_s = time.monotonic() + PATIENCE_S
    while not is_so():
        started = time.perf_counter()
        app.processEvents()
        if gaps_ms is not None:
            gaps_ms.append(1000 * (time.perf_counter() - started))
        time.sleep(_PAUSE_S)
        if time.monotonic() > end_s:
            raise TimeoutError("the window does not answer")
