"""Stage three: both towers adapt to each other, the text tower held near what it has learnt."""

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.augmentation import AugmentationStrength
from models.image_stage import (
    ImageLearner,
    TrainingPictures,
    embedding_tasks,
    settle_batch_norm,
)
from models.losses import distillation_loss, symmetric_loss
from models.parallel import CoreWorkers, Task
from models.precision import CPU_BFLOAT16, Precision
from models.sampling import (
    SOURCE_WEIGHTS,
    AlikeThresholds,
    PictureBatch,
    PictureSampler,
    perhaps_true,
)
from models.stage_run import Pace, StageRun
from models.towers import ImageTower, TextTower, fold_projection, use_channels_last

log = logging.getLogger(__name__)

STRENGTH = AugmentationStrength(smallest_area=0.5, colour=0.25, erased=0.1)


@dataclass(frozen=True)
class JointSettings:
    """How both towers are tuned together.

    Attributes:
        pace: wall time and rates.
        batch: pictures a step.
        side_px: the side of the pictures in training.
        final_side_px: the side the finished tower is used with.
        sentences_each: how many sentences of a picture are in a step.
        other_sentences: how many sentences of other pictures besides.
        loose_texts: texts of no picture, which are only held near their anchors.
        distillation_weight: of staying near the anchors, against 1 for the pictures.
        temperature: of the contrast among texts.
        strength: of the augmentation.
        source_weights: how often a picture of a source is drawn.
    """

    pace: Pace
    batch: int = 192
    side_px: int = 96
    final_side_px: int = 96
    sentences_each: int = 2
    other_sentences: int = 64
    loose_texts: int = 128
    distillation_weight: float = 0.5
    temperature: float = 0.05
    strength: AugmentationStrength = STRENGTH
    source_weights: Mapping[str, float] = field(default_factory=lambda: SOURCE_WEIGHTS)


def joint_pace(minutes: float) -> Pace:
    """Return the pace that suits this stage."""
    return Pace(minutes, peak_rate=4e-4, average_decay=0.99, log_every=25)


class JointLearner(nn.Module):
    """Both towers in the shared space and their temperature."""

    def __init__(self, image: ImageTower, text: TextTower, log_scale: Tensor) -> None:
        super().__init__()
        self.image = image
        self.text = text
        self.log_scale = nn.Parameter(log_scale.detach().clone())

    @property
    def scale(self) -> Tensor:
        """The factor on cosines, at most 100."""
        return self.log_scale.clamp(max=math.log(100.0)).exp()


Anchors = Callable[[Tensor], Tensor]
"""From rows of the corpus to the unit vectors that the text tower is held near."""


def teacher_anchors(images: ImageLearner, data: TrainingPictures) -> Anchors:
    """Hold the text tower near the teacher, mapped into the shared space."""
    text_map = images.text_map.requires_grad_(False)

    def anchors(rows: Tensor) -> Tensor:
        return functional.normalize(text_map(data.vectors.teacher_rows(rows)), dim=-1)

    return anchors


def join_towers(images: ImageLearner, text: TextTower) -> JointLearner:
    """Put a text tower of the teacher's space and an image learner into one space."""
    return JointLearner(images.tower, fold_projection(text, images.text_map), images.log_scale)


@dataclass(frozen=True)
class _JointBatch:
    """A batch of pictures with its texts, and texts of no picture.

    Attributes:
        batch: the pictures and their texts.
        text_parts: rows of the corpus, those of ``batch`` first; texts in one part are alike long,
            which saves padding.
    """

    batch: PictureBatch
    text_parts: tuple[Tensor, ...]


def _divide_texts(batch: PictureBatch, extra: Tensor) -> _JointBatch:
    """Part the texts by their kinds: own sentences, class phrases, other sentences, loose texts."""
    sentences_end = int(batch.is_sentence.int().argmin())
    classes_end = sentences_end + int((~batch.is_sentence).sum())
    parts = [*batch.texts.tensor_split([sentences_end, classes_end]), extra]
    return _JointBatch(batch, tuple(part for part in parts if len(part)))


def _text_task(learner: JointLearner, data: TrainingPictures, rows: Tensor) -> Task:
    def embed() -> Tensor:
        embedding: Tensor = learner.text(*data.vectors.tokens(rows))
        return embedding

    return embed


def _batch_loss(
    learner: JointLearner,
    data: TrainingPictures,
    joint: _JointBatch,
    images: Tensor,
    texts: Tensor,
    anchors: Anchors,
    settings: JointSettings,
) -> Tensor:
    """Return the loss of pictures against texts plus that of the texts against their anchors."""
    batch = joint.batch
    rows = torch.cat(joint.text_parts)
    paired = len(batch.texts)
    own = data.vectors.teacher_rows(batch.own_texts)
    ignored = perhaps_true(batch, own, data.vectors.teacher_rows(rows[:paired]), AlikeThresholds())
    cosines = functional.normalize(images, dim=-1) @ functional.normalize(texts, dim=-1).T
    loss = symmetric_loss(learner.scale * cosines[:, :paired], batch.positives, ignored)
    followed = distillation_loss(texts, anchors(rows), settings.temperature)
    return loss + settings.distillation_weight * followed


def tune_jointly(
    learner: JointLearner,
    anchors: Anchors,
    data: TrainingPictures,
    settings: JointSettings,
    seed: int,
    checkpoint: Path,
    check: Callable[[ImageTower, TextTower], str],
    precision: Precision = CPU_BFLOAT16,
) -> JointLearner:
    """Tune both towers for a given time.

    Args:
        learner: both towers.
        anchors: what the text tower is held near.
        data: pictures and texts.
        settings: the recipe.
        seed: for sampling and augmentation.
        checkpoint: where to go on from if it exists, and where progress is kept.
        check: describes the quality of both averaged towers for the log.
        precision: where and how exactly to compute; ``data`` is there already.

    Returns:
        The averaged towers, batch norms settled.
    """
    learner.to(precision.device)
    log.info("joint: before, %s", check(learner.image.eval(), learner.text.eval()))
    use_channels_last(learner.image)
    learner.requires_grad_(True)
    run = StageRun(learner, settings.pace, checkpoint)
    chance = torch.Generator().manual_seed(seed + run.first_step)
    sampler = PictureSampler(
        data.records, data.corpus, seed + run.first_step, settings.source_weights
    )
    loose = torch.tensor(data.corpus.loose)
    with CoreWorkers(precision=precision) as workers:
        for step in run.steps():
            drawn = sampler.draw(settings.batch, settings.sentences_each, settings.other_sentences)
            batch = drawn.to(precision.device)
            extra = loose[torch.randint(len(loose), (settings.loose_texts,), generator=chance)]
            extra = extra.to(precision.device)
            joint = _divide_texts(batch, extra)
            pictures = data.pixels[batch.pictures]
            tasks = embedding_tasks(
                learner.image, pictures, settings.side_px, settings.strength, seed + step,
                workers.count,
            )  # fmt: skip
            count = len(tasks)
            tasks += [_text_task(learner, data, rows) for rows in joint.text_parts]
            embedded = workers.embed(tasks)
            seen, said = torch.cat(embedded.values[:count]), torch.cat(embedded.values[count:])
            loss = _batch_loss(learner, data, joint, seen, said, anchors, settings)
            run.learn(loss, embedded)
    finished = run.average.module
    settle_batch_norm(finished.image, data, settings.final_side_px, seed)
    run.save()
    log.info("joint: finished, %s", check(finished.image, finished.text))
    return finished
