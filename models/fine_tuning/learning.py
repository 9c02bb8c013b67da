"""The fine-tuning itself: pictures against texts, watched on pictures that are held out."""

import json
import logging
import math
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from models.augmentation import augment
from models.checkpoint import load_checkpoint, save_checkpoint
from models.fine_tuning.batches import BatchSampler, FineTuneBatch, phrase_table
from models.fine_tuning.encoder import TrainableEncoder
from models.fine_tuning.judging import JudgedPictures, embed_phrases, judge
from models.fine_tuning.picture_set import PictureSet
from models.fine_tuning.settings import FineTuneSettings
from models.losses import symmetric_loss
from models.parallel import CoreWorkers, Task
from models.precision import Precision
from models.stage_run import Pace, StageRun, weight_groups

log = logging.getLogger(__name__)

Weights = dict[str, Tensor]


@dataclass(frozen=True)
class Check:
    """A look at the held-out pictures.

    Attributes:
        step: how many steps were learnt before it; 0 for the model as it was.
        minutes: wall time before it.
        loss: of the last step; 0 at the first check.
        score: on the held-out pictures, 0 to 1.
    """

    step: int
    minutes: float
    loss: float
    score: float


@dataclass(frozen=True)
class Lesson:
    """What is learnt from.

    Attributes:
        pictures: the training pictures.
        pixels: decoded, uint8, shape ``(n, side, side, 3)``.
        held_out: the pictures that are watched.
    """

    pictures: PictureSet
    pixels: Tensor
    held_out: JudgedPictures


def copy_weights(encoder: TrainableEncoder) -> Weights:
    """Return a copy of all weights and statistics, on the processor."""
    return {name: weight.detach().cpu().clone() for name, weight in encoder.state_dict().items()}


def interpolate(start: Weights, end: Weights, part: float) -> Weights:
    """Return the weights at a part of the way (Wortsman et al., WiSE-FT, 2022).

    Args:
        start: where 0 is.
        end: where 1 is.
        part: 0 to 1.
    """
    return {
        name: torch.lerp(start[name], weight, part) if weight.is_floating_point() else weight
        for name, weight in end.items()
    }


def lost_patience(history: Sequence[Check], patience: int) -> bool:
    """Tell whether the last ``patience`` checks were all no better than one before them."""
    scores = [check.score for check in history]
    return len(scores) > patience and max(scores[-patience:]) <= max(scores[:-patience])


class FineTuning:
    """A fine-tuning under way, which goes on from its work folder where it was begun before."""

    def __init__(
        self,
        encoder: TrainableEncoder,
        lesson: Lesson,
        settings: FineTuneSettings,
        precision: Precision,
        work: Path,
    ) -> None:
        """Get ready.

        Args:
            encoder: what learns, with the weights it starts from.
            lesson: what from.
            settings: how.
            precision: where, and how exactly.
            work: the folder of its checkpoints.
        """
        self._encoder = encoder.to(precision.device)
        self._lesson = lesson
        self._settings = settings
        self._precision = precision
        self._history_file, self._best_file = work / "history.json", work / "best.pt"
        learning = settings.learning
        self._phrases = phrase_table(lesson.pictures, settings.data.templates)
        self._sampler = BatchSampler(
            lesson.pictures, self._phrases, learning.batch, learning.other_texts, settings.seed
        )
        self._start = copy_weights(encoder)
        self._fixed_texts = self._embed_fixed_texts()
        for weight in encoder.text_weights():
            weight.requires_grad_(self._fixed_texts is None)
        self._run = StageRun(
            encoder,
            self._pace(),
            work / "fine_tuning.pt",
            [
                *weight_groups(encoder.image_weights(), learning.weight_decay),
                *weight_groups(encoder.text_weights(), learning.weight_decay, learning.text_rate),
                *weight_groups([encoder.log_scale], 0.0),
            ],
            precision.scaler(),
        )
        self.history = self._read_history()
        """All checks so far, the first before any step."""

    def _pace(self) -> Pace:
        learning = self._settings.learning
        steps = math.ceil(learning.epochs * self._sampler.steps_each_epoch)
        return Pace(
            learning.minutes,
            learning.image_rate,
            weight_decay=learning.weight_decay,
            average_decay=learning.average_decay,
            longest_gradient=1.0,
            save_every_s=learning.save_every_s,
            log_every=20,
            steps=None if learning.minutes else steps,
        )

    def _embed_fixed_texts(self) -> Tensor | None:
        """Embed all texts once where the text tower stays as it is; else return None."""
        if self._settings.learning.text_rate > 0:
            return None
        self._encoder.eval()
        return embed_phrases(self._encoder, self._phrases.texts, self._precision).clone()

    def _read_history(self) -> list[Check]:
        if not self._run.first_step or not self._history_file.is_file():
            return []
        kept = json.loads(self._history_file.read_text(encoding="utf-8"))
        checks = [Check(**check) for check in kept]
        log.info("goes on after step %d", self._run.first_step)
        return [check for check in checks if check.step <= self._run.first_step]

    def _check(self, step: int) -> None:
        """Look at the held-out pictures and keep the averaged weights if none were better."""
        average = self._run.average.module
        score = judge(average, self._lesson.held_out, self._precision).score
        best = max((check.score for check in self.history), default=-1.0)
        loss = self._run.last_loss if step else 0.0
        self.history.append(Check(step, self._run.spent_s / 60, loss, score))
        if score > best:
            save_checkpoint(self._best_file, {"weights": copy_weights(average), "step": step})
        unfinished = self._history_file.with_suffix(".part")
        unfinished.write_text(json.dumps([asdict(check) for check in self.history]))
        os.replace(unfinished, self._history_file)
        remark = "" if score > best else " (no better)"
        log.info("after %d steps: %.3f on the held-out pictures%s", step, score, remark)

    def _is_check_due(self) -> bool:
        return self._run.progress * self._settings.learning.checks >= len(self.history)

    def _picture_tasks(self, batch: FineTuneBatch, step: int, parts: int) -> list[Task]:
        encoder, device = self._encoder, self._precision.device

        def embed(part: Tensor, seed: int) -> Tensor:
            chance = torch.Generator(device).manual_seed(seed)
            changed = augment(
                part.to(device), encoder.side_px, self._settings.augmentation, chance,
                encoder.normalization,
            )  # fmt: skip
            return encoder.embed_pictures(changed)

        first = (self._settings.seed + step) * parts
        chunks = self._lesson.pixels[batch.pictures].chunk(parts)
        return [partial(embed, chunk, first + index) for index, chunk in enumerate(chunks)]

    def _text_task(self, batch: FineTuneBatch) -> Task:
        texts = [self._phrases.texts[row] for row in batch.texts.tolist()]
        ids, mask = self._encoder.tokens(texts)
        device = self._precision.device
        return partial(self._encoder.embed_tokens, ids.to(device), mask.to(device))

    def _learn(self, workers: CoreWorkers, step: int) -> None:
        batch = self._sampler.draw(step)
        tasks = self._picture_tasks(batch, step, workers.count)
        count = len(tasks)
        if self._fixed_texts is None:
            tasks.append(self._text_task(batch))
        embedded = workers.embed(tasks)
        images = functional.normalize(torch.cat(embedded.values[:count]), dim=-1)
        if self._fixed_texts is None:
            texts = functional.normalize(embedded.values[count], dim=-1)
        else:
            texts = self._fixed_texts[batch.texts.to(self._fixed_texts.device)]
        scale = self._encoder.log_scale.clamp(max=math.log(100.0)).exp()
        positives = batch.positives.to(images.device)
        loss = symmetric_loss(scale * images @ texts.T, positives, torch.zeros_like(positives))
        self._run.learn(loss, embedded)

    def run(self) -> None:
        """Train until the end or until the held-out pictures stop getting better.

        Raises:
            TrainingInterrupted: Ctrl-C was pressed; the same call goes on.
        """
        patience = self._settings.learning.patience
        if not self.history:
            self._check(0)
        with CoreWorkers(precision=self._precision) as workers:
            for step in self._run.steps():
                if lost_patience(self.history, patience):
                    log.info("stops early: %d checks brought nothing better", patience)
                    break
                self._learn(workers, step)
                if self._is_check_due():
                    self._check(step + 1)
        if not self._is_finished_checked():
            self._check(self._run.first_step)
        self._run.save()

    def _is_finished_checked(self) -> bool:
        return self.history[-1].step >= self._run.first_step

    @property
    def minutes(self) -> float:
        """Wall time so far, earlier runs included."""
        return self._run.spent_s / 60

    def use_weights(self, part: float) -> None:
        """Give the encoder the weights at a part of the way from the start to the best ones."""
        best: Weights = load_checkpoint(self._best_file)["weights"]
        self._encoder.load_state_dict(interpolate(self._start, best, part))
        self._encoder.eval()
