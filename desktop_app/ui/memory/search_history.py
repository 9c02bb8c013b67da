"""The lines that were searched for, newest first."""

import json
from collections.abc import Sequence

from desktop_app.ui.memory.window_memory import WindowMemory

_MOST = 50


class SearchHistory:
    """Keeps the last lines in the window's memory; each once.

    A line that another one only goes on with, such as ``two d`` before ``two dogs``, was on the way
    to that one and is not kept beside it.

    Args:
        memory: Where they are kept.
    """

    def __init__(self, memory: WindowMemory) -> None:
        self._memory = memory
        self._lines = _read(memory.search_history)

    @property
    def lines(self) -> Sequence[str]:
        """Newest first."""
        return self._lines

    def add(self, line: str) -> None:
        """Remember a line; an empty one is nothing."""
        line = line.strip()
        if not line:
            return
        newest = self._lines[:1]
        is_on_the_way = bool(newest) and line.startswith(newest[0])
        rest = self._lines[1:] if is_on_the_way else self._lines
        self._lines = [line, *(each for each in rest if each != line)][:_MOST]
        self._memory.set_search_history(json.dumps(self._lines))

    def clear(self) -> None:
        """Forget all of it."""
        self._lines = []
        self._memory.set_search_history("[]")


def _read(kept: str) -> list[str]:
    """What was kept; nothing where somebody spoiled it."""
    try:
        lines = json.loads(kept)
    except ValueError:
        return []
    if not isinstance(lines, list):
        return []
    return [line for line in lines if isinstance(line, str)][:_MOST]
