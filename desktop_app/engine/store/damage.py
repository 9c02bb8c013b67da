"""Tells a damaged catalog from a whole one.

SQLite notices much damage by itself, but only where it reads, and some it takes for something
else: a flipped bit in the header makes a file read-only, a newer version's, or another program's.
What opening a catalog costs must not grow with it, so opening looks at the header and the tables'
definitions; `check` looks at everything.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CatalogDamagedError
from desktop_app.engine.store import migrations, word_index
from desktop_app.engine.store.sql_errors import DAMAGED, DAMAGED_HINT, cancellable, code_of

_HEADER_BYTES = 100
_MOST_COMPLAINTS = 10
_BEHIND_WORDS = ("names_config", "names_content", "names_data", "names_docsize", "names_idx")


def damaged() -> CatalogDamagedError:
    """The error that says so."""
    return CatalogDamagedError(DAMAGED, DAMAGED_HINT)


def check_header(path: Path) -> None:
    """Look at the parts of the header that SQLite takes at their word.

    Offsets as in https://www.sqlite.org/fileformat.html#the_database_header; a file that SQLite
    would not take for a database at all is left for it to say so.

    Raises:
        CatalogDamagedError: If the program cannot have written it.
        OSError: If the file cannot be read.
    """
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if 0 < len(header) < _HEADER_BYTES:  # SQLite would take it for a new file
        raise damaged()
    if not header.startswith(b"SQLite format 3\0"):
        return
    is_whole = (
        header[18] in (1, 2)  # any other number to write means read-only
        and header[19] in (1, 2)
        and header[20:24] == bytes((0, 64, 32, 32))
        and int.from_bytes(header[44:48], "big") <= 4
        and int.from_bytes(header[56:60], "big") <= 1  # UTF-8; 0 before the first table
    )
    if not is_whole:
        raise damaged()


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations a database has, after a look at its tables; 0 where it is empty.

    Raises:
        CatalogDamagedError: If it is a catalog whose tables are not those of its version.
        StoreError: If it is no catalog, or one written by a newer program.
    """
    try:
        # In one transaction: another program may be migrating it.
        with _reading_at_once(connection):
            tables = _tables(connection)
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
            application_id: int = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.OperationalError as error:
        if code_of(error) not in (None, sqlite3.SQLITE_ERROR):
            raise
        raise damaged() from error
    except UnicodeDecodeError as error:  # what SQLite says is wrong in a definition
        raise damaged() from error
    if not tables and not version and not application_id:
        return 0
    # An index may go with a later version, a table stays.
    first = {name for name, sql in _expected(1).items() if sql.startswith("CREATE TABLE")}
    if application_id != migrations.APPLICATION_ID and not first <= tables.keys():
        raise migrations.other_program()
    if version > migrations.LATEST_VERSION:
        # Every migration changes a table: these are of this version, and the number is wrong.
        if _is_schema(tables, migrations.LATEST_VERSION):
            raise damaged()
        raise migrations.newer_program()
    is_named = application_id == migrations.APPLICATION_ID and version > 0
    later = range(version + 1, migrations.LATEST_VERSION + 1)
    if (
        not is_named
        or not _is_schema(tables, version)
        or any(_is_schema(tables, each) for each in later)
    ):
        raise damaged()
    return version


def check(connection: sqlite3.Connection, cancel: CancelToken, *, is_quick: bool = False) -> None:
    """Look at every page of a database.

    The index of words is left out, as far as it makes sense as a table: it can be made anew.

    Args:
        connection: To the database.
        cancel: Stops it.
        is_quick: Whether to leave out that each index says what its table says: at 1,000,000
            pictures that is 12 of 14 s (a warm file of 1.1 GB on one core).

    Raises:
        CatalogDamagedError: If something is wrong.
        CancelledError: If it was stopped.
    """
    pragma = "quick_check" if is_quick else "integrity_check"
    with cancellable(connection, cancel):
        found = connection.execute(f"PRAGMA {pragma}({_MOST_COMPLAINTS})").fetchall()
        if any(said != "ok" and word_index.COMPLAINT not in said for (said,) in found):
            raise damaged()
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise damaged()


@contextmanager
def _reading_at_once(connection: sqlite3.Connection) -> Iterator[None]:
    is_outermost = not connection.in_transaction
    if is_outermost:
        connection.execute("BEGIN")
    try:
        yield
    finally:
        if is_outermost and connection.in_transaction:
            connection.execute("ROLLBACK")


def _tables(connection: sqlite3.Connection) -> dict[str, str]:
    """What the database defines, by name; white space does not count."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {
        str(name): " ".join(str(sql).split())
        for name, sql in rows
        # How SQLite defines what is behind an index of words is its own affair.
        if not str(name).startswith(("sqlite_", *_BEHIND_WORDS))
    }


def _is_schema(tables: dict[str, str], version: int) -> bool:
    """Whether all that a version defines is there; an index that somebody added does no harm."""
    return tables.items() >= _expected(version).items()


def _expected(version: int) -> dict[str, str]:
    return _made_by(migrations.MIGRATIONS[:version])


@cache
def _made_by(steps: tuple[migrations.Migration, ...]) -> dict[str, str]:
    """What some migrations define, as SQLite itself writes it down."""
    connection = sqlite3.connect(":memory:")
    try:
        for step in steps:
            step.apply(connection)
        return _tables(connection)
    finally:
        connection.close()
