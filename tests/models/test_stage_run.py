"""The clockwork that the training stages share."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from torch.nn import Linear  # noqa: E402

from models.checkpoint import load_checkpoint  # noqa: E402
from models.stage_run import Pace, StageRun, decay_groups  # noqa: E402


def _learn(run: StageRun[Linear]) -> int:
    done = 0
    for _ in run.steps():
        run.learn((run.learner(torch.ones(1, 2)) - 3.0).square().mean())
        done += 1
    run.save()
    return done


def test_a_stage_learns_until_its_time_is_spent(tmp_path: Path) -> None:
    learner = Linear(2, 1)
    run = StageRun(learner, Pace(minutes=0.005, peak_rate=0.1), tmp_path / "stage.pt")

    done = _learn(run)

    assert done > 5
    assert run.progress == 1.0
    assert learner(torch.ones(1, 2)).item() == pytest.approx(3.0, abs=0.5)
    assert load_checkpoint(tmp_path / "stage.pt")["step"] == done


def test_a_finished_stage_is_not_repeated(tmp_path: Path) -> None:
    pace = Pace(minutes=0.002, peak_rate=0.1)
    first = StageRun(Linear(2, 1), pace, tmp_path / "stage.pt")
    done = _learn(first)

    again = StageRun(Linear(2, 1), pace, tmp_path / "stage.pt")

    assert _learn(again) == 0
    assert again.first_step == done
    assert torch.equal(again.average.module.weight, first.average.module.weight)


def test_only_matrices_decay() -> None:
    matrices, others = decay_groups(Linear(2, 1), 0.05)

    assert [weight.ndim for weight in matrices["params"]] == [2]
    assert [weight.ndim for weight in others["params"]] == [1]
    assert (matrices["weight_decay"], others["weight_decay"]) == (0.05, 0.0)
