"""Opens the library for a window, leads it to all who serve it, mends it where it is damaged."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.engine.errors import CatalogDamagedError, UserFacingError
from desktop_app.engine.records import Root
from desktop_app.ui.library.library_opener import LibraryOpener, OpenLibrary
from desktop_app.ui.library.rescue import Rescue, Rescuer
from desktop_app.ui.messages.notices import explain
from desktop_app.ui.words import wording
from desktop_app.ui.work.tasks import Lane, Lanes

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library
    from desktop_app.ui.window.main_window import MainWindow


class LibraryArrival(QObject):
    """Holds the library from the moment it is open.

    Args:
        window: Who waits for it.
        open_library: Opens it; called in the background, and again after a failure.
        rescuer: Mends one that is damaged.
        lanes: Where it is opened and mended.
        lane: For what is asked of it then.

    Attributes:
        library: The library; None while it is not open.
        error: Why it could not be opened.
        unwritable: Why nothing can be indexed or changed, as a sentence; empty where it can.
        rescue: Offers what can be done for a damaged one.
    """

    def __init__(
        self,
        window: "MainWindow",
        open_library: OpenLibrary,
        rescuer: Rescuer | None,
        lanes: Lanes,
        lane: Lane,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._lane = lane
        self.library: Library | None = None
        self.error: UserFacingError | None = None
        self.unwritable = ""
        self._opener = LibraryOpener(open_library, lanes.open("library"), self)
        self.rescue = Rescue(rescuer, lanes.open("rescue"), self)
        self._opener.opened.connect(self._opened)
        self._opener.failed.connect(self._failed)
        self.rescue.offered.connect(self._offer_rescue)
        self.rescue.asked.connect(self._restore)
        self.rescue.failed.connect(lambda error: window.notices.error(str(explain(error))))

    def open(self, first: Callable[[], object] | None = None) -> None:
        """Open it, once something was done in the background."""
        self._opener.open(first)

    def try_again(self) -> None:
        """Open it again, after a failure."""
        self.error = None
        self._window.middle.refresh()
        self._opener.open()

    def close(self) -> None:
        """Close it; only once no lane uses it any more."""
        self._opener.close()

    def say_unwritable(self) -> None:
        """Say why nothing can be changed."""
        self._window.notices.mention(self.unwritable)

    def _opened(self, library: "Library") -> None:
        window = self._window
        self.library, self.error = library, None
        if library.unwritable is not None:
            self._forbid_changes(library.unwritable)
        window.thumbnails.start(library.thumbnail)
        window.viewer.set_library(library)
        window.commands.set_library(library)
        window.results.set_library(library)
        window.grid_desk.set_library(library)
        window.search_desk.set_library(library)
        window.searches_desk.set_library(library)
        window.labels_desk.set_library(library)
        window.browse_desk.set_library(library)
        window.indexing.set_library(library)
        window.models_desk.set_library(library)
        window.folders_desk.set_library(library)
        window.files.set_library(library)
        window.pace_desk.set_library(library)
        if library.unwritable is None:
            window.folder_watch.start(library)
        window.search_preparation.start(library)
        window.shell.set_library(library)
        for complaint in library.complaints:
            window.notices.info(complaint)
        # What changed while the program was closed, or was left over when it was.
        self._lane.call(library.roots, self._catch_up, window.notices.exception)
        window.changes.set_library(library)

    def _catch_up(self, roots: Sequence[Root]) -> None:
        self._window.shell.roots_known(roots)
        if roots:
            self._window.indexing.catch_up()

    def _forbid_changes(self, why: str) -> None:
        """Offer nothing that a library that cannot be written does not let happen."""
        window = self._window
        self.unwritable = wording.unwritable(why)
        self.say_unwritable()
        window.header.forbid_changes(self.unwritable)
        window.searches_desk.forbid_changes(self.unwritable)
        window.files.desk.forbid_changes(self.unwritable)
        window.folders.show_fixed(self.unwritable)

    def _failed(self, error: Exception) -> None:
        self.error = explain(error)
        if isinstance(error, CatalogDamagedError):
            self.rescue.look(error)
        self._window.middle.refresh()

    def _offer_rescue(self) -> None:
        """Say what can be done for a damaged library: in the middle, or in a notice beside it."""
        offer = self.rescue.offer
        if self.error is None and offer is not None:
            self._window.notices.error(offer.text, offer.action, offer.act)
        self._window.middle.refresh()

    def _restore(self, restore: Callable[[], object]) -> None:
        """Restore the library; where it is open, by way of another window."""
        if self.library is None:
            self.error = None
            self._window.middle.refresh()
            self._opener.open(restore)
        else:
            self._window.reopen(restore)
