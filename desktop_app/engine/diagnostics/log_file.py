"""A log that several processes write, and that does not grow without bounds."""

import contextlib
import logging
import os
from datetime import UTC, datetime
from pathlib import Path

LOG_BYTES = 1_000_000
LOG_FILES = 3
"""Full ones that are kept beside the one that is written."""
LINE_BYTES = 64_000
"""No more of one record: a damaged file may make for an endless message."""


class LogFile(logging.Handler):
    """Appends to a file that other processes append to, and begins a new one when it is full.

    The file is opened for every record. So no process goes on writing to one that another has set
    aside, and on Windows it can be set aside at all; it costs 30 µs, and few records come.

    Args:
        path: The file; its folder exists.
        max_bytes: Beyond this it is set aside.
        kept: How many that were set aside stay.

    Raises:
        OSError: If it cannot be written.
    """

    def __init__(self, path: Path, max_bytes: int = LOG_BYTES, kept: int = LOG_FILES) -> None:
        super().__init__()
        self.path = path
        self._max_bytes = max_bytes
        self._kept = kept
        with path.open("ab"):
            pass

    def emit(self, record: logging.LogRecord) -> None:
        """Append a record; a disk that is full or gone costs the record, nothing else."""
        try:
            self.append(self.format(record))
        except Exception:  # noqa: BLE001 - what a log cannot say must not stop the program
            self.handleError(record)

    def append(self, text: str) -> None:
        """Append some lines.

        Raises:
            OSError: If they cannot be written.
        """
        data = text.encode("utf-8", "backslashreplace")
        if len(data) > LINE_BYTES:
            data = data[:LINE_BYTES].decode("utf-8", "ignore").encode() + " …".encode()
        with self.path.open("ab", buffering=0) as file:
            file.write(data + b"\n")  # in one piece, so that the lines of others stay whole
            size_bytes = file.tell()
        if size_bytes >= self._max_bytes:
            self._set_aside()

    def _set_aside(self) -> None:
        """Rename the file; whoever is first does it, and the others begin the next one."""
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        aside = self.path.with_name(f"{self.path.stem}-{now}-{os.getpid()}{self.path.suffix}")
        # Another process was quicker; or on Windows, has it open at this instant: next time.
        with contextlib.suppress(OSError):
            if self.path.stat().st_size >= self._max_bytes:
                self.path.replace(aside)
        for old in full_logs(self.path)[self._kept :]:
            with contextlib.suppress(OSError):
                old.unlink()


def full_logs(path: Path) -> list[Path]:
    """The files that were set aside for a log, newest first."""
    return sorted(path.parent.glob(f"{path.stem}-*{path.suffix}"), reverse=True)


def last_lines(path: Path, count: int) -> list[str]:
    """The end of a log, oldest line first; nothing where it cannot be read."""
    lines: list[str] = []
    for each in (path, *full_logs(path)[:1]):
        with contextlib.suppress(OSError):
            text = each.read_text("utf-8", errors="replace")
            lines = text.splitlines()[-count + len(lines) :] + lines
        if len(lines) >= count:
            break
    return lines[-count:]
