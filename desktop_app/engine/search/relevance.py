"""How far a hit stands above ordinary scores, and which hits are strong.

Cosine scores of a dual encoder mean nothing by themselves: 0.25 may be an excellent hit with one
model and noise with another. Two yardsticks are laid beside each other:

- **the library**: mean and standard deviation of the scores that a sample of the library has for
  this very query. This finds few hits among many other pictures. Where a tenth of the library
  fits the query, the fitting ones are ordinary, and none of them stands out. (The z-norm of
  speaker verification: Reynolds, Quatieri and Dunn, Digital Signal Processing 10, 2000.)
- **everyday queries**: mean and standard deviation of the scores that words for common things
  have with the same sample; for query pictures, the scores of the sample's pictures with each
  other. This tells the model's scale, whatever the library is full of. (A cohort, as in the
  t-norm: Auckenthaler, Carey and Lloyd-Thomas, in the same volume.)

A score's distance above each mean, in standard deviations, is divided by the distance from which
on hits are strong; the larger of the two quotients is the relevance. docs/relevance.md has what
was measured, and what was tried besides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

EVERYDAY = (
    "person", "children", "face", "crowd", "dog", "cat", "bird", "flower", "tree", "mountain",
    "beach", "sky", "street", "building", "room", "food", "car", "boat", "airplane", "clothes",
    "book", "machine", "text", "night",
)  # fmt: skip
"""Words for what is in many pictures: spread as widely as few words can be."""

_PAIRED = 500
"""Pictures of the sample that are compared with all of it: 1 ms for a million scores."""


class Basis(StrEnum):
    """What a query consists of; scores of words and of pictures are not of one size."""

    WORDS = "words"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class Bars:
    """From where on a hit is strong, in standard deviations above the mean.

    Attributes:
        library: Of the scores of the library for the same query.
        everyday: Of the scores for everyday queries.
    """

    library: float
    everyday: float


BARS = {Basis.WORDS: Bars(3.46, 3.03), Basis.PICTURES: Bars(4.44, 2.73)}
"""Chosen by `benchmarks/relevance.py`: the best F1 on pictures that are not reported on."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Where scores lie; a standard deviation of 0 says that they tell nothing."""

    mean: float = 0.0
    deviation: float = 0.0

    @classmethod
    def of(cls, scores: NDArray[np.float32]) -> "Spread":
        """Measure scores of any shape; fewer than two tell nothing."""
        if scores.size < 2:
            return cls()
        mean, deviation = float(np.mean(scores)), float(np.std(scores))
        return cls(mean, deviation if deviation > np.finfo(np.float32).eps else 0.0)

    def above(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Standard deviations above the mean, same shape; zeros where they tell nothing."""
        if not self.deviation:
            return np.zeros_like(scores)
        return (scores - np.float32(self.mean)) / np.float32(self.deviation)


class Judge:
    """Judges scores against a sample of the library. Any thread may call it.

    Args:
        sample: Vectors of pictures spread over the library, shape ``(m, dim)``.
        everyday: Gives the vectors of `EVERYDAY`, shape ``(k, dim)``; asked when words are first
            judged, so that a query picture does not wait for the words' side of the model.
    """

    def __init__(
        self, sample: NDArray[np.float32], everyday: Callable[[], NDArray[np.float32]]
    ) -> None:
        self.sample = sample
        self._everyday = everyday
        self._spreads: dict[Basis, Spread] = {}

    def relevance(
        self, scores: NDArray[np.float32], vector: NDArray[np.float32], basis: Basis
    ) -> NDArray[np.float32]:
        """Judge scores.

        Args:
            scores: Of any pictures, shape ``(n,)``.
            vector: The query that they are of, a unit vector, shape ``(dim,)``.
            basis: What the query consists of.

        Returns:
            Shape ``(n,)``, in the order of the scores: 1 or more is strong. Zeros where the
            sample is too small, or all alike.
        """
        by_library, by_everyday = self.distances(scores, vector, basis)
        bars = BARS[basis]
        relevance: NDArray[np.float32] = np.maximum(
            by_library / np.float32(bars.library), by_everyday / np.float32(bars.everyday)
        )
        return relevance

    def distances(
        self, scores: NDArray[np.float32], vector: NDArray[np.float32], basis: Basis
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Lay both yardsticks on scores, as `relevance`.

        Returns:
            Standard deviations above what the library scores for the query, and above what it
            scores for everyday queries, each of shape ``(n,)``.
        """
        # Not `@`: for that OpenBLAS wakes a thread on every core, and they spin for 100 ms before
        # they sleep again: whatever else is to be done finds its core taken. This is no slower.
        by_library = Spread.of(np.vecdot(self.sample, vector)).above(scores)
        return by_library, self._spread(basis).above(scores)

    def strong_from(self, basis: Basis) -> tuple[float, float]:
        """The scores that are ordinary and strong for this model, whatever the query.

        Returns:
            Both 0 where the sample is too small.
        """
        spread = self._spread(basis)
        return spread.mean, spread.mean + BARS[basis].everyday * spread.deviation

    def _spread(self, basis: Basis) -> Spread:
        spread = self._spreads.get(basis)
        if spread is None:
            # Two threads may both do it, with the same result.
            spread = Spread.of(self._word_scores() if basis is Basis.WORDS else self._pairs())
            self._spreads[basis] = spread
        return spread

    def _word_scores(self) -> NDArray[np.float32]:
        if len(self.sample) < 2:
            return self.sample[:0]  # nothing is judged, so the model need not be asked
        scores: NDArray[np.float32] = self._everyday() @ self.sample.T
        return scores

    def _pairs(self) -> NDArray[np.float32]:
        """Scores of pictures with others, not with themselves."""
        some = self.sample[:: max(1, len(self.sample) // _PAIRED)]
        scores = some @ self.sample.T
        pairs: NDArray[np.float32] = scores[scores < 1 - 1e-3]
        return pairs
