"""Which roots and drives can be reached now, asked so that a silent one holds up nobody."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop_app.engine.files.reach import NO_ANSWER, is_out_of_reach, unreachable_reason
from desktop_app.engine.store.roots import PlaceKey, RootPlace

FRESH_S = 2.0
"""How long an answer counts."""
PATIENCE_S = 0.3
"""How long a caller waits for an answer at most."""
HANG_S = 5.0
"""After how long a root that does not answer counts as not connected."""


def why_away(place: RootPlace) -> str | None:
    """Why a root or drive is not there or may not be looked into. May hang with a mount.

    Returns:
        One plain sentence; None where it can be reached.
    """
    mounts = [place.path] if place.was_mount else []
    return unreachable_reason(place.path, mounts, is_listed=True)


@dataclass(slots=True)
class _Look:
    """One look at all places, in a thread of its own.

    Attributes:
        begun_s: When it began.
        since_s: Since when it has been at the present place.
        key: That place; 0 before the first.
        done: Set at its end.
    """

    begun_s: float
    since_s: float
    key: PlaceKey = 0
    done: threading.Event = field(default_factory=threading.Event)


class RootPresence:
    """Remembers for a moment which roots, and which drives below them, are not connected.

    A network share that is gone can keep whoever asks for it waiting for minutes. So threads ask
    that may hang: a place that has kept one for `HANG_S` counts as not connected and is not asked
    again before that thread has come back.

    Args:
        places: Gives all places.
        why_away: Says why a place cannot be reached; None where it can.
        clock: Seconds; for tests.
    """

    def __init__(
        self,
        places: Callable[[], Mapping[PlaceKey, RootPlace]],
        why_away: Callable[[RootPlace], str | None] = why_away,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._places = places
        self._why_away = why_away
        self._clock = clock
        self._lock = threading.Lock()
        self._look: _Look | None = None
        self._known: dict[PlaceKey, str | None] = {}
        self._hanging: set[PlaceKey] = set()

    def offline(self) -> frozenset[PlaceKey]:
        """The roots and drives that cannot be reached, as of the last `FRESH_S` at most.

        What has not been answered within `PATIENCE_S` is as it was known before.
        """
        return frozenset(self.reasons())

    def reasons(self, *, now: bool = False) -> dict[PlaceKey, str]:
        """Why each of the roots and drives of `offline` cannot be reached, in a sentence.

        Args:
            now: Ask, however fresh the last answer is.
        """
        look = self._current(now=now)
        look.done.wait(PATIENCE_S)
        with self._lock:
            return {each: reason for each, reason in self._known.items() if reason is not None}

    def reach(self) -> Callable[[int, str], bool]:
        """Tell whether pictures can be reached, by root and path, as `offline` says when asked."""
        known: list[frozenset[PlaceKey]] = []

        def is_there(root_id: int, path: str) -> bool:
            if not known:  # once for all pictures: it may take a moment
                known.append(self.offline())
            return not is_out_of_reach(known[0], root_id, path)

        return is_there

    def silent(self) -> frozenset[PlaceKey]:
        """The roots and drives that do not answer: whoever asked for them would wait, too.

        Waits for all answers, at most `HANG_S` longer than the last one comes.
        """
        look = self._current(now=True)
        while not look.done.wait(PATIENCE_S):
            look = self._current(now=False)
        with self._lock:
            return frozenset(self._hanging)

    def gone(self) -> frozenset[int]:
        """The roots of `offline` that may be asked for: those that hang are left out."""
        offline = self.offline()
        with self._lock:
            return frozenset(
                key for key in offline if isinstance(key, int) and key not in self._hanging
            )

    def _current(self, *, now: bool) -> _Look:
        """The look that is under way or fresh enough, else a new one."""
        with self._lock:
            at_s, look = self._clock(), self._look
            if look is not None and not look.done.is_set():
                if at_s - look.since_s < HANG_S:
                    return look
                self._hanging.add(look.key)
                self._known[look.key] = NO_ANSWER
            elif look is not None and at_s - look.begun_s < FRESH_S and not now:
                return look
            places = dict(self._places())
            self._known = {each: self._known[each] for each in places if each in self._known}
            look = self._look = _Look(at_s, at_s)
            asked = {each: place for each, place in places.items() if each not in self._hanging}
            # A daemon: it must not keep the program alive while a mount hangs.
            threading.Thread(
                target=self._ask, args=(look, asked), name="root presence", daemon=True
            ).start()
            return look

    def _ask(self, look: _Look, places: Mapping[PlaceKey, RootPlace]) -> None:
        """Body of a look's thread."""
        for key, place in places.items():
            with self._lock:
                look.key, look.since_s = key, self._clock()
            reason = self._why_away(place)
            with self._lock:
                self._hanging.discard(key)
                self._known[key] = reason
                if look is not self._look:  # it was given up, and another thread asks for the rest
                    return
        look.done.set()
