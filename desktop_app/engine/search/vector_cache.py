"""Vectors of what was asked before, so that typing on does not encode the same words twice."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

import numpy as np
from numpy.typing import NDArray


class VectorCache:
    """The vectors used last, under a key each. Any thread may call it.

    Args:
        most: How many are kept; 512 of 512 numbers are 1 MB.
    """

    def __init__(self, most: int = 512) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, NDArray[np.float32]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, make: Callable[[], NDArray[np.float32]]) -> NDArray[np.float32]:
        """A vector that is kept, or else is made now; shape ``(dim,)``, not to be written to.

        Two threads that want the same one at the same time both make it: none waits for another.

        Args:
            key: What it is the vector of.
            make: Makes it; what it raises is passed on, and nothing is kept.
        """
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        made = np.array(make(), dtype=np.float32)  # a copy: it must not hold a whole batch
        made.flags.writeable = False
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
