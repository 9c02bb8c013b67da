"""SQL about how pictures were taken, where nobody has looked into the file for it yet."""

import sqlite3
from collections.abc import Sequence

from desktop_app.engine.records import FileStamp, FoundFile, PictureDetails
from desktop_app.engine.store.places import AT_OR_BELOW, range_below
from desktop_app.engine.store.storable import as_integer, as_text

NewDetails = tuple[FoundFile, PictureDetails | None]
"""A file as it was found, and what it says; None where it says nothing that can be read."""

# The plus signs keep SQLite from going through all paths of the root instead of the few unread.
_THERE = AT_OR_BELOW.replace("path", "+path")


def count_unread(connection: sqlite3.Connection, root_id: int, place: str) -> int:
    """How many pictures of a root, at a place or below it, have not been looked into."""
    row = connection.execute(
        f"""
        SELECT count(*) FROM pictures
        WHERE root_id = ? AND has_details = 0 AND missing_since_s IS NULL AND {_THERE}
        """,
        (root_id, *range_below(place)),
    ).fetchone()
    return int(row[0])


def unread(
    connection: sqlite3.Connection, root_id: int, place: str, after_id: int, limit: int
) -> list[tuple[int, FoundFile]]:
    """Those after an id, rising: their ids and files."""
    rows = connection.execute(
        f"""
        SELECT id, path, size_bytes, mtime_ns FROM pictures
        WHERE root_id = ? AND has_details = 0 AND missing_since_s IS NULL AND {_THERE}
            AND id > ?
        ORDER BY id LIMIT ?
        """,
        (root_id, *range_below(place), after_id, limit),
    )
    return [
        (picture_id, FoundFile(path, FileStamp(size_bytes, mtime_ns)))
        for picture_id, path, size_bytes, mtime_ns in rows
    ]


def write(connection: sqlite3.Connection, found: Sequence[NewDetails]) -> None:
    """Note what files say; pictures whose file is another one by now stay as they are."""
    connection.executemany(
        """
        UPDATE pictures SET has_details = 1, camera = ?1, taken_at_s = COALESCE(?2, taken_at_s),
                            date_s = COALESCE(?2, date_s),
                            utc_offset_s = COALESCE(?3, utc_offset_s),
                            wall_s = COALESCE(?2, date_s) + COALESCE(?3, utc_offset_s)
        WHERE path = ?4 AND size_bytes = ?5 AND mtime_ns = ?6
        """,
        (
            (
                None if details is None else details.camera,
                None if details is None else details.taken_at_s,
                None if details is None else details.utc_offset_s,
                as_text(file.path),
                as_integer(file.stamp.size_bytes),
                as_integer(file.stamp.mtime_ns),
            )
            for file, details in found
        ),
    )
