"""Connections to the catalog's file: one a thread, opened when the thread first needs it."""

import itertools
import logging
import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CatalogDamagedError, StoreError
from desktop_app.engine.phrases import phrase
from desktop_app.engine.store import damage, migrations, word_index
from desktop_app.engine.store.backups import Backups
from desktop_app.engine.store.sql_errors import (
    DAMAGED_HINT,
    as_store_error,
    cancellable,
    code_of,
    is_unwritable,
    sqlite_in_words,
)

_log = logging.getLogger(__name__)

_BUSY_TIMEOUT_S = 10.0
"""Longer than any batch takes to write, shorter than a user's patience."""

_PAGES_A_STEP = 2_000
"""Pages given back at once, 8 MB: others wait a tenth of a second at most."""

_IN_MEMORY = ":memory:"

_EMPTYING_S = 1.0
"""How long a program that ends waits for one that reads, to leave no log behind."""


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
        self._commits = 0
        self._path = path
        self._target = str(path)
        self.backups = Backups(path)
        self.ended_uncleanly = writable and _has_left_log(path)
        with sqlite_in_words():
            if writable:
                self._create_or_migrate()
            else:
                self._target = _readable_target(path, self.backups)
        with self.reading():
            pass

    @property
    def is_writable(self) -> bool:
        """Whether it was opened for writing."""
        return self._writable

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, for queries.

        Raises:
            CatalogDamagedError: If what is read cannot have been written.
            StoreError: If the library is closed or SQLite cannot do it.
        """
        with self._holding() as connection:
            try:
                yield connection
            except (ValueError, TypeError, OverflowError) as error:
                # What makes records of rows finds a kind that there is not, a number that is no
                # number, half a vector. Were it a mistake of ours, the log would tell.
                _log.exception("The catalog says what cannot be")
                raise damage.damaged() from error

    def change_mark(self) -> tuple[int, int]:
        """Something that is another one after a change; of what was read before, not after it.

        Whoever has the catalog open for writing is the only one. For others SQLite tells, but
        each connection by a count of its own: https://www.sqlite.org/pragma.html#pragma_data_version.
        """
        if self._writable:
            return 0, self._commits
        with self.reading() as connection:
            version: int = connection.execute("PRAGMA data_version").fetchone()[0]
        return self._mine().number, version

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let this thread's queries see one state; what else the block raises is its own affair.

        Raises:
            StoreError: If the library is closed or SQLite cannot do it.
        """
        with self._holding() as connection:
            connection.execute("BEGIN")
            try:
                yield
            finally:
                # Closed by the same thread when it gave up what it was reading.
                with suppress(sqlite3.ProgrammingError):
                    connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection inside a transaction: all of the block is kept, or nothing.

        Raises:
            StoreError: If the library is closed or SQLite cannot do it.
        """
        with self._holding() as connection:
            # SQLite would go on writing to a file that nobody can find any more.
            if self._is_gone():
                raise _gone(self._path)
            # IMMEDIATE: waits here, where nothing is lost yet, for another writer to finish.
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # Whatever happened, an interrupt included, half a batch must not stay.
                # SQLite has already rolled back after some errors, such as a full disk.
                if connection.in_transaction:
                    with suppress(sqlite3.Error):  # a disk that is gone; the first error counts
                        connection.execute("ROLLBACK")
                raise
            finally:
                # After the commit: whoever reads the former state has the former mark for it.
                # Under a lock: a later writer may be here already, and no number may come twice.
                # Also after an error, with which what was written may have reached the disk.
                with self._lock:
                    self._commits += 1

    def shrink(self) -> None:
        """Give the space of what was deleted back to the disk.

        In steps, between which others may write. A catalog that was made before this was
        possible keeps its size and uses the space for what comes.
        """
        while self.shrink_a_step():
            pass

    def shrink_a_step(self) -> bool:
        """Give some of the space back; whether there is more to give."""
        with self.reading() as connection:
            free: int = connection.execute("PRAGMA freelist_count").fetchone()[0]
            # As a script: SQLite frees one page with every step of the statement, and Python ends
            # a statement without columns after its first one (3 ms a page, not 0.02).
            connection.executescript(f"PRAGMA incremental_vacuum({_PAGES_A_STEP})")
            left: int = connection.execute("PRAGMA freelist_count").fetchone()[0]
        return 0 < left < free

    def check(self, cancel: CancelToken) -> None:
        """Look at all of the file; see `damage.check`. Others may read and write meanwhile.

        Where only the index of words is damaged, it is made anew.

        Raises:
            CatalogDamagedError: If it is damaged.
            CancelledError: If it was stopped.
        """
        with self.reading() as connection:
            damage.check(connection, cancel)
        try:
            self.mend_words(cancel)
        except CatalogDamagedError:
            raise
        except StoreError as error:  # such as another program that writes; nothing is wrong yet
            _log.info("The index of words was not looked at: %s", error)

    def mend_words(self, cancel: CancelToken) -> bool:
        """Make the index of words anew where it is damaged; whether it was.

        Raises:
            CancelledError: If it was stopped.
            CatalogDamagedError: If it cannot be made anew.
            StoreError: If the library cannot be written.
        """
        if not self._writable:
            return False
        with self.writing() as connection, cancellable(connection, cancel):
            if word_index.is_whole(connection):
                return False
            word_index.make_anew(connection)
        _log.warning("The index of the words of names was damaged and has been made anew")
        return True

    def back_up(self, cancel: CancelToken) -> None:
        """Make a backup; see `Backups.make`. Others may read and write meanwhile."""
        with self.reading() as connection:
            self.backups.make(connection, cancel)

    def close(self) -> None:
        """Close every thread's connection, waiting for what each is doing."""
        with self._lock:
            self._is_closed = True
            opened = list(self._opened)
        for one in opened:
            one.close()
        self.empty_log()

    def empty_log(self) -> None:
        """Have all that was written in the file itself, and nothing in the log beside it.

        The last connection to close does that by itself. Where another program reads, this one is
        not the last, and the next start would take the log for that of a program that was killed.
        """
        if not self._writable or not _has_left_log(self._path):
            return
        try:
            with closing(_open(self._target, _EMPTYING_S)) as connection:
                is_busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error as error:
            _log.warning("The catalog's log could not be emptied: %s", error)
        else:
            if is_busy:  # nothing is lost: the next start looks for damage, and finds none
                _log.info("The catalog's log could not be emptied: another program reads it")

    @contextmanager
    def _holding(self) -> Iterator[sqlite3.Connection]:
        mine = self._mine()
        with mine.lock:
            # close() may have come between the two lines above.
            self._raise_if_closed()
            try:
                yield mine.connection
            except sqlite3.Error as error:
                said = self._explain(error, mine.connection)
                if said is None:
                    raise
                raise said from error

    def _explain(self, error: sqlite3.Error, connection: sqlite3.Connection) -> StoreError | None:
        """What an error means to the user; None where it is a bug of ours."""
        if self._is_gone():
            return _gone(self._path)
        said = as_store_error(error)
        if said is None and code_of(error) == sqlite3.SQLITE_ERROR:
            # Such as a table that is not there: a bug, unless the file has changed below us.
            try:
                with sqlite_in_words():
                    damage.version_of(connection)
            except StoreError as found:
                return found
        return said

    def _is_gone(self) -> bool:
        return self._target != _IN_MEMORY and not self._path.exists()

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
            raise StoreError(phrase("Engine: Library", "The library is closed."))

    def _connect(self) -> sqlite3.Connection:
        connection = _open(self._target)
        try:
            if self._target == _IN_MEMORY:
                migrations.migrate(connection, version=0)
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
        _check_file(self._path, self.backups)
        connection = _open(self._target)
        try:
            version = damage.version_of(connection)
            if 0 < version < migrations.LATEST_VERSION:
                self.backups.make_before_migration(connection, version)
            if version == 0:
                # Lets `Connections.shrink` give space back; only possible before the first table.
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            mode: str = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            if mode != "wal":
                # Some network drives cannot: slower, readers wait for the writer, nothing lost.
                _log.warning("The catalog's drive has no write-ahead log; using %r", mode)
            if version < migrations.LATEST_VERSION:
                migrations.migrate(connection, version)
        finally:
            connection.close()


class _ThreadConnection:
    """A connection that closes itself when its thread ends."""

    _numbers = itertools.count(1)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.number = next(self._numbers)
        # Closing a connection under a thread that uses it is undefined; see Connections.close.
        self.lock = threading.RLock()

    def close(self) -> None:
        with self.lock:
            self.connection.close()

    def __del__(self) -> None:
        self.connection.close()


class ClosingConnection(sqlite3.Connection):
    """A connection that is closed when it is told to.

    SQLite keeps one open, with its log, as long as a statement of it is not at its end
    (https://www.sqlite.org/c3ref/close.html). A traceback that somebody holds is enough: its
    frames hold the cursor.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._cursors: weakref.WeakSet[sqlite3.Cursor] = weakref.WeakSet()

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        """Run a statement, and remember what stands in its rows."""
        cursor = super().execute(*arguments)
        self._cursors.add(cursor)
        return cursor

    def close(self) -> None:
        """Close it, with every cursor that somebody still holds."""
        for each in list(self._cursors):
            each.close()
        self._cursors.clear()  # which cannot be closed after it
        super().close()


def _open(target: str, timeout_s: float = _BUSY_TIMEOUT_S) -> sqlite3.Connection:
    connection = sqlite3.connect(
        target,
        timeout=timeout_s,
        factory=ClosingConnection,
        isolation_level=None,  # transactions are written out, see Connections.writing
        check_same_thread=False,  # close() comes from another thread
        uri=target.startswith("file:"),
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # A build of SQLite may map the file by itself. Where a drive vanishes, what is read tells
        # of an error; what is mapped ends the process.
        connection.execute("PRAGMA mmap_size = 0")
    except BaseException:
        connection.close()
        raise
    return connection


def _check_file(path: Path, backups: Backups) -> None:
    """Look at what can be told before SQLite has the file.

    Raises:
        CatalogDamagedError: If it is damaged, or gone although it has been backed up: SQLite
            would begin a new one in its place.
    """
    try:
        is_empty = path.stat().st_size == 0
        if not is_empty:
            damage.check_header(path)
    except FileNotFoundError:
        is_empty = True
    except OSError:
        return  # SQLite will say so
    if is_empty and backups.are_there():
        raise CatalogDamagedError(
            phrase("Engine: Library", "The library's file is gone."), DAMAGED_HINT
        )


def _gone(path: Path) -> StoreError:
    return StoreError(
        phrase("Engine: Library", "The library is not at {parent} any more.").format(
            parent=path.parent
        ),
        phrase("Engine: Library", "Connect the drive that it lies on, and open it again."),
    )


def _has_left_log(path: Path) -> bool:
    """Whether the last program that wrote the catalog did not come to close it.

    The last one that closes it deletes the log; one that is killed, or has its power cut, cannot.
    """
    for ending in ("-wal", "-journal"):
        with suppress(OSError):
            if path.with_name(path.name + ending).stat().st_size:
                return True
    return False


def _readable_target(path: Path, backups: Backups) -> str:
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
            phrase("Engine: Library", "The library {path} cannot be opened ({reason}).").format(
                path=path, reason=error.strerror
            ),
            phrase(
                "Engine: Library",
                "Make its folder accessible or choose another place with --data-dir.",
            ),
        ) from error
    _check_file(path, backups)
    # Empty is also what a program leaves behind that was killed while making its catalog.
    if is_empty:
        return _IN_MEMORY
    uri = f"{_file_uri(path)}?mode=ro"
    try:
        version = _version_at(uri)
    except sqlite3.OperationalError as error:
        # On a read-only medium or a full disk the files of the write-ahead log cannot be made.
        # Nobody writes there either, so it can be read as it is, unless a log was left behind.
        if not is_unwritable(error) or _has_left_log(path):
            raise
        uri += "&immutable=1"
        version = _version_at(uri)
    if version == 0:
        return _IN_MEMORY
    if version < migrations.LATEST_VERSION:
        raise StoreError(
            phrase(
                "Engine: Library", "The library was written by an older version of Image Seeker."
            ),
            phrase(
                "Engine: Library",
                "Open it once for writing, for example with the window, to bring it up to date.",
            ),
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
        return damage.version_of(connection)
    finally:
        connection.close()
