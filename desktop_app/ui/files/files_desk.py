"""Renames, moves and throws away the chosen pictures, shows how far that is, and takes it back."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.records import (
    FailedFile,
    FileAction,
    FileProgress,
    FileSummary,
    Query,
    SkipKind,
    SkippedFile,
)
from desktop_app.ui.commands.undo_stack import Undoable, UndoStack
from desktop_app.ui.files import file_wording
from desktop_app.ui.files.rename_strip import RenameStrip
from desktop_app.ui.grid.results import Results
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.messages.problems_panel import ProblemsPanel
from desktop_app.ui.messages.progress_strip import ProgressStrip
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.jobs import Jobs
from desktop_app.ui.work.late_job import LateJob
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

ASKED_FROM = 100
"""So many pictures are not thrown away before the user says so once more."""

MOST_LISTED = 1_000
"""Of what could not be done."""

_KIND = "files"

Reports = Iterator[FileProgress | FileSummary]
Start = Callable[["Library", CancelToken], Reports]


class FilesDesk(QObject):
    """Asks the library for it, one thing after another.

    Args:
        lane: For the files.
        looking: For finding out where a single file is.
        results: What is shown.
        rename: Where a name is asked for.
        progress: Where it is said how far it is.
        failed: Lists what could not be done.
        notices: Where the user is told.
        undo: What can be taken back.
        jobs: Lists what takes longer.
        parent: Its owner.
    """

    changed = Signal()
    """Files are elsewhere now, or pictures have left the library or are back."""
    next_asked = Signal(int)
    """The row to go on at, because what was chosen has left, or something is back."""
    failures_asked = Signal()
    """The list of what could not be done is to be seen."""

    def __init__(
        self,
        lane: Lane,
        looking: Lane,
        results: Results,
        rename: RenameStrip,
        progress: ProgressStrip,
        failed: ProblemsPanel,
        notices: Notices,
        undo: UndoStack,
        jobs: Jobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._looking = looking
        self._results = results
        self._rename = rename
        self._progress = progress
        self._failed = failed
        self._notices = notices
        self._undo = undo
        self._job = LateJob(jobs, lane.cancel, self)
        self._outcome = ""
        self._library: Library | None = None
        self._unwritable = ""
        self._running = 0
        self._next_row: int | None = None
        self._returned: tuple[int, Query] | None = None  # to go on at, while that is searched for
        undo.serve(_KIND, self._take_back)
        rename.renamed.connect(self._rename_to)
        progress.closed.connect(lane.cancel)
        results.changed.connect(self._go_on)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library

    def forbid_changes(self, why: str) -> None:
        """Change nothing from now on.

        Args:
            why: What to say to who asks for it all the same, a sentence.
        """
        self._unwritable = why

    def why_not(self, count: int, *, single: bool = False) -> str:
        """Why files cannot be moved now; empty where they can.

        Args:
            count: How many pictures are chosen.
            single: Whether it is for one alone.
        """
        if self._unwritable:
            return self._unwritable
        if single:
            return "" if count == 1 else tr("Commands", "Select one picture first.")
        return "" if count else tr("Commands", "Select a picture first.")

    def ask_name(self, rows: Sequence[int]) -> None:
        """Ask for another name of the one picture that is chosen."""
        library, ids = self._library, self.ids(rows)
        if library is None or len(ids) != 1:
            return
        picture_id = int(ids[0])

        def found(path: str) -> None:
            if path:
                self._rename.ask(picture_id, wording.file_name(path))

        def look_up() -> str:
            picture = library.pictures([picture_id]).get(picture_id)
            return "" if picture is None else picture.path

        self._looking.call(look_up, found, self._notices.exception)

    def ids(self, rows: Sequence[int]) -> NDArray[np.int64]:
        """The ids of the pictures in some rows, shape ``(rows,)``, for something asked later."""
        return self._results.model.ids_of(rows)

    def move(self, ids: NDArray[np.int64], folder: str) -> None:
        """Move pictures into a folder.

        Args:
            ids: Which, shape ``(n,)``.
            folder: Where to.
        """
        self._begin(
            FileAction.MOVE,
            len(ids),
            lambda library, token: library.files.move(ids, folder, token),
        )

    def trash(self, rows: Sequence[int]) -> None:
        """Put the chosen pictures into the trash; where they are very many, ask first."""
        ids = self.ids(rows)
        if not len(ids):
            return
        row = rows[0]
        if len(ids) <= ASKED_FROM:
            self._trash(ids, row)
            return
        text = tr("Files", "Move {count} pictures to the trash?")
        self._notices.remind(
            text.format(count=wording.count(len(ids))),
            tr("Files", "Move to trash"),
            lambda: self._trash(ids, row),
        )

    def _trash(self, ids: NDArray[np.int64], row: int) -> None:
        self._begin(
            FileAction.TRASH,
            len(ids),
            lambda library, token: library.files.trash(ids, token),
            next_row=row,
        )

    def _rename_to(self, picture_id: int, name: str) -> None:
        self._begin(
            FileAction.RENAME,
            1,
            lambda library, token: library.files.rename(picture_id, name, token),
        )

    def _take_back(self, done: FileSummary) -> None:
        self._begin(
            done.action,
            len(done.done),
            lambda library, token: library.files.undo(done, token),
            undone=done,
        )

    def _keep(self, done: FileSummary) -> Undoable:
        """Note what can be taken back."""
        text = file_wording.undo_text(done.action)
        return self._undo.push_change(text, _KIND, done, done.held_bytes)

    def _begin(
        self,
        action: FileAction,
        total: int,
        start: Start,
        next_row: int | None = None,
        undone: FileSummary | None = None,
    ) -> None:
        library = self._library
        if library is None or not total:
            return
        if not self._running:
            self._progress.begin(file_wording.doing(action, FileProgress(0, total)))
            self._job.begin(file_wording.job_title(action))
        self._running += 1

        def each(report: FileProgress | FileSummary) -> None:
            if isinstance(report, FileSummary):
                self._tell(report, next_row)
                if undone is not None and report.cancelled:
                    back = {one.picture_id for one in report.done}
                    rest = tuple(one for one in undone.done if one.picture_id not in back)
                    self._keep(replace(undone, done=rest))
            else:
                self._progress.show_progress(file_wording.doing(action, report), report)
                self._job.show_progress(report.done, report.total)

        def failed(error: Exception) -> None:
            self._end()
            self.changed.emit()  # a part may be done
            if undone is not None:
                self._keep(undone)
            self._notices.exception(error)

        self._lane.stream(lambda token: _thinned(start(library, token)), each, self._end, failed)

    def _end(self) -> None:
        self._running -= 1
        if not self._running:
            self._progress.end()
            self._job.end(self._outcome)
            self._outcome = ""

    def _tell(self, summary: FileSummary, next_row: int | None) -> None:
        """Show what is different, say it, and offer to take it back."""
        if summary.done:
            shown = self._results.shown
            if summary.left and next_row is not None:
                self._next_row = next_row
            elif summary.is_undo and shown is not None:
                self._returned = summary.done[0].picture_id, shown.query
            self.changed.emit()
        text = self._outcome = file_wording.outcome(summary)
        undone = None
        if summary.done and not summary.is_undo:
            undone = self._keep(summary)
        if summary.failed:
            list_failures(self._failed, summary.failed)
            self._notices.error(text, tr("Files", "Show"), self.failures_asked.emit)
        elif undone is not None:
            undo = partial(self._undo.take_back, undone)
            self._notices.info(text, tr("Files", "Undo"), undo, about=undone)
        else:
            self._notices.info(text)

    def _go_on(self) -> None:
        row, self._next_row = self._next_row, None
        if row is None and self._returned is not None:
            picture_id, query = self._returned
            row = self._results.model.row_of(picture_id)
            shown = self._results.shown
            if row is not None or shown is None or shown.query != query:
                self._returned = None
        if row is not None:
            self.next_asked.emit(row)


def list_failures(panel: ProblemsPanel, failed: Sequence[FailedFile]) -> None:
    """List what could not be done, as far as anybody would read it."""
    shown = failed[:MOST_LISTED]
    panel.show_files(
        [SkippedFile(one.path, one.reason, SkipKind.UNREADABLE) for one in shown],
        len(failed) - len(shown),
    )


def _thinned(reports: Reports) -> Reports:
    """Every progress that can be seen: a hundredth of the whole, and the last item."""
    step, due = 1, 0
    for report in reports:
        if isinstance(report, FileProgress):
            step = max(1, report.total // 100)
            if report.done < due:
                continue
            due = report.done + step
        yield report
