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

Row = dict[str, Any]

SOMEWHERE = "?"
"""In the place of a path, of what `kept_labels` keeps: nobody knows where the file is."""
IS_WHOLE = f"place NOT IN ('{SOMEWHERE}', path)"
"""Of what left by the user's own deed, unlike what `kept_labels` keeps."""
_BYTES = "bytes"


def keep(connection: sqlite3.Connection, departures: Sequence[Departure], at_s: float) -> list[int]:
    """Take pictures out of the library and keep what is known of them.

    Returns:
        The ids of those that were there.
    """
    kept = []
    tables = list(referring(connection)) if departures else []
    for picture_id, place in departures:
        pictures = rows(connection, "pictures", "id = ?", picture_id)
        if not pictures:
            continue
        content = {"pictures": pictures}
        for table, column in tables:
            content.setdefault(table, []).extend(
                rows(connection, table, f"{column} = ?", picture_id)
            )
        write(connection, content, place, at_s)
        kept.append(picture_id)
    connection.executemany("DELETE FROM pictures WHERE id = ?", [(each,) for each in kept])
    return kept


def write(
    connection: sqlite3.Connection, content: Mapping[str, Sequence[Row]], place: str, at_s: float
) -> None:
    """Write what is known of a picture, by table.

    Args:
        connection: Where to write.
        content: Rows by table; the only one of ``pictures`` is its own.
        place: Where its file is.
        at_s: Now, seconds since the epoch.
    """
    (picture,) = content["pictures"]
    connection.execute(
        "INSERT OR REPLACE INTO departed VALUES (?, ?, ?, ?, ?, ?)",
        (
            picture["id"],
            at_s,
            picture["path"],
            as_text(place),
            picture["fingerprint"],
            json.dumps(content, default=_encoded, ensure_ascii=True),
        ),
    )


def take(connection: sqlite3.Connection, picture_id: int, where: str) -> dict[str, list[Row]]:
    """Take out what was written of a picture, if a condition holds; empty if there is nothing."""
    row = connection.execute(
        f"DELETE FROM departed WHERE picture_id = ? AND {where} RETURNING content", (picture_id,)
    ).fetchone()
    content: dict[str, list[Row]] = {} if row is None else json.loads(row[0], object_hook=_decoded)
    return content


def bring_back(connection: sqlite3.Connection, roots: Mapping[int, int]) -> list[int]:
    """Enter pictures again with all that was known of them; their paths are to be written next.

    Args:
        connection: Where to write.
        roots: The root that each belongs to, by the pictures' ids.

    Returns:
        The ids of those that were kept.
    """
    back = []
    insertion = Insertion(connection)
    for picture_id, root_id in roots.items():
        content = take(connection, picture_id, IS_WHOLE)
        if not content:
            continue
        (picture,) = content.pop("pictures")
        # No absolute path looks like that; the file may have come back under the old one already.
        picture |= {"root_id": root_id, "folder_id": None, "path": f"back {picture_id}"}
        picture["missing_since_s"] = None
        insertion.into("pictures", picture)
        for table, referring_rows in content.items():
            for each in referring_rows:
                # What it referred to beside the picture, such as a saved search, may be gone.
                with suppress(sqlite3.IntegrityError):
                    insertion.into(table, each)
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
        f"""
        SELECT departed.picture_id, pictures.id
        FROM (SELECT * FROM departed WHERE {IS_WHOLE}) AS departed
        JOIN pictures ON pictures.path IN (departed.path, departed.place)
            AND pictures.fingerprint = departed.fingerprint
        ORDER BY departed.at_s
        """
    ).fetchall()


def expire(connection: sqlite3.Connection, before_s: float) -> int:
    """Forget those that left long ago; returns how many."""
    return connection.execute("DELETE FROM departed WHERE at_s < ?", (before_s,)).rowcount


def referring(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The tables whose rows go with a picture, and by which column."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for key in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            if key[2] == "pictures":
                yield table, key[3]


def rows(connection: sqlite3.Connection, table: str, where: str, value: int | str) -> list[Row]:
    """The rows of a table for which a condition with one parameter holds."""
    cursor = connection.execute(f"SELECT * FROM {table} WHERE {where}", (value,))
    names = [each[0] for each in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Insertion:
    """Writes rows as they were.

    Args:
        connection: Where to write.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._columns: dict[str, list[str]] = {}

    def into(self, table: str, row: Row) -> None:
        """Insert a row; nothing where the table is no more.

        Raises:
            sqlite3.IntegrityError: If something that it refers to is gone, or one like it is there.
        """
        if table not in self._columns:
            known = self._connection.execute(f"PRAGMA table_info({table})").fetchall()
            # A number that only tells rows apart may have been given to another row since.
            self._columns[table] = [
                each[1] for each in known if table == "pictures" or not _is_row_number(each)
            ]
        names = [name for name in self._columns[table] if name in row]
        if names:
            marks = ", ".join("?" * len(names))
            self._connection.execute(
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
