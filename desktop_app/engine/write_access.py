"""The right to write a library: one process has it, where the disk lets anybody."""

import os
import shutil
import tempfile
from pathlib import Path

import filelock

from desktop_app.engine.errors import LibraryInUseError, UnwritableError
from desktop_app.engine.paths import DataPaths, not_written
from desktop_app.engine.phrases import phrase

_ROOM_BYTES = 1_000_000
"""More than opening a library takes, or writing a batch of pictures."""


def acquire(paths: DataPaths) -> filelock.BaseFileLock:
    """Keep other writers out, until the lock is released.

    Raises:
        LibraryInUseError: If another process, or this one, has it already.
        UnwritableError: If the disk does not let it be taken.
    """
    lock = filelock.FileLock(paths.lock, blocking=False, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise LibraryInUseError(
            phrase(
                "Engine: Library",
                "Another Image Seeker, a window or a command, is working with this library.",
            ),
            phrase("Engine: Library", "Use that one, or wait until it is done."),
        ) from error
    except OSError as error:
        raise not_written(paths.lock.parent, error) from error
    return lock


def check(catalog: Path) -> None:
    """Find out about what may only be read: SQLite would say so with the first change.

    Raises:
        UnwritableError: If the file or its folder is such.
    """
    for path in (catalog.parent, catalog):
        if path.exists() and not os.access(path, os.W_OK):
            raise UnwritableError(
                phrase("Engine: Library", "The library at {path} may only be read.").format(
                    path=path
                ),
                phrase(
                    "Engine: Library", "Make it writable or choose another place with --data-dir."
                ),
            )


def has_room(folder: Path) -> bool:
    """Whether the disk has room for what is written at once. Takes as long as writing 1 MB.

    It is tried: a disk may have room that this user, or this folder, may not take. But never where
    trying would take the last of it from what is being written.
    """
    try:
        if shutil.disk_usage(folder).free < 2 * _ROOM_BYTES:
            return False
        with tempfile.TemporaryFile(dir=folder) as file:
            # Nothing that a disk could store as less than it is.
            file.write(os.urandom(_ROOM_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return False
    return True
