"""What SQLite says, in words for the user. The only place where its error codes are read."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import (
    CancelledError,
    CatalogDamagedError,
    FullDiskError,
    NoRoomError,
    StoreError,
)
from desktop_app.engine.phrases import phrase

# Primary result codes, https://www.sqlite.org/rescode.html; the low byte of an extended one.
_PRIMARY_CODE = 0xFF

_STEPS_BETWEEN_LOOKS = 20_000
"""Instructions of SQLite's machine between two looks at the token: some milliseconds."""

DAMAGED = phrase("Engine: Library", "The library's file is damaged.")
DAMAGED_HINT = "`image-seeker restore` brings back its backup; your pictures are not affected."

_DAMAGED_CODES = frozenset(
    [
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_TOOBIG,  # a length in a damaged page; nothing that is written comes near
        sqlite3.SQLITE_IOERR_SHORT_READ,
        sqlite3.SQLITE_IOERR_CORRUPTFS,
    ]
)

_NO_ROOM_TO_OPEN = sqlite3.SQLITE_IOERR_SHMSIZE
"""What a full disk says to whoever opens the catalog: beside the log, SQLite needs 32 KB for a
file that its connections share (https://www.sqlite.org/wal.html#the_wal_index)."""

_SENTENCES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: (
        phrase("Engine: Library", "The disk that holds the library is full."),
        phrase(
            "Engine: Library", "Free some space and try again; everything indexed so far is kept."
        ),
    ),
    sqlite3.SQLITE_IOERR: (
        phrase(
            "Engine: Library", "The library could not be read or written because of a disk error."
        ),
        phrase(
            "Engine: Library", "Check the disk and try again; everything indexed so far is kept."
        ),
    ),
    sqlite3.SQLITE_BUSY: (
        phrase("Engine: Library", "The library is in use by another program."),
        phrase("Engine: Library", "Wait for it to finish or close it, then try again."),
    ),
    sqlite3.SQLITE_LOCKED: (
        phrase("Engine: Library", "The library is in use by another program."),
        phrase("Engine: Library", "Wait for it to finish or close it, then try again."),
    ),
    sqlite3.SQLITE_READONLY: (
        phrase("Engine: Library", "The library cannot be written."),
        phrase(
            "Engine: Library", "Make its folder writable or choose another place with --data-dir."
        ),
    ),
    sqlite3.SQLITE_PERM: (
        phrase("Engine: Library", "The library cannot be opened: the system denies access to it."),
        phrase(
            "Engine: Library", "Make its folder accessible or choose another place with --data-dir."
        ),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        phrase("Engine: Library", "The library cannot be opened or created."),
        phrase(
            "Engine: Library", "Make its folder writable or choose another place with --data-dir."
        ),
    ),
}


def as_store_error(error: sqlite3.Error) -> StoreError | None:
    """Put an error of SQLite into words.

    Returns:
        What to tell the user; None where the error is a bug of ours, such as wrong SQL.
    """
    code = code_of(error)
    if is_damage(error):
        return CatalogDamagedError(DAMAGED, DAMAGED_HINT)
    if code is None:
        # Python's own, when a text column holds no text: the program writes nothing of the kind.
        is_no_text = str(error).startswith("Could not decode to UTF-8")
        return CatalogDamagedError(DAMAGED, DAMAGED_HINT) if is_no_text else None
    if code & _PRIMARY_CODE == sqlite3.SQLITE_NOTADB:
        return CatalogDamagedError(
            phrase("Engine: Library", "The library's file is damaged or not a library."),
            DAMAGED_HINT,
        )
    if code == _NO_ROOM_TO_OPEN:
        return FullDiskError(*_SENTENCES[sqlite3.SQLITE_FULL])
    if code & _PRIMARY_CODE == sqlite3.SQLITE_FULL:
        return NoRoomError(*_SENTENCES[sqlite3.SQLITE_FULL])
    sentence = _SENTENCES.get(code & _PRIMARY_CODE)
    return None if sentence is None else StoreError(*sentence)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite found something that cannot have been written."""
    code = code_of(error)
    return code is not None and (code in _DAMAGED_CODES or code & _PRIMARY_CODE in _DAMAGED_CODES)


def code_of(error: sqlite3.Error) -> int | None:
    """SQLite's extended result code; None where the error is Python's own."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code


def is_unwritable(error: sqlite3.Error) -> bool:
    """Whether SQLite could not make a file that it needs."""
    code = code_of(error)
    return code is not None and (
        code == _NO_ROOM_TO_OPEN
        or code & _PRIMARY_CODE in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
    )


@contextmanager
def cancellable(connection: sqlite3.Connection, cancel: CancelToken) -> Iterator[None]:
    """Let a long statement of the block be stopped.

    Raises:
        CancelledError: If it was; the statement has changed nothing.
    """
    cancel.raise_if_cancelled()
    connection.set_progress_handler(lambda: cancel.is_cancelled, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if code_of(error) != sqlite3.SQLITE_INTERRUPT:
            raise
        raise CancelledError from error
    finally:
        connection.set_progress_handler(None, 0)


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
