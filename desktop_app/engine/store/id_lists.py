"""Long lists of ids from the catalog."""

import sqlite3
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_PART_CHARACTERS = 400_000


def fetch_ids(
    connection: sqlite3.Connection, select: str, parameters: Sequence[str | float] = ()
) -> NDArray[np.int64]:
    """Run a query of one column named ``id``; keeps its order.

    The list crosses from SQLite as one text: a third of the time of a million rows, and other
    threads run meanwhile. The order of a subquery is kept for every aggregate except count, min
    and max (``select.c``, where SQLite says when it leaves out an ORDER BY).

    Returns:
        The ids, shape ``(n,)``.
    """
    return fetch_columns(connection, ["id"], select, parameters)[0]


def fetch_columns(
    connection: sqlite3.Connection,
    names: Sequence[str],
    select: str,
    parameters: Sequence[str | float] = (),
) -> list[NDArray[np.int64]]:
    """Run a query of some columns, named here, of whole numbers from 0 on, the same way.

    Returns:
        An array a column, each of shape ``(n,)``.
    """
    lists = ", ".join(f"group_concat({name})" for name in names)
    row = connection.execute(f"SELECT {lists} FROM ({select})", parameters).fetchone()
    columns = [_numbers(text or "") for text in row]
    if len({len(column) for column in columns}) > 1:  # NULL is left out
        raise ValueError("not columns of numbers")
    return columns


def _numbers(text: str) -> NDArray[np.int64]:
    parts = [np.empty(0, dtype=np.int64)]
    start = 0
    # In parts, because no other thread runs during one: 17 ms for a million ids at once.
    while start < len(text):
        end = text.find(",", start + _PART_CHARACTERS)
        end = len(text) if end < 0 else end
        parts.append(_parsed(text[start:end]))
        start = end + 1
    return np.concatenate(parts)


def _parsed(text: str) -> NDArray[np.int64]:
    # In a damaged catalog anything may stand there, and what cannot be read would be left out.
    if not text.replace(",", "").isdigit():
        raise ValueError("not a list of ids")
    return np.fromstring(text, dtype=np.int64, sep=",")
