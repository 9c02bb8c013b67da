"""What every process that the program starts does first."""

import os
import signal
import threading
from multiprocessing import connection, parent_process


def follow_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it is gone, even in the middle of the work."""
    # Ctrl-C in a terminal reaches all its processes; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, name="parent watch", daemon=True).start()


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
