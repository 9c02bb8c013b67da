"""The pictures whose file names begin with what was typed."""

import re
import sqlite3

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.store.id_lists import fetch_ids
from desktop_app.engine.store.names import folded, sort_key

_LAST_NUMBER = re.compile("[0-9]+$")
_LAST_CHARACTER = "\U0010ffff"


def ids_beginning(connection: sqlite3.Connection, typed: str) -> NDArray[np.int64]:
    """Find names by their beginning: upper and lower case are the same, accents need not be typed.

    One range of the index by name is read, and no record. Behind a number that may go on, such as
    ``img_2``, the names of that range are looked at one by one; accents and zeros in front of
    numbers count then.

    Args:
        connection: Where to read.
        typed: Not empty.

    Returns:
        Their ids by name, shape ``(n,)``.
    """
    # In what names are sorted by, the count of a number's digits stands before them, so that only
    # what is before the last number is known to begin it.
    head = sort_key(_LAST_NUMBER.sub("", typed))
    text = folded(typed)
    select = "SELECT id FROM pictures WHERE sort_name >= ? AND sort_name < ?"
    parameters: list[str | float] = [head, head + _LAST_CHARACTER]
    if _LAST_NUMBER.search(typed):
        select += " AND substr(name, 1, ?) = ?"
        parameters += [len(text), text]
    return fetch_ids(connection, f"{select} ORDER BY sort_name, name, folder_id, id", parameters)
