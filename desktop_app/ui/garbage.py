"""Lets Python's cycle collector run on the GUI thread alone."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

INTERVAL_MS = 1000


@contextmanager
def collected_here() -> Iterator[None]:
    """Collect cycles from this thread's event loop, and nowhere else, as long as it lasts.

    Python runs its collector in whatever thread happens to allocate. A lane that way ends Qt
    objects that are part of a cycle, and Qt crashes when they end outside their own thread.
    """
    timer = QTimer()
    timer.setInterval(INTERVAL_MS)
    timer.timeout.connect(collect)
    gc.disable()
    gc.freeze()  # modules and classes live as long as the program: no need to look at them
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.unfreeze()
        gc.enable()


def collect() -> None:
    """Collect the generations that are due by the interpreter's own thresholds."""
    for generation, threshold in enumerate(gc.get_threshold()):
        if gc.get_count()[generation] > threshold:
            gc.collect(generation)
