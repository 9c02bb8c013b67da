"""Keeps what a window shows in step with the library, while it is indexed and changed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.engine.records import IndexPreparation, IndexSummary, SkipKind, WatchState
from desktop_app.ui.messages.problems_desk import ProblemsDesk
from desktop_app.ui.window.session import Session
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library
    from desktop_app.ui.window.main_window import MainWindow


class LibraryChanges(QObject):
    """Follows the runs, the folders and the files, and tells other windows what this one changes.

    What the session tells is received by methods of objects that go with the window: a function of
    any other kind would be called after it has gone.

    Args:
        window: What is kept in step; its desks are there already.
        session: What all windows share.
        lane: For what was not indexed.
    """

    def __init__(self, window: "MainWindow", session: Session, lane: Lane) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._problems = ProblemsDesk(lane, window.problems, window.status, window.notices, self)
        self._follow()
        self._tell()

    def _follow(self) -> None:
        """Show what goes on, whichever window has begun it."""
        window, session = self._window, self._session
        indexing = session.indexing
        indexing.progressed.connect(window.status.show_progress)
        indexing.grown.connect(window.results.refresh)
        indexing.finished.connect(self._indexed)
        indexing.followed.connect(self._take_in)
        indexing.failed.connect(window.notices.exception)
        indexing.refused.connect(window.arrival.say_unwritable)
        indexing.idle_changed.connect(self._idle_changed)
        session.folder_watch.state_changed.connect(self._show_watch)
        session.folder_watch.moved.connect(window.folders_desk.show_moved)
        session.preparation.progressed.connect(self._show_preparation)
        session.preparation.ended.connect(self._show_preparation)
        session.pace.looked.connect(self._show_pace)
        session.pace.gentle_changed.connect(window.show_gentle)
        session.pictures_changed.connect(self._show_all_anew)
        session.labels_changed.connect(self._show_labels)
        session.searches_changed.connect(self._searches_changed)
        session.model_chosen.connect(self._model_chosen)
        session.folders_answered.connect(self._folders_answered)

    def _tell(self) -> None:
        """Do for all windows what is asked for in this one, and tell them what it changes."""
        window, session = self._window, self._session
        window.status.paused.connect(session.pace.pause)
        for resume in (window.status.resumed, window.status.embedding.continued):
            resume.connect(session.pace.resume)
        window.folders_desk.changed.connect(session.note_folders)
        window.folders_desk.presence_changed.connect(self._reload_shown)
        window.folders_desk.answered.connect(
            lambda: session.folders_answered.emit(window.folders_desk)
        )
        window.models_desk.answering_changed.connect(window.results.refresh)
        window.models_desk.chosen.connect(lambda: session.model_chosen.emit(window.models_desk))
        window.labels_desk.changed.connect(session.labels_changed)
        window.searches_desk.changed.connect(
            lambda: session.searches_changed.emit(window.searches_desk)
        )
        window.files.desk.changed.connect(session.pictures_changed)
        window.files.desk.changed.connect(session.label_files.write)  # what was being moved waits

    def set_library(self, library: "Library") -> None:
        """Begin to serve; what goes on already is seen at once."""
        window, session = self._window, self._session
        self._problems.set_library(library)
        window.folders_desk.show_watch(session.folder_watch.states.values())
        for state in session.folder_watch.states.values():
            window.browse_desk.sidebar.show_watch(state)
        if session.indexing.told is not None:
            window.status.show_progress(session.indexing.told)
        self._show_preparation()
        if session.pace.is_known:
            self._show_pace()

    def _idle_changed(self, is_idle: bool) -> None:
        window = self._window
        if is_idle:
            window.status.hide_progress()
            window.results.refresh()
            window.search_desk.refresh()
            window.searches_desk.refresh()
        window.middle.refresh()

    def _show_watch(self, state: WatchState) -> None:
        self._window.folders_desk.show_watch([state])

    def _show_preparation(self, _state: IndexPreparation | None = None) -> None:
        state = self._session.preparation.state
        text = "" if state is None else wording.preparing_search(state)
        self._window.status.show_preparation(text)

    def _show_pace(self) -> None:
        self._window.status.show_pace(self._session.pace.why_paused)

    def _take_in(self, outcome: IndexSummary) -> None:
        """Show what is different after a run."""
        if outcome.updated or outcome.moved or outcome.held_back:
            self._reload_shown()
        self._problems.refresh()

    def _indexed(self, outcome: IndexSummary, is_quiet: bool) -> None:
        window = self._window
        self._take_in(outcome)
        text = wording.changes(outcome) if is_quiet else wording.outcome(outcome)
        if outcome.cancelled:
            window.notices.info(
                wording.outcome(outcome), tr("Indexing", "Continue"), self._session.indexing.rescan
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
        window.results.renew()
        window.search_desk.refresh()
        window.searches_desk.refresh()
        window.folders_desk.refresh()
        window.browse_desk.folders_changed()
        self._problems.refresh()

    def _show_labels(self) -> None:
        window = self._window
        window.labels_desk.refresh()
        window.search_desk.refresh()
        window.viewer.refresh_labels()
        window.browse_desk.labels_changed()

    # What other windows have done

    def _searches_changed(self, desk: object) -> None:
        if desk is not self._window.searches_desk:
            self._window.searches_desk.read()

    def _model_chosen(self, desk: object) -> None:
        if desk is not self._window.models_desk:
            self._window.models_desk.reload()

    def _folders_answered(self, desk: object) -> None:
        if desk is not self._window.folders_desk:
            self._window.folders_desk.withdraw_answered()
