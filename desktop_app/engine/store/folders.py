"""SQL about the folders that pictures lie in; what names of folders say is asked of these few.

They come with the first picture in them. One that is empty stays until the next scan of its root.
"""

import re
import sqlite3

from desktop_app.engine.path_style import parts_below_drive, separator_of
from desktop_app.engine.records import RootKind
from desktop_app.engine.store.names import folded, split_path, words_of
from desktop_app.engine.store.storable import as_text

_DRIVE = re.compile("[A-Za-z]:")


def of_picture(connection: sqlite3.Connection, root_id: int, path: str) -> int:
    """The id of the folder of a picture's path, which may be new."""
    return _id_of(connection, root_id, split_path(as_text(path))[0])


def merge(connection: sqlite3.Connection, into_id: int, child_id: int) -> None:
    """Let the pictures of a root lie in folders of another one, which contains it."""
    rows = connection.execute("SELECT id, path FROM folders WHERE root_id = ?", (child_id,))
    for old_id, path in rows.fetchall():
        new_id = _id_of(connection, into_id, path)
        connection.execute(
            "UPDATE pictures SET folder_id = ? WHERE folder_id = ?", (new_id, old_id)
        )


def relocate(
    connection: sqlite3.Connection, root_id: int, old: str, separators: tuple[str, str]
) -> None:
    """Give the folders of a root that has a new path theirs.

    Args:
        connection: Where to write; the root has its new path already.
        root_id: The root.
        old: Its former path.
        separators: What stands between names in its old path and in its new one.
    """
    new, kind = _root(connection, root_id)
    before, after = separators
    top, new_top = (old, new) if kind is RootKind.FOLDER else (_above(old), _above(new))
    top, new_top = top.rstrip(before), new_top.rstrip(after)
    rows = connection.execute("SELECT id, path FROM folders WHERE root_id = ?", (root_id,))
    paths: dict[int, str] = {}
    for folder_id, path in rows.fetchall():
        there = new_top + path.rstrip(before)[len(top) :].replace(before, after)
        paths[folder_id] = there if after in there else there + after  # a top, such as E:\\
    # Out of the way first: a new path may be the old one of another folder.
    connection.execute("UPDATE folders SET path = 'moving ' || id WHERE root_id = ?", (root_id,))
    connection.executemany(
        "UPDATE folders SET path = ?, place = ?, inner = ?, words = ? WHERE id = ?",
        ((path, *_texts(path, new, kind), id_) for id_, path in paths.items()),
    )


def drop_empty(connection: sqlite3.Connection, root_id: int) -> None:
    """Forget the folders of a root that no picture lies in any more."""
    connection.execute(
        """
        DELETE FROM folders WHERE root_id = ?
            AND NOT EXISTS (SELECT 1 FROM pictures WHERE folder_id = folders.id)
        """,
        (root_id,),
    )


def place_of(path: str) -> str:
    """A folder's path as folders are compared: folded, a slash before and after every name.

    A drive is a name like others: ``C:/Photos`` -> ``/c:/photos/``.
    """
    separator = separator_of(path)
    place = path.replace(separator, "/").rstrip("/") + "/"
    return folded("/" + place if _DRIVE.match(place) else place)


def _id_of(connection: sqlite3.Connection, root_id: int, folder: str) -> int:
    row = connection.execute(
        "SELECT id FROM folders WHERE root_id = ? AND path = ?", (root_id, folder)
    ).fetchone()
    if row is not None:
        return int(row[0])
    root_path, kind = _root(connection, root_id)
    row = connection.execute(
        "INSERT INTO folders (root_id, path, place, inner, words) VALUES (?, ?, ?, ?, ?)"
        " RETURNING id",
        (root_id, folder, *_texts(folder, root_path, kind)),
    ).fetchone()
    return int(row[0])


def _texts(path: str, root_path: str, kind: RootKind) -> tuple[str, str, str]:
    """What is kept of a folder: its place, its names from that of the root on, and their words."""
    names = [] if kind is RootKind.FILE else inner_names(path, root_path)
    words = [word for name in names for word in words_of(name)]
    return place_of(path), folded("/".join(names)), f" {' '.join(words)} "


def inner_names(path: str, root_path: str) -> list[str]:
    """The names of a folder's path, from that of the root's own folder on."""
    names, above = parts_below_drive(path), parts_below_drive(root_path)
    return names[max(len(above) - 1, 0) :] if names[: len(above)] == above else names


def _root(connection: sqlite3.Connection, root_id: int) -> tuple[str, RootKind]:
    row = connection.execute("SELECT path, kind FROM roots WHERE id = ?", (root_id,)).fetchone()
    return row[0], RootKind(row[1])


def _above(path: str) -> str:
    return split_path(path)[0]
