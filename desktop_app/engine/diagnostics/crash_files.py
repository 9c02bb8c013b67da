"""What a process leaves that ends without having come to its end.

Every process has a file with its number and the time of its start. At the end it deletes it; so
what is there of a process that is gone tells that it crashed or was killed. Into it goes what
Python can still say then (https://docs.python.org/3/library/faulthandler.html).
"""

import contextlib
import faulthandler
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

FOLDER = "crashes"
WINDOW = "window"
COMMAND = "command"
KEPT = 10
"""Those that were told are kept, the newest so many."""
_MOST_FILES = 60
_MOST_BYTES = 200_000
_SEEN = "seen"
_TIME = "%Y%m%dT%H%M%S"
_NAME = re.compile(r"(?P<time>\d{8}T\d{6})-(?P<pid>\d+)-(?P<kind>[a-z-]+)\.txt")
_CLOCK_S = 60.0
"""A process that began later than this after the file is another one with the same number."""


@dataclass(frozen=True, slots=True)
class Crash:
    """A process that ended unexpectedly.

    Attributes:
        kind: What it was, such as `WINDOW`.
        began_s: When it began, seconds since the epoch.
        trace: What it could still say; empty where it was killed or had its power cut.
        file: Where that is kept.
    """

    kind: str
    began_s: float
    trace: str
    file: Path

    @property
    def is_window(self) -> bool:
        """Whether it was the program itself, with its window."""
        return self.kind == WINDOW


class CrashFile:
    """The file of this process, from its start to its end.

    Args:
        folder: Where such files are; made when missing.
        kind: What this process is, in small letters.

    Raises:
        OSError: If it cannot be written.
    """

    def __init__(self, folder: Path, kind: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        _limit(folder)
        now = datetime.now(UTC).strftime(_TIME)
        self.path = folder / f"{now}-{os.getpid()}-{kind}.txt"
        self._file: TextIO | None = self.path.open("w", encoding="utf-8", errors="replace")
        faulthandler.enable(self._file, all_threads=True)

    def add(self, text: str) -> None:
        """Write what is known of the end that comes; a full disk keeps nothing."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.write(f"{text}\n")
                self._file.flush()

    def close(self, *, keep: bool = False) -> None:
        """Say that the process comes to its end; a second call does nothing.

        Args:
            keep: Whether the next start is to find the file, because it is a bad end.
        """
        if self._file is None:
            return
        faulthandler.disable()
        with contextlib.suppress(OSError):
            self._file.close()
        self._file = None
        if not keep:
            with contextlib.suppress(OSError):
                self.path.unlink()


@contextmanager
def watched(folder: Path | None, kind: str) -> Iterator[None]:
    """Have a crash file while the context lasts, where there is a folder for it."""
    file: CrashFile | None = None
    if folder is not None:
        with contextlib.suppress(OSError):
            file = CrashFile(folder, kind)
    try:
        yield
    finally:
        if file is not None:
            file.close()


def collect(folder: Path) -> list[Crash]:
    """Take what processes have left that are gone, oldest first; it is not found again.

    Of processes without a window, those that were killed left nothing worth telling.
    """
    found = []
    for path, match in _files(folder):
        began_s = _seconds(match["time"])
        if is_running(int(match["pid"]), began_s):
            continue
        trace = _read(path)
        kind = match["kind"]
        if not trace and kind != WINDOW:
            with contextlib.suppress(OSError):
                path.unlink()
            continue
        moved = _put_aside(folder, path)
        if moved is not None:
            found.append(Crash(kind, began_s, trace, moved))
    return found


def settle(folder: Path | None, pid: int | None) -> str:
    """Take what a process has left that has just ended, which its parent copes with.

    Returns:
        Its trace; empty where it ended as it should, or was killed.
    """
    if folder is None or pid is None:
        return ""
    for path, match in _files(folder):
        if int(match["pid"]) == pid:
            trace = _read(path)
            if trace:
                _put_aside(folder, path)
                return trace
            with contextlib.suppress(OSError):
                path.unlink()
    return ""


def seen(folder: Path) -> list[Crash]:
    """What was collected before and is still kept, newest first."""
    return [
        Crash(match["kind"], _seconds(match["time"]), _read(path), path)
        for path, match in reversed(_files(folder / _SEEN))
    ]


def is_running(pid: int, began_s: float) -> bool:
    """Whether a process that began then is still there."""
    import psutil  # only a start that finds something needs it

    try:
        return psutil.Process(pid).create_time() <= began_s + _CLOCK_S
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:  # it is there, and somebody else's
        return False


def _files(folder: Path) -> list[tuple[Path, re.Match[str]]]:
    """The crash files in a folder, oldest first."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    matches = ((name, _NAME.fullmatch(name)) for name in names)
    return [(folder / name, match) for name, match in matches if match is not None]


def _seconds(text: str) -> float:
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=UTC).timestamp()
    except ValueError:  # no such day
        return 0.0


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8", "replace").strip()
    except OSError:
        return ""


def _put_aside(folder: Path, path: Path) -> Path | None:
    """Move a file to those that were told; None where another process has."""
    aside = folder / _SEEN
    moved = aside / path.name
    try:
        aside.mkdir(exist_ok=True)
        path.replace(moved)
    except FileNotFoundError:
        return None
    except OSError:  # nothing can be moved there: it is told once more next time
        moved = path
    for old, _match in _files(aside)[:-KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()
    return moved


def _limit(folder: Path) -> None:
    """Delete the oldest where nobody has collected them for long."""
    for path, _match in _files(folder)[:-_MOST_FILES]:
        with contextlib.suppress(OSError):
            path.unlink()
