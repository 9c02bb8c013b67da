"""The pictures that filters leave, kept as long as the library has not changed."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.protocols import Filtering
from desktop_app.engine.query_language.parts import Filter

KEPT = 8
"""Answers: whoever adds words to filters, or takes one away, has them at once."""

KEPT_BYTES = 16_000_000
"""Of all answers together; two of a library of a million pictures."""


class Survivors:
    """Asks the catalog what filters leave. Any thread may call it.

    Args:
        filtering: The catalog.
    """

    def __init__(self, filtering: Filtering) -> None:
        self._filtering = filtering
        self._lock = threading.Lock()
        self._mark: Hashable = None
        self._kept: OrderedDict[Hashable, NDArray[np.int64]] = OrderedDict()

    def of(self, filters: Sequence[Filter]) -> NDArray[np.int64]:
        """The pictures that fulfil all filters, shape ``(n,)``, rising; not to be written to."""
        return self._get(frozenset(filters), lambda: self._filtering.ids_matching(filters))

    def newest_first(self, filters: Sequence[Filter]) -> NDArray[np.int64]:
        """The same, the newest first."""
        ids = self._get("newest first", self._filtering.picture_ids_newest_first)
        return ids[np.isin(ids, self.of(filters))]

    @property
    def _kept_bytes(self) -> int:
        return sum(ids.nbytes for ids in self._kept.values())

    def _get(self, key: Hashable, ask: Callable[[], NDArray[np.int64]]) -> NDArray[np.int64]:
        # Taken first: what changes while the catalog answers makes the answer one of the past.
        mark = self._filtering.change_mark()
        with self._lock:
            if mark != self._mark:
                self._mark = mark
                self._kept.clear()
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        found = ask()
        found.flags.writeable = False
        with self._lock:
            if mark == self._mark:
                self._kept[key] = found
                while len(self._kept) > KEPT or self._kept_bytes > KEPT_BYTES:
                    self._kept.popitem(last=False)
        return found
