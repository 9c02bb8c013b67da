"""Draws batches of pictures and the texts they are compared with."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.fine_tuning.picture_set import PictureSet


@dataclass(frozen=True)
class PhraseTable:
    """Every text of a training.

    Attributes:
        texts: all of them, without doubles.
        rows: for each class or described picture, the rows of ``texts`` that are true of it.
    """

    texts: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]


def phrase_table(pictures: PictureSet, templates: tuple[str, ...]) -> PhraseTable:
    """Put class names into templates, and take sentences as they are."""
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    rows = []
    for words in pictures.words:
        said = [t.format(words[0]) for t in templates] if pictures.labelled else list(words)
        rows.append(tuple(dict.fromkeys(number[text] for text in said)))
    return PhraseTable(tuple(number), tuple(rows))


@dataclass(frozen=True)
class FineTuneBatch:
    """Pictures and the texts they are compared with.

    Attributes:
        pictures: rows of the training pictures, shape ``(n,)``.
        texts: rows of the phrase table, shape ``(columns,)``, without doubles.
        positives: bool, shape ``(n, columns)``: this text is true of this picture. Pictures of
            one class, or with the same sentence, share their positives.
    """

    pictures: Tensor
    texts: Tensor
    positives: Tensor


class BatchSampler:
    """Goes through all pictures in a new order each time; a step's batch depends on nothing else.

    So a training that goes on from a checkpoint sees what it would have seen.
    """

    def __init__(
        self, pictures: PictureSet, phrases: PhraseTable, batch: int, other_texts: int, seed: int
    ) -> None:
        """Prepare the draws.

        Args:
            pictures: the training pictures.
            phrases: what is said of them.
            batch: pictures a step; fewer where there are not as many.
            other_texts: texts of other classes or pictures a step.
            seed: of the order and the choice of texts.
        """
        self._owners = np.array(pictures.owners)
        self._phrases = phrases
        self._batch = min(batch, len(pictures))
        self._others = other_texts
        self._seed = seed

    @property
    def steps_each_epoch(self) -> int:
        """Steps in which every picture is seen once; the last few of an order are left over."""
        return len(self._owners) // self._batch

    def _pictures(self, step: int) -> NDArray[np.int64]:
        epoch, place = divmod(step, self.steps_each_epoch)
        order = np.random.default_rng((self._seed, epoch)).permutation(len(self._owners))
        return order[place * self._batch : (place + 1) * self._batch]

    def draw(self, step: int) -> FineTuneBatch:
        """Return the batch of a step."""
        pictures = self._pictures(step)
        rng = np.random.default_rng((self._seed, step, 1))
        present, of_picture = np.unique(self._owners[pictures], return_inverse=True)
        absent = np.setdiff1d(np.arange(len(self._phrases.rows)), present, assume_unique=True)
        others = rng.permutation(absent)[: self._others]
        drawn = [
            self._phrases.rows[owner][rng.integers(len(self._phrases.rows[owner]))]
            for owner in (*present.tolist(), *others.tolist())
        ]
        texts = np.array(list(dict.fromkeys(drawn)))
        true_of = np.stack([np.isin(texts, self._phrases.rows[owner]) for owner in present])
        return FineTuneBatch(
            torch.from_numpy(pictures),
            torch.from_numpy(texts),
            torch.from_numpy(true_of[of_picture]),
        )
