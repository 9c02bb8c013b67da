"""Looks for a damaged library's backups, and puts one in its place; the library is not open."""

import logging

from desktop_app.engine import write_access
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CatalogDamagedError
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import CatalogBackup
from desktop_app.engine.store import restoration
from desktop_app.engine.store.backups import Backups
from desktop_app.engine.store.catalog import Catalog

logger = logging.getLogger(__name__)


def newest_backup(paths: DataPaths) -> CatalogBackup | None:
    """The newest backup of a library that is whole; takes seconds in large libraries."""
    return Backups(paths.catalog).newest_good()


def is_whole(paths: DataPaths, cancel: CancelToken) -> bool:
    """Whether a library opens and shows no damage anywhere; one that is not there is whole.

    Raises:
        StoreError: If it cannot be told.
    """
    try:
        catalog = Catalog.open(paths.catalog, writable=False)
        try:
            catalog.check(cancel)
        finally:
            catalog.close()
    except CatalogDamagedError:
        return False
    return True


def require_unused(paths: DataPaths) -> None:
    """See that nobody works with a library that is there.

    Raises:
        LibraryInUseError: If another process, or this one, has the library open.
        StoreError: If the disk refuses.
    """
    write_access.acquire(paths).release()


def restore(paths: DataPaths, backup: CatalogBackup | None) -> str | None:
    """Put a backup in the place of the catalog, which is set aside; None begins anew.

    Returns:
        Where the former catalog is now; None where there was none.

    Raises:
        LibraryInUseError: If another process, or this one, has the library open.
        StoreError: If the disk refuses.
    """
    paths.create()
    lock = write_access.acquire(paths)
    try:
        aside = restoration.restore(paths.catalog, backup)
    finally:
        lock.release()
    logger.warning("The catalog was restored; the former one is %s", aside)
    return None if aside is None else str(aside)
