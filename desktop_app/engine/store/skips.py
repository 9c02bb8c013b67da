"""SQL about skipped files: what is not in the library, and why."""

import sqlite3
from collections.abc import Iterable

from desktop_app.engine.records import FileStamp, SkipKind, SkippedFile
from desktop_app.engine.store.places import AT_OR_BELOW, range_below
from desktop_app.engine.store.storable import as_integer, as_text

_COLUMNS = "path, reason, kind, size_bytes, mtime_ns, strikes, at_s"

_NO_FAILURES = tuple(kind.value for kind in SkipKind if not kind.is_failure)
_MARKS = ",".join("?" * len(_NO_FAILURES))

_Row = tuple[str, str, str, int | None, int | None, int, float | None]


def write(connection: sqlite3.Connection, root_id: int, skipped: Iterable[SkippedFile]) -> None:
    """Note skipped files; the newest reason for a path counts."""
    connection.executemany(
        f"INSERT OR REPLACE INTO skips (root_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                root_id,
                as_text(one.path),
                as_text(one.reason),
                one.kind.value,
                None if one.stamp is None else as_integer(one.stamp.size_bytes),
                None if one.stamp is None else as_integer(one.stamp.mtime_ns),
                one.strikes,
                one.at_s,
            )
            for one in skipped
        ),
    )


def forget(connection: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Drop the entries of some paths; unknown ones are ignored."""
    connection.executemany("DELETE FROM skips WHERE path = ?", ((as_text(p),) for p in paths))


def known(connection: sqlite3.Connection, root_id: int, place: str) -> dict[str, SkippedFile]:
    """A root's skipped files at a place or below it, by path."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM skips WHERE +root_id = ? AND {AT_OR_BELOW}",
        (root_id, *range_below(place)),
    )
    return {row[0]: _record(row) for row in rows}


def failures(connection: sqlite3.Connection) -> list[SkippedFile]:
    """The files that should be there and are not, by path."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM skips WHERE kind NOT IN ({_MARKS}) ORDER BY path", _NO_FAILURES
    )
    return list(map(_record, rows))


def others(connection: sqlite3.Connection, limit: int | None) -> list[SkippedFile]:
    """The first so many of the rest by path; None gives all."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM skips WHERE kind IN ({_MARKS}) ORDER BY path LIMIT ?",
        (*_NO_FAILURES, -1 if limit is None else limit),
    )
    return list(map(_record, rows))


def counts(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many files failed, and how many others there are; no folder that is out of reach."""
    row = connection.execute(
        f"""
        SELECT count(*), count(*) FILTER (WHERE kind IN ({_MARKS}))
        FROM skips WHERE kind <> '{SkipKind.OFFLINE.value}'
        """,
        _NO_FAILURES,
    ).fetchone()
    total, rest = map(int, row)
    return total - rest, rest


def _record(row: _Row) -> SkippedFile:
    path, reason, kind, size_bytes, mtime_ns, strikes, at_s = row
    stamp = None
    if size_bytes is not None and mtime_ns is not None:
        stamp = FileStamp(size_bytes, mtime_ns)
    return SkippedFile(path, reason, SkipKind(kind), stamp, strikes, at_s)
