"""What the catalog says while a user's files are moved, so that nothing is lost in between.

A file cannot be moved and a row be written in one step. So first it is noted what is going to be
done, then it is done, then the rows are written and the note goes, in one transaction.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.engine.records import FileAction, FileStamp, RootKind
from desktop_app.engine.store import departed, pictures, roots, skips, vectors
from desktop_app.engine.store.connection import Connections
from desktop_app.engine.store.departed import Departure
from desktop_app.engine.store.pictures import Move
from desktop_app.engine.store.storable import as_text

_THESE = "IN (SELECT value FROM json_each(?))"

SINGLE = -1
"""Stands for the root of a picture that belongs to no folder, which is the picture itself."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A file that is being moved.

    Attributes:
        picture_id: Its picture.
        action: What is done.
        old: Where it lies.
        new: Where it is going to lie; empty for the trash.
        sidecars: Files that go with it, likewise.
        id: The catalog's id; 0 where it is not written yet.
    """

    picture_id: int
    action: FileAction
    old: str
    new: str
    sidecars: tuple[tuple[str, str], ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class Return:
    """A picture that comes back into the library.

    Attributes:
        picture_id: Its id.
        path: Where its file is.
        root_id: The folder it belongs to, or `SINGLE`.
        stamp: Size and time of the file.
    """

    picture_id: int
    path: str
    root_id: int
    stamp: FileStamp


class FileMoves:
    """Writes it; every method is one transaction.

    Args:
        connections: Of the catalog.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def note(self, entries: Sequence[JournalEntry]) -> list[int]:
        """Note what is going to be done; returns the notes' ids."""
        with self._connections.writing() as connection:
            return [_note(connection, each) for each in entries]

    def unfinished(self) -> list[JournalEntry]:
        """What has been noted and not been written, oldest first."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT picture_id, action, old, new, sidecars, id FROM file_journal ORDER BY id"
            ).fetchall()
        return [
            JournalEntry(
                picture_id,
                FileAction(action),
                old,
                new,
                tuple((before, after) for before, after in json.loads(sidecars)),
                entry_id,
            )
            for picture_id, action, old, new, sidecars, entry_id in rows
        ]

    def in_work(self) -> set[int]:
        """The pictures whose files are being moved: where they are gone, it is known why."""
        with self._connections.reading() as connection:
            return {row[0] for row in connection.execute("SELECT picture_id FROM file_journal")}

    def write(
        self,
        notes: Iterable[int],
        moves: Sequence[Move],
        departures: Sequence[Departure],
        returns: Sequence[Return],
        at_s: float,
    ) -> tuple[list[int], list[int]]:
        """Write what was done, and let the notes go.

        Args:
            notes: The notes' ids.
            moves: Pictures that have another path; their root may be `SINGLE`.
            departures: Pictures that left, and where their files are.
            returns: Pictures that are back.
            at_s: Now, seconds since the epoch.

        Returns:
            The ids of pictures that are not in the library any more: those that left, and those
            that were known under a path that is another picture's now; and of those that are back.
        """
        with self._connections.writing() as connection:
            gone = departed.keep(connection, departures, at_s)
            homes = {one.picture_id: _root(connection, one.root_id, one.path) for one in returns}
            back = departed.bring_back(connection, homes)
            known = frozenset(back)
            moves = [
                *moves,
                *(
                    (one.picture_id, one.path, homes[one.picture_id], one.stamp)
                    for one in returns
                    if one.picture_id in known
                ),
            ]
            settled = [
                (picture_id, path, _root(connection, root_id, path), stamp)
                for picture_id, path, root_id, stamp in moves
            ]
            if settled:
                gone += pictures.move(connection, settled)
                skips.forget(connection, (path for _, path, _, _ in settled))
            if gone:
                vectors.note_removal(connection)
            _finish(connection, notes)
        return gone, back

    def departed_fingerprint(self, picture_id: int) -> bytes | None:
        """Digest of a picture that has left; None where it has not, or long ago."""
        with self._connections.reading() as connection:
            row = connection.execute(
                f"SELECT fingerprint FROM departed WHERE picture_id = ? AND {departed.IS_WHOLE}",
                (picture_id,),
            ).fetchone()
        return None if row is None else bytes(row[0])

    def stamps(self, ids: Sequence[int]) -> dict[int, FileStamp]:
        """Size and time of files when they were indexed, also of pictures that have left."""
        wanted = (json.dumps([int(each) for each in ids]),)
        with self._connections.reading() as connection:
            rows = connection.execute(
                f"""
                SELECT picture_id, json_extract(content, '$.pictures[0].size_bytes'),
                    json_extract(content, '$.pictures[0].mtime_ns')
                FROM departed WHERE picture_id {_THESE}
                """,
                wanted,
            ).fetchall()
            rows += connection.execute(
                f"SELECT id, size_bytes, mtime_ns FROM pictures WHERE id {_THESE}", wanted
            ).fetchall()
        return {picture_id: FileStamp(*stamp) for picture_id, *stamp in rows}

    def returned(self) -> list[tuple[int, int]]:
        """Departed pictures whose files are in the library again, and what they are there."""
        with self._connections.reading() as connection:
            return departed.returned(connection)

    def expire(self, before_s: float) -> int:
        """Forget pictures that left before a time; returns how many."""
        with self._connections.writing() as connection:
            return departed.expire(connection, before_s)


def _note(connection: sqlite3.Connection, entry: JournalEntry) -> int:
    row = connection.execute(
        """
        INSERT INTO file_journal (picture_id, action, old, new, sidecars)
        VALUES (?, ?, ?, ?, ?) RETURNING id
        """,
        (
            entry.picture_id,
            entry.action.value,
            as_text(entry.old),
            as_text(entry.new),
            json.dumps(entry.sidecars),
        ),
    ).fetchone()
    return int(row[0])


def _root(connection: sqlite3.Connection, root_id: int, path: str) -> int:
    """A root's id; a picture that belongs to no folder is one itself."""
    return roots.add(connection, path, RootKind.FILE) if root_id == SINGLE else root_id


def _finish(connection: sqlite3.Connection, notes: Iterable[int]) -> None:
    """Let notes go, and with them the roots of single pictures that lie elsewhere now."""
    for note in notes:
        row = connection.execute(
            "DELETE FROM file_journal WHERE id = ? RETURNING old", (note,)
        ).fetchone()
        if row is not None:
            connection.execute(
                """
                DELETE FROM roots WHERE path = ? AND kind = ?
                    AND NOT EXISTS (SELECT 1 FROM pictures WHERE root_id = roots.id)
                """,
                (row[0], RootKind.FILE.value),
            )
