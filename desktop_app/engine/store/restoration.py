"""Puts a backup in the place of a damaged catalog, or an empty one where there is no backup.

Nothing is deleted: the damaged file is set aside, with the log that lies beside it. A process
killed at any instant leaves the former file in its place with its log; or both set aside and no
file, which opens as damaged too where there are backups; or the backup, whole.
"""

import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.engine.errors import StoreError
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import CatalogBackup
from desktop_app.engine.store.connection import Connections
from desktop_app.engine.store.folder_sync import sync_folder
from desktop_app.engine.store.sql_errors import sqlite_in_words

_WORKSHOP = "restoring"
_LOGS = ("-wal", "-shm", "-journal")


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
            phrase("Engine: Library", "The library could not be restored ({reason}).").format(
                reason=error.strerror
            ),
            phrase(
                "Engine: Library",
                "Make room in its folder and close other programs that use it, then try again.",
            ),
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
    """Give a catalog's file another name, and its log.

    The log has both names until the file has gone: without its log the file has lost what was
    written last. It is gone before another file comes: SQLite would play it into that one.
    """
    day = datetime.fromtimestamp(max(0.0, time.time()), UTC).strftime("%Y-%m-%d")
    aside, number = catalog.with_name(f"catalog.damaged-{day}.sqlite3"), 1
    while _any_exists(aside):
        number += 1
        aside = catalog.with_name(f"catalog.damaged-{day}-{number}.sqlite3")
    for ending in _LOGS:
        with suppress(FileNotFoundError):
            _name_twice(_beside(catalog, ending), _beside(aside, ending))
    is_there = True
    try:
        os.rename(catalog, aside)
    except FileNotFoundError:
        is_there = False
    for ending in _LOGS:
        _beside(catalog, ending).unlink(missing_ok=True)
    return aside if is_there else None


def _name_twice(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without links
        shutil.copyfile(path, other)


def _any_exists(path: Path) -> bool:
    return path.exists() or any(_beside(path, ending).exists() for ending in _LOGS)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
