"""The tables of the catalog and how older catalogs become newer ones.

A migration that has shipped is never edited: the next change is a new one at the end. Each changes
the definition of a table or an index, for a catalog is known by these (see `damage`). Every
version has a catalog of its own among the tests.
"""

import sqlite3
from dataclasses import dataclass

from desktop_app.engine.errors import StoreError

APPLICATION_ID = 0x494D534B
"""``IMSK``; tells a catalog from any other SQLite database."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a version to the next.

    Attributes:
        name: What it brings, for logs and tests.
        statements: SQL, run in order within one transaction.
    """

    name: str
    statements: tuple[str, ...]


_FIRST_TABLES = Migration(
    "first tables",
    (
        # Tells whether a saved vector index belongs to this catalog or to one that was deleted
        # and made anew, with the same ids for other pictures.
        "CREATE TABLE identity (library_id TEXT NOT NULL)",
        "INSERT INTO identity VALUES (lower(hex(randomblob(16))))",
        """
        CREATE TABLE roots (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            scanned_at_s REAL
        )
        """,
        # date_s is taken_at_s, else mtime_ns in seconds. Not a generated column: an index on one
        # does not spare SQLite the look into the table.
        # AUTOINCREMENT: the id of a picture that is gone is never given to another one, because
        # the vector index and an open window may still hold it.
        """
        CREATE TABLE pictures (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
            path TEXT NOT NULL UNIQUE,
            size_bytes INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            width_px INTEGER NOT NULL,
            height_px INTEGER NOT NULL,
            format TEXT NOT NULL,
            taken_at_s REAL,
            date_s REAL NOT NULL,
            fingerprint BLOB NOT NULL
        )
        """,
        "CREATE INDEX pictures_by_root ON pictures (root_id)",
        "CREATE INDEX pictures_by_date ON pictures (date_s, id)",
        """
        CREATE TABLE models (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            dim INTEGER NOT NULL,
            revision INTEGER NOT NULL DEFAULT 0
        )
        """,
        # A table with rowids: without them every row over 1,002 bytes, hence every vector of
        # 512 numbers, would take an overflow page of its own.
        """
        CREATE TABLE vectors (
            id INTEGER PRIMARY KEY,
            model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
            picture_id INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
            revision INTEGER NOT NULL,
            data BLOB NOT NULL,
            UNIQUE (picture_id, model_id)
        )
        """,
        "CREATE INDEX vectors_by_revision ON vectors (model_id, revision, picture_id)",
        """
        CREATE TABLE skips (
            path TEXT PRIMARY KEY,
            root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
            reason TEXT NOT NULL,
            kind TEXT NOT NULL,
            size_bytes INTEGER,
            mtime_ns INTEGER
        ) WITHOUT ROWID
        """,
        "CREATE INDEX skips_by_root ON skips (root_id)",
    ),
)

_SEVERAL_MODELS = Migration(
    "several models",
    (
        # What the library uses, by the names of model folders: in_use answers the queries, NULL
        # stands for the built-in model; next is chosen and gets its vectors made.
        """
        CREATE TABLE choice (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            in_use TEXT,
            next TEXT
        )
        """,
        "INSERT INTO choice VALUES (1, NULL, NULL)",
        # Under which name a model was installed when it made vectors here: the folder may be
        # gone, or hold another model since. NULL where nobody has said so.
        "ALTER TABLE models ADD COLUMN folder TEXT",
        # The model that came with the programs of version 1.
        "UPDATE models SET folder = 'starter' WHERE name = 'Image Seeker starter model'",
    ),
)

_FOLLOWING_FILES = Migration(
    "following files",
    (
        # Digest of the whole file; NULL for pictures that were indexed before. With the size it
        # finds exact copies, and a file that lies elsewhere now.
        "ALTER TABLE pictures ADD COLUMN content_hash BLOB",
        "CREATE INDEX pictures_by_content ON pictures (size_bytes, fingerprint)",
        # Since when a file is gone whose removal waits for the user's yes; NULL where it is not.
        "ALTER TABLE pictures ADD COLUMN missing_since_s REAL",
        "CREATE INDEX pictures_missing ON pictures (root_id) WHERE missing_since_s IS NOT NULL",
        # Where other drives were mounted when a root was last scanned: folders below it, itself,
        # or the one that it lies on.
        """
        CREATE TABLE mounts (
            root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
            path TEXT NOT NULL,
            PRIMARY KEY (root_id, path)
        ) WITHOUT ROWID
        """,
        # How often a file has cost the decoder its process, and when it was last tried.
        "ALTER TABLE skips ADD COLUMN strikes INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE skips ADD COLUMN at_s REAL",
        # One strike was all there was: these have waited for a change of the file ever since.
        "UPDATE skips SET strikes = 3 WHERE kind = 'decoder_failed'",
    ),
)

MIGRATIONS: tuple[Migration, ...] = (_FIRST_TABLES, _SEVERAL_MODELS, _FOLLOWING_FILES)
"""In order; a catalog of version ``n`` has the first ``n`` of them."""

LATEST_VERSION = len(MIGRATIONS)


def other_program() -> StoreError:
    """What to say of a database that is no catalog."""
    return StoreError(
        "The library file was made by another program.", "Choose another place with --data-dir."
    )


def newer_program() -> StoreError:
    """What to say of a catalog with migrations that are not known here."""
    return StoreError(
        "The library was written by a newer version of Image Seeker.",
        "Install the newest version; nothing was changed.",
    )


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a database to the latest version, in one transaction: all steps together or none.

    Args:
        connection: In autocommit mode, outside of a transaction.
        version: Which one it has; nothing happens where that is no longer so, because another
            program was faster.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone() == (version,):
            for migration in MIGRATIONS[version:]:
                for statement in migration.statements:
                    connection.execute(statement)
            # PRAGMA takes no parameters; both are written with the transaction.
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {LATEST_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        # Whatever happened, an interrupt included, half a migration must not stay. SQLite has
        # already rolled back after some errors, such as a full disk.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
