"""Stage one: the text tower learns the teacher's embeddings from text alone."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.corpus_vectors import CorpusVectors
from models.losses import distillation_loss
from models.phrases import TextCorpus
from models.precision import CPU_BFLOAT16, Precision
from models.stage_run import Pace, StageRun
from models.teacher import TEACHER_DIM
from models.towers import TextTower, TextTowerShape

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DistillationSettings:
    """How the text tower is trained.

    Attributes:
        pace: wall time and rates.
        batch: texts a step.
        temperature: of the contrast among texts.
        shares: parts of a batch that are sentences, class phrases and loose texts.
    """

    pace: Pace
    batch: int = 384
    temperature: float = 0.05
    shares: tuple[float, float, float] = (0.35, 0.25, 0.40)


def distillation_pace(minutes: float) -> Pace:
    """Return the pace that suits this stage."""
    return Pace(minutes, peak_rate=1.5e-3, weight_decay=0.02, longest_gradient=1.0)


_BUCKETED = 4
"""So many batches are drawn at a time and sorted by length, which halves the padding."""


class TextSampler:
    """Draws rows of the corpus, sentences, class phrases and loose texts in fixed shares."""

    def __init__(
        self, corpus: TextCorpus, lengths: Tensor, shares: tuple[float, float, float], seed: int
    ) -> None:
        groups = (
            [row for rows in corpus.sentences.values() for row in rows],
            [row for rows in corpus.classes for row in rows],
            list(corpus.loose),
        )
        self._groups = [np.array(group) for group in groups if group]
        kept = np.array([share for share, group in zip(shares, groups, strict=True) if group])
        self._shares = kept / kept.sum()
        self._lengths = lengths.numpy()
        self._rng = np.random.default_rng(seed)

    def batches(self, size: int) -> Iterator[Tensor]:
        """Yield batches of about ``size`` rows without end; those in one batch are alike long."""
        while True:
            counts = self._rng.multinomial(size * _BUCKETED, self._shares)
            rows = np.concatenate(
                [
                    self._rng.choice(group, count)
                    for group, count in zip(self._groups, counts, strict=True)
                ]
            )
            rows = rows[np.argsort(self._lengths[rows], kind="stable")]
            chunks = np.array_split(rows, _BUCKETED)
            self._rng.shuffle(chunks)
            yield from (torch.from_numpy(np.unique(chunk)) for chunk in chunks)


def meaningful_token_weights(
    token_vectors: NDArray[np.float16], width: int, scale: float = 0.05
) -> Tensor:
    """Reduce the teacher's embeddings of the tokens' own texts to the tower's width.

    A token embedding that starts from its word's meaning need not learn it from few examples.

    Args:
        token_vectors: unit vectors, shape ``(vocab, 384)``.
        width: the tower's width, at most 384.
        scale: standard deviation of the result.

    Returns:
        The principal components, shape ``(vocab, width)``.
    """
    vectors = torch.from_numpy(token_vectors).float()
    centred = vectors - vectors.mean(0)
    _, directions = torch.linalg.eigh(centred.T @ centred)
    reduced: Tensor = centred @ directions[:, -width:]
    return reduced * (scale / reduced.std())


def distil_text_tower(
    corpus: TextCorpus,
    vectors: CorpusVectors,
    token_vectors: NDArray[np.float16],
    shape: TextTowerShape,
    settings: DistillationSettings,
    seed: int,
    checkpoint: Path,
    check: Callable[[TextTower], str],
    precision: Precision = CPU_BFLOAT16,
) -> TextTower:
    """Train the text tower into the teacher's 384 dimensions, for a given time.

    Args:
        corpus: the texts and their groups.
        vectors: the texts in numbers.
        token_vectors: the teacher's embeddings of the tokens' own texts.
        shape: sizes of the tower; its ``dim`` must be the teacher's.
        settings: the recipe.
        seed: for weights and sampling.
        checkpoint: where to go on from if it exists, and where progress is kept.
        check: describes the quality of the averaged tower for the log.
        precision: where and how exactly to compute; ``vectors`` are there already.

    Returns:
        The averaged tower.
    """
    if shape.dim != TEACHER_DIM:
        raise ValueError(f"the tower must embed into {TEACHER_DIM} dimensions, not {shape.dim}")
    torch.manual_seed(seed)
    tower = TextTower(shape)
    with torch.no_grad():
        tower.tokens.weight.copy_(meaningful_token_weights(token_vectors, shape.width))
    tower.to(precision.device)
    run = StageRun(tower, settings.pace, checkpoint)
    sampler = TextSampler(corpus, vectors.lengths.cpu(), settings.shares, seed + run.first_step)
    batches = sampler.batches(settings.batch)
    for _ in run.steps():
        rows = next(batches)
        ids, mask = vectors.tokens(rows)
        with precision.autocast():
            embeddings = tower(ids, mask)
        target = vectors.teacher_rows(rows)
        run.learn(distillation_loss(embeddings.float(), target, settings.temperature))
    run.save()
    log.info("text: finished, %s", check(run.average.module))
    return run.average.module
