"""What SQLite says, in words for the user. The only place where its error codes are read."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app.engine.errors import StoreError

# Primary result codes, https://www.sqlite.org/rescode.html; the low byte of an extended one.
_PRIMARY_CODE = 0xFF

_DAMAGED_HINT = "Move it away and add your folders again; your pictures are not affected."

_SENTENCES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: (
        "The disk that holds the library is full.",
        "Free some space and try again; everything indexed so far is kept.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The library could not be read or written because of a disk error.",
        "Check the disk and try again; everything indexed so far is kept.",
    ),
    sqlite3.SQLITE_BUSY: (
        "The library is in use by another program.",
        "Wait for it to finish or close it, then try again.",
    ),
    sqlite3.SQLITE_LOCKED: (
        "The library is in use by another program.",
        "Wait for it to finish or close it, then try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "The library cannot be written.",
        "Make its folder writable or choose another place with --data-dir.",
    ),
    sqlite3.SQLITE_PERM: (
        "The library cannot be opened: the system denies access to it.",
        "Make its folder accessible or choose another place with --data-dir.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The library cannot be opened or created.",
        "Make its folder writable or choose another place with --data-dir.",
    ),
    sqlite3.SQLITE_CORRUPT: ("The library is damaged.", _DAMAGED_HINT),
    sqlite3.SQLITE_NOTADB: ("The library file is damaged or not a library.", _DAMAGED_HINT),
}


def as_store_error(error: sqlite3.Error) -> StoreError | None:
    """Put an error of SQLite into words.

    Returns:
        What to tell the user; None where the error is a bug of ours, such as wrong SQL.
    """
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    sentence = _SENTENCES.get(code & _PRIMARY_CODE)
    return None if sentence is None else StoreError(*sentence)


def is_unwritable(error: sqlite3.Error) -> bool:
    """Whether SQLite could not make a file that it needs."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & _PRIMARY_CODE in (
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
    )


@contextmanager
def sqlite_in_words() -> Iterator[None]:
    """Raise `StoreError` for what is the environment's fault; let bugs through.

    Raises:
        StoreError: If the disk, the system or another program is in the way.
    """
    try:
        yield
    except sqlite3.Error as error:
        said = as_store_error(error)
        if said is None:
            raise
        raise said from error
