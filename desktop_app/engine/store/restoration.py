"""Puts a backup in the place of a damaged catalog, or an empty one where there is no backup.

Nothing is deleted: the damaged file is set aside, with the log that lies beside it. A process
killed at any instant leaves the former file in its place; or none, which opens as damaged too
where there are backups; or the backup, whole.
"""

import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.engine.errors import StoreError
from desktop_app.engine.records import CatalogBackup
from desktop_app.engine.store.backups import sync_folder
from desktop_app.engine.store.connection import Connections
from desktop_app.engine.store.sql_errors import sqlite_in_words

_WORKSHOP = "restoring"


def restore(catalog: Path, backup: CatalogBackup | None) -> Path | None:
    """Put a backup in place of a catalog that no program has open.

    Args:
        catalog: The catalog's file; it may be gone.
        backup: What to put there, as `Backups.newest_good` gives it; None begins anew.

    Returns:
        Where the former file is now; None where there was none.

    Raises:
        StoreError: If the disk refuses.
    """
    workshop = catalog.parent / _WORKSHOP
    try:
        discard_unfinished(catalog)
        workshop.mkdir()
        new = workshop / catalog.name
        if backup is None:
            Connections(new, writable=True).close()
        else:
            shutil.copyfile(backup.path, new)
            _name_anew(new)
        with new.open("r+b") as file:
            os.fsync(file.fileno())
        aside = _set_aside(catalog)
        os.replace(new, catalog)
        sync_folder(catalog.parent)
    except OSError as error:
        raise StoreError(
            f"The library could not be restored ({error.strerror}).",
            "Make room in its folder and close other programs that use it, then try again.",
        ) from error
    finally:
        discard_unfinished(catalog)
    return aside


def discard_unfinished(catalog: Path) -> None:
    """Delete what a restoration left that was killed."""
    workshop = catalog.parent / _WORKSHOP
    if workshop.exists():
        shutil.rmtree(workshop, ignore_errors=True)


def _name_anew(path: Path) -> None:
    """Tell the restored catalog from the damaged one.

    A saved vector index may hold what was written after the backup was made, and the numbers by
    which it is known to be up to date come again.
    """
    with sqlite_in_words(), closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE identity SET library_id = lower(hex(randomblob(16)))")


def _set_aside(catalog: Path) -> Path | None:
    """Give a catalog's file another name.

    The log goes first: SQLite would play one that is left behind into the next catalog.
    """
    day = datetime.fromtimestamp(max(0.0, time.time()), UTC).strftime("%Y-%m-%d")
    aside, number = catalog.with_name(f"catalog.damaged-{day}.sqlite3"), 1
    while _any_exists(aside):
        number += 1
        aside = catalog.with_name(f"catalog.damaged-{day}-{number}.sqlite3")
    for ending in ("-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            os.rename(_beside(catalog, ending), _beside(aside, ending))
    try:
        os.rename(catalog, aside)
    except FileNotFoundError:
        return None
    return aside


def _any_exists(path: Path) -> bool:
    return path.exists() or any(_beside(path, end).exists() for end in ("-wal", "-shm", "-journal"))


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
