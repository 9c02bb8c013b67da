"""Leads the library, once it is open, to all in a window who serve it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.window.session import Session
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library
    from desktop_app.ui.window.main_window import MainWindow


class LibraryArrival(QObject):
    """Waits for the library, or finds it open already where another window has been there before.

    Args:
        window: Who waits for it.
        session: Opens and holds it.
    """

    def __init__(self, window: "MainWindow", session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._has_taken = False
        self._said = ""
        session.opened.connect(self._opened)
        session.state_changed.connect(self._refresh)
        session.rescue_offered.connect(self._offer_rescue)
        session.failed.connect(self._tell)
        session.roots_known.connect(self._take_roots)
        session.room_found.connect(self._offer_to_write)
        session.room.still_full.connect(self._say_still_full)

    @property
    def library(self) -> "Library | None":
        """The library; None while it is not open."""
        return self._session.library

    @property
    def error(self) -> UserFacingError | None:
        """Why it could not be opened."""
        return self._session.error

    @property
    def unwritable(self) -> str:
        """Why nothing can be indexed or changed, as a sentence; empty where it can."""
        return self._session.unwritable

    def begin(self) -> None:
        """The window is shown: have the library opened, or take it as it is."""
        library = self._session.library
        if library is None:
            self._session.begin()
            self._refresh()
        elif not self._has_taken:
            self._take(library)

    def say_unwritable(self) -> None:
        """Say why nothing can be changed."""
        library = self.library
        if library is None or not library.awaits_room:
            self._window.notices.mention(self.unwritable)
            return
        text = self.unwritable
        if self._session.indexing.refused_paths:
            then = tr("Library", "What you have added is taken in then.")
            text = f"{text} {then}"
        self._remind(text, tr("Library", "Try again"), self._session.try_to_write)

    def _offer_to_write(self) -> None:
        """Say that a disk that was full has room."""
        text = tr(
            "Library",
            "There is room on the disk again. Pictures can be indexed and changed once the library "
            "is opened anew.",
        )
        self._remind(text, tr("Library", "Open anew"), self._session.reopen)

    def _say_still_full(self) -> None:
        self.say_unwritable()
        if self._session.windows.front is self._window:
            self._window.notices.info(tr("Library", "The disk is still full."))

    def _remind(self, text: str, action: str, act: Callable[[], None]) -> None:
        """Say one thing at a time of what can be done."""
        notices = self._window.notices
        if self._said != text:
            notices.withdraw(self._said)
        self._said = text
        notices.remind(text, action, act)

    def _opened(self, library: "Library") -> None:
        self._take(library)
        self._window.models_desk.expect_rest()
        for complaint in library.complaints:
            self._window.notices.info(told(complaint))

    def _take(self, library: "Library") -> None:
        window = self._window
        self._has_taken = True
        if self.unwritable:
            self._forbid_changes()
        window.thumbnails.start(library.thumbnail)
        window.viewer.set_library(library)
        window.commands.set_library(library)
        window.results.set_library(library)
        window.grid_desk.set_library(library)
        window.search_desk.set_library(library)
        window.searches_desk.set_library(library)
        window.labels_desk.set_library(library)
        window.browse_desk.set_library(library)
        window.models_desk.set_library(library)
        window.folders_desk.set_library(library)
        window.files.set_library(library)
        window.shell.set_library(library)
        window.changes.set_library(library)
        window.drops.set_library()

    def _take_roots(self, roots: object) -> None:
        if isinstance(roots, list | tuple):
            self._window.shell.roots_known(roots)

    def _forbid_changes(self) -> None:
        """Offer nothing that a library that cannot be written does not let happen."""
        window = self._window
        self.say_unwritable()
        window.header.forbid_changes(self.unwritable)
        window.searches_desk.forbid_changes(self.unwritable)
        window.files.desk.forbid_changes(self.unwritable)
        window.folders.show_fixed(self.unwritable)

    def _refresh(self) -> None:
        self._window.middle.refresh()

    def _tell(self, error: Exception) -> None:
        self._window.notices.exception(error)

    def _offer_rescue(self) -> None:
        """Say what can be done for a damaged library that is open."""
        offer = self._session.rescue.offer
        if offer is not None:
            self._window.notices.error(offer.text, offer.action, offer.act)
