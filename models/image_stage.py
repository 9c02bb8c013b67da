"""Stage two: the image tower learns against the teacher's fixed text embeddings.

The text side is one linear map on precomputed vectors, so hardly any time goes into it (Zhai et
al., LiT, 2022, the other way round), and each picture can be compared with hundreds of texts.
"""

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.augmentation import AugmentationStrength, augment, cut_mix, whole
from models.averaging import reestimate_batch_norm
from models.corpus_vectors import CorpusVectors
from models.losses import cut_mix_loss
from models.parallel import CoreWorkers, Embedded, Task
from models.phrases import TextCorpus
from models.precision import CPU_BFLOAT16, Precision
from models.sampling import (
    SOURCE_WEIGHTS,
    AlikeThresholds,
    PictureBatch,
    PictureSampler,
    perhaps_true,
)
from models.schedule import ResolutionStep, resolution
from models.stage_run import Pace, StageRun
from models.teacher import TEACHER_DIM
from models.towers import ImageTower, ImageTowerShape, use_channels_last
from models.training_data import PictureRecord

log = logging.getLogger(__name__)

STRENGTH = AugmentationStrength(smallest_area=0.4, colour=0.3, erased=0.15)


@dataclass(frozen=True)
class LoneTowerSettings:
    """How the image tower is trained while the vectors of the texts stay as they are.

    Attributes:
        pace: wall time and rates.
        batch: pictures a step; small, because the many texts do not depend on it.
        resolutions: how large the pictures are, as the training goes on.
        final_side_px: the side the finished tower is used with. On the validation pictures 96
            was better than 112 and 128 for a tower trained with at most 96.
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
        ResolutionStep(0.6, 80),
        ResolutionStep(0.82, 96),
    )
    final_side_px: int = 96
    sentences_each: int = 5
    other_sentences: int = 512
    strength: AugmentationStrength = STRENGTH
    mixed: float = 0.0
    source_weights: Mapping[str, float] = field(default_factory=lambda: SOURCE_WEIGHTS)
    check_every_s: float = 900.0


@dataclass(frozen=True)
class ImageStageSettings(LoneTowerSettings):
    """The same for this stage.

    Attributes:
        text_noise: standard deviation of noise on the teacher's vectors, so that the tower
            learns meanings rather than exact vectors.
    """

    text_noise: float = 0.01


def image_pace(minutes: float) -> Pace:
    """Return the pace that suits this stage."""
    return Pace(minutes, peak_rate=1.2e-3)


@dataclass(frozen=True)
class TrainingPictures:
    """The decoded training pictures with their records and texts.

    Attributes:
        records: what is known of each picture.
        pixels: uint8, shape ``(len(records), side, side, 3)``.
        corpus: their texts.
        vectors: the texts in numbers.
    """

    records: tuple[PictureRecord, ...]
    pixels: Tensor
    corpus: TextCorpus
    vectors: CorpusVectors

    def to(self, device: str) -> "TrainingPictures":
        """Return the same pictures and texts on a device; on a GPU all of them fit its memory."""
        return replace(self, pixels=self.pixels.to(device), vectors=self.vectors.to(device))


class ImageLearner(nn.Module):
    """The image tower, the map from the teacher's space into the shared one, the temperature."""

    def __init__(self, shape: ImageTowerShape) -> None:
        super().__init__()
        self.tower = ImageTower(shape)
        self.text_map = nn.Linear(TEACHER_DIM, shape.dim, bias=False)
        nn.init.orthogonal_(self.text_map.weight)
        self.log_scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))

    def logits(self, images: Tensor, texts: Tensor) -> Tensor:
        """Return scaled cosines of embeddings of both kinds, shape ``(images, texts)``."""
        scale = self.log_scale.clamp(max=math.log(100.0)).exp()
        return scale * functional.normalize(images, dim=-1) @ functional.normalize(texts, dim=-1).T


def settle_batch_norm(
    tower: ImageTower, data: TrainingPictures, side_px: int, seed: int, batches: int = 40
) -> None:
    """Re-estimate a tower's batch-norm statistics on whole training pictures."""
    sampler = PictureSampler(data.records, data.corpus, seed)
    reestimate_batch_norm(
        tower, (whole(data.pixels[sampler.draw_pictures(128)], side_px) for _ in range(batches))
    )


def embedding_tasks(
    tower: ImageTower,
    pictures: Tensor,
    side_px: int,
    strength: AugmentationStrength,
    seed: int,
    parts: int,
) -> list[Task]:
    """Return tasks that augment and embed a part of a batch each.

    Args:
        tower: the image tower.
        pictures: uint8, shape ``(n, h, w, 3)``.
        side_px: the side of the tower's input.
        strength: of the augmentation.
        seed: of the augmentation.
        parts: how many tasks.
    """

    def embed(part: Tensor, part_seed: int) -> Tensor:
        chance = torch.Generator(part.device).manual_seed(part_seed)
        embedding: Tensor = tower(augment(part, side_px, strength, chance))
        return embedding

    return [
        partial(embed, part, seed * parts + index)
        for index, part in enumerate(pictures.chunk(parts))
    ]


@dataclass(frozen=True)
class MixedPictures:
    """Augmented pictures, some of which hold a part of the one before them.

    Attributes:
        tasks: embed a part of them each.
        own: which part of each is its own, shape ``(n,)``.
    """

    tasks: list[Task]
    own: Tensor


def mixed_tasks(
    tower: ImageTower,
    pictures: Tensor,
    side_px: int,
    strength: AugmentationStrength,
    mixed: float,
    seed: int,
    parts: int,
) -> MixedPictures:
    """Like :func:`embedding_tasks`, mixing some of the pictures.

    Args:
        tower: the image tower.
        pictures: uint8, shape ``(n, h, w, 3)``.
        side_px: the side of the tower's input.
        strength: of the augmentation.
        mixed: the chance that a picture gets a part of another.
        seed: of the augmentation.
        parts: how many tasks.
    """
    if mixed <= 0:
        tasks = embedding_tasks(tower, pictures, side_px, strength, seed, parts)
        return MixedPictures(tasks, torch.ones(len(pictures), device=pictures.device))
    chance = torch.Generator(pictures.device).manual_seed(seed)
    changed, own = cut_mix(augment(pictures, side_px, strength, chance), mixed, chance)

    def embed(part: Tensor) -> Tensor:
        embedding: Tensor = tower(part)
        return embedding

    return MixedPictures([partial(embed, part) for part in changed.chunk(parts)], own)


@dataclass(frozen=True)
class SeenBatch:
    """Pictures that a tower has embedded, and the texts they are compared with.

    Attributes:
        batch: the pictures and their texts.
        embedded: the embeddings, whose gradients are still to be carried on.
        own: which part of each picture is its own, shape ``(n,)``.
    """

    batch: PictureBatch
    embedded: Embedded
    own: Tensor

    @property
    def images(self) -> Tensor:
        """The embeddings, shape ``(n, dim)``, of any length."""
        return torch.cat(self.embedded.values)


def see_batch(
    tower: ImageTower,
    data: TrainingPictures,
    sampler: PictureSampler,
    settings: LoneTowerSettings,
    progress: float,
    seed: int,
    workers: CoreWorkers,
) -> SeenBatch:
    """Draw a batch, change its pictures as they are to be while training, and embed them.

    Args:
        tower: the image tower.
        data: pictures and texts, on the device of the tower.
        sampler: draws the batch.
        settings: how many pictures and texts, how large, how far changed.
        progress: how much of the stage is done, 0 to 1.
        seed: of the changes.
        workers: share the work.
    """
    drawn = sampler.draw(settings.batch, settings.sentences_each, settings.other_sentences)
    batch = drawn.to(data.pixels.device.type)
    mixed = mixed_tasks(
        tower,
        data.pixels[batch.pictures],
        resolution(progress, settings.resolutions),
        settings.strength,
        settings.mixed,
        seed,
        workers.count,
    )
    return SeenBatch(batch, workers.embed(mixed.tasks), mixed.own)


def _batch_loss(
    learner: ImageLearner,
    vectors: CorpusVectors,
    seen: SeenBatch,
    noise: float,
) -> Tensor:
    batch = seen.batch
    texts = vectors.teacher_rows(batch.texts)
    own = vectors.teacher_rows(batch.own_texts)
    ignored = perhaps_true(batch, own, texts, AlikeThresholds())
    noisy = texts + noise * torch.randn_like(texts)
    logits = learner.logits(seen.images, learner.text_map(noisy))
    return cut_mix_loss(logits, batch.positives, ignored, seen.own)


def train_image_tower(
    data: TrainingPictures,
    shape: ImageTowerShape,
    settings: ImageStageSettings,
    seed: int,
    checkpoint: Path,
    check: Callable[[ImageLearner], str],
    precision: Precision = CPU_BFLOAT16,
) -> ImageLearner:
    """Train the image tower for a given time.

    Args:
        data: pictures and texts.
        shape: sizes of the tower.
        settings: the recipe.
        seed: for weights, sampling and augmentation.
        checkpoint: where to go on from if it exists, and where progress is kept.
        check: describes the quality of the averaged, settled learner for the log.
        precision: where and how exactly to compute; ``data`` is there already.

    Returns:
        The averaged learner, its batch norms settled.
    """
    torch.manual_seed(seed)
    learner = ImageLearner(shape).to(precision.device)
    use_channels_last(learner)
    run = StageRun(learner, settings.pace, checkpoint)
    sampler = PictureSampler(
        data.records, data.corpus, seed + run.first_step, settings.source_weights
    )

    def settled() -> ImageLearner:
        average: ImageLearner = run.average.module
        settle_batch_norm(average.tower, data, settings.final_side_px, seed)
        return average

    checked_s = run.spent_s
    with CoreWorkers(precision=precision) as workers:
        for step in run.steps():
            seen = see_batch(
                learner.tower, data, sampler, settings, run.progress, seed + step, workers
            )
            loss = _batch_loss(learner, data.vectors, seen, settings.text_noise)
            run.learn(loss, seen.embedded)
            if run.spent_s - checked_s > settings.check_every_s:
                log.info("image: %s", check(settled()))
                checked_s = run.spent_s
    finished = settled()
    run.save()
    log.info("image: finished, %s", check(finished))
    return finished
