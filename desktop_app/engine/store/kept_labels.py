"""SQL about what the user attached to pictures that are gone: it waits until their files are back.

A file that is gone may be on its way: to another drive, piece by piece, to a folder that is looked
through later, or to be written anew by a program that deletes first. One that is damaged may be
written anew, too. So ratings, tags and whatever else refers to a picture outlive it, among those
that have departed, and go to the picture that its file is when it is seen again.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from desktop_app.engine.store import departed
from desktop_app.engine.store.departed import IS_WHOLE, SOMEWHERE, Row
from desktop_app.engine.store.storable import as_text

IsThere = Callable[[int, str], bool]
"""Whether a picture can be reached now, by its root and path."""

_OF_PICTURE = ("id", "path", "size_bytes", "mtime_ns", "fingerprint", "content_hash")
"""What tells its file when it is back; the rest is read from that."""
_THESE = "IN (SELECT value FROM json_each(?))"
_IS_KEPT = f"NOT ({IS_WHOLE})"

# With CROSS, SQLite looks up a picture for each that has left, and not the other way round.
_AT_THEIR_PLACE = f"""
    SELECT departed.picture_id, pictures.id
    FROM departed CROSS JOIN pictures ON pictures.path = departed.path
    WHERE departed.place = departed.path
        OR (departed.place = '{SOMEWHERE}' AND pictures.fingerprint = departed.fingerprint)
    ORDER BY departed.at_s DESC
"""
_ELSEWHERE = f"""
    SELECT departed.picture_id, pictures.id, pictures.root_id, pictures.path,
        json_extract(departed.content, '$.pictures[0].content_hash.bytes'), pictures.content_hash
    FROM departed CROSS JOIN pictures
        ON pictures.size_bytes = json_extract(departed.content, '$.pictures[0].size_bytes')
        AND pictures.fingerprint = departed.fingerprint
    WHERE departed.place = '{SOMEWHERE}' AND pictures.missing_since_s IS NULL
    ORDER BY departed.at_s DESC, pictures.id DESC
"""


def keep(connection: sqlite3.Connection, ids: Iterable[int], *, is_damaged: bool = False) -> None:
    """Keep what is attached to pictures that are about to leave.

    Args:
        connection: Where to write.
        ids: The pictures.
        is_damaged: Whether their files are there, and can be read no more.
    """
    attached: dict[int, dict[str, list[Row]]] = {}
    wanted = json.dumps([int(each) for each in ids])
    if wanted == "[]":
        return
    for table, column in _attaching(connection):
        for row in departed.rows(connection, table, f"{column} {_THESE}", wanted):
            attached.setdefault(row[column], {}).setdefault(table, []).append(row)
    for picture_id, tables in attached.items():
        for whole in departed.rows(connection, "pictures", "id = ?", picture_id):
            picture = {name: whole[name] for name in _OF_PICTURE}
            place = picture["path"] if is_damaged else SOMEWHERE
            departed.write(connection, {"pictures": [picture], **tables}, place, time.time())


def note_gone(connection: sqlite3.Connection, paths: Sequence[str]) -> None:
    """Note that damaged files are there no more: another one of the name is not what they were."""
    wanted = json.dumps([as_text(path) for path in paths])
    connection.execute(
        f"UPDATE departed SET place = '{SOMEWHERE}' WHERE place = path AND path {_THESE}", (wanted,)
    )


def give_back(connection: sqlite3.Connection, is_there: IsThere) -> list[int]:
    """Attach what was kept to the pictures that the files are now.

    What has been attached to a picture since stays; a copy that has anything of its own gets
    nothing.

    Args:
        connection: Where to write.
        is_there: Whether a copy can be reached: no file has moved to where nothing can be.

    Returns:
        The ids of the pictures that got something.
    """
    columns = dict(_attaching(connection))
    insertion = departed.Insertion(connection)
    given: list[int] = []
    for picture_id, id_now in pairs(connection, is_there).items():
        for table, rows in departed.take(connection, picture_id, _IS_KEPT).items():
            for row in rows if table in columns else ():
                # What has come to it since, such as another rating, stays; a saved search may go.
                with suppress(sqlite3.IntegrityError):
                    insertion.into(table, row | {columns[table]: id_now})
        given.append(id_now)
    return given


def pairs(connection: sqlite3.Connection, is_there: IsThere) -> dict[int, int]:
    """Pictures of which something is kept, and those that their files are now, one to one."""
    if connection.execute(f"SELECT 1 FROM departed WHERE {_IS_KEPT} LIMIT 1").fetchone() is None:
        return {}
    columns = dict(_attaching(connection))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for picture_id, id_now in connection.execute(_AT_THEIR_PLACE).fetchall():
        if picture_id not in found and id_now not in taken:
            found[picture_id] = id_now
            taken.add(id_now)
    for picture_id, id_now, root_id, path, before, now in connection.execute(_ELSEWHERE).fetchall():
        is_same = before is None or now is None or bytes.fromhex(before) == now
        if (
            is_same
            and picture_id not in found
            and id_now not in taken
            and not _has_any(connection, columns, id_now)
            and is_there(root_id, path)
        ):
            found[picture_id] = id_now
            taken.add(id_now)
    return found


def _attaching(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The tables with what is attached to pictures, and by which column; vectors are made anew."""
    return (each for each in departed.referring(connection) if each[0] != "vectors")


def _has_any(connection: sqlite3.Connection, columns: Mapping[str, str], picture_id: int) -> bool:
    return any(
        connection.execute(
            f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (picture_id,)
        ).fetchone()
        for table, column in columns.items()
    )
