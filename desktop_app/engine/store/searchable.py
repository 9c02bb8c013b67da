"""What is kept of pictures, beside their files and vectors, so that they can be searched."""

import sqlite3
import time
from collections.abc import Iterator

from desktop_app.engine.records import RootKind
from desktop_app.engine.store import folders
from desktop_app.engine.store.names import folded, sort_key, split_path, words_apart

NameTexts = tuple[str, str | None, str]
"""Of a file's name: folded; its words where they are not those of the name; what sorts it."""

_ROWS_AT_ONCE = 10_000


def name_texts(path: str) -> NameTexts:
    """What is kept of the name of a file."""
    name = split_path(path)[1]
    return folded(name), words_apart(name), sort_key(name)


def local_offset_s(time_s: float) -> int:
    """How far the clocks of this computer's place were before UTC at a time, in seconds."""
    try:
        return time.localtime(time_s).tm_gmtoff
    except (OSError, OverflowError, ValueError):  # Windows before 1970, any system after 10^16 s
        return 0


def rename_single(connection: sqlite3.Connection, root_id: int) -> None:
    """Give the picture of a root that is a single file the texts of its present name."""
    rows = connection.execute(
        "SELECT pictures.path, pictures.id FROM pictures JOIN roots ON roots.id = root_id"
        " WHERE root_id = ? AND kind = ?",
        (root_id, RootKind.FILE.value),
    ).fetchall()
    connection.executemany(
        "UPDATE pictures SET name = ?, words = ?, sort_name = ? WHERE id = ?",
        [(*name_texts(path), picture_id) for path, picture_id in rows],
    )


def fill(connection: sqlite3.Connection) -> None:
    """Complete the rows of a catalog that had none of this."""
    for rows in _chunks(connection):
        known: dict[tuple[int, str], int] = {}
        for _, root_id, path, _ in rows:
            place = (root_id, split_path(path)[0])
            if place not in known:
                known[place] = folders.of_picture(connection, root_id, path)
        connection.executemany(
            "UPDATE pictures SET folder_id = ?, name = ?, words = ?, sort_name = ?,"
            " utc_offset_s = ?, wall_s = date_s + ? WHERE id = ?",
            (
                (
                    known[root_id, split_path(path)[0]],
                    *name_texts(path),
                    offset_s := local_offset_s(date_s),
                    offset_s,
                    picture_id,
                )
                for picture_id, root_id, path, date_s in rows
            ),
        )


def _chunks(connection: sqlite3.Connection) -> Iterator[list[tuple[int, int, str, float]]]:
    last_id = -1
    while rows := connection.execute(
        "SELECT id, root_id, path, date_s FROM pictures WHERE id > ? ORDER BY id LIMIT ?",
        (last_id, _ROWS_AT_ONCE),
    ).fetchall():
        last_id = rows[-1][0]
        yield rows
