"""How far a hit stands above the library's ordinary scores.

Cosine scores of a dual encoder mean nothing by themselves: 0.25 may be an excellent hit for one
query and noise for another. Compared with how the whole library scores for the same query they do.
"""

import numpy as np
from numpy.typing import NDArray

SCALE_OF_MAD = 1.4826
"""Turns a median absolute deviation into a standard deviation for normally distributed values
(Rousseeuw and Croux, Alternatives to the Median Absolute Deviation, JASA 1993)."""


def relevance(scores: NDArray[np.float32], ordinary: NDArray[np.float32]) -> NDArray[np.float32]:
    """Express scores in robust standard deviations above the ordinary ones.

    Median and median absolute deviation are used instead of mean and standard deviation, so that
    the hits themselves, when the sample holds some, do not raise the bar they are measured by.

    Args:
        scores: Scores of the hits, shape ``(n,)``.
        ordinary: Scores of a sample of the library for the same query, shape ``(m,)``.

    Returns:
        Shape ``(n,)``; zeros where the sample is too small or all alike.
    """
    if ordinary.size < 2:
        return np.zeros_like(scores)
    middle = np.median(ordinary)
    spread = SCALE_OF_MAD * np.median(np.abs(ordinary - middle))
    if spread < np.finfo(np.float32).eps:
        return np.zeros_like(scores)
    above: NDArray[np.float32] = ((scores - middle) / spread).astype(np.float32)
    return above
