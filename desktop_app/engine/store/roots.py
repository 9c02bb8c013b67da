"""SQL about roots: the folders and single pictures that the user added."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.engine.records import RootKind
from desktop_app.engine.store import folders, kept_labels
from desktop_app.engine.store.storable import as_text


@dataclass(frozen=True, slots=True)
class StoredRoot:
    """A root as the catalog knows it; whether it is connected is for others to say.

    Attributes:
        id: The catalog's id.
        path: Absolute path.
        kind: Folder or single file.
        scanned_at_s: When its last complete scan ended, None if never.
        picture_count: Pictures of it in the library.
        missing_count: Pictures among them whose removal waits for the user's yes.
        missing_since_s: When the last of those was found gone; 0 where there are none.
    """

    id: int
    path: str
    kind: RootKind
    scanned_at_s: float | None
    picture_count: int
    missing_count: int = 0
    missing_since_s: float = 0.0


PlaceKey = int | str
"""The id of a root, or the path of a drive that is mounted somewhere below one."""


@dataclass(frozen=True, slots=True)
class RootPlace:
    """Where a root is, or a drive below it.

    Attributes:
        path: Absolute path.
        was_mount: Whether a drive was mounted right there when it was last scanned.
    """

    path: str
    was_mount: bool = False


def add(connection: sqlite3.Connection, path: str, kind: RootKind) -> int:
    """Add a root, or find the one of that path; returns its id."""
    connection.execute(
        "INSERT INTO roots (path, kind) VALUES (?, ?) ON CONFLICT (path) DO NOTHING",
        (as_text(path), kind.value),
    )
    row = connection.execute("SELECT id FROM roots WHERE path = ?", (as_text(path),)).fetchone()
    return int(row[0])


def all_of_them(connection: sqlite3.Connection) -> list[StoredRoot]:
    """Every root, in the order they were added."""
    rows = connection.execute(
        """
        SELECT id, path, kind, scanned_at_s,
               (SELECT count(*) FROM pictures WHERE root_id = roots.id),
               (SELECT count(*) FROM pictures
                WHERE root_id = roots.id AND missing_since_s IS NOT NULL),
               (SELECT coalesce(max(missing_since_s), 0.0) FROM pictures
                WHERE root_id = roots.id AND missing_since_s IS NOT NULL)
        FROM roots ORDER BY id
        """
    )
    return [
        StoredRoot(root_id, path, RootKind(kind), scanned_at_s, count, missing, since_s)
        for root_id, path, kind, scanned_at_s, count, missing, since_s in rows
    ]


def places(connection: sqlite3.Connection) -> dict[PlaceKey, RootPlace]:
    """Where every root is, and every drive that was mounted below one; counts nothing."""
    rows = connection.execute(
        """
        SELECT id, path,
               EXISTS (SELECT 1 FROM mounts WHERE root_id = roots.id AND path = roots.path)
        FROM roots ORDER BY id
        """
    )
    found: dict[PlaceKey, RootPlace] = {
        root_id: RootPlace(path, bool(was_mount)) for root_id, path, was_mount in rows
    }
    below = connection.execute(
        "SELECT path FROM mounts WHERE path NOT IN (SELECT path FROM roots) ORDER BY path"
    )
    found.update((path, RootPlace(path, was_mount=True)) for (path,) in below)
    return found


def remove(connection: sqlite3.Connection, root_id: int) -> None:
    """Remove a root with its pictures, their vectors and its skipped files."""
    connection.execute("DELETE FROM roots WHERE id = ?", (root_id,))


def remove_some_pictures(
    connection: sqlite3.Connection, root_id: int, limit: int
) -> list[tuple[int, bytes]]:
    """Remove so many pictures of a root, with their vectors; returns ids and fingerprints.

    What the user attached to them waits: the folder may be added again.
    """
    rows = connection.execute(
        "SELECT id, fingerprint FROM pictures WHERE root_id = ? LIMIT ?", (root_id, limit)
    ).fetchall()
    kept_labels.keep(connection, (picture_id for picture_id, _ in rows))
    connection.executemany(
        "DELETE FROM pictures WHERE id = ?", [(picture_id,) for picture_id, _ in rows]
    )
    return [(picture_id, bytes(fingerprint)) for picture_id, fingerprint in rows]


def merge(connection: sqlite3.Connection, into_id: int, child_ids: Sequence[int]) -> None:
    """Give everything of some roots to another one, and remove them."""
    children = [(child_id,) for child_id in child_ids if child_id != into_id]
    moves = [(into_id, child_id) for (child_id,) in children]
    for _, child_id in moves:
        folders.merge(connection, into_id, child_id)
    connection.executemany("UPDATE pictures SET root_id = ? WHERE root_id = ?", moves)
    connection.executemany("UPDATE skips SET root_id = ? WHERE root_id = ?", moves)
    connection.executemany("UPDATE OR IGNORE mounts SET root_id = ? WHERE root_id = ?", moves)
    connection.executemany("DELETE FROM roots WHERE id = ?", children)


def mark_scanned(connection: sqlite3.Connection, root_id: int, at_s: float) -> None:
    """Note when a complete scan ended, seconds since the epoch."""
    folders.drop_empty(connection, root_id)
    connection.execute("UPDATE roots SET scanned_at_s = ? WHERE id = ?", (at_s, root_id))


def mounts(connection: sqlite3.Connection, root_id: int) -> list[str]:
    """Where other drives were when a root was last scanned: below it, there, or above it."""
    rows = connection.execute("SELECT path FROM mounts WHERE root_id = ?", (root_id,))
    return [row[0] for row in rows]


def set_mounts(connection: sqlite3.Connection, root_id: int, paths: Sequence[str]) -> None:
    """Note where other drives are."""
    connection.execute("DELETE FROM mounts WHERE root_id = ?", (root_id,))
    connection.executemany(
        "INSERT OR REPLACE INTO mounts (path, root_id) VALUES (?, ?)",
        [(as_text(path), root_id) for path in paths],
    )
