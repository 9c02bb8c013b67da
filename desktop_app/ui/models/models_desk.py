"""Switches and removes models as the user asks, and tells how far that is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.records import (
    EmbedProgress,
    EmbedSummary,
    LibraryModel,
    ModelInfo,
    ModelOffer,
    ModelRole,
)
from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.messages.notices import Notices, explain
from desktop_app.ui.messages.status_line import StatusLine
from desktop_app.ui.models import model_wording
from desktop_app.ui.models.install_desk import InstallDesk
from desktop_app.ui.models.model_installs import ModelInstalls
from desktop_app.ui.models.models_panel import ModelsPanel
from desktop_app.ui.words import preparation_wording, wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.tasks import Lane
from desktop_app.ui.work.throttle import Throttle

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

NEWS_INTERVAL_MS = 1000


@dataclass(frozen=True)
class ModelLanes:
    """The background threads that work with models needs.

    Attributes:
        list: Looks models up.
        use: Loads, switches and removes them.
        device: Asks what they run on, which may try it out.
    """

    list: Lane
    use: Lane
    device: Lane


@dataclass(frozen=True)
class _Loaded:
    """The model that answers, why it is not the chosen one if it is not, and which comes next."""

    info: ModelInfo
    notice: str | None
    next_title: str


@dataclass(frozen=True)
class _Overview:
    """All that the panel shows."""

    models: Sequence[LibraryModel]
    offers: Sequence[ModelOffer]


class ModelsDesk(QObject):
    """Stands between the library's models and what the window shows of them."""

    answering_changed = Signal()
    """Another model answers in this window now."""
    looked_up = Signal()
    """It was found out anew which model answers, or that none does."""
    device_found = Signal(object)
    """What the model runs on, as a `DeviceChoice`; None where no model can be loaded."""
    chosen = Signal()
    """The user has chosen another model here, or removed one."""
    panel_asked = Signal()
    """Something needs the panel to be seen."""
    failures_asked = Signal(EmbedSummary)
    """The user wants to see what could not be prepared."""

    def __init__(
        self,
        lanes: ModelLanes,
        indexing: IndexingQueue,
        installs: ModelInstalls,
        panel: ModelsPanel,
        status: StatusLine,
        notices: Notices,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._lanes = lanes
        self._indexing = indexing
        self._panel = panel
        self._status = status
        self._notices = notices
        self._library: Library | None = None
        self._answering: ModelInfo | None = None
        self._progress: EmbedProgress | None = None
        self._next_title = ""
        self._goes_on_from_last_time = False
        self._after_embedding: Callable[[], None] | None = None
        self._news = Throttle(NEWS_INTERVAL_MS, self)
        self._installs = InstallDesk(installs, panel, notices, parent)
        self._connect()

    def _connect(self) -> None:
        panel, lists, line = self._panel, self._panel.lists, self._status.embedding
        panel.opened.connect(self.refresh)
        panel.reload_asked.connect(self.refresh)
        lists.use_asked.connect(self.use)
        lists.removal_asked.connect(self.remove)
        for pause in (lists.pause_asked, line.paused):
            pause.connect(self._pause)
        for go_on in (lists.continue_asked, line.continued):
            go_on.connect(self._continue)
        for cancel in (lists.cancel_asked, line.cancelled):
            cancel.connect(self.stay)
        self._installs.use_asked.connect(self.use)
        self._installs.panel_asked.connect(self.panel_asked)
        self._installs.changed.connect(self.refresh)
        self.device_found.connect(panel.show_device)
        self._news.fired.connect(self.refresh)
        self._indexing.grown.connect(self._news.trigger)
        self._indexing.idle_changed.connect(self._idle_changed)
        self._indexing.embed_progressed.connect(self._embed_progressed)
        self._indexing.embedded.connect(self._embedded)
        self._indexing.embed_failed.connect(self._embed_failed)
        self._indexing.embedding_changed.connect(self._embedding_changed)

    @property
    def is_busy(self) -> bool:
        """Whether something that was asked for waits to be done."""
        return self._after_embedding is not None

    @property
    def answering(self) -> ModelInfo | None:
        """The model that answers; None while it is not known."""
        return self._answering

    # What is there

    def set_library(self, library: "Library") -> None:
        """Load the model, and show what goes on."""
        self._library = library
        self._progress = self._indexing.told_embedding
        self._load()
        self._installs.catch_up()

    def expect_rest(self) -> None:
        """Say so when what was being prepared as the program was closed goes on."""
        self._goes_on_from_last_time = True

    def reload(self) -> None:
        """Take in that another model was chosen, or one removed, in another window."""
        self._goes_on_from_last_time = False
        self._progress = None
        self._load()

    def refresh(self) -> None:
        """Look again what is there, if anybody sees it."""
        library = self._library
        if library is None or not self._panel.isVisible():
            return
        self._lanes.list.supersede()
        self._lanes.list.call(
            lambda: _Overview(library.models(), library.model_offers()),
            self._show_overview,
            lambda error: self._panel.show_trouble(str(explain(error))),
        )
        self.find_device()

    def find_device(self) -> None:
        """Find out what the model runs on, for `device_found`; may load it and try that out."""
        library = self._library
        if library is not None:
            self._lanes.device.supersede()
            self._lanes.device.call(library.device, self.device_found.emit, self._no_device)

    def _show_overview(self, overview: _Overview) -> None:
        self._panel.show_models(
            overview.models,
            is_paused=self._indexing.is_embedding_held,
            is_waiting=not self._indexing.is_idle,
        )
        self._panel.lists.show_offers(overview.offers)
        self._installs.catch_up()

    def _load(self, say: str = "") -> None:
        """Load the model that answers, then say something about it."""
        library = self._library
        if library is not None:
            self._lanes.use.call(
                lambda: _look_up(library),
                lambda loaded: self._loaded(loaded, say),
                self._load_failed,
            )

    def _loaded(self, loaded: _Loaded, say: str) -> None:
        before, self._answering = self._answering, loaded.info
        info, self._next_title = loaded.info, loaded.next_title
        self._status.show_model(wording.model_name(info))
        self._show_embedding()
        if before is not None and before.key != info.key:
            self.answering_changed.emit()
        self._tell_looked_up()
        self.refresh()
        if say:
            self._notices.info(say.format(model=wording.sentence_name(info)))
        if loaded.notice:
            self._notices.error(told(loaded.notice), tr("Models", "Models"), self.panel_asked.emit)

    def _load_failed(self, error: Exception) -> None:
        self._answering = None
        self._status.show_model(tr("Models", "No model"))
        text = str(explain(error))
        self._notices.error(text, tr("Models", "Models"), self.panel_asked.emit)
        self._tell_looked_up()
        self.refresh()

    def _tell_looked_up(self) -> None:
        self._lanes.device.supersede()  # what another model runs on tells nothing of this one
        self.looked_up.emit()

    def _no_device(self, error: Exception) -> None:
        explain(error)  # goes to the log; what matters has been said when the model was loaded
        self.device_found.emit(None)

    # Using and removing

    def use(self, name: str) -> None:
        """Let a model answer: at once if it is prepared, else as soon as it is."""
        self._choose(lambda library: library.use_model(name), _answers(), name)

    def stay(self) -> None:
        """Give up the model that is being prepared."""
        stays = tr("Models", "{model} stays. What was prepared for the other one is kept.")
        self._choose(_use_present, stays)

    def _choose(self, choose: Callable[["Library"], ModelRole], say: str, name: str = "") -> None:
        library, was_held = self._library, self._indexing.is_embedding_held
        if library is None:
            return
        self._indexing.hold_embedding()

        def not_chosen(error: Exception) -> None:
            if not was_held:
                self._indexing.embed()  # as before; ends at once where there is nothing to do
            self._complain(error, name)

        self._lanes.use.call(
            lambda: (choose(library), model_wording.next_title(_entries(library))),
            lambda chosen: self._chosen(*chosen, say),
            not_chosen,
        )

    def _chosen(self, role: ModelRole, next_title: str, say: str) -> None:
        self._progress = None
        self._next_title = next_title
        self._goes_on_from_last_time = False
        if role is ModelRole.NEXT:
            self._indexing.embed()
            self.refresh()
        else:
            self._indexing.drop_embedding()
            if next_title:  # pictures that it lacks
                self._indexing.embed()
                self.refresh()
            self._load(say)
        self.chosen.emit()

    def remove(self, name: str) -> None:
        """Delete a model and what it prepared; the preparation of another one waits meanwhile."""
        library, goes_on = self._library, self._indexing.is_embedding
        if library is None:
            return

        def ended(error: Exception | None) -> None:
            if goes_on:
                self._indexing.embed()
            if error is None:
                self.refresh()
                self.chosen.emit()
            else:
                self._complain(error, name)

        def remove() -> None:
            self._lanes.use.call(lambda: library.remove_model(name), lambda _: ended(None), ended)

        if goes_on:
            self._after_embedding = remove
            self._indexing.hold_embedding()
        else:
            remove()

    def _complain(self, error: Exception, name: str) -> None:
        text = str(explain(error))
        if name and self._panel.isVisible():
            self._panel.lists.show_error(name, text)
        else:
            self._notices.error(text)

    # Preparing the next model

    def _pause(self) -> None:
        self._indexing.hold_embedding()
        self._show_embedding()

    def _continue(self) -> None:
        self._indexing.embed()
        self._show_embedding()

    def _embed_progressed(self, progress: EmbedProgress) -> None:
        progress = replace(progress, title=self._next_title or progress.title)
        self._progress = progress
        self._show_embedding()
        if self._goes_on_from_last_time:
            self._goes_on_from_last_time = False
            text = tr("Models", "Preparing {model} goes on where it stopped last time.")
            pause = tr("Models", "Pause")
            self._notices.info(text.format(model=progress.title), pause, self._pause)
        self._panel.lists.show_embedding(progress)

    def _idle_changed(self, _is_idle: bool) -> None:
        self._show_embedding()
        self._news.trigger()  # at the end too: pictures may have gone

    def _embedding_changed(self, is_running: bool) -> None:
        self._show_embedding()
        act, self._after_embedding = self._after_embedding, None
        if act is not None and not is_running:
            act()

    def _show_embedding(self) -> None:
        is_paused = self._indexing.is_embedding_held
        self._panel.lists.set_held(is_paused=is_paused, is_waiting=not self._indexing.is_idle)
        if self._progress is not None and (is_paused or self._indexing.is_embedding):
            self._status.show_embedding(self._progress, self._answering, is_paused=is_paused)
        else:
            self._status.hide_embedding()

    def _embedded(self, summary: EmbedSummary) -> None:
        if summary.cancelled:
            return
        self._progress = None
        summary = replace(summary, title=self._next_title or summary.title)
        if summary.switched:
            self._load()
        else:
            self.refresh()
        text = preparation_wording.embedded(summary)
        if summary.failed:
            show = tr("Models", "Show failed")
            self._notices.info(text, show, lambda: self.failures_asked.emit(summary))
        elif text:
            self._notices.info(text)

    def _embed_failed(self, error: Exception) -> None:
        self._progress = None
        text = str(explain(error))
        self._notices.error(text, tr("Models", "Try again"), self._continue)
        self.refresh()


def _answers() -> str:
    return tr("Models", "{model} answers from now on.")


def _look_up(library: "Library") -> _Loaded:
    info, notice, entries = library.warm_up(), library.status().notice, _entries(library)
    return _Loaded(
        model_wording.as_told_apart(info, entries), notice, model_wording.next_title(entries)
    )


def _entries(library: "Library") -> Sequence[LibraryModel]:
    """All models, for their titles; none where they cannot be listed, which the panel says."""
    try:
        return library.models()
    except UserFacingError:
        return ()


def _use_present(library: "Library") -> ModelRole:
    """Choose the model that is in use, which gives up the next one."""
    for entry in library.models():
        if entry.role is ModelRole.IN_USE:
            return library.use_model(entry.model.name)
    raise UserFacingError(
        tr("Models", "The model in use is gone."), tr("Models", "Choose another one.")
    )
