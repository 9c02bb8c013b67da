"""How hard a run may work: not now, gently, or with all that the machine has."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from desktop_app.engine.phrases import phrase

logger = logging.getLogger(__name__)

PAUSED = phrase("Engine: Work", "Paused")
BATTERY_LOW = phrase("Engine: Work", "Paused: the battery is below 20%.")

_LOW_PERCENT = 20
_BATTERY_CHECK_S = 30.0

REST = 4.0
"""For how many times as long as other programs kept an encoder waiting it rests afterwards."""
LONGEST_REST_S = 2.0
_LOOK_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class Battery:
    """What the system tells of its battery.

    Attributes:
        percent: How full it is, 0 to 100.
        is_charging: Whether the computer is plugged in.
    """

    percent: float
    is_charging: bool

    @property
    def is_low(self) -> bool:
        """Whether work had better wait."""
        return not self.is_charging and self.percent < _LOW_PERCENT


@dataclass(frozen=True, slots=True)
class PaceChange:
    """Comes between the results of a run when its work stops or goes on.

    Attributes:
        note: Why nothing is done now, for the user; empty where work goes on.
    """

    note: str


def read_battery() -> Battery | None:
    """The battery as it is now; None where there is none or the system does not tell."""
    ask = getattr(psutil, "sensors_battery", None)  # missing on some systems
    if ask is None:
        return None
    try:
        told = ask()
    except (OSError, ValueError, psutil.Error) as error:  # drivers that report nonsense
        logger.debug("The battery cannot be read: %s", error)
        return None
    if told is None:
        return None
    return Battery(float(told.percent), told.power_plugged is not False)


class WorkPace:
    """The pace of one library's runs. Any thread may call it.

    A pause and the gentle way last until they are taken back, also from one run to the next.

    Args:
        battery: Asked during a run, now and then.
        clock: Seconds that only rise.
    """

    def __init__(
        self,
        battery: Callable[[], Battery | None] = read_battery,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._battery = battery
        self._clock = clock
        self._changed = threading.Condition()
        self._is_held = False
        self._is_gentle = False
        self._minds_battery = True
        self._is_battery_low = False
        self._is_battery_ignored = False
        self._look_again_at_s = 0.0
        self._encoding = 0
        self._rests_until_s = 0.0

    # The user's side

    def pause(self) -> None:
        """Give out no more work. What is in work is finished and kept."""
        self._set(is_held=True)

    def resume(self) -> None:
        """Go on; where the battery is why not, go on all the same until this run ends."""
        with self._changed:
            self._is_battery_ignored = self._is_battery_ignored or self._is_battery_low
            self._set(is_held=False)

    @property
    def is_paused(self) -> bool:
        """Whether no work is given out now, whoever wants it so."""
        return bool(self.reason)

    @property
    def reason(self) -> str:
        """Why no work is given out, for the user; empty where it is."""
        with self._changed:
            if self._is_held:
                return PAUSED
            return BATTERY_LOW if self._is_battery_low and not self._is_battery_ignored else ""

    def set_gentle(self, is_gentle: bool) -> None:
        """Take half the cores and let other programs go first, or no longer so.

        Processes that decode get the lowest priority. Threads that encode keep what they have, and
        give way in another manner, see `give_way`: a thread that is put off for other programs may
        hold Python's lock meanwhile, and the window would wait for it. Where others took all
        cores, that was up to 1.2 s at niceness 19, and 0.2 s at 10 as at 0.
        """
        with self._changed:
            self._is_gentle = is_gentle
            self._changed.notify_all()

    def mind_battery(self, is_minded: bool) -> None:
        """Wait while the battery is low, or no longer so."""
        with self._changed:
            self._minds_battery = is_minded
            self._look_again_at_s = 0.0
            self._is_battery_low = self._is_battery_low and is_minded
            self._changed.notify_all()

    @property
    def is_gentle(self) -> bool:
        """Whether runs leave half the cores to others."""
        return self._is_gentle

    # The side of those who work

    @contextmanager
    def run(self) -> Iterator[None]:
        """A run: the battery is looked at, and what the user said about it counts until its end."""
        self._forget_battery()
        try:
            yield
        finally:
            self._forget_battery()

    def look(self) -> str:
        """Look at the battery if that is due, and tell the `reason` to wait."""
        now = self._clock()
        with self._changed:
            is_due = now >= self._look_again_at_s
            if is_due:
                self._look_again_at_s = now + _BATTERY_CHECK_S
        if is_due:  # outside the lock: some systems take their time
            battery = self._battery() if self._minds_battery else None
            is_low = battery is not None and battery.is_low
            with self._changed:
                if is_low != self._is_battery_low:
                    self._is_battery_low = is_low
                    self._changed.notify_all()
        return self.reason

    def cores(self, all_of_them: int) -> int:
        """How many of so many processes or threads may work; at least one."""
        return max(1, all_of_them // 2) if self._is_gentle else all_of_them

    def decoders(self, processes: int) -> int:
        """How many of so many processes may begin with another file; 0 during a pause."""
        return 0 if self.is_paused else self.cores(processes)

    @contextmanager
    def encoding(
        self, threads: int, is_cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[None]:
        """Wait until fewer than the allowed share of the threads encode, and be one of them.

        Goes on during a pause, so that what was decoded gets into the library.

        Args:
            threads: How many there are.
            is_cancelled: Whether nobody waits for the vectors any more; ends a rest.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._encoding < self.cores(threads))
            self._encoding += 1
            while self._is_resting() and not is_cancelled():
                self._changed.wait(_LOOK_EVERY_S)
        try:
            yield
        finally:
            with self._changed:
                self._encoding -= 1
                self._changed.notify_all()

    def give_way(self, lost_s: float) -> None:
        """Let encoders rest for a while, if the pace is gentle and other programs need the cores.

        Nobody need be asked for that: a thread that takes longer than it computes was kept waiting
        by others, and leaves them so much the more time. On an idle machine it never rests. With
        two programs that take both of two cores, encoding falls to a fifth.

        Args:
            lost_s: How much longer a batch took than the processor was at it.
        """
        with self._changed:
            if self._is_gentle and lost_s > 0:
                rest_s = min(LONGEST_REST_S, REST * lost_s)
                self._rests_until_s = max(self._rests_until_s, self._clock() + rest_s)

    def _is_resting(self) -> bool:
        return self._is_gentle and self._clock() < self._rests_until_s

    def wait(self, timeout_s: float) -> None:
        """Wait until something may have changed, or until the time is over."""
        with self._changed:
            self._changed.wait(timeout_s)

    def _set(self, *, is_held: bool) -> None:
        with self._changed:
            self._is_held = is_held
            self._changed.notify_all()

    def _forget_battery(self) -> None:
        with self._changed:
            self._is_battery_low = self._is_battery_ignored = False
            self._look_again_at_s = 0.0
            self._changed.notify_all()
