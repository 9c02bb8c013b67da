"""Interpolated weights and patience."""

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.fine_tuning.learning import Check, interpolate, lost_patience  # noqa: E402


def _history(*scores: float) -> list[Check]:
    return [Check(step, 0.0, 0.0, score) for step, score in enumerate(scores)]


def test_patience_is_lost_when_nothing_gets_better() -> None:
    assert not lost_patience(_history(0.1, 0.5), 2)
    assert not lost_patience(_history(0.5, 0.4, 0.6), 2)
    assert lost_patience(_history(0.6, 0.5, 0.6), 2)
    assert not lost_patience(_history(0.6, 0.5, 0.5), 3)


def test_weights_are_mixed_and_counters_taken_over() -> None:
    start = {"weight": torch.tensor([0.0, 4.0]), "seen": torch.tensor(1)}
    end = {"weight": torch.tensor([2.0, 0.0]), "seen": torch.tensor(9)}

    mixed = interpolate(start, end, 0.25)

    assert mixed["weight"].tolist() == [0.5, 3.0]
    assert mixed["seen"].item() == 9
