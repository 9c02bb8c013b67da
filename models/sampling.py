"""Draws mixed batches of pictures and says which texts belong to which of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor

from models.phrases import TextCorpus, class_name
from models.training_data import LABEL, PictureRecord

SOURCE_WEIGHTS: Mapping[str, float] = {
    "flickr8k": 4.5,
    "sports-100": 3.0,
    "tiny-imagenet": 0.7,
    "scenes": 0.5,
}
"""How often a picture of a source is drawn; pictures of other sources weigh 1."""


@dataclass(frozen=True)
class PictureBatch:
    """Pictures and the texts they are compared with.

    Columns are, in this order: the sentences of the batch's pictures, one phrase of every class,
    and sentences of other pictures.

    Attributes:
        pictures: rows of the picture array, shape ``(n,)``.
        texts: rows of the corpus, shape ``(columns,)``.
        positives: bool, shape ``(n, columns)``: this text belongs to this picture.
        own_texts: for each picture a row of the corpus that describes it, shape ``(n,)``.
        is_sentence: bool, shape ``(columns,)``: a sentence and no class phrase.
        has_sentence: bool, shape ``(n,)``: the picture comes with sentences.
    """

    pictures: Tensor
    texts: Tensor
    positives: Tensor
    own_texts: Tensor
    is_sentence: Tensor
    has_sentence: Tensor

    def to(self, device: str) -> "PictureBatch":
        """Return the same batch on a device."""
        parts = {each.name: getattr(self, each.name) for each in fields(self)}
        return PictureBatch(**{name: part.to(device) for name, part in parts.items()})


class PictureSampler:
    """Draws pictures with the weights of their sources, with replacement."""

    def __init__(
        self,
        records: Sequence[PictureRecord],
        corpus: TextCorpus,
        seed: int,
        source_weights: Mapping[str, float] = SOURCE_WEIGHTS,
    ) -> None:
        weights = np.array([source_weights.get(record.source, 1.0) for record in records])
        # The running sum makes a draw a binary search.
        self._bounds = np.cumsum(weights / weights.sum())
        self._corpus = corpus
        class_of = {name: index for index, name in enumerate(corpus.class_names)}
        self._class = np.array(
            [class_of[class_name(r)] if r.kind == LABEL else -1 for r in records]
        )
        self._described = np.array(sorted(corpus.sentences), dtype=np.int64)
        self._rng = np.random.default_rng(seed)

    def draw_pictures(self, count: int) -> Tensor:
        """Return rows of pictures, shape ``(count,)``."""
        rows = np.searchsorted(self._bounds, self._rng.random(count), side="right")
        return torch.from_numpy(np.minimum(rows, len(self._bounds) - 1))

    def draw(self, count: int, sentences_each: int, other_sentences: int) -> PictureBatch:
        """Draw a batch.

        Args:
            count: how many pictures.
            sentences_each: how many of a picture's own sentences to take.
            other_sentences: how many sentences of any pictures to take besides.
        """
        pictures = self.draw_pictures(count).numpy()
        classes = self._class[pictures]
        texts: list[int] = []
        owners: list[int] = []
        for picture in dict.fromkeys(pictures[classes < 0].tolist()):
            rows = self._corpus.sentences[picture]
            chosen = self._rng.permutation(len(rows))[:sentences_each]
            texts += [rows[index] for index in chosen]
            owners += [picture] * len(chosen)
        class_start = len(texts)
        texts += [rows[self._rng.integers(len(rows))] for rows in self._corpus.classes]
        owners += [-1] * len(self._corpus.classes)
        if len(self._described):
            for picture in self._rng.choice(self._described, other_sentences).tolist():
                rows = self._corpus.sentences[picture]
                texts.append(rows[self._rng.integers(len(rows))])
                owners.append(picture)
        owner = np.array(owners)
        positives = owner[None, :] == np.where(classes < 0, pictures, -2)[:, None]
        labelled = np.flatnonzero(classes >= 0)
        positives[labelled, class_start + classes[labelled]] = True
        text_rows = np.array(texts)
        own = text_rows[positives.argmax(1)]
        return PictureBatch(
            pictures=torch.from_numpy(pictures),
            texts=torch.from_numpy(text_rows),
            positives=torch.from_numpy(positives),
            own_texts=torch.from_numpy(own),
            is_sentence=torch.from_numpy(owner >= 0),
            has_sentence=torch.from_numpy(classes < 0),
        )


@dataclass(frozen=True)
class AlikeThresholds:
    """Above which cosine of the teacher a text might describe another's picture too.

    Attributes:
        across: between a sentence and a class phrase.
        sentences: between two sentences. Class phrases never excuse each other.
    """

    across: float = 0.5
    sentences: float = 0.8


def perhaps_true(
    batch: PictureBatch, own: Tensor, texts: Tensor, limits: AlikeThresholds
) -> Tensor:
    """Find texts that are no positives of a picture but too alike to count as wrong.

    Args:
        batch: the batch.
        own: the teacher's vectors of ``batch.own_texts``, shape ``(n, 384)``.
        texts: the teacher's vectors of ``batch.texts``, shape ``(columns, 384)``.
        limits: the thresholds.

    Returns:
        Bool, shape ``(n, columns)``.
    """
    alike = own @ texts.T
    row, column = batch.has_sentence.unsqueeze(1), batch.is_sentence.unsqueeze(0)
    return ((row != column) & (alike > limits.across)) | (row & column & (alike > limits.sentences))
