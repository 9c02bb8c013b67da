"""Which classes a classifier takes for which others, the worst first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, order=True)
class ConfusedPair:
    """A class whose pictures are taken for another one's.

    Attributes:
        actual: what the pictures show.
        predicted: what they were taken for.
        count: how many of them.
        total: how many pictures of the class there are.
    """

    actual: str
    predicted: str
    count: int
    total: int

    @property
    def share(self) -> float:
        """Part of the class that was taken for the other, 0 to 1."""
        return self.count / self.total


def worst_pairs(
    labels: NDArray[np.int64],
    predictions: NDArray[np.int64],
    names: Sequence[str],
    count: int = 10,
) -> tuple[ConfusedPair, ...]:
    """Return the pairs of classes that are confused most often.

    A pair has a direction: judo taken for wrestling is another than wrestling taken for judo.

    Args:
        labels: the class of each picture, shape ``(n,)``.
        predictions: what each was taken for, shape ``(n,)``.
        names: the classes' names.
        count: how many pairs at most.

    Returns:
        The largest part of its class first; among equals more pictures first, then by name.

    Raises:
        ValueError: the two arrays differ in length.
    """
    if labels.shape != predictions.shape:
        raise ValueError(f"{labels.shape} labels do not fit {predictions.shape} predictions")
    totals = Counter(labels.tolist())
    wrong = labels != predictions
    mistakes = Counter(zip(labels[wrong].tolist(), predictions[wrong].tolist(), strict=True))
    pairs = [
        ConfusedPair(names[actual], names[predicted], number, totals[actual])
        for (actual, predicted), number in mistakes.items()
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.share, -pair.count, pair))[:count])


def render_pairs(pairs: Sequence[ConfusedPair]) -> str:
    """Lay the pairs out as a table in Markdown."""
    rows = [
        f"| {pair.actual} | {pair.predicted} | {pair.count} of {pair.total} |" for pair in pairs
    ]
    return "\n".join(["| shows | taken for | pictures |", "|---|---|---|", *rows])
