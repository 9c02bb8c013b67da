"""What all training stages have in common: clock, optimizer, average, checkpoint."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor, nn

from models.averaging import WeightAverage
from models.checkpoint import load_newest, save_checkpoint
from models.interruption import TrainingInterrupted, interrupts_wait
from models.parallel import Embedded
from models.schedule import TimeBudget, learning_rate

log = logging.getLogger(__name__)

LearnerT = TypeVar("LearnerT", bound=nn.Module)


@dataclass(frozen=True)
class Pace:
    """How long and how fast a stage learns.

    Attributes:
        minutes: wall time; not looked at where ``steps`` is given.
        peak_rate: the highest learning rate.
        weight_decay: of AdamW, for matrices and kernels only.
        average_decay: of the averaged weights, a step.
        longest_gradient: gradients are cut to this norm.
        save_every_s: seconds between checkpoints.
        log_every: steps between lines in the log.
        steps: how many steps to learn, instead of by the clock.
    """

    minutes: float
    peak_rate: float
    weight_decay: float = 0.05
    average_decay: float = 0.998
    longest_gradient: float = 2.0
    save_every_s: float = 180.0
    log_every: int = 100
    steps: int | None = None


def decay_groups(module: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Group a module's weights for AdamW: biases, norms and scalars do not decay."""
    return weight_groups(module.parameters(), weight_decay)


def weight_groups(
    weights: Iterable[nn.Parameter], weight_decay: float, rate_factor: float = 1.0
) -> list[dict[str, Any]]:
    """Group weights for AdamW.

    Args:
        weights: any; those that need no gradient are left out.
        weight_decay: of matrices and kernels; biases, norms and scalars do not decay.
        rate_factor: by which the stage's learning rate is multiplied for them.
    """
    learnt = [weight for weight in weights if weight.requires_grad]
    matrices = [weight for weight in learnt if weight.ndim > 1]
    others = [weight for weight in learnt if weight.ndim <= 1]
    return [
        {"params": matrices, "weight_decay": weight_decay, "rate_factor": rate_factor},
        {"params": others, "weight_decay": 0.0, "rate_factor": rate_factor},
    ]


def say_duration(seconds: float) -> str:
    """Say a length of time as people do: ``2 h 5 min``, ``12 min``, ``40 s``."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{max(0, round(seconds))} s"
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


class StageRun(Generic[LearnerT]):
    """A stage under way; it goes on from its newest whole checkpoint where there is one.

    Use it as ``for step in run.steps(): ... run.learn(loss)`` and :meth:`save` at the end.
    """

    def __init__(
        self,
        learner: LearnerT,
        pace: Pace,
        checkpoint: Path,
        groups: list[dict[str, Any]] | None = None,
        scaler: torch.amp.GradScaler | None = None,
    ) -> None:
        """Start a stage or go on with it.

        Args:
            learner: what learns.
            pace: how long and how fast.
            checkpoint: where to go on from if it exists, and where progress is kept.
            groups: as :func:`weight_groups` makes them; by default all weights of the learner.
            scaler: scales losses where gradients are float16; by default none is needed.
        """
        self.learner = learner
        self.average = WeightAverage(learner, pace.average_decay)
        self._pace = pace
        self._checkpoint = checkpoint
        self._optimizer = torch.optim.AdamW(
            groups or decay_groups(learner, pace.weight_decay),
            betas=(0.9, 0.98),
            fused=next(learner.parameters()).is_cuda or None,
        )
        self._scaler = scaler or torch.amp.GradScaler("cpu", enabled=False)
        self._step = 0
        self._budget = TimeBudget(pace.minutes * 60.0, self._resume())
        self._last_loss = torch.tensor(float("nan"))

    def _resume(self) -> float:
        kept = load_newest(self._checkpoint)
        if kept is None:
            return 0.0
        self.learner.load_state_dict(kept["learner"])
        self.average.module.load_state_dict(kept["average"])
        self._optimizer.load_state_dict(kept["optimizer"])
        self._scaler.load_state_dict(kept.get("scaler", {}))
        self._step = self.average.updates = int(kept["step"])
        return float(kept["spent_s"])

    @property
    def progress(self) -> float:
        """How much of the stage is done, 0 to 1."""
        if self._pace.steps is not None:
            return min(1.0, self._step / max(1, self._pace.steps))
        return self._budget.progress

    @property
    def spent_s(self) -> float:
        """Seconds worked, those of earlier runs included."""
        return self._budget.spent_s

    @property
    def last_loss(self) -> float:
        """The loss of the last step; a GPU is waited for."""
        return float(self._last_loss)

    @property
    def left_s(self) -> float:
        """Seconds that are left, at the pace so far."""
        return self.spent_s * (1.0 - self.progress) / max(self.progress, 1e-9)

    @property
    def first_step(self) -> int:
        """The number of steps done before, which keeps a resumed run from repeating its draws."""
        return self._step

    def steps(self) -> Iterator[int]:
        """Yield the numbers of the steps until the end, saving now and then.

        Raises:
            TrainingInterrupted: Ctrl-C was pressed; the stage is saved as it was.
        """
        saved_s = self.spent_s
        self.learner.train()
        with interrupts_wait() as interrupted:
            while self.progress < 1.0:
                rate = learning_rate(self.progress, self._pace.peak_rate)
                for group in self._optimizer.param_groups:
                    group["lr"] = rate * group.get("rate_factor", 1.0)
                yield self._step
                self._step += 1
                if self._step % self._pace.log_every == 0:
                    log.info(
                        "%s: %.1f%%, step %d, rate %.1e, loss %.3f, %s left",
                        self._checkpoint.stem, 100 * self.progress, self._step, rate,
                        self.last_loss, say_duration(self.left_s),
                    )  # fmt: skip
                if interrupted():
                    self.save()
                    raise TrainingInterrupted(
                        f"Stopped after {self._step} steps of this stage; all of them are kept in"
                        f" {self._checkpoint}."
                    )
                if self.spent_s - saved_s > self._pace.save_every_s:
                    self.save()
                    saved_s = self.spent_s

    def learn(self, loss: Tensor, *embedded: Embedded) -> None:
        """Move the weights down a loss and the average after them.

        Args:
            loss: a scalar.
            embedded: embeddings in the loss whose gradients are still to be carried on.
        """
        self._optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(self._scaler.scale(loss))
        for parts in embedded:
            parts.propagate()
        self._scaler.unscale_(self._optimizer)
        torch.nn.utils.clip_grad_norm_(self.learner.parameters(), self._pace.longest_gradient)
        self._scaler.step(self._optimizer)
        self._scaler.update()
        self.average.update(self.learner)
        self._last_loss = loss.detach()

    def save(self) -> None:
        """Keep the stage as it is now, and the checkpoint before it."""
        save_checkpoint(
            self._checkpoint,
            {
                "learner": self.learner.state_dict(),
                "average": self.average.module.state_dict(),
                "optimizer": self._optimizer.state_dict(),
                "scaler": self._scaler.state_dict(),
                "step": self._step,
                "spent_s": self.spent_s,
            },
            keep_previous=True,
        )
