"""Enters what the program does in the background into the list of jobs."""

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.engine.records import (
    EmbedProgress,
    EmbedSummary,
    IndexPreparation,
    IndexProgress,
    IndexSummary,
    InstalledModel,
    ModelProgress,
    SidecarProgress,
)
from desktop_app.ui.inspector.label_files import LabelFiles
from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.library.search_preparation import SearchPreparation
from desktop_app.ui.models import model_wording
from desktop_app.ui.models.model_installs import Install, ModelInstalls
from desktop_app.ui.words import preparation_wording, wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.jobs import Act, Job, JobProgress, Jobs

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library
    from desktop_app.engine.pace import WorkPace


class JobsDesk(QObject):
    """Follows indexing, the preparation of models and of quick searching, and downloads.

    Args:
        jobs: The list.
        indexing: Runs one job after another.
        preparation: Has quick searching prepared.
        installs: Adds and downloads models.
        labels: Writes ratings and tags beside pictures.
        stay: Stays with the model in use, instead of the one that is being prepared.
        parent: Its owner.
    """

    def __init__(
        self,
        jobs: Jobs,
        indexing: IndexingQueue,
        preparation: SearchPreparation,
        installs: ModelInstalls,
        labels: LabelFiles,
        stay: Act,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._indexing = indexing
        self._installs = installs
        self._stay = stay
        self._pace: WorkPace | None = None
        self._index: Job | None = None
        self._index_state = IndexProgress(0, 0, 0)
        self._outcome = ""
        self._embedding: Job | None = None
        self._embedding_state = EmbedProgress("", 0, 0)
        self._preparation: Job | None = None
        self._labels: Job | None = None
        self._stop_labels = labels.stop
        self._downloads: dict[Install, Job] = {}
        indexing.progressed.connect(self._indexed_further)
        indexing.finished.connect(self._note_outcome)
        indexing.idle_changed.connect(self._idle_changed)
        indexing.embed_progressed.connect(self._embedded_further)
        indexing.embedded.connect(self._embedded)
        indexing.embedding_changed.connect(self._embedding_changed)
        preparation.progressed.connect(self._prepared_further)
        preparation.ended.connect(self._prepared)
        installs.waiting.connect(self._install_waits)
        installs.progressed.connect(self._install_further)
        installs.installed.connect(self._installed)
        installs.failed.connect(lambda install, _error: self._install_over(install))
        installs.stopped.connect(self._install_over)
        labels.progressed.connect(self._labels_further)
        labels.ended.connect(self._labels_written)

    def set_library(self, library: "Library") -> None:
        """Know what paused the work."""
        self._pace = library.pace

    def tell_pace(self) -> None:
        """Work was paused, or goes on."""
        if self._index is not None:
            self._indexed_further(self._index_state)
        if self._embedding is not None:
            self._embedded_further(self._embedding_state)

    def _why_paused(self) -> str | None:
        pace = self._pace
        return told(pace.reason) if pace is not None and pace.is_paused else None

    def _pause(self) -> None:
        if self._pace is not None:
            self._pace.pause()
        self.tell_pace()

    def _resume(self) -> None:
        if self._pace is not None:
            self._pace.resume()
        self.tell_pace()

    # Indexing

    def _indexed_further(self, state: IndexProgress) -> None:
        self._index_state = state
        if self._index is None:
            self._index = self._jobs.begin(
                tr("Jobs", "Indexing"),
                pause=self._pause,
                resume=self._resume,
                cancel=self._indexing.cancel,
            )
        why = self._why_paused()
        text = wording.progress(state)[0] if why is None or not state.total else _far(state)
        folder = PurePath(state.current).parent.name
        if folder and state.total:
            text = tr("Jobs", "{progress}\nNow in {folder}").format(progress=text, folder=folder)
        self._index.show_progress(JobProgress(text, state.done, state.total, why))

    def _note_outcome(self, summary: IndexSummary, _is_quiet: bool) -> None:
        self._outcome = wording.outcome(summary)

    def _idle_changed(self, is_idle: bool) -> None:
        if is_idle:
            job, self._index = self._index, None
            outcome, self._outcome = self._outcome, ""
            if job is not None:
                job.end(outcome)

    # A model that gets to know the pictures

    def _embedded_further(self, state: EmbedProgress) -> None:
        self._embedding_state = state
        if self._embedding is None:
            self._embedding = self._jobs.begin(
                tr("Jobs", "Preparing {model}").format(model=state.title),
                pause=self._pause,
                resume=self._resume,
                cancel=None if state.is_answering else self._stay,
            )
        text = preparation_wording.embedding(state, None, is_paused=False)[0]
        why = self._why_paused()
        self._embedding.show_progress(JobProgress(text, state.done, state.total, why))

    def _embedded(self, summary: EmbedSummary) -> None:
        if not summary.cancelled:
            self._end_embedding(preparation_wording.embedded(summary))

    def _embedding_changed(self, is_running: bool) -> None:
        if not is_running:
            self._end_embedding()

    def _end_embedding(self, outcome: str = "") -> None:
        job, self._embedding = self._embedding, None
        if job is not None:
            job.end(outcome)

    # Quick searching

    def _prepared_further(self, state: IndexPreparation) -> None:
        if not state.total:
            return
        if self._preparation is None:
            self._preparation = self._jobs.begin(tr("Jobs", "Preparing quick search"))
        percent = 100 * state.done // state.total
        text = tr("Jobs", "{percent}%. Searches are answered meanwhile.").format(percent=percent)
        self._preparation.show_progress(JobProgress(text, state.done, state.total))

    def _prepared(self) -> None:
        job, self._preparation = self._preparation, None
        if job is not None:
            job.end()

    # Ratings and tags that are written beside pictures

    def _labels_further(self, state: SidecarProgress) -> None:
        if self._labels is None:
            if state.done >= state.total:
                return  # it was nothing much
            self._labels = self._jobs.begin(
                tr("Jobs", "Writing ratings and tags"), cancel=self._stop_labels
            )
        text = f"{wording.count(state.done)} / {wording.count(state.total)}"
        self._labels.show_progress(JobProgress(text, state.done, state.total))

    def _labels_written(self, _failed: int) -> None:
        job, self._labels = self._labels, None
        if job is not None:
            job.end()

    # Models that are installed

    def _install_waits(self, install: Install) -> None:
        title = tr("Jobs", "Downloading {model}") if install.is_download else tr(
            "Jobs", "Adding {model}"
        )  # fmt: skip
        name = install.name if install.is_download else PurePath(install.name).name
        self._downloads[install] = self._jobs.begin(
            title.format(model=name), cancel=lambda: self._installs.cancel(install)
        )

    def _install_further(self, install: Install, state: ModelProgress) -> None:
        job = self._downloads.get(install)
        if job is not None:
            text = model_wording.installing(state, 0, None)
            job.show_progress(JobProgress(text, state.done_bytes, state.total_bytes))

    def _installed(self, install: Install, model: InstalledModel) -> None:
        self._install_over(install, tr("Jobs", "{model} is installed.").format(model=model.title))

    def _install_over(self, install: Install, outcome: str = "") -> None:
        job = self._downloads.pop(install, None)
        if job is not None:
            job.end(outcome)


def _far(state: IndexProgress) -> str:
    return f"{wording.count(state.done)} / {wording.count(state.total)}"
