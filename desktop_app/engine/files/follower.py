"""Follows one folder: finds out whether it is there, and how to hear of its changes."""

import errno
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.engine.errors import CancelledError
from desktop_app.engine.files.file_systems import file_system_of, has_remote_below, mounted
from desktop_app.engine.files.settling import Happening
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import WatchMode, WatchState

if TYPE_CHECKING:
    from desktop_app.engine.files.tree_watch import Sight, TreeWatch

logger = logging.getLogger(__name__)

Note = Callable[[Sequence[tuple[str, str, Happening, bool]]], None]
"""Takes root, path, what happened, and whether it is a folder."""

SHARE_OF_TIME = 0.1
"""The most of its time that a folder may be looked through."""

RETRIES = 6
"""The watch of a folder that met a limit is tried again after so many looks, each twice as far
from the last: another folder may only have been quicker, or the limit was raised."""

DEATHS = 3
"""So many times in a row the system may stop telling before it is given up."""

_LIMITS = frozenset([errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM])

GONE = phrase(
    "Engine: Files",
    "This folder is not there: its drive is not connected, or it was moved or deleted.",
)
HANGS = phrase("Engine: Files", "This folder does not answer; its drive or its server may be gone.")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often to look.

    Attributes:
        probe_s: Seconds between two looks whether a folder is there.
        period_s: Least seconds between two looks through a folder that tells of no changes.
        hang_s: How long a folder may take to answer before it counts as not there.
    """

    probe_s: float = 3.0
    period_s: float = 300.0
    hang_s: float = 10.0

    @property
    def text(self) -> str:
        """How often folders are looked through, in words."""
        minutes = round(self.period_s / 60)
        if minutes <= 1:
            return phrase("Engine: Files", "every minute")
        return phrase("Engine: Files", "every {minutes} minutes").format(minutes=minutes)


@dataclass(frozen=True, slots=True)
class FollowedPlace:
    """A folder to follow.

    Attributes:
        path: Absolute path.
        roots: Id and path of each root in it: the folder itself, or single pictures.
        is_recursive: Whether it is a root itself, with all below it.
    """

    path: str
    roots: tuple[tuple[int, str], ...]
    is_recursive: bool


class Follower(threading.Thread):
    """One folder's own thread, so that a dead drive holds up nobody else.

    Args:
        place: The folder.
        rhythm: How often to look.
        is_left_out: Whether a path below a root is nobody's picture.
        note: Takes what happened.
        on_state: Takes the states of the roots when they change.
    """

    def __init__(
        self,
        place: FollowedPlace,
        rhythm: Rhythm,
        is_left_out: Callable[[str, str], bool],
        note: Note,
        on_state: Callable[[WatchState], None],
    ) -> None:
        super().__init__(name=f"follows {place.path}", daemon=True)
        self.place = place
        self._rhythm = rhythm
        self._is_left_out = is_left_out
        self._note = note
        self._on_state = on_state
        self._paths = frozenset(path for _, path in place.roots)
        self._wake = threading.Event()
        self._is_ending = False
        self._lock = threading.Lock()
        self._mode = WatchMode.STARTING
        self._reason = ""
        self._tree: TreeWatch | None = None
        self._identity: tuple[int, int] | None = None
        self._asked_at_s: float | None = None
        self._started_at_s = 0.0
        self._deaths = 0
        self._looks_at_s: float | None = None
        self._looks = 0
        self._retries = 0

    def states(self) -> list[WatchState]:
        """How each root is followed now."""
        with self._lock:
            return [WatchState(id_, self._mode, self._reason) for id_, _ in self.place.roots]

    def looked(self, seconds: float) -> None:
        """Take down how long a look through it took, which ended now."""
        wait_s = max(self._rhythm.period_s, seconds * (1 / SHARE_OF_TIME - 1))
        if self._looks_at_s is not None:
            self._looks_at_s = time.monotonic() + wait_s

    def end(self) -> None:
        """Ask the thread to end; it does soon unless the system keeps it."""
        self._is_ending = True
        tree = self._tree
        if tree is not None:
            tree.abort()
        self._wake.set()

    def notice_hang(self) -> None:
        """Say so if the system has not answered for long."""
        asked_at_s = self._asked_at_s
        if asked_at_s is not None and time.monotonic() - asked_at_s > self._rhythm.hang_s:
            self._enter(WatchMode.OFFLINE, HANGS)

    def run(self) -> None:
        """Body of the thread."""
        try:
            while not self._is_ending:
                try:
                    self._step()
                except CancelledError:
                    raise
                except Exception:
                    # Whatever it is: a thread that dies tells nobody that it follows no more.
                    logger.exception("A folder cannot be followed")
                    self._fall_back()
                self._wake.wait(self._pause_s())
                self._wake.clear()
        except CancelledError:
            pass
        finally:
            self._stop_tree()

    def _pause_s(self) -> float:
        pause_s = self._rhythm.probe_s
        if self._looks_at_s is not None:
            pause_s = min(pause_s, max(0.0, self._looks_at_s - time.monotonic()))
        return pause_s

    def _step(self) -> None:
        """Look whether the folder is there, and do what follows from that."""
        self._asked_at_s = time.monotonic()
        identity = self._look()
        self._asked_at_s = None
        if identity is None:
            self._stop_tree()
            self._looks_at_s = None
            self._enter(WatchMode.OFFLINE, GONE)
            return
        if identity != self._identity or self._mode in (WatchMode.STARTING, WatchMode.OFFLINE):
            self._stop_tree()
            is_first = self._identity is None
            self._identity = identity
            self._begin(is_first=is_first)
        elif self._tree is not None:
            self._tend(self._tree)
        if self._looks_at_s is not None and self._looks_at_s <= time.monotonic():
            self._looks_at_s = time.monotonic() + self._rhythm.period_s
            self._looks += 1
            if self._is_to_be_tried_again:
                self._retries += 1
                self._begin(is_first=False)
            else:
                self._tell_roots()

    @property
    def _is_to_be_tried_again(self) -> bool:
        return (
            self._reason == self._limit_reason
            and self._retries < RETRIES
            and self._looks >= 2**self._retries
        )

    def _look(self) -> tuple[int, int] | None:
        """What makes the folder this one; None if it is not there. May hang for minutes."""
        try:
            status = os.stat(self.place.path)
            identity = status.st_dev, status.st_ino
            if self._identity not in (None, identity):
                with os.scandir(self.place.path) as entries:
                    # The empty folder that a drive was mounted over is not the drive.
                    if next(entries, None) is None:
                        return None
        except OSError:
            return None
        return identity

    def _begin(self, *, is_first: bool) -> None:
        """Find out how to hear of changes."""
        if not is_first and self._mode is not WatchMode.PERIODIC:
            self._enter(WatchMode.STARTING, "")
        table = mounted()
        real = os.path.realpath(self.place.path)
        if file_system_of(real, table).is_remote:
            reason = phrase(
                "Engine: Files",
                "This folder is on a network drive, so it is looked through {often}.",
            ).format(often=self._often)
            self._go_periodic(reason, tells=not is_first)
            return
        from desktop_app.engine.files.tree_watch import TreeWatch

        tree = TreeWatch(
            self.place.path,
            self._leaves_out,
            lambda path: file_system_of(path, table).is_remote,
            self._take,
            self._wake.set,
            is_recursive=self.place.is_recursive,
        )
        self._tree = tree
        if self._is_ending:
            raise CancelledError
        self._started_at_s = time.monotonic()
        try:
            tree.start()
        except OSError as error:
            logger.warning("A folder cannot be watched: %s", error.strerror)
            self._stop_tree()
            self._go_periodic(self._limit_reason if error.errno in _LIMITS else self._deaf_reason)
            return
        if tree.is_limited:
            self._tend(tree)
            return
        self._looks_at_s = None
        reason = ""
        if self.place.is_recursive and (tree.has_unseen or has_remote_below(real, table)):
            reason = phrase(
                "Engine: Files",
                "Some folders in it tell of no changes; they are looked through {often}.",
            ).format(often=self._often)
            self._looks_at_s = time.monotonic() + self._rhythm.period_s
        self._enter(WatchMode.LIVE, reason)
        self._tell_roots()  # what happened before was not seen

    def _tend(self, tree: "TreeWatch") -> None:
        """See to it that changes go on being heard of."""
        if tree.is_limited:
            self._stop_tree()
            self._go_periodic(self._limit_reason)
        elif not tree.is_working:
            lived_s = time.monotonic() - self._started_at_s
            self._deaths = self._deaths + 1 if lived_s < 20 * self._rhythm.probe_s else 1
            self._stop_tree()
            if self._deaths >= DEATHS:
                self._go_periodic(self._deaf_reason)
            else:
                self._enter(WatchMode.STARTING, "")
                self._wake.set()
        else:
            tree.tend()
            if tree.take_loss():
                self._tell_roots()

    def _fall_back(self) -> None:
        """Look through the folder now and then, since hearing of its changes has failed."""
        self._asked_at_s = None
        self._stop_tree()
        if self._mode is not WatchMode.PERIODIC:
            self._go_periodic(self._deaf_reason)

    def _go_periodic(self, reason: str, *, tells: bool = True) -> None:
        self._enter(WatchMode.PERIODIC, reason)
        self._looks_at_s = time.monotonic() + self._rhythm.period_s
        if tells:
            self._tell_roots()

    def _enter(self, mode: WatchMode, reason: str) -> None:
        with self._lock:
            if (mode, reason) == (self._mode, self._reason):
                return
            self._mode, self._reason = mode, reason
        if not self._is_ending:
            for state in self.states():
                self._on_state(state)

    def _tell_roots(self) -> None:
        roots = [path for _, path in self.place.roots]
        is_folder = self.place.is_recursive
        self._note([(root, root, Happening.WRITTEN, is_folder) for root in roots])

    def _take(self, sights: Sequence["Sight"]) -> None:
        """Pass on what the tree tells, on one of its threads."""
        happenings = []
        for sight in sights:
            if sight.path == self.place.path:
                # Whether a root is there is for `_step` to find out.
                self._wake.set()
            elif self.place.is_recursive:
                root = self.place.roots[0][1]
                happenings.append((root, sight.path, sight.what, sight.is_folder))
            elif sight.path in self._paths:
                happenings.append((sight.path, sight.path, sight.what, False))
        if happenings and not self._is_ending:
            self._note(happenings)

    def _leaves_out(self, path: str) -> bool:
        if self.place.is_recursive:
            return self._is_left_out(path, self.place.roots[0][1])
        return path != self.place.path and path not in self._paths

    def _stop_tree(self) -> None:
        tree, self._tree = self._tree, None
        if tree is not None:
            tree.stop()

    @property
    def _often(self) -> str:
        return self._rhythm.text

    @property
    def _limit_reason(self) -> str:
        return phrase(
            "Engine: Files",
            "The system allows no more watched folders, so this folder is looked through {often}.",
        ).format(often=self._often)

    @property
    def _deaf_reason(self) -> str:
        return phrase(
            "Engine: Files",
            "The system does not tell of changes here, so it is looked through {often}.",
        ).format(often=self._often)
