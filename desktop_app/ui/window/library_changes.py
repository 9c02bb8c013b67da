"""Keeps what a window shows in step with the library, while it is indexed and changed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.engine.records import IndexSummary, SkipKind
from desktop_app.ui.library.library_care import LibraryCare
from desktop_app.ui.messages.problems_desk import ProblemsDesk
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane, Lanes

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library
    from desktop_app.ui.window.main_window import MainWindow


class LibraryChanges(QObject):
    """Follows the runs, the folders and the files.

    Args:
        window: What is kept in step; its desks are there already.
        lanes: For the care of the library.
        lane: For what was not indexed.
    """

    def __init__(self, window: "MainWindow", lanes: Lanes, lane: Lane) -> None:
        super().__init__(window)
        self._window = window
        self._care = LibraryCare(lanes.open("care"), window.notices, self)
        self._problems = ProblemsDesk(lane, window.problems, window.status, window.notices, self)
        indexing = window.indexing
        indexing.progressed.connect(window.status.show_progress)
        indexing.grown.connect(window.results.refresh)
        indexing.finished.connect(self._indexed)
        indexing.followed.connect(self._take_in)
        indexing.failed.connect(window.notices.exception)
        indexing.refused.connect(window.arrival.say_unwritable)
        indexing.idle_changed.connect(self._idle_changed)
        window.folder_watch.changed.connect(indexing.look_again)
        window.folder_watch.failed.connect(window.notices.exception)
        window.folder_watch.state_changed.connect(
            lambda state: window.folders_desk.show_watch([state])
        )
        window.folder_watch.moved.connect(window.folders_desk.show_moved)
        window.folders_desk.changed.connect(window.folder_watch.refresh)
        window.folders_desk.changed.connect(self._show_all_anew)
        window.folders_desk.presence_changed.connect(self._reload_shown)
        window.models_desk.answering_changed.connect(window.results.refresh)
        window.labels_desk.changed.connect(window.search_desk.refresh)
        window.labels_desk.changed.connect(window.viewer.refresh_labels)
        window.files.desk.changed.connect(self._show_all_anew)
        window.files.desk.changed.connect(window.labels_desk.write)  # what was being moved waits

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._problems.set_library(library)
        self._care.set_library(library)

    def _idle_changed(self, is_idle: bool) -> None:
        window = self._window
        if is_idle:
            window.status.hide_progress()
            window.results.refresh()
            window.search_desk.refresh()
            window.searches_desk.refresh()
        window.middle.refresh()

    def _take_in(self, outcome: IndexSummary) -> None:
        """Show what is different after a run."""
        if outcome.updated or outcome.moved or outcome.held_back:
            self._reload_shown()
        self._problems.refresh()
        if outcome.added:
            self._window.files.desk.welcome_back()
        if not outcome.cancelled:
            self._care.back_up()

    def _indexed(self, outcome: IndexSummary, is_quiet: bool) -> None:
        window = self._window
        self._take_in(outcome)
        window.folder_watch.refresh()
        text = wording.changes(outcome) if is_quiet else wording.outcome(outcome)
        if outcome.cancelled:
            window.notices.info(
                wording.outcome(outcome), tr("Indexing", "Continue"), window.indexing.rescan
            )
        elif any(skip.kind is not SkipKind.OFFLINE for skip in outcome.failed) and not is_quiet:
            window.notices.info(text, tr("Indexing", "Show"), window.panels.open_problems)
        elif text:
            window.notices.info(text)

    def _reload_shown(self) -> None:
        """Files have changed, come or gone: show what is there now."""
        window = self._window
        window.thumbnails.refresh()
        window.results.reload_records()
        window.grid.reload()
        window.viewer.reload()

    def _show_all_anew(self) -> None:
        window = self._window
        self._reload_shown()
        window.results.refresh()
        window.search_desk.refresh()
        window.searches_desk.refresh()
        self._problems.refresh()
