"""Has quick searching prepared once the library is open, and shows how far that is."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.records import IndexPreparation
from desktop_app.ui.messages.status_line import StatusLine
from desktop_app.ui.words import wording
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)


class SearchPreparation(QObject):
    """Stands between the library's preparation and the line at the bottom.

    Args:
        lane: Where it runs; searches do not wait for it.
        status: Where it shows.
        parent: Owns this object.
    """

    progressed = Signal(IndexPreparation)
    ended = Signal()

    def __init__(self, lane: Lane, status: StatusLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._status = status

    def start(self, library: "Library") -> None:
        """Prepare what is missing; where all is there, nothing is seen of it."""
        self._lane.supersede()
        self._lane.stream(library.prepare_search, self._show, self._end, self._fail)

    def _show(self, state: IndexPreparation) -> None:
        self._status.show_preparation(wording.preparing_search(state))
        self.progressed.emit(state)

    def _end(self) -> None:
        self._status.show_preparation("")
        self.ended.emit()

    def _fail(self, error: Exception) -> None:
        """Searches are slower then, or tell themselves why they cannot be answered."""
        _log.warning("Quick searching could not be prepared", exc_info=error)
        self._end()
