"""SQL and arithmetic that put ids in order and say where groups begin; no record is read."""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.path_style import separator_of
from desktop_app.engine.records import Arrangement, Group, GroupBy, SortBy
from desktop_app.engine.store.id_lists import fetch_columns
from desktop_app.engine.store.names import sort_key

_FEW = 16
"""Ids that are fewer than a sixteenth of the library are looked up one by one."""

_SPARSE = 16
"""Where ids go that much further than there are pictures, no table of all of them is made."""

_DAYS_BEFORE = 1_000_000
"""Added to days since 1970, so that none is negative: numbers come from SQLite as digits."""

_EPOCH = dt.date(1970, 1, 1)

_DAY = f"CAST(wall_s / 86400.0 + {_DAYS_BEFORE} AS INTEGER)"

_ORDERS = {
    SortBy.RELEVANCE: "wall_s DESC, id DESC",
    SortBy.DATE: "wall_s, id",
    SortBy.NAME: "sort_name, name, folder_id, id",
    SortBy.FOLDER: "sort_name, name, folder_id, id",
    SortBy.SIZE: "size_bytes, fingerprint, id",
}
"""Each is that of an index."""


def arranged(
    connection: sqlite3.Connection,
    ids: NDArray[np.int64] | None,
    sort_by: SortBy,
    group_by: GroupBy,
    *,
    descending: bool,
) -> Arrangement:
    """Sort pictures, and put those of a group together.

    Groups come in the order of their first pictures: with `SortBy.RELEVANCE` in that of their
    best hits.

    Args:
        connection: Where to read.
        ids: The pictures, int64, shape ``(n,)``, each once, best first; None takes all, the newest
            first. Those that are gone are left out.
        sort_by: What to sort by.
        group_by: What to group by.
        descending: Whether to turn the order round; relevance falls always.
    """
    [ordered] = _fetch(connection, ids, order=_ORDERS[sort_by])
    if sort_by is SortBy.RELEVANCE and ids is not None:
        ordered = ids[np.isin(ids, ordered)]
    by_folder = sort_by is SortBy.FOLDER or group_by is GroupBy.FOLDER
    paths = _folder_paths(connection) if by_folder else {}
    folders = _looked_up(connection, ids, "folder_id", ordered) if by_folder else ordered
    if sort_by is SortBy.FOLDER:
        order = np.argsort(_folder_ranks(paths)[folders], kind="stable")
        ordered, folders = ordered[order], folders[order]
    if descending and sort_by is not SortBy.RELEVANCE:
        ordered, folders = ordered[::-1], folders[::-1]
    if group_by is GroupBy.NONE or not len(ordered):
        return Arrangement(ordered)
    if group_by is GroupBy.FOLDER:
        return _grouped(ordered, _same_paths(paths)[folders], paths.__getitem__)
    days = _looked_up(connection, ids, _DAY, ordered) - _DAYS_BEFORE
    dates = days.astype("datetime64[D]")
    if group_by is GroupBy.MONTH:
        dates = dates.astype("datetime64[M]").astype("datetime64[D]")
    return _grouped(ordered, dates.astype(np.int64), lambda day: _EPOCH + dt.timedelta(day))


def _fetch(
    connection: sqlite3.Connection,
    ids: NDArray[np.int64] | None,
    column: str | None = None,
    order: str | None = None,
) -> list[NDArray[np.int64]]:
    """The ids of some pictures or of all, and what a column says of them, if one is given."""
    names = ["id"] if column is None else ["id", "value"]
    columns = "id" if column is None else f"id, {column} AS value"
    by = "" if order is None else f" ORDER BY {order}"
    if ids is not None:
        [total] = connection.execute("SELECT count(*) FROM pictures").fetchone()
        if len(ids) * _FEW < total:
            select = f"""
                SELECT {columns} FROM pictures
                WHERE id IN (SELECT value FROM json_each(?)){by}
            """
            return fetch_columns(connection, names, select, [json.dumps(ids.tolist())])
    index = "" if order is not None else " INDEXED BY pictures_by_folder"
    found = fetch_columns(connection, names, f"SELECT {columns} FROM pictures{index}{by}")
    if ids is None:
        return found
    is_wanted = np.isin(found[0], ids)
    return [column[is_wanted] for column in found]


def _looked_up(
    connection: sqlite3.Connection,
    ids: NDArray[np.int64] | None,
    column: str,
    ordered: NDArray[np.int64],
) -> NDArray[np.int64]:
    """What a column says of pictures, in their order."""
    known, values = _fetch(connection, ids, column)
    if not len(known) or known.max() > len(known) * _SPARSE:
        by_id = np.argsort(known)
        return values[by_id[np.searchsorted(known, ordered, sorter=by_id)]]
    # Looking up a million in a sorted list, in no order, takes two seconds, and this 20 ms.
    table = np.empty(int(known.max()) + 1, dtype=np.int64)
    table[known] = values
    return table[ordered]


def _folder_paths(connection: sqlite3.Connection) -> dict[int, str]:
    return dict(connection.execute("SELECT id, path FROM folders ORDER BY id").fetchall())


def _same_paths(paths: dict[int, str]) -> NDArray[np.int64]:
    """By the id of a folder, the first one of the same path: it may be in several roots."""
    firsts: dict[str, int] = {}
    return _table({id_: firsts.setdefault(path, id_) for id_, path in paths.items()})


def _folder_ranks(paths: dict[int, str]) -> NDArray[np.int64]:
    """By the id of a folder, its place in the natural order of paths."""
    names = cache(sort_key)  # most are in many paths
    keys = {
        path: [names(name) for name in path.split(separator_of(path))]
        for path in set(paths.values())
    }
    ranks = {path: rank for rank, path in enumerate(sorted(keys, key=lambda one: (keys[one], one)))}
    return _table({id_: ranks[path] for id_, path in paths.items()})


def _table(values: dict[int, int]) -> NDArray[np.int64]:
    table = np.zeros(max(values, default=0) + 1, dtype=np.int64)
    table[list(values)] = list(values.values())
    return table


def _grouped(
    ordered: NDArray[np.int64],
    keys: NDArray[np.int64],
    key_of: Callable[[int], dt.date | str],
) -> Arrangement:
    """Put equal keys together; otherwise the order stays."""
    values, firsts, places = np.unique(keys, return_index=True, return_inverse=True)
    by_first = np.argsort(firsts)
    rank = np.empty(len(values), dtype=np.int64)
    rank[by_first] = np.arange(len(values))
    ranks = rank[places]
    starts = np.concatenate([[0], np.cumsum(np.bincount(ranks))[:-1]])
    groups = tuple(
        Group(first_row, key_of(value))
        for first_row, value in zip(starts.tolist(), values[by_first].tolist(), strict=True)
    )
    return Arrangement(ordered[np.argsort(ranks, kind="stable")], groups)
