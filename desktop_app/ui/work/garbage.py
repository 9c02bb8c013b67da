"""Lets Python's cycle collector run on the GUI thread alone."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

INTERVAL_MS = 1000
BUSY_INTERVAL_MS = 50
"""While a lane makes many objects: a look at 200,000 new ones takes 11 ms, at 2,000,000 0.7 s."""
MANY = 20_000
"""New objects since the last look that make it a busy time."""


@contextmanager
def collected_here() -> Iterator[None]:
    """Collect cycles from this thread's event loop, and nowhere else, as long as it lasts.

    Python runs its collector in whatever thread happens to allocate. A lane that way ends Qt
    objects that are part of a cycle, and Qt crashes when they end outside their own thread.
    """
    timer = QTimer()
    timer.setInterval(INTERVAL_MS)
    timer.timeout.connect(lambda: timer.setInterval(BUSY_INTERVAL_MS if collect() else INTERVAL_MS))
    gc.disable()
    gc.freeze()  # modules and classes live as long as the program: no need to look at them
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.unfreeze()
        gc.enable()


def collect() -> bool:
    """Collect the generations that are due by the interpreter's own thresholds.

    Where a lane makes very many objects, as a scan of a large folder does, they are looked at once
    and then left alone, as modules are: a look at all of them would stop the window for most of a
    second.

    Returns:
        Whether very many objects came since the last time.
    """
    if gc.get_count()[0] > MANY:
        gc.collect(0)
        gc.freeze()
        return True
    for generation, threshold in enumerate(gc.get_threshold()):
        if gc.get_count()[generation] > threshold:
            gc.collect(generation)
    return False
