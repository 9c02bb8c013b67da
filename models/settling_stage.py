"""Stage four: the image tower goes on alone, against the finished text tower.

The text tower is run once over all texts, so that, as in stage two, hardly any time goes into
the text side and small pictures go through by the hundred a second (Zhai et al., LiT, 2022, the
other way round).
"""

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.augmentation import AugmentationStrength
from models.image_stage import STRENGTH, TrainingPictures, mixed_tasks, settle_batch_norm
from models.joint_stage import JointLearner
from models.losses import cut_mix_loss
from models.parallel import CoreWorkers
from models.precision import CPU_BFLOAT16, Precision
from models.sampling import SOURCE_WEIGHTS, AlikeThresholds, PictureSampler, perhaps_true
from models.schedule import ResolutionStep, resolution
from models.stage_run import Pace, StageRun
from models.towers import ImageTower, TextTower, use_channels_last

log = logging.getLogger(__name__)

TEXTS_AT_ONCE = 512


@dataclass(frozen=True)
class SettlingSettings:
    """How the image tower is settled on the finished text tower.

    Attributes:
        pace: wall time and rates.
        batch: pictures a step.
        resolutions: how large the pictures are, as the training goes on.
        final_side_px: the side the finished tower is used with.
        sentences_each: how many sentences of a picture are in a step.
        other_sentences: how many sentences of other pictures besides.
        strength: of the augmentation.
        mixed: the chance that a picture gets a part of another.
        source_weights: how often a picture of a source is drawn.
        check_every_s: seconds between quality checks.
    """

    pace: Pace
    batch: int = 128
    resolutions: tuple[ResolutionStep, ...] = (
        ResolutionStep(0.0, 64),
        ResolutionStep(0.5, 80),
        ResolutionStep(0.8, 96),
    )
    final_side_px: int = 96
    sentences_each: int = 5
    other_sentences: int = 512
    strength: AugmentationStrength = STRENGTH
    mixed: float = 0.0
    source_weights: Mapping[str, float] = field(default_factory=lambda: SOURCE_WEIGHTS)
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
            drawn = sampler.draw(settings.batch, settings.sentences_each, settings.other_sentences)
            batch = drawn.to(precision.device)
            mixed = mixed_tasks(
                learner.tower,
                data.pixels[batch.pictures],
                resolution(run.progress, settings.resolutions),
                settings.strength,
                settings.mixed,
                seed + step,
                workers.count,
            )
            embedded = workers.embed(mixed.tasks)
            images = functional.normalize(torch.cat(embedded.values), dim=-1)
            teacher = data.vectors.teacher_rows(batch.texts)
            own = data.vectors.teacher_rows(batch.own_texts)
            ignored = perhaps_true(batch, own, teacher, AlikeThresholds())
            logits = learner.scale * images @ texts[batch.texts].T
            run.learn(cut_mix_loss(logits, batch.positives, ignored, mixed.own), embedded)
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
