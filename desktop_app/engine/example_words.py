"""Words that a search could begin with: such as find something in this very library."""

import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.active_model import ActiveModel
from desktop_app.engine.cancellation import CancelToken

logger = logging.getLogger(__name__)

_AT_ONCE = 4
"""Words encoded together: 30 ms, so that a search that comes between does not wait."""
_FEWEST_HITS = 3
_MOST_OF_LIBRARY = 0.5
"""What fits more of the library than this tells nothing about it."""


@cache
def everyday_words() -> tuple[str, ...]:
    """Concrete things that people have pictures of, a few hundred."""
    text = (files("desktop_app.resources") / "example_words.txt").read_text(encoding="utf-8")
    return tuple(text.split("\n")[:-1])


class ExampleWords:
    """Finds words with strong hits in a library. Any thread may call it.

    A sample of the library is looked at, so it takes as long for a million pictures as for a
    thousand. The vectors of the words are kept in a file, one a model: making them takes seconds.

    Args:
        active: Gives the model that answers.
        folder: Where files may be kept that can be made again.
        words: What is tried.
    """

    def __init__(
        self,
        active: Callable[[], ActiveModel],
        folder: Path,
        words: Sequence[str] | None = None,
    ) -> None:
        self._active = active
        self._folder = folder / "words"
        self._words = words
        self._making = threading.Lock()

    def find(self, count: int, cancel: CancelToken) -> tuple[str, ...]:
        """Choose words that find much, each something else than the others.

        Args:
            count: How many at most.
            cancel: Stops it within 30 ms.

        Returns:
            Those that find the most first; none where nothing stands out.

        Raises:
            ModelError: If the model cannot be loaded.
            CancelledError: If it was stopped.
        """
        words = everyday_words() if self._words is None else self._words
        model = self._active()
        with self._making:
            vectors = self._vectors(model, words, cancel)
        strong = model.strong_among_sample(vectors)
        return tuple(words[place] for place in spread(strong, count))

    def _vectors(
        self, model: ActiveModel, words: Sequence[str], cancel: CancelToken
    ) -> NDArray[np.float32]:
        """Unit vectors of the words, shape ``(len(words), dim)``."""
        identity = "\n".join((model.info.key, *words))
        digest = hashlib.sha256(identity.encode()).hexdigest()[:24]
        file = self._folder / f"{digest}.npy"
        shape = (len(words), model.info.dim)
        kept = _read(file, shape)
        if kept is not None:
            return kept
        batches = []
        for first in range(0, len(words), _AT_ONCE):
            cancel.raise_if_cancelled()
            batches.append(model.encoder.encode_texts(words[first : first + _AT_ONCE]))
        vectors = np.concatenate(batches).astype(np.float32)
        _keep(file, vectors)
        return vectors


def spread(strong: NDArray[np.bool_], count: int) -> list[int]:
    """Choose rows that cover the most, each what the ones before do not cover.

    The greedy way, which covers at least 1 - 1/e of what any choice can (Nemhauser, Wolsey and
    Fisher, Mathematical Programming 14, 1978).

    Args:
        strong: Whether a picture is a strong hit for a word, shape ``(words, pictures)``.
        count: How many at most.

    Returns:
        Places of rows, the one that covers the most first.
    """
    pictures = strong.shape[1]
    shares = np.count_nonzero(strong, axis=1)
    usable = strong & (shares <= max(_FEWEST_HITS, _MOST_OF_LIBRARY * pictures))[:, None]
    uncovered = np.ones(pictures, dtype=np.bool_)
    chosen: list[int] = []
    while len(chosen) < min(count, len(strong)):
        gains = np.count_nonzero(usable & uncovered, axis=1)
        best = int(np.argmax(gains))
        if gains[best] < _FEWEST_HITS:
            break
        chosen.append(best)
        uncovered &= ~usable[best]
    return chosen


def _read(file: Path, shape: tuple[int, int]) -> NDArray[np.float32] | None:
    """Vectors that were kept; None where there are none, or somebody spoiled them."""
    try:
        vectors = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    is_whole = vectors.shape == shape and vectors.dtype == np.float32
    return vectors if is_whole and bool(np.isfinite(vectors).all()) else None


def _keep(file: Path, vectors: NDArray[np.float32]) -> None:
    """Keep vectors; where the disk refuses, they are made again next time."""
    partial = file.with_suffix(".part")
    try:
        # Not its parents: where the drive of the library is away, nothing is to be in its place.
        file.parent.mkdir(exist_ok=True)
        with partial.open("wb") as target:
            np.save(target, vectors)
        partial.replace(file)
    except OSError as error:
        logger.info("The vectors of example words cannot be kept: %s", error)
