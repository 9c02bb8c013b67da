"""SQL about the pictures whose labels are still to be written beside them."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import LabelChange, SidecarFailure
from desktop_app.engine.store import labels

_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class DueSidecar:
    """A picture whose labels are to be written beside it.

    Attributes:
        picture_id: The catalog's id.
        revision: Rises when its labels change once more.
        is_rated: Whether its rating is to be written.
        taken: The keys of tags that are to be taken out there.
        path: The picture's path.
        root_id: The root it belongs to.
    """

    picture_id: int
    revision: int
    is_rated: bool
    taken: frozenset[str]
    path: str
    root_id: int


def add_due(connection: sqlite3.Connection, change: LabelChange) -> None:
    """Note what has changed."""
    taken = list(change.untagged)
    _add(connection, change.ids, is_rated=False)
    for _, ids in change.ratings:
        _add(connection, ids, is_rated=True)
    if change.renamed is not None:
        now, before = change.renamed
        ids = labels.pictures_of(connection, now)
        _add(connection, ids, is_rated=False)
        taken.append((before, ids))
    for name, ids in taken:
        for some in _parts(ids):
            connection.execute(
                "INSERT OR IGNORE INTO sidecar_tags_taken (picture_id, key)"
                " SELECT value, ? FROM json_each(?)",
                (labels.key_of(name), some),
            )


def add_all_due(connection: sqlite3.Connection) -> None:
    """Note all pictures that have labels."""
    connection.execute(
        """
        INSERT INTO sidecars_due (picture_id, is_rated)
        SELECT picture_id, max(is_rated) FROM (
            SELECT picture_id, 1 AS is_rated FROM ratings
            UNION SELECT picture_id, 0 FROM picture_tags
        ) WHERE true GROUP BY picture_id
        ON CONFLICT (picture_id) DO UPDATE SET
            revision = revision + 1, is_rated = excluded.is_rated, reason = NULL
        """
    )


def clear(connection: sqlite3.Connection) -> None:
    """Have nothing written."""
    connection.execute("DELETE FROM sidecars_due")
    connection.execute("DELETE FROM sidecar_tags_taken")


def count(connection: sqlite3.Connection) -> int:
    """How many are to be written, those that have failed not counted."""
    row = connection.execute("SELECT count(*) FROM sidecars_due WHERE reason IS NULL").fetchone()
    return int(row[0])


def due(connection: sqlite3.Connection, after_id: int, limit: int) -> list[DueSidecar]:
    """Those after an id, rising, that have not failed."""
    rows = connection.execute(
        """
        SELECT picture_id, revision, is_rated, path, root_id, (
            SELECT json_group_array(key) FROM sidecar_tags_taken
            WHERE sidecar_tags_taken.picture_id = sidecars_due.picture_id
        )
        FROM sidecars_due JOIN pictures ON pictures.id = picture_id
        WHERE picture_id > ? AND reason IS NULL ORDER BY picture_id LIMIT ?
        """,
        (after_id, limit),
    )
    return [
        DueSidecar(id_, revision, bool(is_rated), frozenset(json.loads(taken)), path, root_id)
        for id_, revision, is_rated, path, root_id, taken in rows
    ]


def waiting(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, tuple[bool, frozenset[str]]]:
    """What is still to be written of some pictures: whether the rating, and which tags go."""
    rows = connection.execute(
        """
        SELECT picture_id, is_rated, (
            SELECT json_group_array(key) FROM sidecar_tags_taken
            WHERE sidecar_tags_taken.picture_id = sidecars_due.picture_id
        )
        FROM sidecars_due WHERE picture_id IN (SELECT value FROM json_each(?))
        """,
        (json.dumps([int(one) for one in ids]),),
    )
    return {id_: (bool(is_rated), frozenset(json.loads(taken))) for id_, is_rated, taken in rows}


def settle(
    connection: sqlite3.Connection,
    written: Sequence[DueSidecar],
    failed: Sequence[tuple[DueSidecar, str]],
) -> None:
    """Note what was written, and why the rest was not; what has changed meanwhile stays due."""
    for one in written:
        gone = connection.execute(
            "DELETE FROM sidecars_due WHERE picture_id = ? AND revision = ?",
            (one.picture_id, one.revision),
        ).rowcount
        if gone:
            connection.execute(
                "DELETE FROM sidecar_tags_taken WHERE picture_id = ?", (one.picture_id,)
            )
    connection.executemany(
        "UPDATE sidecars_due SET reason = ? WHERE picture_id = ? AND revision = ?",
        [(reason, one.picture_id, one.revision) for one, reason in failed],
    )


def retry(connection: sqlite3.Connection) -> None:
    """Have those written again that have failed."""
    connection.execute("UPDATE sidecars_due SET reason = NULL WHERE reason IS NOT NULL")


def failures(connection: sqlite3.Connection, most: int) -> list[SidecarFailure]:
    """Those that have failed, by path, so many at most."""
    rows = connection.execute(
        """
        SELECT picture_id, path, reason FROM sidecars_due JOIN pictures ON pictures.id = picture_id
        WHERE reason IS NOT NULL ORDER BY path LIMIT ?
        """,
        (most,),
    )
    return [SidecarFailure(*row) for row in rows]


def paths_of(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """Where the files of pictures are."""
    rows = connection.execute(
        "SELECT id, path FROM pictures WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([int(one) for one in ids]),),
    )
    return dict(rows.fetchall())


def _add(connection: sqlite3.Connection, ids: NDArray[np.int64], *, is_rated: bool) -> None:
    for some in _parts(ids):
        connection.execute(
            """
            INSERT INTO sidecars_due (picture_id, is_rated)
            SELECT value, ? FROM json_each(?) WHERE true
            ON CONFLICT (picture_id) DO UPDATE SET
                revision = revision + 1, is_rated = max(is_rated, excluded.is_rated), reason = NULL
            """,
            (is_rated, some),
        )


def _parts(ids: NDArray[np.int64]) -> list[str]:
    starts = range(0, len(ids), _AT_ONCE)
    return [json.dumps(ids[start : start + _AT_ONCE].tolist()) for start in starts]
