"""SQL that gives a root and all below it another place."""

import sqlite3
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.store import folders, searchable
from desktop_app.engine.store.id_lists import fetch_ids
from desktop_app.engine.store.storable import as_integer, as_text

# The tables whose paths lie below a root, and how to write where a path is taken already: two
# pictures never share one, while of two remarks about a path either will do.
_TABLES = (("pictures", "UPDATE"), ("skips", "UPDATE OR REPLACE"))

NewTime = tuple[int, int]
"""Picture id, and the modification time of its file in nanoseconds."""


def picture_ids(connection: sqlite3.Connection, root_id: int) -> NDArray[np.int64]:
    """The pictures of a root, shape ``(n,)``, rising."""
    return fetch_ids(
        connection, f"SELECT id FROM pictures WHERE root_id = {int(root_id)} ORDER BY id"
    )


def relocate(
    connection: sqlite3.Connection,
    root_id: int,
    new: str,
    separators: tuple[str, str],
    times: Iterable[NewTime],
) -> None:
    """Give a root another path, and all that lies below it; ids and vectors stay.

    Args:
        connection: Where to write.
        root_id: The root.
        new: Its new path.
        separators: What stands between names in its old path and in its new one.
        times: Pictures whose files have another time there, but the same content.
    """
    old: str = connection.execute("SELECT path FROM roots WHERE id = ?", (root_id,)).fetchone()[0]
    new = as_text(new)
    before, after = separators
    values = {
        "root": root_id,
        "old": old,
        "new": new,
        "base": new.rstrip(after) + after,
        "rest": len(old.rstrip(before)) + len(before) + 1,  # SQLite counts from 1
        "before": before,
        "after": after,
    }
    connection.execute("UPDATE roots SET path = :new WHERE id = :root", values)
    folders.relocate(connection, root_id, old, separators)
    for table, update in _TABLES:
        # Out of the way first: a new path may be the old one of another picture, because one
        # place can lie inside the other. No absolute path begins like that.
        connection.execute(
            f"UPDATE {table} SET path = 'moving ' || path WHERE root_id = :root", values
        )
        connection.execute(
            f"""
            {update} {table} SET path = CASE
                WHEN substr(path, 8) = :old THEN :new
                ELSE :base || replace(substr(path, 7 + :rest), :before, :after)
            END
            WHERE root_id = :root
            """,
            values,
        )
    searchable.rename_single(connection, root_id)
    connection.executemany(
        # The date that is shown stays: that of the original says more than that of a copy.
        "UPDATE pictures SET mtime_ns = ? WHERE id = ?",
        ((as_integer(mtime_ns), picture_id) for picture_id, mtime_ns in times),
    )
    # The next scan notes which folders are other drives there.
    connection.execute("DELETE FROM mounts WHERE root_id = ?", (root_id,))
