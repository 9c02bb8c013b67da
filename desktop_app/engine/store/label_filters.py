"""What filters of labels leave, and what they take away."""

import sqlite3
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.query_language.parts import MOST_STARS, Filter, Rated, Tagged
from desktop_app.engine.store import labels
from desktop_app.engine.store.chosen_ids import rising


def ids_of(
    connection: sqlite3.Connection, filters: Sequence[Filter]
) -> tuple[list[NDArray[np.int64]], list[NDArray[np.int64]]]:
    """The pictures that ratings and tags ask for; other filters are passed over.

    Most pictures of a library have neither. What asks for those that have no label is answered
    with what is to be taken away, so that nobody has to list all the others.

    Returns:
        Lists of which a picture must be in every one, and lists of which it must be in none; ids
        of each, int64, shape ``(n,)``, rising.
    """
    wanted: list[NDArray[np.int64]] = []
    unwanted: list[NDArray[np.int64]] = []
    for one in filters:
        if isinstance(one, Tagged):
            (unwanted if one.is_excluded else wanted).append(
                labels.pictures_of(connection, one.tag)
            )
    asked = _stars([one for one in filters if isinstance(one, Rated)])
    if 0 not in asked:
        wanted.append(rising(labels.rated(connection, sorted(asked))))
    elif others := set(range(1, MOST_STARS + 1)) - asked:
        unwanted.append(rising(labels.rated(connection, sorted(others))))
    return wanted, unwanted


def _stars(asked: Sequence[Rated]) -> set[int]:
    """The ratings that are asked for, 0 for none: of several one is enough, or none may be."""
    every = set(range(MOST_STARS + 1))
    within = [set(range(one.least, one.most + 1)) for one in asked if not one.is_excluded]
    without = [set(range(one.least, one.most + 1)) for one in asked if one.is_excluded]
    return (set().union(*within) if within else every) - set().union(*without)
