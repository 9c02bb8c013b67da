"""Notices when a disk that was full has room again, and what was said of it is over."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.engine.errors import NoRoomError
from desktop_app.ui.messages.notices import explain
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

LOOK_MS = 10_000
"""Between two looks; each writes 1 MB and deletes it again where the disk lets it."""


class RoomWatch(QObject):
    """Looks now and then, while something has failed for want of room; else it does nothing.

    Args:
        lane: Where to look.
        lacks_room: Whether what failed for want of room has not been done yet: until then nothing
            is over.
        parent: Its owner.
    """

    returned = Signal()
    """There is room again; what has failed may be tried."""
    still_full = Signal()
    """There is none yet; the user has asked."""
    over = Signal(str)
    """What was said, and holds no longer."""

    def __init__(
        self, lane: Lane, lacks_room: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._lacks_room = lacks_room
        self._library: Library | None = None
        self._said: dict[str, None] = {}
        self._is_waiting = self._is_looking = self._has_room = self._is_asked = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)

    def set_library(self, library: "Library") -> None:
        """Begin to serve."""
        self._library = library

    def note(self, error: Exception) -> None:
        """Wait for room, if that is what was missing for something."""
        if isinstance(error, NoRoomError):
            self._said[str(explain(error))] = None
            self.wait()

    def wait(self) -> None:
        """Wait for room."""
        self._is_waiting = True
        if not self._is_looking and not self._timer.isActive():
            self._timer.start(LOOK_MS)

    def look(self) -> None:
        """Look at once, where room is waited for: something has just been done."""
        if self._is_waiting:
            self._ask()

    def ask(self) -> None:
        """Look at once, and say so if there is no room yet: the user wants to know."""
        self._is_waiting = self._is_asked = True
        self._ask()

    def _ask(self) -> None:
        library = self._library
        if library is not None and not self._is_looking:
            self._timer.stop()
            self._is_looking = True
            self._lane.call(library.has_room, self._take, self._fail)

    def _take(self, has_room: bool) -> None:
        self._is_looking = False
        is_asked, self._is_asked = self._is_asked, False
        has_returned = has_room and not self._has_room
        self._has_room = has_room
        if has_returned:
            self.returned.emit()
        elif is_asked and not has_room:
            self.still_full.emit()
        if has_room and not self._lacks_room():
            self._is_waiting = self._has_room = False  # the next time it counts anew
            said, self._said = self._said, {}
            for text in said:
                self.over.emit(text)
        else:
            self._timer.start(LOOK_MS)

    def _fail(self, error: Exception) -> None:
        self._is_looking = self._is_asked = False
        explain(error)  # goes to the log; what was said stays until it is closed
