"""The tables of the catalog and how older catalogs become newer ones.

A migration that has shipped is never edited: the next change is a new one at the end. Each changes
the definition of a table or an index, for a catalog is known by these (see `damage`). Every
version has a catalog of its own among the tests.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.engine.errors import StoreError
from desktop_app.engine.phrases import phrase
from desktop_app.engine.store import searchable

APPLICATION_ID = 0x494D534B
"""``IMSK``; tells a catalog from any other SQLite database."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a version to the next.

    Attributes:
        name: What it brings, for logs and tests.
        statements: SQL, run in order within one transaction; between them may stand what writes
            into the rows that are there.
    """

    name: str
    statements: tuple[str | Callable[[sqlite3.Connection], None], ...]

    def apply(self, connection: sqlite3.Connection) -> None:
        """Run it."""
        for statement in self.statements:
            if isinstance(statement, str):
                connection.execute(statement)
            else:
                statement(connection)


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

_WORDS_OF_OLD = "INSERT INTO names (names, rowid, words) VALUES ('delete', old.id, {})".format(
    "coalesce(old.words, old.name)"
)
_WORDS_OF_NEW = "INSERT INTO names (rowid, words) VALUES (new.id, coalesce(new.words, new.name))"

_SEARCHABLE_DETAILS = Migration(
    "searchable details",
    (
        # Where pictures lie. The texts are what `store.folders` makes of the path: a library has
        # a hundredth as many folders as pictures, so that these can all be looked through.
        """
        CREATE TABLE folders (
            id INTEGER PRIMARY KEY,
            root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
            path TEXT NOT NULL,
            place TEXT NOT NULL,
            inner TEXT NOT NULL,
            words TEXT NOT NULL,
            UNIQUE (root_id, path)
        )
        """,
        "ALTER TABLE pictures ADD COLUMN folder_id INTEGER REFERENCES folders (id)",
        # What `store.names` makes of the file's name: folded; its words, NULL where they are
        # those of the name; and what it is sorted by.
        "ALTER TABLE pictures ADD COLUMN name TEXT",
        "ALTER TABLE pictures ADD COLUMN words TEXT",
        "ALTER TABLE pictures ADD COLUMN sort_name TEXT",
        # Maker and model; NULL where it is not known.
        "ALTER TABLE pictures ADD COLUMN camera TEXT",
        # How far the clock there was before UTC when the picture was taken; and what that clock
        # showed: date_s and the offset.
        "ALTER TABLE pictures ADD COLUMN utc_offset_s INTEGER",
        "ALTER TABLE pictures ADD COLUMN wall_s REAL",
        # Whether camera and offset were looked for in the file.
        "ALTER TABLE pictures ADD COLUMN has_details INTEGER NOT NULL DEFAULT 0",
        searchable.fill,
        "CREATE INDEX pictures_without_details ON pictures (root_id) WHERE has_details = 0",
        "DROP INDEX pictures_by_date",
        "CREATE INDEX pictures_by_clock ON pictures (wall_s, id)",
        "CREATE INDEX pictures_by_camera ON pictures (camera) WHERE camera IS NOT NULL",
        # These two hold all that searches ask for, so that none looks into the table, which is
        # five times as long.
        "CREATE INDEX pictures_by_name ON pictures (sort_name, name, folder_id)",
        """
        CREATE INDEX pictures_by_folder ON pictures
            (folder_id, wall_s, width_px, height_px, size_bytes, format, camera)
        """,
        # The words of all names. Without a copy of the texts; the triggers keep it in step, also
        # where pictures go with their root.
        """
        CREATE VIRTUAL TABLE names USING fts5 (
            words, content = '', columnsize = 0,
            tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
        )
        """,
        "INSERT INTO names (rowid, words) SELECT id, coalesce(words, name) FROM pictures",
        f"CREATE TRIGGER names_added AFTER INSERT ON pictures BEGIN {_WORDS_OF_NEW}; END",
        f"CREATE TRIGGER names_removed AFTER DELETE ON pictures BEGIN {_WORDS_OF_OLD}; END",
        f"""
        CREATE TRIGGER names_changed AFTER UPDATE OF name, words ON pictures
        WHEN old.name IS NOT new.name OR old.words IS NOT new.words
        BEGIN {_WORDS_OF_OLD}; {_WORDS_OF_NEW}; END
        """,
    ),
)

_SAVED_SEARCHES = Migration(
    "saved searches",
    (
        "CREATE TABLE searches (id INTEGER PRIMARY KEY, name TEXT NOT NULL, line TEXT NOT NULL)",
        # A picture is either one of the library, with which it goes, or pixels from elsewhere.
        """
        CREATE TABLE search_examples (
            search_id INTEGER NOT NULL REFERENCES searches (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            role TEXT NOT NULL,
            name TEXT NOT NULL,
            picture_id INTEGER REFERENCES pictures (id) ON DELETE CASCADE,
            image BLOB,
            weight REAL NOT NULL,
            PRIMARY KEY (search_id, place),
            CHECK ((picture_id IS NULL) <> (image IS NULL))
        )
        """,
        # Without it, every picture that leaves would be looked for in all examples.
        "CREATE INDEX search_examples_by_picture ON search_examples (picture_id)",
    ),
)

_LABELS = Migration(
    "labels",
    (
        # A picture without a rating has no row. Not a column of pictures: a change would rewrite
        # the row, which is five times as long as all that is asked for.
        """
        CREATE TABLE ratings (
            picture_id INTEGER PRIMARY KEY REFERENCES pictures (id) ON DELETE CASCADE,
            rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5)
        )
        """,
        "CREATE INDEX ratings_by_rating ON ratings (rating)",
        # The key is what `store.labels.key_of` makes of the name.
        """
        CREATE TABLE tags (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            key TEXT NOT NULL UNIQUE
        )
        """,
        """
        CREATE TABLE picture_tags (
            tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
            picture_id INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
            PRIMARY KEY (tag_id, picture_id)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX picture_tags_by_picture ON picture_tags (picture_id)",
        # Pictures whose labels are to be written beside them. The revision rises when they change
        # once more; whether the rating is one of them, for others may have changed that there;
        # and why the last attempt failed.
        """
        CREATE TABLE sidecars_due (
            picture_id INTEGER PRIMARY KEY REFERENCES pictures (id) ON DELETE CASCADE,
            revision INTEGER NOT NULL DEFAULT 0,
            is_rated INTEGER NOT NULL,
            reason TEXT
        )
        """,
        # Tags, by their keys, that are to be taken out there: those of others stay.
        """
        CREATE TABLE sidecar_tags_taken (
            picture_id INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            PRIMARY KEY (picture_id, key)
        ) WITHOUT ROWID
        """,
        # 0xRRGGBB; NULL where nobody has looked yet.
        "ALTER TABLE pictures ADD COLUMN average_colour INTEGER",
        """
        CREATE INDEX pictures_without_colour ON pictures (id) WHERE average_colour IS NULL
        """,
    ),
)

_FILE_ACTIONS = Migration(
    "file actions",
    (
        # What is being done with files right now: noted before, gone with what it leads to. What
        # is here when the program starts was under way when it was killed.
        """
        CREATE TABLE file_journal (
            id INTEGER PRIMARY KEY,
            picture_id INTEGER NOT NULL,
            action TEXT NOT NULL,
            old TEXT NOT NULL,
            new TEXT NOT NULL,
            sidecars TEXT NOT NULL
        )
        """,
        # Pictures that the user took out of the library by moving their files: all that is known
        # of each, in case it comes back. `place` is where the file is now, empty for the trash.
        """
        CREATE TABLE departed (
            picture_id INTEGER PRIMARY KEY,
            at_s REAL NOT NULL,
            path TEXT NOT NULL,
            place TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            content TEXT NOT NULL
        )
        """,
    ),
)

MIGRATIONS: tuple[Migration, ...] = (
    _FIRST_TABLES,
    _SEVERAL_MODELS,
    _FOLLOWING_FILES,
    _SEARCHABLE_DETAILS,
    _SAVED_SEARCHES,
    _LABELS,
    _FILE_ACTIONS,
)
"""In order; a catalog of version ``n`` has the first ``n`` of them."""

LATEST_VERSION = len(MIGRATIONS)


def other_program() -> StoreError:
    """What to say of a database that is no catalog."""
    return StoreError(
        phrase("Engine: Library", "The library file was made by another program."),
        phrase("Engine: Library", "Choose another place with --data-dir."),
    )


def newer_program() -> StoreError:
    """What to say of a catalog with migrations that are not known here."""
    return StoreError(
        phrase("Engine: Library", "The library was written by a newer version of Image Seeker."),
        phrase("Engine: Library", "Install the newest version; nothing was changed."),
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
                migration.apply(connection)
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
