"""Gathers what happens to files until it has quieted down, and makes few places of many."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from desktop_app.engine.records import ChangedPlace

QUIET_S = 1.0
"""How long nothing must have happened to a place before it is told."""

PAIRING_S = 0.5
"""How much longer to wait for the other half of a move between two roots.

watchdog holds back the old place of a move for half a second, in case the new one follows
(``InotifyMoveEventGrouper.delay``), and tells a new place without an old one at once.
"""

SLACK_S = 0.25
"""What will be due within this time is told together with what is due."""

BUSY_FOLDER_S = 10.0
"""After this time a folder is told even if something goes on happening in it."""

BUSY_MOVES_S = 4.0
"""After this time moves and removals are told even if there are more and more of them."""

FILES_A_FOLDER = 100
"""With more changed files in one folder, the folder is told instead."""

PLACES_A_ROOT = 200
"""With more changed places in one root, the root is told instead."""


class Happening(Enum):
    """What happened to a file or folder."""

    WRITTEN = auto()
    """Created or changed; more may follow."""
    TOUCHED = auto()
    """Its times or permissions changed."""
    GONE = auto()
    """Deleted, or moved away."""
    ARRIVED = auto()
    """Moved here, whole, from where nobody knows yet."""
    MOVED = auto()
    """Moved here, whole, from a place that is told together with it."""


@dataclass(slots=True)
class _Pending:
    """A place that has something happening to it.

    Attributes:
        root: The root it is in.
        is_folder: Whether all below it is meant.
        is_move: Whether it is part of a move or removal, which must not be told by halves.
        awaits_other: Whether its other half may still come.
    """

    root: str
    is_folder: bool
    first_s: float
    last_s: float
    saw_removal: bool = False
    is_move: bool = False
    awaits_other: bool = False

    @property
    def quiet_at_s(self) -> float:
        return self.last_s + QUIET_S + (PAIRING_S if self.awaits_other else 0.0)

    @property
    def due_s(self) -> float:
        """When it is to be told at the latest; a file still being written never is."""
        if self.is_folder:
            return min(self.quiet_at_s, self.first_s + BUSY_FOLDER_S)
        return self.quiet_at_s


class Settling:
    """Places with something happening to them; see `take` for when they are told.

    Not safe for several threads at once. All times are of one monotonic clock, in seconds. Takes
    a bounded amount of memory and of work a happening, however much happens.
    """

    def __init__(self) -> None:
        self._pending: dict[str, _Pending] = {}
        self._in_root: Counter[str] = Counter()
        self._in_folder: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._pending)

    def note(
        self, root: str, path: str, what: Happening, now_s: float, *, is_folder: bool = False
    ) -> None:
        """Take down that something happened.

        Args:
            root: The root it happened in.
            path: Where; the root itself or below it.
            what: What happened.
            now_s: When.
            is_folder: Whether all below the path is meant.
        """
        place = self._pending.get(self._place_above(root, path) or path)
        if place is None:
            place = _Pending(root, is_folder, now_s, now_s)
            self._add(path, place)
        elif what is not Happening.TOUCHED:
            place.last_s = now_s
        place.is_folder = place.is_folder or is_folder
        _mark(place, what)
        if path in self._pending:
            self._gather(root, os.path.dirname(path), now_s)

    def due_s(self) -> float | None:
        """When `take` will have something to tell; None while nothing is pending."""
        if not self._pending:
            return None
        moves_due_s = self._moves_due_s()
        return min(
            moves_due_s if place.is_move else place.due_s for place in self._pending.values()
        )

    def take(self, now_s: float) -> list[ChangedPlace]:
        """Take out what is to be told now.

        A file is told once it has been quiet, a folder also if it does not get quiet. All moves
        and removals are told together, so that the old and the new place of a file come as one.

        Returns:
            The places in order of path; empty where nothing is due.
        """
        due_s = self.due_s()
        if due_s is None or due_s > now_s:
            return []
        moves_due_s = self._moves_due_s()
        taken = [
            path
            for path, place in self._pending.items()
            if (
                moves_due_s <= now_s + SLACK_S
                if place.is_move
                else place.due_s <= now_s or place.quiet_at_s <= now_s + SLACK_S
            )
        ]
        return [ChangedPlace(path, self._remove(path).saw_removal) for path in sorted(taken)]

    def forget(self, root: str) -> None:
        """Drop all that is pending in a root."""
        for path in [path for path, place in self._pending.items() if place.root == root]:
            self._remove(path)

    def _moves_due_s(self) -> float:
        moves = [place for place in self._pending.values() if place.is_move]
        if not moves:
            return float("inf")
        quiet_at_s = max(place.quiet_at_s for place in moves)
        return min(quiet_at_s, min(place.first_s for place in moves) + BUSY_MOVES_S)

    def _place_above(self, root: str, path: str) -> str | None:
        """The pending folder that a path lies in, if there is one."""
        for folder in _folders_above(root, path):
            place = self._pending.get(folder)
            if place is not None and place.is_folder:
                return folder
        return None

    def _gather(self, root: str, folder: str, now_s: float) -> None:
        """Make one place of many."""
        if self._in_root[root] > PLACES_A_ROOT:
            self._gather_into(root, root, now_s)
        elif self._in_folder[folder] > FILES_A_FOLDER:
            self._gather_into(root, folder, now_s)

    def _gather_into(self, root: str, folder: str, now_s: float) -> None:
        gathered = _Pending(root, is_folder=True, first_s=now_s, last_s=now_s)
        inside = [
            path
            for path, place in self._pending.items()
            if place.root == root and (path == folder or folder in _folders_above(root, path))
        ]
        for path in inside:
            place = self._remove(path)
            gathered.first_s = min(gathered.first_s, place.first_s)
            gathered.saw_removal = gathered.saw_removal or place.saw_removal
            gathered.is_move = gathered.is_move or place.is_move
            gathered.awaits_other = gathered.awaits_other or place.awaits_other
        self._add(folder, gathered)

    def _add(self, path: str, place: _Pending) -> None:
        self._pending[path] = place
        self._in_root[place.root] += 1
        self._in_folder[os.path.dirname(path)] += 1

    def _remove(self, path: str) -> _Pending:
        place = self._pending.pop(path)
        for counter, key in (
            (self._in_root, place.root),
            (self._in_folder, os.path.dirname(path)),
        ):
            counter[key] -= 1
            if not counter[key]:
                del counter[key]
        return place


def _mark(place: _Pending, what: Happening) -> None:
    if what is Happening.GONE:
        place.saw_removal = place.is_move = True
    elif what in (Happening.ARRIVED, Happening.MOVED):
        place.is_move = True
        place.awaits_other = place.awaits_other or what is Happening.ARRIVED
    elif what is Happening.WRITTEN and not place.is_folder:
        # Written again at its new place: it is not whole until that is over.
        place.is_move = place.awaits_other = False


def _folders_above(root: str, path: str) -> Iterator[str]:
    """The folders from the parent of a path up to the root."""
    while len(path) > len(root):
        path = os.path.dirname(path)
        yield path
