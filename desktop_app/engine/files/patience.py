"""Asks the disk in threads that may be given up, because a drive may never answer.

A network drive that is gone, and a disk that dies, keep whoever asks for something on them waiting
for minutes or for ever, and nothing can wake him. So others ask, and who waits for them looks
after them.
"""

import os
import queue
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.reach import NO_ANSWER, unreachable_reason
from desktop_app.engine.paths import is_below

K = TypeVar("K")
T = TypeVar("T")

QUIET_S = 20.0
"""After how long without a sign of life a place is asked whether it is still there."""
ANSWER_S = 5.0
"""How long it may take for the answer."""

_LOOK_EVERY_S = 0.1
_ITEMS_AT_ONCE = 500
_BATCHES_AHEAD = 4
"""How far a thread may be ahead of who takes what it finds: during a pause it waits, too."""
_GRACE_S = 1.0
"""How long is waited for the end of a thread that nobody needs any more."""


class NoAnswerError(Exception):
    """A place does not answer; whoever asks for something there would wait, too.

    Attributes:
        place: Which one.
    """

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@dataclass(slots=True)
class Whereabouts:
    """Where a thread that asks the disk is now, for those who look after it.

    Attributes:
        base: The outermost folder that may be the one that does not answer.
        place: What it asks for now: ``base``, or something below it.
        steps: Counts answers.
    """

    base: str
    place: str = ""
    steps: int = 0

    def __post_init__(self) -> None:
        self.place = self.place or self.base

    def go_to(self, place: str, base: str | None = None) -> None:
        """Note what is asked for next."""
        self.base = self.base if base is None else base
        self.place = place

    @property
    def sign(self) -> tuple[str, int]:
        """Changes as long as there are answers."""
        return self.place, self.steps


def is_answering(place: str) -> None:
    """Ask for a place, and come back when there is an answer, whatever it is."""
    unreachable_reason(place, is_listed=True)


class Patience:
    """Waits for the disk as long as it answers, and remembers what does not.

    A place that did not answer counts as silent until the thread that asked for it comes back:
    till then nobody else is sent to wait there. Any thread may ask; `avoiding` is for one run at a
    time.

    Args:
        quiet_s: See `QUIET_S`.
        answer_s: See `ANSWER_S`.
        probe: Comes back when a place answers.
    """

    def __init__(
        self,
        quiet_s: float = QUIET_S,
        answer_s: float = ANSWER_S,
        probe: Callable[[str], object] = is_answering,
    ) -> None:
        self._quiet_s = quiet_s
        self._answer_s = answer_s
        self._probe = probe
        self._lock = threading.Lock()  # of what follows
        self._waiting: dict[str, threading.Thread] = {}
        self._avoided: frozenset[str] = frozenset()

    @contextmanager
    def avoiding(self, places: Collection[str]) -> Iterator[None]:
        """Count some places as silent in the block, because others have found that they are."""
        self._avoided = frozenset(places)
        try:
            yield
        finally:
            self._avoided = frozenset()

    def silent_places(self) -> frozenset[str]:
        """What does not answer now."""
        with self._lock:
            if self._waiting:
                self._waiting = {
                    place: thread for place, thread in self._waiting.items() if thread.is_alive()
                }
            return self._avoided.union(self._waiting)

    def is_silent(self, path: str) -> bool:
        """Whether a path is, or lies below, something that does not answer."""
        return any(is_below(path, place) for place in self.silent_places())

    def ask(self, call: Callable[[], T], place: str, cancel: CancelToken) -> T:
        """Ask the disk for one thing, in 0.1 ms.

        Args:
            call: Asks; it must change nothing, since it may come back at any time.
            place: What it asks for.
            cancel: Ends the wait.

        Raises:
            NoAnswerError: If the place does not answer, or is known not to.
            CancelledError: If it was cancelled.
        """

        def once(_at: Whereabouts) -> Iterator[T]:
            yield call()

        answers = [one for batch in self.stream(once, place, cancel) for one in batch]
        return answers[0]

    def each(
        self,
        items: Iterable[K],
        place_of: Callable[[K], str],
        call: Callable[[K, Whereabouts], T],
        cancel: CancelToken,
    ) -> Iterator[tuple[K, T]]:
        """Ask the disk about many things, each with its own place.

        Args:
            items: What is asked about.
            place_of: Where one is.
            call: Asks about one, as for `ask`; may say more closely where it is.
            cancel: Ends the wait.

        Yields:
            Each with the answer; what does not answer is left out.

        Raises:
            CancelledError: If it was cancelled.
        """
        waiting = list(items)
        while waiting := [one for one in waiting if not self.is_silent(place_of(one))]:
            asking = _Asking(waiting, place_of, call)
            answered = 0
            try:
                for batch in self.stream(asking.answers, place_of(waiting[0]), cancel):
                    yield from batch
                    answered += len(batch)
            except NoAnswerError:
                del waiting[asking.number]
            waiting = waiting[answered:]

    def unreachable_reason(
        self, path: str, mounts: Collection[str], cancel: CancelToken, *, is_listed: bool = False
    ) -> str | None:
        """What `reach.unreachable_reason` says of a root, which is that it does not answer, too.

        Raises:
            CancelledError: If it was cancelled.
        """
        silent = self.silent_places()
        asked = [place for place in mounts if place not in silent]

        def reason(at: Whereabouts) -> Iterator[str]:
            found = unreachable_reason(path, asked, is_listed=is_listed, asked=at.go_to)
            if found is not None:
                yield found

        try:
            reasons = [one for batch in self.stream(reason, path, cancel) for one in batch]
        except NoAnswerError:
            return NO_ANSWER
        return reasons[0] if reasons else None

    def stream(
        self, items: Callable[[Whereabouts], Iterator[T]], base: str, cancel: CancelToken
    ) -> Generator[list[T]]:
        """Run a generator that asks the disk in a thread of its own.

        Args:
            items: Makes the generator; it says where it is, and must only change what nobody looks
                at once it was given up.
            base: Where it begins.
            cancel: Ends the wait.

        Yields:
            What it yields, in batches: several at once, because each costs a change of threads.
            A None in it ends a batch.

        Raises:
            NoAnswerError: If something does not answer; what was not yielded by then is lost.
            CancelledError: If it was cancelled.
        """
        cancel.raise_if_cancelled()
        if self.is_silent(base):
            raise NoAnswerError(base)
        asker = _Asker(items, Whereabouts(base))
        asker.start()
        is_silent = False
        try:
            while (batch := self._next_batch(asker, cancel)) is not None:
                yield batch
        except NoAnswerError as error:
            is_silent = True
            with self._lock:
                self._waiting[error.place] = asker
            raise
        finally:
            asker.give_up()
            if not is_silent:
                asker.join(_GRACE_S)

    def _next_batch(self, asker: "_Asker[T]", cancel: CancelToken) -> list[T] | None:
        sign: tuple[str, int] | None = None
        since_s = 0.0
        while True:
            try:
                batch = asker.outbox.get(timeout=_LOOK_EVERY_S)
            except queue.Empty:
                cancel.raise_if_cancelled()
            else:
                if isinstance(batch, BaseException):
                    raise batch
                return batch
            now_s = time.monotonic()
            if asker.at.sign != sign:
                sign, since_s = asker.at.sign, now_s
            if now_s - since_s >= self._quiet_s:
                self._look_for(asker, cancel)
                sign = None  # it answers: something there only takes its time

    def _look_for(self, asker: "_Asker[T]", cancel: CancelToken) -> None:
        """Ask whether the place answers at which a thread is.

        Raises:
            NoAnswerError: If it does not; names the outermost folder that does not.
        """
        at = asker.at
        before = at.sign
        probe = _Probe(_down_to(at.base, at.place), self._probe)
        probe.start()
        asked, since_s = probe.number, time.monotonic()
        while not probe.done.wait(_LOOK_EVERY_S):
            cancel.raise_if_cancelled()
            if at.sign != before or asker.has_more:
                return
            now_s = time.monotonic()
            if probe.number != asked:
                asked, since_s = probe.number, now_s
            if now_s - since_s >= self._answer_s:
                raise NoAnswerError(probe.places[asked])


class _Asking(Generic[K, T]):
    """Asks about one thing after another, and knows at which it is."""

    def __init__(
        self,
        items: list[K],
        place_of: Callable[[K], str],
        call: Callable[[K, Whereabouts], T],
    ) -> None:
        self._items = items
        self._place_of = place_of
        self._call = call
        self.number = 0

    def answers(self, at: Whereabouts) -> Iterator[tuple[K, T]]:
        """Each with its answer."""
        for number, item in enumerate(list(self._items)):
            self.number = number
            place = self._place_of(item)
            at.go_to(place, place)
            yield item, self._call(item, at)


class _Probe(threading.Thread):
    """Asks for places, the outermost first; knows at which it is."""

    def __init__(self, places: list[str], ask: Callable[[str], object]) -> None:
        # A daemon: it must not keep the program alive while a drive does not answer.
        super().__init__(name="disk", daemon=True)
        self._ask = ask
        self.places = places
        self.number = 0
        self.done = threading.Event()

    def run(self) -> None:
        """Body of the thread."""
        for number, place in enumerate(self.places):
            self.number = number
            self._ask(place)
        self.done.set()


class _Asker(threading.Thread, Generic[T]):
    """Runs a generator and hands over what comes; the last is None or an exception."""

    def __init__(self, items: Callable[[Whereabouts], Iterator[T]], at: Whereabouts) -> None:
        super().__init__(name="disk", daemon=True)
        self._items = items
        self._is_given_up = False
        self.at = at
        self.outbox: queue.Queue[list[T] | BaseException | None] = queue.Queue(_BATCHES_AHEAD)

    @property
    def has_more(self) -> bool:
        """Whether there is something to be taken."""
        return not self.outbox.empty()

    def give_up(self) -> None:
        """Let the thread end as soon as the disk has answered it; what it finds is for nobody."""
        self._is_given_up = True

    def run(self) -> None:
        """Body of the thread."""
        batch: list[T] = []
        try:
            for item in self._items(self.at):
                batch.append(item)
                if item is None or len(batch) >= _ITEMS_AT_ONCE:
                    if not self._hand_over(batch):
                        return
                    batch = []
        except BaseException as error:  # noqa: BLE001 - whoever takes what is found gets to see it
            self._hand_over(batch)
            self._hand_over(error)
        else:
            self._hand_over(batch)
            self._hand_over(None)

    def _hand_over(self, what: list[T] | BaseException | None) -> bool:
        """Whether somebody is there to take it."""
        while not self._is_given_up:
            try:
                self.outbox.put(what, timeout=_LOOK_EVERY_S)
            except queue.Full:
                continue
            return True
        return False


def _down_to(base: str, place: str) -> list[str]:
    """The folders from one to a place below it, both included; the place alone if it is not."""
    places = [place]
    while place != base and is_below(place, base):
        place = os.path.dirname(place)
        places.append(place)
    return places[::-1] if place == base else places[:1]
