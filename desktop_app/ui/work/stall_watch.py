"""Notes when the thread of the window does not answer, and what it does meanwhile.

For benchmarks and tests: the program itself does not watch itself.
"""

import os
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

FRAME_S = 0.016
_BEAT_MS = 2
_LOOK_S = 0.004
_DEEPEST = 40
_SCHEDULES = Path("/proc/self/task")


@dataclass(frozen=True, slots=True)
class Stall:
    """A time without an answer.

    Attributes:
        seconds: From the last answer to the next one.
        cpu_seconds: How long the thread itself worked in it.
        turn_seconds: How long it waited for its turn on a busy machine; 0 where the system does
            not say. The rest it waited for a disk, a lock or Python's other threads.
        stack: Where it was when the limit was over, innermost call last; empty where it had
            answered again before one could look.
    """

    seconds: float
    cpu_seconds: float
    stack: str
    turn_seconds: float = 0.0

    @property
    def own_seconds(self) -> float:
        """How long it would have been on a machine that had nothing else to do."""
        return self.seconds - self.turn_seconds

    def __str__(self) -> str:
        took, at_work, turn = (
            f"{1000 * each:.0f} ms" for each in (self.seconds, self.cpu_seconds, self.turn_seconds)
        )
        return f"No answer for {took}: {at_work} at work, {turn} waiting for its turn\n{self.stack}"


def turn_s() -> float:
    """How long the calling thread has waited for a processor, in seconds; 0 where none says.

    Second number of Linux's ``schedstat`` (Documentation/scheduler/sched-stats.rst).
    """
    schedule = _schedule_of(threading.get_native_id())
    try:
        return 0.0 if schedule is None else int(os.pread(schedule, 80, 0).split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


@cache
def _schedule_of(thread: int) -> int | None:
    """An open file: to open it at every beat would hand Python's lock to others every time."""
    try:
        return os.open(_SCHEDULES / str(thread) / "schedstat", os.O_RDONLY)
    except OSError:
        return None


class StallWatch(QObject):
    """Lets the event loop beat, and looks from another thread whether it does.

    It belongs to the thread of the window. Use it as a context: it beats from ``with`` to its end.

    Args:
        limit_s: How long without an answer is noted.

    Attributes:
        stalls: What was noted; to be read in the thread of the window.
    """

    def __init__(self, limit_s: float = FRAME_S, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit_s = limit_s
        self.stalls: list[Stall] = []
        self._thread_id = threading.get_ident()
        self._beat_s = 0.0
        self._beat_cpu_s = 0.0
        self._beat_turn_s = 0.0
        self._stack = ""
        self._ended = threading.Event()
        self._watcher: threading.Thread | None = None
        self._timer = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> "StallWatch":
        self._begin_s()
        self._ended.clear()
        self._watcher = threading.Thread(target=self._watch, name="stall watch", daemon=True)
        self._watcher.start()
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.stop()
        self._ended.set()
        if self._watcher is not None:
            self._watcher.join()
            self._watcher = None

    def answered(self) -> None:
        """The thread answers; called where it cannot beat by itself, between two steps of a test.

        What was before is not counted as a stall.
        """
        self._begin_s()

    def _begin_s(self) -> None:
        self._beat_turn_s = turn_s()
        self._beat_s, self._beat_cpu_s = time.perf_counter(), time.thread_time()
        self._stack = ""

    def _beat(self) -> None:
        now_s, cpu_s = time.perf_counter(), time.thread_time()
        if now_s - self._beat_s > self._limit_s:
            seconds, cpu_seconds = now_s - self._beat_s, cpu_s - self._beat_cpu_s
            turn_seconds = min(turn_s() - self._beat_turn_s, seconds - cpu_seconds)
            self.stalls.append(Stall(seconds, cpu_seconds, self._stack, max(0.0, turn_seconds)))
        self._begin_s()

    def _watch(self) -> None:
        """Body of the watching thread."""
        while not self._ended.wait(_LOOK_S):
            if not self._stack and time.perf_counter() - self._beat_s > self._limit_s:
                frame = sys._current_frames().get(self._thread_id)
                self._stack = "" if frame is None else _told(frame)


def _told(frame: FrameType) -> str:
    """A stack as text; its lines are not read from their files, which would take long."""
    calls = traceback.StackSummary.extract(
        traceback.walk_stack(frame), limit=_DEEPEST, lookup_lines=False
    )
    calls.reverse()
    return "\n".join(f"  {each.filename}:{each.lineno} {each.name}" for each in calls)
