"""SQL and arithmetic that say what some pictures come to together."""

import datetime as dt
import json
import sqlite3

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import PictureSums
from desktop_app.engine.store.chosen_ids import ChosenIds
from desktop_app.engine.store.id_lists import fetch_columns

_FEW = 16
"""Ids that are fewer than a sixteenth of the library are looked up one by one."""

_DAYS_BEFORE = 1_000_000
"""Added to days since 1970, so that none is negative: numbers come from SQLite as digits."""

_DAY = f"CAST(wall_s / 86400.0 + {_DAYS_BEFORE} AS INTEGER)"
_EPOCH = dt.date(1970, 1, 1)

_SUMS = f"""
    SELECT count(*), coalesce(sum(size_bytes), 0), min({_DAY}), max({_DAY}),
           count(DISTINCT folder_id), min(folder_id)
    FROM pictures
"""


def sums(connection: sqlite3.Connection, ids: NDArray[np.int64] | None) -> PictureSums:
    """What pictures come to: 0.4 s for 1,000,000 that are all, 1.1 s for any half of them.

    Args:
        connection: Where to read.
        ids: The pictures, int64, shape ``(n,)``, each once; None takes all. Those that are gone
            do not count.
    """
    if ids is None:
        row = connection.execute(f"{_SUMS} INDEXED BY pictures_by_folder").fetchone()
        return _sums(connection, *row)
    [total] = connection.execute("SELECT count(*) FROM pictures").fetchone()
    if len(ids) * _FEW < total:
        select = f"{_SUMS} WHERE id IN (SELECT value FROM json_each(?))"
        return _sums(connection, *connection.execute(select, [json.dumps(ids.tolist())]).fetchone())
    known, sizes, days, folders = fetch_columns(
        connection,
        ["id", "size_bytes", "day", "folder_id"],
        f"SELECT id, size_bytes, {_DAY} AS day, folder_id FROM pictures ORDER BY id",
    )
    places = ChosenIds(ids).places_in(known)
    if not len(places):
        return PictureSums()
    there = np.unique(folders[places])
    return _sums(
        connection,
        len(places),
        int(sizes[places].sum()),
        int(days[places].min()),
        int(days[places].max()),
        len(there),
        int(there[0]),
    )


def _sums(
    connection: sqlite3.Connection,
    count: int,
    size_bytes: int,
    first: int | None,
    last: int | None,
    folders: int,
    folder_id: int | None,
) -> PictureSums:
    path = ""
    if folders == 1:
        row = connection.execute("SELECT path FROM folders WHERE id = ?", (folder_id,)).fetchone()
        path = row[0] if row is not None else ""
    return PictureSums(count, size_bytes, _date(first), _date(last), folders, path)


def _date(day: int | None) -> dt.date | None:
    try:
        return None if day is None else _EPOCH + dt.timedelta(day - _DAYS_BEFORE)
    except OverflowError:
        return None
