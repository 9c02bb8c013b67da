"""The clockwork that the training stages share."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from torch.nn import Linear  # noqa: E402

from models.checkpoint import load_checkpoint  # noqa: E402
from models.interruption import TrainingInterrupted  # noqa: E402
from models.stage_run import (  # noqa: E402
    Pace,
    StageRun,
    decay_groups,
    say_duration,
    weight_groups,
)


def _learn(run: StageRun[Linear], after_step: Callable[[], None] = lambda: None) -> int:
    done = 0
    for _ in run.steps():
        run.learn((run.learner(torch.ones(1, 2)) - 3.0).square().mean())
        after_step()
        done += 1
    run.save()
    return done


@pytest.fixture
def pass_a_second(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Moves on the clock of the stages, which stands still otherwise."""
    now_s = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now_s)

    def move_on() -> None:
        nonlocal now_s
        now_s += 1.0

    return move_on


def test_a_stage_learns_until_its_time_is_spent(
    tmp_path: Path, pass_a_second: Callable[[], None]
) -> None:
    learner = Linear(2, 1)
    run = StageRun(learner, Pace(minutes=2, peak_rate=0.1), tmp_path / "stage.pt")

    done = _learn(run, pass_a_second)

    assert done == 120
    assert run.progress == 1.0
    assert learner(torch.ones(1, 2)).item() == pytest.approx(3.0, abs=0.5)
    assert load_checkpoint(tmp_path / "stage.pt")["step"] == done


def test_a_finished_stage_is_not_repeated(
    tmp_path: Path, pass_a_second: Callable[[], None]
) -> None:
    pace = Pace(minutes=0.1, peak_rate=0.1)
    first = StageRun(Linear(2, 1), pace, tmp_path / "stage.pt")
    done = _learn(first, pass_a_second)
    assert done == 6

    again = StageRun(Linear(2, 1), pace, tmp_path / "stage.pt")

    assert _learn(again, pass_a_second) == 0
    assert again.first_step == done
    assert torch.equal(again.average.module.weight, first.average.module.weight)


def test_only_matrices_decay() -> None:
    matrices, others = decay_groups(Linear(2, 1), 0.05)

    assert [weight.ndim for weight in matrices["params"]] == [2]
    assert [weight.ndim for weight in others["params"]] == [1]
    assert (matrices["weight_decay"], others["weight_decay"]) == (0.05, 0.0)


def test_ctrl_c_keeps_what_was_learnt_and_the_next_run_goes_on(tmp_path: Path) -> None:
    pace = Pace(minutes=0, peak_rate=0.1, steps=6)
    run = StageRun(Linear(2, 1), pace, tmp_path / "stage.pt")
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(TrainingInterrupted, match="after 3 steps"):  # noqa: PT012
        for step in run.steps():
            run.learn((run.learner(torch.ones(1, 2)) - 3.0).square().mean())
            if step == 2:
                signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before

    again = StageRun(Linear(2, 1), pace, tmp_path / "stage.pt")

    assert torch.equal(again.learner.weight, run.learner.weight)
    assert again.progress == 0.5
    assert _learn(again) == 3
    assert again.progress == 1.0


def test_float16_gradients_are_scaled_and_learnt_from(tmp_path: Path) -> None:
    scaler = torch.amp.GradScaler("cpu", init_scale=1024.0)
    learner = Linear(2, 1)
    pace = Pace(minutes=0, peak_rate=0.1, steps=60)
    run = StageRun(learner, pace, tmp_path / "stage.pt", scaler=scaler)

    _learn(run)

    assert learner(torch.ones(1, 2)).item() == pytest.approx(3.0, abs=1.0)
    assert load_checkpoint(tmp_path / "stage.pt")["scaler"]["scale"] == 1024.0


def test_groups_learn_at_their_own_rates(tmp_path: Path) -> None:
    learner = Linear(2, 1)
    groups = [
        *weight_groups([learner.weight], 0.0, rate_factor=0.0),
        *weight_groups([learner.bias], 0.0),
    ]
    weight, bias = learner.weight.clone(), learner.bias.clone()

    _learn(StageRun(learner, Pace(0, 0.1, steps=3), tmp_path / "stage.pt", groups))

    assert torch.equal(learner.weight, weight)
    assert not torch.equal(learner.bias, bias)


def test_durations_are_said_as_people_do() -> None:
    assert [say_duration(s) for s in (-1, 40, 720, 7500)] == ["0 s", "40 s", "12 min", "2 h 5 min"]
