"""Begins and ends what a process leaves: log, crash file, and what it remembers in memory."""

import contextlib
import logging
from pathlib import Path

from desktop_app.engine.diagnostics import crash_files, faults
from desktop_app.engine.diagnostics.crash_files import CrashFile
from desktop_app.engine.diagnostics.debug_ring import DebugRing
from desktop_app.engine.diagnostics.faults import FaultBook
from desktop_app.engine.diagnostics.log_file import LogFile

LOG_NAME = "image-seeker.log"
_OURS = "desktop_app"
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"
_LAST_LINES = 60


class Traces:
    """What one run of the program leaves.

    A folder that cannot be written costs the files, never the program.

    Args:
        logs: Folder for the files; None for none.
        kind: What this process is, see `crash_files`.

    Attributes:
        logs: Where the files are; None where none can be written.
        ring: The last things that happened.
        faults: The faults of the program so far.
    """

    def __init__(self, logs: Path | None, kind: str = crash_files.COMMAND) -> None:
        self.logs = logs
        self.ring = DebugRing()
        self.faults = FaultBook()
        self._file: LogFile | None = None
        self._crash: CrashFile | None = None
        if logs is None:
            return
        try:
            logs.mkdir(parents=True, exist_ok=True)
            self._file = LogFile(logs / LOG_NAME)
            self._crash = CrashFile(logs / crash_files.FOLDER, kind)
        except OSError:
            if self._file is None:
                self.logs = None
        if self._file is not None:
            self._file.setLevel(logging.INFO)
            self._file.setFormatter(logging.Formatter(_FORMAT))
            self._file.addFilter(faults.Storm())

    @property
    def log(self) -> Path | None:
        """The log; None where none can be written."""
        return None if self._file is None else self._file.path

    @property
    def crashes(self) -> Path | None:
        """Where crash files are; None where none can be written."""
        return None if self.logs is None or self._crash is None else self.logs / crash_files.FOLDER

    def attach(self) -> None:
        """Begin to take down what is logged."""
        logging.raiseExceptions = False  # a log on a full disk must not spoil the terminal
        root = logging.getLogger()
        root.setLevel(logging.INFO)
        # Libraries have much to say that would push out what the program does.
        logging.getLogger(_OURS).setLevel(logging.DEBUG)
        for handler in (self.ring, self._file or logging.NullHandler()):
            root.addHandler(handler)
        logging.getLogger(faults.LOGGER).addHandler(self.faults)
        self.faults.listen(self._keep)

    def detach(self) -> None:
        """Take down nothing more, and say that this process comes to a good end."""
        root = logging.getLogger()
        for handler in list(root.handlers):
            if isinstance(handler, DebugRing | LogFile | logging.NullHandler):
                root.removeHandler(handler)
        logging.getLogger(faults.LOGGER).removeHandler(self.faults)
        logging.getLogger(_OURS).setLevel(logging.NOTSET)
        self.end()

    def end(self, fatal: BaseException | None = None) -> None:
        """Say that this process comes to its end.

        Args:
            fatal: What it ends of, for the next start to tell; None for a good end.
        """
        if self._crash is not None:
            if fatal is not None:
                text = [faults.stack_of(fatal), f"Message: {fatal}", "", *self.ring.lines()]
                self._crash.add("\n".join(text))
            self._crash.close(keep=fatal is not None)

    def _keep(self, fault: faults.Fault) -> None:
        """Write what went before a fault into the log, which has none of the smaller things."""
        if self._file is not None and fault.count == 1:
            lines = [f"  {each}" for each in self.ring.lines()[-_LAST_LINES:]]
            with contextlib.suppress(OSError):
                self._file.append("\n".join(["What went before it:", *lines]))


_idle = Traces(None)
_current = _idle


def current() -> Traces:
    """Those of this process; such that keep nothing, before `start_logging` and after the end."""
    return _current


def start_logging(logs: Path, kind: str = crash_files.COMMAND) -> Traces:
    """Begin to leave traces. What was begun before is ended.

    Args:
        logs: Folder for the files; made when missing.
        kind: What this process is.
    """
    global _current  # logging itself is the process's
    _current.detach()
    _current = Traces(logs, kind)
    _current.attach()
    return _current


def stop_logging() -> None:
    """Leave no more traces, and say that this process comes to a good end."""
    global _current
    _current.detach()
    _current = _idle
