"""What the three training stages have in common: clock, optimizer, average, checkpoint."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor, nn

from models.averaging import WeightAverage
from models.checkpoint import load_checkpoint, save_checkpoint
from models.parallel import Embedded
from models.schedule import TimeBudget, learning_rate

log = logging.getLogger(__name__)

LearnerT = TypeVar("LearnerT", bound=nn.Module)


@dataclass(frozen=True)
class Pace:
    """How long and how fast a stage learns.

    Attributes:
        minutes: wall time.
        peak_rate: the highest learning rate.
        weight_decay: of AdamW, for matrices and kernels only.
        average_decay: of the averaged weights, a step.
        longest_gradient: gradients are cut to this norm.
        save_every_s: seconds between checkpoints.
        log_every: steps between lines in the log.
    """

    minutes: float
    peak_rate: float
    weight_decay: float = 0.05
    average_decay: float = 0.998
    longest_gradient: float = 2.0
    save_every_s: float = 180.0
    log_every: int = 100


def decay_groups(module: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Group a module's weights for AdamW: biases, norms and scalars do not decay."""
    weights = [weight for weight in module.parameters() if weight.requires_grad]
    return [
        {"params": [w for w in weights if w.ndim > 1], "weight_decay": weight_decay},
        {"params": [w for w in weights if w.ndim <= 1], "weight_decay": 0.0},
    ]


class StageRun(Generic[LearnerT]):
    """A stage under way; it goes on from its checkpoint where there is one.

    Use it as ``for step in run.steps(): ... run.learn(loss)`` and :meth:`save` at the end.
    """

    def __init__(self, learner: LearnerT, pace: Pace, checkpoint: Path) -> None:
        self.learner = learner
        self.average = WeightAverage(learner, pace.average_decay)
        self._pace = pace
        self._checkpoint = checkpoint
        self._optimizer = torch.optim.AdamW(
            decay_groups(learner, pace.weight_decay), betas=(0.9, 0.98)
        )
        self._step = 0
        spent_s = self._resume() if checkpoint.is_file() else 0.0
        self._budget = TimeBudget(pace.minutes * 60.0, spent_s)
        self._loss = float("nan")

    def _resume(self) -> float:
        kept = load_checkpoint(self._checkpoint)
        self.learner.load_state_dict(kept["learner"])
        self.average.module.load_state_dict(kept["average"])
        self._optimizer.load_state_dict(kept["optimizer"])
        self._step = self.average.updates = int(kept["step"])
        return float(kept["spent_s"])

    @property
    def progress(self) -> float:
        """How much of the stage's time is spent, 0 to 1."""
        return self._budget.progress

    @property
    def spent_s(self) -> float:
        """Seconds worked, those of earlier runs included."""
        return self._budget.spent_s

    @property
    def first_step(self) -> int:
        """The number of steps done before, which keeps a resumed run from repeating its draws."""
        return self._step

    def steps(self) -> Iterator[int]:
        """Yield the numbers of the steps until the time is spent, saving now and then."""
        saved_s = self.spent_s
        self.learner.train()
        while self.progress < 1.0:
            rate = learning_rate(self.progress, self._pace.peak_rate)
            for group in self._optimizer.param_groups:
                group["lr"] = rate
            yield self._step
            self._step += 1
            if self._step % self._pace.log_every == 0:
                log.info(
                    "%s: %.1f%%, step %d, rate %.1e, loss %.3f",
                    self._checkpoint.stem, 100 * self.progress, self._step, rate, self._loss,
                )  # fmt: skip
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
        torch.autograd.backward(loss)
        for parts in embedded:
            parts.propagate()
        torch.nn.utils.clip_grad_norm_(self.learner.parameters(), self._pace.longest_gradient)
        self._optimizer.step()
        self.average.update(self.learner)
        self._loss = float(loss.detach())

    def save(self) -> None:
        """Keep the stage as it is now."""
        save_checkpoint(
            self._checkpoint,
            {
                "learner": self.learner.state_dict(),
                "average": self.average.module.state_dict(),
                "optimizer": self._optimizer.state_dict(),
                "step": self._step,
                "spent_s": self.spent_s,
            },
        )
