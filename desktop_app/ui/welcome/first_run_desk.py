"""Leads through the first steps, once, in a library that nobody has used yet."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.records import ModelOffer, Root
from desktop_app.ui.library.indexing_queue import IndexingQueue
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages.notices import explain
from desktop_app.ui.welcome.first_run import FirstRun
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library


class FirstRunDesk(QObject):
    """Stands between the steps and what they choose.

    Args:
        lane: For asking which models there are.
        steps: What is shown.
        memory: Knows whether they are behind the user.
        indexing: Takes folders.
        choose_folder: Lets the user pick one, and adds it.
        parent: Its owner.
    """

    changed = Signal()
    """The steps begin, or are over; see `is_running`."""
    model_chosen = Signal(str)
    """Name of a model that is to be downloaded."""

    def __init__(
        self,
        lane: Lane,
        steps: FirstRun,
        memory: WindowMemory,
        indexing: IndexingQueue,
        choose_folder: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._steps = steps
        self._memory = memory
        self._indexing = indexing
        self._library: Library | None = None
        self._is_running = False
        steps.folder_chosen.connect(lambda folder: indexing.add([folder]))
        steps.other_asked.connect(choose_folder)
        steps.model_chosen.connect(self.model_chosen)
        steps.ended.connect(self.end)
        indexing.idle_changed.connect(self._idle_changed)

    @property
    def is_running(self) -> bool:
        """Whether the steps are what is to be seen."""
        return self._is_running

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library

    def begin_if_new(self, roots: Sequence[Root], unwritable: str) -> None:
        """Begin, where the library is empty and nobody was led through before.

        Args:
            roots: The folders of the library.
            unwritable: Why nothing can be added; empty where it can.
        """
        library = self._library
        if roots and not self._memory.was_welcomed:
            self._memory.set_welcomed()  # who has folders knows how it goes
        is_busy = not self._indexing.is_idle
        if library is None or self._memory.was_welcomed or unwritable or is_busy:
            return
        self._lane.call(
            lambda: None if library.picture_count() else library.model_offers(),
            self._begin,
            _log_why,
        )

    def _begin(self, offers: Sequence[ModelOffer] | None) -> None:
        if offers is None or not self._indexing.is_idle:  # there are pictures, or some come now
            return
        self._is_running = True
        self._steps.show_offers(offers)
        self.changed.emit()
        self._steps.begin()

    def end(self) -> None:
        """The steps are over, for good."""
        if self._is_running:
            self._is_running = False
            self._memory.set_welcomed()
            self.changed.emit()

    def _idle_changed(self, is_idle: bool) -> None:
        """Go on to the next step when a folder was dropped or picked."""
        if self._is_running and not is_idle:
            self._steps.go_on_from(0)


def _log_why(error: Exception) -> None:
    """Without the steps, the middle of the window says what to do."""
    explain(error)
