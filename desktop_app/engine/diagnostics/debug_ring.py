"""The last things that happened, in memory, down to what no log keeps."""

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

KEPT = 600
"""Records, some 200 KB: a minute or two of use."""

_SIMPLE = (int, float, str, bool, type(None))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is left of a record: its text is not made before somebody wants to read it."""

    created_s: float
    level: int
    thread: str
    name: str
    template: str
    values: tuple[object, ...]
    stack: str


class DebugRing(logging.Handler):
    """Remembers records; takes 2 µs each and holds on to nothing that could be large or alive.

    Args:
        kept: How many.
    """

    def __init__(self, kept: int = KEPT) -> None:
        super().__init__(logging.DEBUG)
        self._records: deque[_Kept] = deque(maxlen=kept)

    def emit(self, record: logging.LogRecord) -> None:
        """Remember a record."""
        values = record.args
        given: tuple[object, ...] = ()
        if isinstance(values, tuple):
            given = tuple(each if type(each) in _SIMPLE else str(each) for each in values)
            template = str(record.msg)
        else:  # a mapping, which nothing of ours gives
            template = record.getMessage()
        stack = ""
        if record.exc_info and record.exc_info[1] is not None:
            # The traceback itself would keep all its frames alive, and what these hold open.
            stack = type(record.exc_info[1]).__name__
        self._records.append(
            _Kept(
                record.created,
                record.levelno,
                record.threadName or "",
                record.name,
                template,
                given,
                stack,
            )
        )

    def lines(self, say: Callable[[str], str] = str) -> list[str]:
        """What is remembered, oldest first, a line each.

        Args:
            say: Gets every text that was filled in, and gives what is to be read instead.
        """
        return [_line(each, say) for each in tuple(self._records)]


def _line(kept: _Kept, say: Callable[[str], str]) -> str:
    at = time.strftime("%H:%M:%S", time.localtime(kept.created_s))
    ms = int(kept.created_s % 1 * 1000)
    values = tuple(say(each) if isinstance(each, str) else each for each in kept.values)
    try:
        text = kept.template % values if values else kept.template
    except (TypeError, ValueError):  # a log line that does not fit its values is still a trace
        text = f"{kept.template} {values}"
    level = logging.getLevelName(kept.level)
    stack = f" ({kept.stack})" if kept.stack else ""
    name = kept.name.removeprefix("desktop_app.")
    return f"{at}.{ms:03d} {level} {kept.thread} {name}: {text}{stack}".replace("\n", " | ")
