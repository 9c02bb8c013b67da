"""The traces a run leaves for whoever has to find out what happened. Nothing is sent anywhere."""

import contextlib
import faulthandler
import logging
import logging.handlers
from pathlib import Path
from typing import TextIO

LOG_BYTES = 1_000_000
LOG_FILES = 3

_crash_file: TextIO | None = None


def start_logging(logs: Path, *, verbose: bool = False) -> None:
    """Send log records to a rotating file and crashes of the interpreter to another.

    A folder that cannot be written costs the log, never the program.

    Args:
        logs: Folder for the files; made when missing.
        verbose: Whether to keep debug records too.
    """
    global _crash_file  # faulthandler needs it open for as long as the process lives
    logging.raiseExceptions = False  # a log on a full disk must not spoil the terminal
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    try:
        logs.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            logs / "image-seeker.log",
            maxBytes=LOG_BYTES,
            backupCount=LOG_FILES,
            encoding="utf-8",
            errors="backslashreplace",
        )
        crash_file = (logs / "crash.log").open("a", encoding="utf-8")
    except OSError:
        root.addHandler(logging.NullHandler())
        return
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    )
    root.addHandler(handler)
    if _crash_file is not None:
        _crash_file.close()
    _crash_file = crash_file
    faulthandler.enable(file=crash_file)


def stop_logging() -> None:
    """Close what `start_logging` opened."""
    global _crash_file
    if _crash_file is not None:
        faulthandler.disable()
        with contextlib.suppress(OSError):
            _crash_file.close()
        _crash_file = None
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, logging.handlers.RotatingFileHandler | logging.NullHandler):
            root.removeHandler(handler)
            with contextlib.suppress(OSError):  # a full disk refuses what was still to be written
                handler.close()
