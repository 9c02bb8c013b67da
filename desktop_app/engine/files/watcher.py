"""Tells where something changed in the user's folders, soon after it happened."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.engine.files.follower import FollowedPlace, Follower, Rhythm
from desktop_app.engine.files.settling import Happening, Settling
from desktop_app.engine.records import ChangedPlace, RootKind, WatchState

CLOSE_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class FollowedRoot:
    """A folder or single picture to follow.

    Attributes:
        id: What its `WatchState` is told under.
        path: Absolute path.
        kind: Whether all below it is meant.
    """

    id: int
    path: str
    kind: RootKind = RootKind.FOLDER


class FolderWatcher:
    """Follows roots and tells, in few batches, which places in them to look at again.

    A root is told itself, as a place, when it begins to be live or comes back, since nobody saw
    what happened before; and again and again while the system does not tell of its changes. A
    move is told as one batch that holds the old and the new place. All methods may be called
    from any thread and return at once, `close` within bounds.

    Args:
        on_changes: Called with each batch, on a thread of the watcher.
        on_state: Called when the state of a root changes, on threads of the watcher.
        is_left_out: Whether a path below a root, the second argument, is nobody's picture.
        rhythm: How often to look.
    """

    def __init__(
        self,
        on_changes: Callable[[Sequence[ChangedPlace]], None],
        on_state: Callable[[WatchState], None],
        is_left_out: Callable[[str, str], bool],
        rhythm: Rhythm | None = None,
    ) -> None:
        self._on_changes = on_changes
        self._on_state = on_state
        self._is_left_out = is_left_out
        self._rhythm = rhythm or Rhythm()
        self._settling = Settling()
        self._changed = threading.Condition()
        self._followers: dict[FollowedPlace, Follower] = {}
        self._retired: list[Follower] = []
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._settle, name="changes", daemon=True)
        self._thread.start()

    def set_roots(self, roots: Sequence[FollowedRoot]) -> None:
        """Follow these roots and no others. Those followed already go on undisturbed."""
        wanted = _places(roots)
        with self._changed:
            if self._closing.is_set():
                return
            for place in self._followers.keys() - wanted:
                follower = self._followers.pop(place)
                follower.end()
                self._retired.append(follower)
                for _, path in place.roots:
                    self._settling.forget(path)
            self._retired = [one for one in self._retired if one.is_alive()]
            started = [
                Follower(place, self._rhythm, self._is_left_out, self._note, self._on_state)
                for place in sorted(wanted - self._followers.keys(), key=lambda one: one.path)
            ]
            self._followers.update((one.place, one) for one in started)
        for follower in started:
            follower.start()

    def states(self) -> list[WatchState]:
        """How each root is followed now, in order of id."""
        with self._changed:
            followers = list(self._followers.values())
        states = [state for follower in followers for state in follower.states()]
        return sorted(states, key=lambda state: state.root_id)

    def looked(self, path: str, seconds: float) -> None:
        """Take down how long it took to look through a root that was told, which ended now."""
        with self._changed:
            followers = list(self._followers.values())
        for follower in followers:
            if any(path == root for _, root in follower.place.roots):
                follower.looked(seconds)

    def close(self) -> None:
        """Stop; what is not told yet is dropped. Waits for the threads, but not for dead drives."""
        with self._changed:
            self._closing.set()
            leaving = [*self._followers.values(), *self._retired]
            self._followers.clear()
            self._retired.clear()
            self._changed.notify_all()
        for follower in leaving:
            follower.end()
        deadline_s = time.monotonic() + CLOSE_TIMEOUT_S
        for thread in (self._thread, *leaving):
            if thread is not threading.current_thread() and thread.ident is not None:
                thread.join(max(0.0, deadline_s - time.monotonic()))

    def _note(self, happenings: Sequence[tuple[str, str, Happening, bool]]) -> None:
        """Take down what one event says: root, path, what, and whether it is a folder."""
        now_s = time.monotonic()
        with self._changed:
            was_empty = not self._settling
            for root, path, what, is_folder in happenings:
                self._settling.note(root, path, what, now_s, is_folder=is_folder)
            # Otherwise the thread wakes for an earlier one, and looks when the next is due.
            if was_empty:
                self._changed.notify_all()

    def _settle(self) -> None:
        """Body of the thread that tells."""
        while True:
            with self._changed:
                if self._closing.is_set():
                    return
                due_s = self._settling.due_s()
                wait_s = self._rhythm.hang_s
                if due_s is not None:
                    wait_s = min(wait_s, max(0.0, due_s - time.monotonic()))
                self._changed.wait(wait_s)
                if self._closing.is_set():
                    return
                batch = self._settling.take(time.monotonic())
                followers = list(self._followers.values())
            if batch:
                self._on_changes(batch)
            for follower in followers:
                follower.notice_hang()


def _places(roots: Sequence[FollowedRoot]) -> set[FollowedPlace]:
    """What to follow: the folders, and for single pictures the folders they are in."""
    places = set()
    files: dict[str, list[tuple[int, str]]] = {}
    for root in roots:
        if root.kind is RootKind.FOLDER:
            places.add(FollowedPlace(root.path, ((root.id, root.path),), is_recursive=True))
        else:
            files.setdefault(os.path.dirname(root.path), []).append((root.id, root.path))
    for folder, inside in files.items():
        places.add(FollowedPlace(folder, tuple(inside), is_recursive=False))
    return places
