"""SQL about pictures that left with their files, and may come back as what they were.

All rows of theirs are kept as text, whichever tables these are in: what refers to a picture goes
with it and comes back with it.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from desktop_app.engine.store import vectors
from desktop_app.engine.store.storable import as_text

Departure = tuple[int, str]
"""A picture's id, and where its file is now; empty for the trash."""

_BYTES = "bytes"
_Row = dict[str, Any]


def keep(connection: sqlite3.Connection, departures: Sequence[Departure], at_s: float) -> list[int]:
    """Take pictures out of the library and keep what is known of them.

    Returns:
        The ids of those that were there.
    """
    kept = []
    referring = list(_referring(connection)) if departures else []
    for picture_id, place in departures:
        rows = _rows(connection, "pictures", "id", picture_id)
        if not rows:
            continue
        content = {"pictures": rows}
        for table, column in referring:
            content.setdefault(table, []).extend(_rows(connection, table, column, picture_id))
        connection.execute(
            "INSERT OR REPLACE INTO departed VALUES (?, ?, ?, ?, ?, ?)",
            (
                picture_id,
                at_s,
                rows[0]["path"],
                as_text(place),
                rows[0]["fingerprint"],
                json.dumps(content, default=_encoded, ensure_ascii=True),
            ),
        )
        kept.append(picture_id)
    connection.executemany("DELETE FROM pictures WHERE id = ?", [(each,) for each in kept])
    return kept


def bring_back(connection: sqlite3.Connection, roots: Mapping[int, int]) -> list[int]:
    """Enter pictures again with all that was known of them; their paths are to be written next.

    Args:
        connection: Where to write.
        roots: The root that each belongs to, by the pictures' ids.

    Returns:
        The ids of those that were kept.
    """
    back = []
    columns: dict[str, list[str]] = {}
    for picture_id, root_id in roots.items():
        row = connection.execute(
            "DELETE FROM departed WHERE picture_id = ? RETURNING content", (picture_id,)
        ).fetchone()
        if row is None:
            continue
        content: dict[str, list[_Row]] = json.loads(row[0], object_hook=_decoded)
        for table in content:
            if table not in columns:
                columns[table] = _given_columns(connection, table)
        (picture,) = content.pop("pictures")
        # No absolute path looks like that; the file may have come back under the old one already.
        picture |= {"root_id": root_id, "folder_id": None, "path": f"back {picture_id}"}
        picture["missing_since_s"] = None
        _insert(connection, "pictures", columns["pictures"], picture)
        for table, rows in content.items():
            for each in rows:
                # What it referred to beside the picture, such as a saved search, may be gone.
                with suppress(sqlite3.IntegrityError):
                    _insert(connection, table, columns[table], each)
        back.append(picture_id)
    if back:
        connection.executemany(
            "UPDATE vectors SET revision = ? WHERE picture_id = ? AND model_id = ?",
            [
                (revision, picture_id, model_id)
                for model_id, revision in vectors.begin_change_of_all(connection).items()
                for picture_id in back
            ],
        )
    return back


def returned(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """Departed pictures whose file is in the library again, as another picture: both ids.

    It is where it was, or where it went, and has the content it had.
    """
    return connection.execute(
        """
        SELECT departed.picture_id, pictures.id FROM departed
        JOIN pictures ON pictures.path IN (departed.path, departed.place)
            AND pictures.fingerprint = departed.fingerprint
        ORDER BY departed.at_s
        """
    ).fetchall()


def expire(connection: sqlite3.Connection, before_s: float) -> int:
    """Forget those that left long ago; returns how many."""
    return connection.execute("DELETE FROM departed WHERE at_s < ?", (before_s,)).rowcount


def _referring(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The tables whose rows go with a picture, and by which column."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for key in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            if key[2] == "pictures":
                yield table, key[3]


def _rows(connection: sqlite3.Connection, table: str, column: str, value: int) -> list[_Row]:
    cursor = connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (value,))
    names = [each[0] for each in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _given_columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table that rows are given; none where it is no more."""
    known = connection.execute(f"PRAGMA table_info({table})").fetchall()
    # A number that only tells rows apart may have been given to another row since.
    return [each[1] for each in known if table == "pictures" or not _is_row_number(each)]


def _insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], row: _Row) -> None:
    names = [name for name in columns if name in row]
    if names:
        marks = ", ".join("?" * len(names))
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
            [row[name] for name in names],
        )


def _is_row_number(column: Sequence[Any]) -> bool:
    _, name, kind, _, _, key = column
    return bool(key) and kind.upper() == "INTEGER" and name == "id"


def _encoded(value: object) -> dict[str, str]:
    if isinstance(value, bytes):
        return {_BYTES: value.hex()}
    raise TypeError(f"SQLite does not hold {type(value)}")


def _decoded(value: dict[str, Any]) -> Any:
    return bytes.fromhex(value[_BYTES]) if value.keys() == {_BYTES} else value
