"""Makes copies of the chosen pictures as the panel says."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.records import CopiesSummary, FileProgress
from desktop_app.ui.files import file_wording
from desktop_app.ui.files.export_panel import ExportChoice, ExportPanel, Kind
from desktop_app.ui.files.files_desk import list_failures
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.memory.recent_folders import RecentFolders
from desktop_app.ui.messages.notices import Notices
from desktop_app.ui.messages.problems_panel import ProblemsPanel
from desktop_app.ui.system import file_manager
from desktop_app.ui.system.folder_chooser import pick_folder
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.jobs import Jobs
from desktop_app.ui.work.late_job import LateJob
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

Reports = Iterator[FileProgress | CopiesSummary]


class ExportDesk(QObject):
    """Asks the library for it, one export at a time.

    Args:
        lane: For making them.
        model: What is shown.
        panel: Where it is chosen.
        failed: Lists what could not be exported.
        folders: Remembers where to.
        notices: Where the user is told.
        jobs: Lists what takes longer.
        window: What dialogs belong to.
    """

    failures_asked = Signal()
    """The list of what could not be exported is to be seen."""

    def __init__(
        self,
        lane: Lane,
        model: PictureModel,
        panel: ExportPanel,
        failed: ProblemsPanel,
        folders: RecentFolders,
        notices: Notices,
        jobs: Jobs,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._lane = lane
        self._model = model
        self._panel = panel
        self._failed = failed
        self._folders = folders
        self._notices = notices
        self._job = LateJob(jobs, lane.cancel, self)
        self._outcome = ""
        self._window = window
        self._library: Library | None = None
        self._rows: Callable[[], Sequence[int]] = lambda: ()
        panel.set_folder(folders.export_folder)
        panel.opened.connect(self.refresh)
        panel.folder_asked.connect(self.choose_folder)
        panel.export_asked.connect(self._export)
        panel.stopped.connect(lane.cancel)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library

    def serve(self, rows: Callable[[], Sequence[int]]) -> None:
        """Take the pictures from there.

        Args:
            rows: Tells which rows are chosen.
        """
        self._rows = rows

    def refresh(self) -> None:
        """Other pictures may be chosen."""
        if self._panel.isVisible():
            self._panel.show_count(len(self._rows()))

    def choose_folder(self) -> QFileDialog:
        """Let the user pick where they go."""
        title = tr("Export", "Export into a folder")
        return pick_folder(self._window, title, self._folders.export_folder, self._set_folder)

    def _set_folder(self, folder: str) -> None:
        self._folders.export_folder = folder
        self._panel.set_folder(folder)

    def _export(self, choice: ExportChoice) -> None:
        library = self._library
        ids = self._model.ids_of(self._rows())
        if library is None or not len(ids):
            return
        self._panel.show_progress(FileProgress(0, len(ids)))
        self._job.begin(tr("Jobs", "Exporting pictures"))

        def make(token: CancelToken) -> Reports:
            export = library.picture_export
            if choice.kind is Kind.AS_THEY_ARE:
                return export.copy(ids, choice.folder, token)
            if choice.kind is Kind.SMALLER:
                return export.resize(ids, choice.folder, choice.form, token)
            # Not before: the window opens before the engine is imported.
            from desktop_app.ui.files.contact_sheet import picture_side_px, write_sheet

            pictures = export.sheet(ids, picture_side_px(choice.columns), token)
            return write_sheet(choice.folder, pictures, len(ids), choice.columns, token)

        def each(report: FileProgress | CopiesSummary) -> None:
            if isinstance(report, CopiesSummary):
                self._tell(report)
            else:
                self._panel.show_progress(report)
                self._job.show_progress(report.done, report.total)

        def failed(error: Exception) -> None:
            self._end()
            self._notices.exception(error)

        self._lane.stream(make, each, self._end, failed)

    def _end(self) -> None:
        self._panel.show_idle()
        self._job.end(self._outcome)
        self._outcome = ""

    def _tell(self, summary: CopiesSummary) -> None:
        text = self._outcome = file_wording.exported(summary)
        if summary.failed:
            list_failures(self._failed, summary.failed)
            self._notices.error(text, tr("Files", "Show"), self.failures_asked.emit)
        elif summary.stopped:
            self._notices.error(text)
        elif summary.done:
            show = partial(self._show_folder, summary.folder)
            self._notices.info(text, tr("Files", "Show"), show)
        else:
            self._notices.info(text)

    def _show_folder(self, folder: str) -> None:
        if not file_manager.open_folder(folder):
            self._notices.error(tr("Sidebar", "No file manager was found."))
