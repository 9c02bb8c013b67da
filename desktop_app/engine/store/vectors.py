"""SQL about vectors: float16, kept under the model that made them.

Every transaction that adds, replaces or removes vectors of a model raises that model's revision,
and each vector carries the revision of its writing. From that a saved index knows what it missed.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import ModelInfo
from desktop_app.engine.store.id_lists import fetch_ids
from desktop_app.engine.store.storable import as_text

Chunk = tuple[NDArray[np.int64], NDArray[np.float16]]
"""Picture ids, shape ``(n,)``, and their vectors, shape ``(n, dim)``."""

# Little-endian on every machine, so that a catalog can be carried from one to another.
_STORED = np.dtype("<f2")

Place = tuple[int, int]
"""Where reading goes on: the revision and the picture id of the last vector read."""


def begin_change(connection: sqlite3.Connection, model: ModelInfo) -> tuple[int, int]:
    """Raise a model's revision.

    Returns:
        The catalog's id of the model and the new revision.
    """
    row = connection.execute(
        """
        INSERT INTO models (key, name, dim, revision) VALUES (?, ?, ?, 1)
        ON CONFLICT (key) DO UPDATE SET revision = revision + 1, name = excluded.name
        RETURNING id, revision
        """,
        (model.key, model.name, model.dim),
    ).fetchone()
    return int(row[0]), int(row[1])


def note_removal(connection: sqlite3.Connection) -> None:
    """Raise every model's revision: a removed picture may have had vectors of several."""
    connection.execute("UPDATE models SET revision = revision + 1")


def drop_outdated(
    connection: sqlite3.Connection, paths_and_fingerprints: Iterable[tuple[str, bytes]]
) -> int:
    """Drop every model's vectors of pictures whose file has other content by now.

    Args:
        connection: Where to write.
        paths_and_fingerprints: The files as they are now.

    Returns:
        How many vectors there were.
    """
    return connection.executemany(
        """
        DELETE FROM vectors
        WHERE picture_id = (SELECT id FROM pictures WHERE path = ? AND fingerprint <> ?)
        """,
        [(as_text(path), fingerprint) for path, fingerprint in paths_and_fingerprints],
    ).rowcount


def write(
    connection: sqlite3.Connection,
    model_id: int,
    revision: int,
    ids_and_vectors: Iterable[tuple[int, NDArray[np.float32]]],
) -> None:
    """Add vectors; those of pictures that have one already are replaced."""
    connection.executemany(
        """
        INSERT INTO vectors (picture_id, model_id, revision, data) VALUES (?, ?, ?, ?)
        ON CONFLICT (picture_id, model_id) DO UPDATE SET
            revision = excluded.revision, data = excluded.data
        """,
        (
            (picture_id, model_id, revision, vector.astype(_STORED).tobytes())
            for picture_id, vector in ids_and_vectors
        ),
    )


def copy(
    connection: sqlite3.Connection, copies: Sequence[tuple[int, int]], revisions: dict[int, int]
) -> None:
    """Give pictures the vectors of others that have the same content.

    Args:
        connection: Where to write.
        copies: Ids of a picture and of the one it is a copy of.
        revisions: The new revision of every model, by the model's id.
    """
    connection.executemany(
        "DELETE FROM vectors WHERE picture_id = ?", [(picture_id,) for picture_id, _ in copies]
    )
    connection.executemany(
        """
        INSERT INTO vectors (picture_id, model_id, revision, data)
        SELECT ?, model_id, ?, data FROM vectors WHERE picture_id = ? AND model_id = ?
        """,
        [
            (picture_id, revision, original_id, model_id)
            for picture_id, original_id in copies
            for model_id, revision in revisions.items()
        ],
    )


def share(
    connection: sqlite3.Connection,
    model_id: int,
    revision: int,
    copies: Iterable[tuple[int, int]],
) -> list[int]:
    """Give pictures a model's vector of others, where these have it and still the same content.

    Args:
        connection: Where to write.
        model_id: The model.
        revision: Its new revision.
        copies: Ids of a picture and of the one it is a copy of.

    Returns:
        The ids of those that have it now.
    """
    insert = """
        INSERT INTO vectors (picture_id, model_id, revision, data)
        SELECT copy.id, ?1, ?2, vectors.data
        FROM pictures AS copy JOIN pictures AS first ON first.id = ?4
        JOIN vectors ON vectors.picture_id = first.id AND vectors.model_id = ?1
        WHERE copy.id = ?3 AND copy.content_hash = first.content_hash
            AND copy.size_bytes = first.size_bytes
        ON CONFLICT (picture_id, model_id) DO NOTHING
    """
    return [
        picture_id
        for picture_id, first_id in copies
        if connection.execute(insert, (model_id, revision, picture_id, first_id)).rowcount > 0
    ]


def begin_change_of_all(connection: sqlite3.Connection) -> dict[int, int]:
    """Raise every model's revision; returns the new ones by the models' ids."""
    rows = connection.execute("UPDATE models SET revision = revision + 1 RETURNING id, revision")
    return dict(rows.fetchall())


def one(
    connection: sqlite3.Connection, picture_id: int, model_key: str
) -> NDArray[np.float32] | None:
    """A picture's vector, shape ``(dim,)``; None where it has none of that model."""
    row = connection.execute(
        """
        SELECT data FROM vectors
        WHERE picture_id = ? AND model_id = (SELECT id FROM models WHERE key = ?)
        """,
        (picture_id, model_key),
    ).fetchone()
    return None if row is None else np.frombuffer(row[0], dtype=_STORED).astype(np.float32)


def next_chunk(
    connection: sqlite3.Connection, model_key: str, after: Place, size: int
) -> tuple[Chunk, Place] | None:
    """Read on in the order of writing.

    Args:
        connection: Where to read.
        model_key: Whose vectors.
        after: Where the last chunk ended.
        size: How many vectors at most.

    Returns:
        The next vectors and where they end; None at the end.
    """
    rows: Sequence[tuple[int, int, bytes]] = connection.execute(
        """
        SELECT revision, picture_id, data FROM vectors
        WHERE model_id = (SELECT id FROM models WHERE key = ?)
            AND (revision, picture_id) > (?, ?)
        ORDER BY revision, picture_id LIMIT ?
        """,
        (model_key, *after, size),
    ).fetchall()
    if not rows:
        return None
    ids = np.fromiter((row[1] for row in rows), dtype=np.int64, count=len(rows))
    data = np.frombuffer(b"".join(row[2] for row in rows), dtype=_STORED)
    vectors = data.reshape(len(rows), -1).astype(np.float16, copy=False)
    return (ids, vectors), (rows[-1][0], rows[-1][1])


def of_pictures(connection: sqlite3.Connection, model_key: str, ids: NDArray[np.int64]) -> Chunk:
    """The vectors of some pictures, by rising id; those that have none are left out."""
    rows: Sequence[tuple[int, bytes]] = connection.execute(
        """
        SELECT picture_id, data FROM vectors
        WHERE model_id = (SELECT id FROM models WHERE key = ?)
            AND picture_id IN (SELECT value FROM json_each(?))
        ORDER BY picture_id
        """,
        (model_key, json.dumps(ids.tolist())),
    ).fetchall()
    found = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
    data = np.frombuffer(b"".join(row[1] for row in rows), dtype=_STORED)
    # Of no rows, numpy cannot tell the length.
    vectors = data.reshape(len(rows), -1) if rows else data.reshape(0, 0)
    return found, vectors.astype(np.float16, copy=False)


def picture_ids(connection: sqlite3.Connection, model_key: str) -> NDArray[np.int64]:
    """The pictures that have a vector of a model, shape ``(n,)``, rising."""
    ids = fetch_ids(
        connection,
        """
        SELECT picture_id AS id FROM vectors
        WHERE model_id = (SELECT id FROM models WHERE key = ?)
        """,
        (model_key,),
    )
    return np.sort(ids)


def ids_without(connection: sqlite3.Connection, model_key: str) -> NDArray[np.int64]:
    """The pictures that have no vector of a model, shape ``(n,)``, rising."""
    # Mostly there are none, which is ten times as quickly counted as looked up one by one.
    all_have_one = connection.execute(
        """
        SELECT (SELECT count(*) FROM pictures) = (
            SELECT count(*) FROM vectors WHERE model_id = (SELECT id FROM models WHERE key = ?)
        )
        """,
        (model_key,),
    ).fetchone()[0]
    if all_have_one:
        return np.empty(0, dtype=np.int64)
    return fetch_ids(
        connection,
        """
        SELECT id FROM pictures WHERE NOT EXISTS (
            SELECT 1 FROM vectors WHERE picture_id = pictures.id
                AND model_id = (SELECT id FROM models WHERE key = ?)
        ) ORDER BY id
        """,
        (model_key,),
    )


def revision_of(connection: sqlite3.Connection, model_key: str) -> int:
    """A model's revision; 0 where it has never made a vector."""
    row = connection.execute("SELECT revision FROM models WHERE key = ?", (model_key,)).fetchone()
    return 0 if row is None else int(row[0])
