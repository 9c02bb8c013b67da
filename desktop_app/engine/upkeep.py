"""Keeps the catalog whole: looks for damage after an unclean end, and makes backups in time."""

import logging
import threading
from contextlib import suppress

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, CatalogDamagedError, StoreError
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import CatalogBackup, IndexSummary
from desktop_app.engine.store.catalog import Catalog

logger = logging.getLogger(__name__)

NO_ROOM = phrase(
    "Engine: Library", "There is too little room on the disk for a backup of the library."
)
_PENDING = "pending"
_FAR_SHARE = 0.2
"""Of the pictures; a first day on which one folder after the other is added must not be lost."""


class Upkeep:
    """What has to be done for a catalog now and then. Any thread may call it.

    When it looks: all of the catalog is read once after the program that wrote it last was killed
    or had its power cut, in the background or at the end of the first run, whichever is sooner.
    Otherwise damage shows where something is read, and at the latest when the next backup reads
    everything.

    When it backs up: after a run that was not cancelled, when something has changed since the last
    backup and that is a day old, or has other folders, or a fifth more or fewer pictures; hence
    also after the first run. The next run may begin meanwhile; what it writes is for the next
    backup.

    Args:
        catalog: The open catalog.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._backups = catalog.backups
        self._needs_check = catalog.ended_uncleanly
        self._checking = threading.Lock()
        self._backing_up = threading.Lock()
        self._noting = threading.Lock()
        self._changes = 0  # noted since the start

    def check(self, cancel: CancelToken) -> None:
        """Look for damage, if there is a reason to.

        Raises:
            CatalogDamagedError: If there is some.
            CancelledError: If it was stopped; the next call begins again.
        """
        with self._checking:
            if self._needs_check:
                self._catalog.check(cancel)
                self._needs_check = False
                logger.info("The program ended uncleanly; the catalog is whole")

    def back_up(self, cancel: CancelToken) -> None:
        """Back up, if it is time to. A backup that cannot be made is no error, see `problem`.

        Raises:
            CatalogDamagedError: If the catalog is damaged.
        """
        with self._backing_up:
            if not self._has_changed():
                return
            if not (self._backups.is_due() or self._is_far_behind()):
                return
            try:
                self.check(cancel)
                self._back_up(cancel)
            except CancelledError:
                logger.info("The backup was stopped")

    def note_run(self, summary: IndexSummary) -> None:
        """Remember what a run has changed."""
        changed = summary.added + summary.updated + summary.moved + summary.removed
        if changed or summary.labels_back:
            self.note_change()

    def note_change(self) -> None:
        """Remember that there is something that no backup has."""
        with self._noting, suppress(OSError):
            self._changes += 1
            self._backups.folder.mkdir(exist_ok=True)
            (self._backups.folder / _PENDING).touch()

    @property
    def newest(self) -> CatalogBackup | None:
        """The newest backup."""
        return self._backups.newest()

    @property
    def problem(self) -> str | None:
        """Why the last backup could not be made; None where it could."""
        return self._backups.problem()

    def _is_far_behind(self) -> bool:
        """Whether the newest backup lacks a folder, or much of what there is."""
        newest = self._backups.newest()
        if newest is None:
            return True
        now = self._catalog.picture_count()
        if abs(now - newest.pictures) > _FAR_SHARE * max(now, newest.pictures):
            return True
        places = self._catalog.root_places().values()
        return self._backups.newest_roots() != {place.path for place in places}

    def _has_changed(self) -> bool:
        return not self._backups.are_there() or (self._backups.folder / _PENDING).exists()

    def _back_up(self, cancel: CancelToken) -> None:
        if not self._backups.has_room():
            logger.warning(NO_ROOM)
            self._backups.note_problem(NO_ROOM)
            return
        changes = self._changes
        try:
            self._catalog.back_up(cancel)
        except CatalogDamagedError:
            raise
        except StoreError as error:
            logger.warning("No backup was made: %s", error)
            self._backups.note_problem(error.text)
            return
        self._backups.note_problem(None)
        with self._noting, suppress(OSError):
            if changes == self._changes:  # else it does not have what was noted meanwhile
                (self._backups.folder / _PENDING).unlink(missing_ok=True)
