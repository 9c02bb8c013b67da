"""What the commands share: how they open the library, report, ask and are interrupted."""

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import FrameType
from typing import Protocol, TextIO

from desktop_app.engine.cancellation import CancelToken, ending_signals
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.library import Library
from desktop_app.engine.records import SkippedFile

QUIET_REPORT_S = 5.0
"""Seconds between progress lines where they cannot be written over one another."""


class OpenLibrary(Protocol):
    """Opens the library that the arguments name."""

    def __call__(self, *, writable: bool = True) -> Library:
        """Open it; only what changes it needs it writable."""
        ...


class ProgressLine:
    """Progress on stderr: one line written over in a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._shown_at = time.monotonic()
        self._width = 0

    def show(self, text: str) -> None:
        """Write how far it is."""
        if self._is_terminal:
            # A line that wraps cannot be written over.
            text = shorten(text, (terminal_width(sys.stderr) or len(text) + 1) - 1)
            sys.stderr.write("\r" + text.ljust(self._width))
            sys.stderr.flush()
            self._width = len(text)
        elif time.monotonic() - self._shown_at >= QUIET_REPORT_S:
            self._shown_at = time.monotonic()
            sys.stderr.write(text + "\n")

    def end(self) -> None:
        """Leave a clean line."""
        if self._is_terminal and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()


@contextmanager
def progress_line() -> Iterator[ProgressLine]:
    """A progress line that is gone afterwards, also where the work failed."""
    line = ProgressLine()
    try:
        yield line
    finally:
        line.end()


@contextmanager
def cancelled_by_interrupt(cancel: CancelToken) -> Iterator[None]:
    """Let the first Ctrl-C end the run in good order; the second one ends it at once.

    So do SIGTERM and the end of the terminal.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        if cancel.is_cancelled:
            raise KeyboardInterrupt
        cancel.cancel()

    earlier = {number: signal.signal(number, stop) for number in ending_signals()}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def terminal_width(stream: TextIO) -> int | None:
    """Columns of the terminal that a stream writes to; None where it writes to no terminal."""
    if not stream.isatty():
        return None
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        columns = 0
    return columns or shutil.get_terminal_size().columns


def shorten(text: str, width: int) -> str:
    """The text, or its beginning and an ellipsis where it takes more than so many columns."""
    return text if len(text) <= width else f"{text[: max(0, width - 1)]}…"


def ask(question: str) -> bool:
    """Ask for a yes.

    Raises:
        UserFacingError: If nobody is there to be asked.
    """
    if not (sys.stdin is not None and sys.stdin.isatty()):
        raise UserFacingError("Nothing was done: nobody can be asked here.", "Add --yes.")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def say(sentence: str) -> None:
    """Tell the user something beside the command's output."""
    sys.stderr.write(f"image-seeker: {sentence}\n")


def write_json(value: object) -> None:
    """Print for scripts."""
    sys.stdout.write(json.dumps(value, indent=1) + "\n")


def skip_dicts(skips: Sequence[SkippedFile]) -> list[dict[str, str | None]]:
    """Files, reasons, kinds of reasons and when they were last tried, for scripts."""
    return [
        {
            "path": skip.path,
            "reason": skip.reason,
            "kind": str(skip.kind),
            "at": iso_time(skip.at_s),
        }
        for skip in skips
    ]


def iso_time(at_s: float | None) -> str | None:
    """A moment in local time with its offset: ``2026-11-25T20:55:36+01:00``.

    Args:
        at_s: Seconds since the epoch; None where it is not known.

    Returns:
        None where it is not known, or is none that the clock of this system can say.
    """
    if at_s is None:
        return None
    try:
        return datetime.fromtimestamp(at_s).astimezone().isoformat(timespec="seconds")
    except (OverflowError, OSError, ValueError):
        return None


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def day_and_time(at_s: float) -> str:
    """A moment in local time, such as ``12 Feb 2026, 09:30``."""
    local = time.localtime(at_s)
    return f"{local.tm_mday} {time.strftime('%b %Y, %H:%M', local)}"
