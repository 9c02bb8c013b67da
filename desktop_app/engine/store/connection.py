"""Connections to the catalog's file: one a thread, opened when the thread first needs it."""

import logging
import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from desktop_app.engine.errors import StoreError
from desktop_app.engine.store import migrations
from desktop_app.engine.store.sql_errors import is_unwritable, sqlite_in_words

_log = logging.getLogger(__name__)

_BUSY_TIMEOUT_S = 10.0
"""Longer than any batch takes to write, shorter than a user's patience."""

_PAGES_A_STEP = 2_000
"""Pages given back at once, 8 MB: others wait a tenth of a second at most."""

_IN_MEMORY = ":memory:"


class Connections:
    """Hands every thread a connection of its own.

    SQLite lets readers and one writer work at the same time only on separate connections.
    """

    def __init__(self, path: Path, *, writable: bool) -> None:
        """Open the first connection and bring the file up to date.

        Args:
            path: The catalog's file.
            writable: False never changes anything on disk; where there is no file, or one
                without tables, the catalog is empty.

        Raises:
            StoreError: If the file cannot be opened.
        """
        self._writable = writable
        self._local = threading.local()
        self._opened: weakref.WeakSet[_ThreadConnection] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._is_closed = False
        self._target = str(path)
        with sqlite_in_words():
            if writable:
                self._create_or_migrate()
            else:
                self._target = _readable_target(path)
        with self.reading():
            pass

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, for queries.

        Raises:
            StoreError: If the library is closed or SQLite cannot do it.
        """
        mine = self._mine()
        with mine.lock, sqlite_in_words():
            # close() may have come between the two lines above.
            self._raise_if_closed()
            yield mine.connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection inside a transaction: all of the block is kept, or nothing.

        Raises:
            StoreError: If the library is closed or SQLite cannot do it.
        """
        with self.reading() as connection:
            # IMMEDIATE: waits here, where nothing is lost yet, for another writer to finish.
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # Whatever happened, an interrupt included, half a batch must not stay.
                # SQLite has already rolled back after some errors, such as a full disk.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def shrink(self) -> None:
        """Give the space of what was deleted back to the disk.

        In steps, between which others may write. A catalog that was made before this was
        possible keeps its size and uses the space for what comes.
        """
        while True:
            with self.reading() as connection:
                free: int = connection.execute("PRAGMA freelist_count").fetchone()[0]
                # Fetched to the end: SQLite frees one page with every step of the statement.
                connection.execute(f"PRAGMA incremental_vacuum({_PAGES_A_STEP})").fetchall()
                left: int = connection.execute("PRAGMA freelist_count").fetchone()[0]
            if left == 0 or left >= free:
                return

    def close(self) -> None:
        """Close every thread's connection, waiting for what each is doing."""
        with self._lock:
            self._is_closed = True
            opened = list(self._opened)
        for one in opened:
            one.close()

    def _mine(self) -> "_ThreadConnection":
        mine: _ThreadConnection | None = getattr(self._local, "connection", None)
        if mine is None:
            with self._lock, sqlite_in_words():
                # Under the lock, so that close() cannot miss this one.
                self._raise_if_closed()
                mine = _ThreadConnection(self._connect())
                self._opened.add(mine)
            self._local.connection = mine
        return mine

    def _raise_if_closed(self) -> None:
        if self._is_closed:
            raise StoreError("The library is closed.")

    def _connect(self) -> sqlite3.Connection:
        connection = _open(self._target)
        try:
            if self._target == _IN_MEMORY:
                migrations.migrate(connection)
            if self._writable:
                # In WAL mode NORMAL would do for a killed process, but after a power cut the last
                # commits could be missing although they were reported as indexed. FULL costs
                # one fsync a batch. fullfsync is the same promise on macOS; elsewhere it does
                # nothing.
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA fullfsync = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _create_or_migrate(self) -> None:
        connection = _open(self._target)
        try:
            if migrations.version_of(connection) == 0:
                # Lets `Connections.shrink` give space back; only possible before the first table.
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            mode: str = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            if mode != "wal":
                # Some network drives cannot: slower, readers wait for the writer, nothing lost.
                _log.warning("The catalog's drive has no write-ahead log; using %r", mode)
            migrations.migrate(connection)
        finally:
            connection.close()


class _ThreadConnection:
    """A connection that closes itself when its thread ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        # Closing a connection under a thread that uses it is undefined; see Connections.close.
        self.lock = threading.RLock()

    def close(self) -> None:
        with self.lock:
            self.connection.close()

    def __del__(self) -> None:
        self.connection.close()


def _open(target: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        target,
        timeout=_BUSY_TIMEOUT_S,
        isolation_level=None,  # transactions are written out, see Connections.writing
        check_same_thread=False,  # close() comes from another thread
        uri=target.startswith("file:"),
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _readable_target(path: Path) -> str:
    """What to open so that nothing is changed or created on disk.

    Raises:
        StoreError: If the file is no catalog, or of another version.
    """
    try:
        is_empty = path.stat().st_size == 0
    except FileNotFoundError:
        is_empty = True
    except OSError as error:
        raise StoreError(
            f"The library {path} cannot be opened ({error.strerror}).",
            "Make its folder accessible or choose another place with --data-dir.",
        ) from error
    # Empty is also what a program leaves behind that was killed while making its catalog.
    if is_empty:
        return _IN_MEMORY
    uri = f"{_file_uri(path)}?mode=ro"
    try:
        version = _version_at(uri)
    except sqlite3.OperationalError as error:
        # On a read-only medium the files of the write-ahead log cannot be made. Nobody writes
        # there either, so it can be read as it is, unless a log was left behind.
        wal = path.with_name(path.name + "-wal")
        if not is_unwritable(error) or wal.exists():
            raise
        uri += "&immutable=1"
        version = _version_at(uri)
    if version == 0:
        return _IN_MEMORY
    if version < migrations.LATEST_VERSION:
        raise StoreError(
            "The library was written by an older version of Image Seeker.",
            "Open it once for writing, for example with the window, to bring it up to date.",
        )
    return uri


def _file_uri(path: Path) -> str:
    """As SQLite reads it: https://www.sqlite.org/uri.html#the_uri_path."""
    absolute = path.absolute().as_posix()
    slash = "" if absolute.startswith("/") else "/"  # before the letter of a Windows drive
    return f"file://{slash}{quote(os.fsencode(absolute))}"


def _version_at(uri: str) -> int:
    connection = _open(uri)
    try:
        return migrations.version_of(connection)
    finally:
        connection.close()
