"""SQL that reads the catalog from one end to the other, for those who take it elsewhere."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

_ROWS_AT_ONCE = 10_000
"""With vectors of 512 numbers 10 MB."""


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A picture, and its vector if that was asked for.

    Attributes:
        id: The catalog's id.
        path: Absolute path.
        root_id: The root it belongs to.
        size_bytes: Length of its file.
        mtime_ns: Modification time of its file, nanoseconds since the epoch.
        width_px: Width of the upright picture.
        height_px: Height of the upright picture.
        format: Pillow's name of the format.
        taken_at_s: When it was taken, seconds since the epoch; None if unsaid.
        utc_offset_s: How far the clock of its time was before UTC.
        camera: Maker and model of what took it; None where it is not known.
        missing_since_s: Since when its file is gone; None where it is there.
        vector: Little-endian float16 numbers; None where it has none.
    """

    id: int
    path: str
    root_id: int
    size_bytes: int
    mtime_ns: int
    width_px: int
    height_px: int
    format: str
    taken_at_s: float | None
    utc_offset_s: int
    camera: str | None
    missing_since_s: float | None
    vector: bytes | None


def chunks(connection: sqlite3.Connection, model_key: str | None) -> Iterator[list[StoredRow]]:
    """Every picture, by id rising.

    Args:
        connection: Where to read; others of its thread may use it between two chunks.
        model_key: Whose vectors to read too; None reads none.
    """
    last_id = 0
    while True:
        rows = connection.execute(
            """
            SELECT id, path, root_id, size_bytes, mtime_ns, width_px, height_px, format,
                   taken_at_s, utc_offset_s, camera, missing_since_s,
                   CASE WHEN ?1 IS NOT NULL THEN (
                       SELECT data FROM vectors WHERE picture_id = pictures.id
                           AND model_id = (SELECT id FROM models WHERE key = ?1)
                   ) END
            FROM pictures WHERE id > ?2 ORDER BY id LIMIT ?3
            """,
            (model_key, last_id, _ROWS_AT_ONCE),
        ).fetchall()
        if not rows:
            return
        last_id = rows[-1][0]
        yield [StoredRow(*row) for row in rows]
