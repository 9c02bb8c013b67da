"""What every process that the program starts does first, and what becomes of it at its end."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from pathlib import Path

from desktop_app.engine.diagnostics import crash_files, traces

_log = logging.getLogger(__name__)

POSIX_NICENESS = 10
"""How far what is done in the background stands back behind the window and other programs."""


@dataclass(frozen=True, slots=True)
class Child:
    """What a process runs; a crash of it leaves a file.

    Attributes:
        target: A function of a module.
        kind: What the process is, a word in small letters.
        crashes: Where the file goes; None for nowhere.
    """

    target: Callable[..., None]
    kind: str
    crashes: Path | None

    def __call__(self, *arguments: object) -> None:
        """Body of the process."""
        with crash_files.watched(self.crashes, self.kind):
            self.target(*arguments)


def child(target: Callable[..., None], kind: str) -> Child:
    """What to give to a process as its target.

    Args:
        target: A function of a module.
        kind: What the process is, a word in small letters.
    """
    return Child(target, kind, traces.current().crashes)


def note_end(kind: str, pid: int | None) -> None:
    """Take down how a process has ended, which whoever started it can go on without.

    Args:
        kind: What it was.
        pid: Its number; it has ended, or has been killed.
    """
    trace = crash_files.settle(traces.current().crashes, pid)
    if trace:
        _log.warning("The process %s has crashed:\n%s", kind, trace)


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
