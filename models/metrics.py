"""How good a ranking is: accuracy, precision and recall from matrices of scores."""

import numpy as np
from numpy.typing import NDArray


def _ranks_of_best(scores: NDArray[np.float32], relevant: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each row how many columns score above its best relevant one."""
    best = np.where(relevant, scores, -np.inf).max(axis=1, keepdims=True)
    ranks: NDArray[np.int64] = (scores > best).sum(axis=1)
    return ranks


def recall_at(
    scores: NDArray[np.float32], relevant: NDArray[np.bool_], ks: tuple[int, ...]
) -> dict[int, float]:
    """Return for each k the part of rows that have a relevant column among their first k.

    With one relevant column a row this is recall@k; where the columns are classes it is the
    top-k accuracy.

    Args:
        scores: shape ``(rows, columns)``, higher is better.
        relevant: shape ``(rows, columns)``, at least one a row.
        ks: the lengths of the list.
    """
    ranks = _ranks_of_best(scores, relevant)
    return {k: float((ranks < k).mean()) for k in ks}


def mean_precision_at(scores: NDArray[np.float32], relevant: NDArray[np.bool_], k: int) -> float:
    """Return the mean part of relevant columns among the first k of each row.

    Args:
        scores: shape ``(queries, pictures)``, higher is better.
        relevant: shape ``(queries, pictures)``.
        k: the length of the list.
    """
    first = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return float(np.take_along_axis(relevant, first, axis=1).mean())


def one_hot(labels: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Return which of ``count`` columns each label names, shape ``(len(labels), count)``."""
    hot: NDArray[np.bool_] = labels[:, None] == np.arange(count)[None, :]
    return hot
