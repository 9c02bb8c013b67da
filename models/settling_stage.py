"""Stage four: the image tower goes on alone, against the finished text tower.

The text tower is run once over all texts, so that, as in stage two, hardly any time goes into
the text side and small pictures go through by the hundred a second (Zhai et al., LiT, 2022, the
other way round).
"""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.image_stage import LoneTowerSettings, TrainingPictures, see_batch, settle_batch_norm
from models.joint_stage import JointLearner
from models.losses import cut_mix_loss
from models.parallel import CoreWorkers
from models.precision import CPU_BFLOAT16, Precision
from models.sampling import AlikeThresholds, PictureSampler, perhaps_true
from models.schedule import ResolutionStep
from models.stage_run import Pace, StageRun
from models.towers import ImageTower, TextTower, use_channels_last

log = logging.getLogger(__name__)

TEXTS_AT_ONCE = 512


@dataclass(frozen=True)
class SettlingSettings(LoneTowerSettings):
    """How the image tower is settled on the finished text tower."""

    resolutions: tuple[ResolutionStep, ...] = (
        ResolutionStep(0.0, 64),
        ResolutionStep(0.5, 80),
        ResolutionStep(0.8, 96),
    )
    check_every_s: float = 480.0


def settling_pace(minutes: float) -> Pace:
    """Return the pace that suits this stage."""
    return Pace(minutes, peak_rate=6e-4)


class SettlingLearner(nn.Module):
    """The image tower and the temperature."""

    def __init__(self, tower: ImageTower, log_scale: Tensor) -> None:
        super().__init__()
        self.tower = tower
        self.log_scale = nn.Parameter(log_scale.detach().clone())

    @property
    def scale(self) -> Tensor:
        """The factor on cosines, at most 100."""
        return self.log_scale.clamp(max=math.log(100.0)).exp()


@torch.no_grad()
def embed_corpus(tower: TextTower, data: TrainingPictures, *, with_loose: bool = True) -> Tensor:
    """Embed the texts of the corpus.

    Args:
        tower: the text tower.
        data: what holds the texts.
        with_loose: whether to embed those of no picture, too, which are the most by far.

    Returns:
        Unit vectors, float32, shape ``(texts, dim)``; noughts for what is left out.
    """
    tower.eval()
    lengths = data.vectors.lengths
    wanted = torch.ones(len(lengths), dtype=torch.bool)
    if not with_loose:
        wanted[torch.tensor(data.corpus.loose, dtype=torch.long)] = False
    # Texts of like length together: padding would be most of the work.
    rows = wanted.nonzero().squeeze(1).to(lengths.device)
    rows = rows[lengths[rows].argsort()]
    embedded = torch.zeros(len(lengths), tower.shape.dim, device=lengths.device)
    for part in rows.split(TEXTS_AT_ONCE):
        embedded[part] = functional.normalize(tower(*data.vectors.tokens(part)), dim=-1)
    return embedded


def settle_image_tower(
    towers: JointLearner,
    data: TrainingPictures,
    settings: SettlingSettings,
    seed: int,
    checkpoint: Path,
    check: Callable[[ImageTower, TextTower], str],
    precision: Precision = CPU_BFLOAT16,
) -> JointLearner:
    """Train the image tower against the text tower's fixed vectors for a given time.

    Args:
        towers: the result of stage three.
        data: pictures and texts.
        settings: the recipe.
        seed: for sampling and augmentation.
        checkpoint: where to go on from if it exists, and where progress is kept.
        check: describes the quality of both towers for the log.
        precision: where and how exactly to compute; ``data`` is there already.

    Returns:
        The towers, the image tower averaged and its batch norms settled.
    """
    texts = embed_corpus(towers.text.to(precision.device), data, with_loose=False)
    learner = SettlingLearner(towers.image, towers.log_scale).to(precision.device)
    use_channels_last(learner)
    learner.requires_grad_(True)
    run = StageRun(learner, settings.pace, checkpoint)
    sampler = PictureSampler(
        data.records, data.corpus, seed + run.first_step, settings.source_weights
    )
    checked_s = run.spent_s
    with CoreWorkers(precision=precision) as workers:
        for step in run.steps():
            seen = see_batch(
                learner.tower, data, sampler, settings, run.progress, seed + step, workers
            )
            batch, images = seen.batch, functional.normalize(seen.images, dim=-1)
            teacher = data.vectors.teacher_rows(batch.texts)
            own = data.vectors.teacher_rows(batch.own_texts)
            ignored = perhaps_true(batch, own, teacher, AlikeThresholds())
            logits = learner.scale * images @ texts[batch.texts].T
            run.learn(cut_mix_loss(logits, batch.positives, ignored, seen.own), seen.embedded)
            if run.spent_s - checked_s > settings.check_every_s:
                tower = run.average.module.tower
                settle_batch_norm(tower, data, settings.final_side_px, seed)
                log.info("%s: %s", checkpoint.stem, check(tower, towers.text))
                checked_s = run.spent_s
    finished = run.average.module
    settle_batch_norm(finished.tower, data, settings.final_side_px, seed)
    run.save()
    log.info("%s: finished, %s", checkpoint.stem, check(finished.tower, towers.text))
    return JointLearner(finished.tower, towers.text, finished.log_scale)
