"""SQL about the average colours of pictures."""

import json
import sqlite3
from collections.abc import Iterable, Sequence


def of(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, int]:
    """0xRRGGBB by id; pictures of which it is not known, or that are gone, are missing."""
    rows = connection.execute(
        """
        SELECT id, average_colour FROM pictures
        WHERE id IN (SELECT value FROM json_each(?)) AND average_colour IS NOT NULL
        """,
        (json.dumps([int(one) for one in ids]),),
    )
    return dict(rows.fetchall())


def unknown(connection: sqlite3.Connection, after_id: int, limit: int) -> list[tuple[int, bytes]]:
    """Ids and fingerprints of the pictures after one, rising, whose colour is not known."""
    return connection.execute(
        """
        SELECT id, fingerprint FROM pictures INDEXED BY pictures_without_colour
        WHERE average_colour IS NULL AND id > ? ORDER BY id LIMIT ?
        """,
        (after_id, limit),
    ).fetchall()


def write(connection: sqlite3.Connection, found: Sequence[tuple[int, bytes, int]]) -> None:
    """Note colours, by id and fingerprint; pictures with another content by now are left."""
    connection.executemany(
        "UPDATE pictures SET average_colour = ? WHERE id = ? AND fingerprint = ?",
        [(colour, picture_id, fingerprint) for picture_id, fingerprint, colour in found],
    )
