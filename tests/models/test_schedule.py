"""Training by the clock."""

import time

import pytest

from models.schedule import ResolutionStep, TimeBudget, learning_rate, resolution


def test_progress_counts_the_time_of_earlier_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now_s)
    budget = TimeBudget(60.0, spent_s=15.0)
    assert budget.progress == pytest.approx(0.25)

    now_s = 130.0
    assert budget.progress == pytest.approx(0.75)
    now_s = 999.0
    assert budget.progress == 1.0


def test_no_time_is_already_spent() -> None:
    budget = TimeBudget(0.0)

    assert budget.progress >= 0.0


def test_the_rate_rises_to_its_peak_and_falls_to_nought() -> None:
    rates = [learning_rate(point / 100, 2.0, warm_up=0.1) for point in range(101)]

    assert rates[0] == pytest.approx(0.04)
    assert max(rates) == rates[10] == pytest.approx(2.0)
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[100] == pytest.approx(0.0)


def test_the_resolution_follows_its_steps() -> None:
    steps = (ResolutionStep(0.0, 64), ResolutionStep(0.5, 96))

    assert [resolution(progress, steps) for progress in (0.0, 0.49, 0.5, 1.0)] == [64, 64, 96, 96]
