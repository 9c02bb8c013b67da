"""Has quick searching prepared once the library is open, and tells how far that is."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.records import IndexPreparation
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)


class SearchPreparation(QObject):
    """Stands between the library's preparation and those who show it.

    Args:
        lane: Where it runs; searches do not wait for it.
        parent: Owns this object.

    Attributes:
        state: How far it is; None while there is nothing to prepare.
    """

    progressed = Signal(IndexPreparation)
    ended = Signal()

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self.state: IndexPreparation | None = None

    def start(self, library: "Library") -> None:
        """Prepare what is missing; where all is there, nothing is seen of it."""
        self._lane.supersede()
        self._lane.stream(library.prepare_search, self._show, self._end, self._fail)

    def _show(self, state: IndexPreparation) -> None:
        self.state = state
        self.progressed.emit(state)

    def _end(self) -> None:
        self.state = None
        self.ended.emit()

    def _fail(self, error: Exception) -> None:
        """Searches are slower then, or tell themselves why they cannot be answered."""
        _log.warning("Quick searching could not be prepared", exc_info=error)
        self._end()
