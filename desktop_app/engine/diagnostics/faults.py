"""Faults of the program itself: exceptions that nobody expected, each counted where it happens."""

import contextlib
import logging
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

LOGGER = "desktop_app.faults"
"""Whoever finds a fault logs it here with its exception; whoever tells the user listens here."""

KEPT = 20
"""Different ones: the first are what the others come from."""

_ALWAYS = 4
"""So often the same fault is written in full; one in what is painted comes without end."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at one place of the program.

    Attributes:
        kind: The exception's class.
        place: Where it was raised, as a file and a line of it.
        message: What the exception says; may name files.
        stack: How the program came there, without source lines and messages.
        thread: In which thread it was last.
        count: How often it was seen.
        last_s: When it was last, seconds since the epoch.
    """

    kind: str
    place: str
    message: str
    stack: str
    thread: str
    count: int
    last_s: float


class FaultBook(logging.Handler):
    """Takes down every fault that is logged. Listeners are called on the thread that had it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._faults: dict[tuple[str, str], Fault] = {}
        self._listeners: list[Callable[[Fault], None]] = []
        self._writing = threading.Lock()
        self._told: set[tuple[str, str]] = set()

    @property
    def faults(self) -> list[Fault]:
        """All of them, in the order in which they came first."""
        return list(self._faults.values())

    def listen(self, listener: Callable[[Fault], None]) -> None:
        """Have a function called with each fault, every time."""
        self._listeners.append(listener)

    def leave(self, listener: Callable[[Fault], None]) -> None:
        """Call it no longer."""
        with contextlib.suppress(ValueError):
            self._listeners.remove(listener)

    def is_news(self, fault: Fault) -> bool:
        """Whether the user has not been told of it; asked once, it is told."""
        key = (fault.kind, fault.place)
        is_news = key not in self._told
        self._told.add(key)
        return is_news

    def emit(self, record: logging.LogRecord) -> None:
        """Take a fault down."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return
        new = fault_of(error, record.threadName or "", record.created)
        key = (new.kind, new.place)
        with self._writing:
            known = self._faults.get(key)
            if known is not None:
                new = replace(new, count=known.count + 1)
            elif len(self._faults) >= KEPT:
                return
            self._faults[key] = new
        for each in list(self._listeners):
            try:
                each(new)
            except RuntimeError:  # Qt's, of a window that is gone
                self.leave(each)


class Storm(logging.Filter):
    """Lets a fault into a file a few times, and then only when it has doubled."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[tuple[str, str]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is to be written; what is no fault always is."""
        error = record.exc_info[1] if record.exc_info else None
        if record.name != LOGGER or error is None:
            return True
        key = (type(error).__name__, _place(error))
        self._counts[key] += 1
        count = self._counts[key]
        return count <= _ALWAYS or count & (count - 1) == 0


def fault_of(error: BaseException, thread: str = "", at_s: float | None = None) -> Fault:
    """Describe an exception."""
    return Fault(
        type(error).__name__,
        _place(error),
        str(error),
        stack_of(error),
        thread,
        1,
        time.time() if at_s is None else at_s,
    )


def _place(error: BaseException) -> str:
    """Where an exception was raised."""
    last, where = error.__traceback__, "nowhere"
    while last is not None:
        where = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}"
        last = last.tb_next
    return where


def stack_of(error: BaseException) -> str:
    """The frames of an exception and of those it came from, the first cause first.

    Neither source lines nor messages: what the program says of files and searches is there.
    """
    chain: list[BaseException] = []
    now: BaseException | None = error
    while now is not None and now not in chain:
        chain.append(now)
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    parts = []
    for each in reversed(chain):
        frames = [
            f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
            for frame in traceback.extract_tb(each.__traceback__)
        ]
        parts.append("\n".join([*frames, type(each).__qualname__]))
    return "\nwhich led to:\n".join(parts)
