"""Offers the backup of a damaged library, in the middle of the window or in a notice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.errors import CatalogDamagedError
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import CatalogBackup
from desktop_app.ui.words import wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.work.tasks import Lane


class Rescuer(Protocol):
    """What can be done for a library that does not open."""

    def newest_backup(self) -> CatalogBackup | None:
        """Its newest backup that is whole; may take seconds."""
        ...

    def restore(self, backup: CatalogBackup | None) -> object:
        """Put it in place, or begin anew; no program may have the library open.

        Raises:
            UserFacingError: If it cannot be done.
        """
        ...


class LibraryRescuer:
    """The `Rescuer` of the library in some folders."""

    def __init__(self, paths: DataPaths) -> None:
        self._paths = paths

    def newest_backup(self) -> CatalogBackup | None:
        """Its newest backup that is whole."""
        from desktop_app.engine import mending  # the window opens before the engine

        return mending.newest_backup(self._paths)

    def restore(self, backup: CatalogBackup | None) -> object:
        """Put it in place."""
        from desktop_app.engine import mending

        return mending.restore(self._paths, backup)


@dataclass(frozen=True)
class Offer:
    """What the user can have done.

    Attributes:
        text: What has happened.
        hint: What it means.
        action: Label of its button.
        act: What the button does.
    """

    text: str
    hint: str
    action: str
    act: Callable[[], None]


class Rescue(QObject):
    """Looks for a backup in the background; belongs to the GUI thread.

    Args:
        rescuer: Whom to ask; None where there is nothing to be done.
        lane: Where to.
        parent: Its owner in Qt.
    """

    offered = Signal()
    """There is an `offer` now."""
    asked = Signal(object)
    """The user wants the library restored; carries a function that does it."""
    failed = Signal(object)
    """The exception that kept it from looking."""

    def __init__(self, rescuer: Rescuer | None, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rescuer = rescuer
        self._lane = lane
        self.offer: Offer | None = None
        self._is_looking = False

    def look(self, error: CatalogDamagedError) -> None:
        """Look for what can be offered; once, however often damage is told."""
        if self.offer is not None:
            self.offered.emit()
        elif self._rescuer is not None and not self._is_looking:
            self._is_looking = True
            self._lane.call(
                self._rescuer.newest_backup,
                lambda backup: self._found(told(error.text), backup),
                self._fail,
            )

    def _found(self, text: str, backup: CatalogBackup | None) -> None:
        self._is_looking = False
        self.offer = Offer(
            text,
            wording.restoring_hint(backup),
            wording.restoring(backup),
            lambda: self._ask(backup),
        )
        self.offered.emit()

    def _ask(self, backup: CatalogBackup | None) -> None:
        self.offer = None
        rescuer = self._rescuer
        if rescuer is not None:
            self.asked.emit(lambda: rescuer.restore(backup))

    def _fail(self, error: Exception) -> None:
        self._is_looking = False
        self.failed.emit(error)
