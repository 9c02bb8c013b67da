"""Lets the library follow what happens to the files while the window is open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop_app.engine.records import ChangedPlace, MovedRoot, WatchState
from desktop_app.ui.work.tasks import Lane

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library
    from desktop_app.engine.watching import Watch


class FolderWatch(QObject):
    """Brings what the library's watch tells onto the GUI thread, to which all methods belong.

    Args:
        lane: Where the watch is started, and told of other folders.
        parent: Owns this object.
    """

    changed = Signal(object)
    """Where something happened: a sequence of `ChangedPlace`, to be looked at again."""
    state_changed = Signal(WatchState)
    """How a root is followed now."""
    moved = Signal(object)
    """Whose drive was plugged in elsewhere: a list of `MovedRoot`."""
    failed = Signal(object)
    """The exception that kept the folders from being followed."""

    _told = Signal(object)
    _told_moved = Signal(object)

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._watch: Watch | None = None
        self._states: dict[int, WatchState] = {}
        self._is_stale = False
        self._is_closed = False
        # Emitted by the threads of the watch, received on the GUI thread.
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._told_moved.connect(self._take_moved, Qt.ConnectionType.QueuedConnection)

    @property
    def states(self) -> dict[int, WatchState]:
        """How each root is followed, by its id, as far as it was told."""
        return dict(self._states)

    def start(self, library: "Library") -> None:
        """Follow the folders of a library that is open."""
        self._lane.call(
            lambda: library.watch(self._post, self._post, self._post_moved),
            self._started,
            self.failed.emit,
        )

    def refresh(self) -> None:
        """Follow what the library has now; to be called after folders were added or removed."""
        watch = self._watch
        self._is_stale = watch is None
        if watch is not None:
            self._lane.call(
                watch.refresh_roots, lambda _: self._take_states(watch), self.failed.emit
            )

    def close(self) -> None:
        """Follow nothing any more. Waits for the threads of the watch, within bounds."""
        self._is_closed = True
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.close()

    def _started(self, watch: "Watch") -> None:
        self._watch = watch
        self._take_states(watch)
        if self._is_stale:  # folders were added while it was being started
            self.refresh()

    def _take_states(self, watch: "Watch") -> None:
        """Ask for all states, and so forget the roots that are gone."""
        states = watch.states()
        self._states = {state.root_id: state for state in states}
        for state in states:
            self.state_changed.emit(state)

    def _post(self, told: object) -> None:
        """Hand on what a thread of the watch tells."""
        if not self._is_closed:
            self._told.emit(told)

    def _post_moved(self, moved: Sequence[MovedRoot]) -> None:
        if not self._is_closed:
            self._told_moved.emit(moved)

    @Slot(object)
    def _take_moved(self, moved: Sequence[MovedRoot]) -> None:
        if not self._is_closed:
            self.moved.emit(moved)

    @Slot(object)
    def _take(self, told: WatchState | Sequence[ChangedPlace]) -> None:
        if self._is_closed:
            return
        if isinstance(told, WatchState):
            self._states[told.root_id] = told
            self.state_changed.emit(told)
        else:
            self.changed.emit(told)
