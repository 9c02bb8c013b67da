"""Training by the clock: how far a stage has come decides its learning rate and resolution."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass


class TimeBudget:
    """Counts the seconds a stage has worked, over interruptions, against those it may work."""

    def __init__(self, budget_s: float, spent_s: float = 0.0) -> None:
        self._budget_s = max(budget_s, 1e-9)
        self._start_s = time.monotonic() - spent_s

    @property
    def spent_s(self) -> float:
        """Seconds worked, those of earlier runs included."""
        return time.monotonic() - self._start_s

    @property
    def progress(self) -> float:
        """How much of the budget is spent, 0 to 1."""
        return min(1.0, self.spent_s / self._budget_s)


def learning_rate(progress: float, peak: float, warm_up: float = 0.03) -> float:
    """Return the rate at a point of the training: linear warm-up, then half a cosine to nought.

    Args:
        progress: 0 to 1.
        peak: the highest rate.
        warm_up: the part of the training during which the rate rises.
    """
    if progress < warm_up:
        return peak * (0.02 + 0.98 * progress / warm_up)
    return peak * 0.5 * (1.0 + math.cos(math.pi * (progress - warm_up) / (1.0 - warm_up)))


@dataclass(frozen=True)
class ResolutionStep:
    """From ``start`` (0 to 1) of the training on, pictures are ``side_px`` large."""

    start: float
    side_px: int


def resolution(progress: float, steps: Sequence[ResolutionStep]) -> int:
    """Return the side of the training pictures, in pixels (Howard, progressive resizing, 2018)."""
    return [step.side_px for step in steps if step.start <= progress][-1]
