"""Measures a model on pictures it is not trained on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageOps
from torch import Tensor
from torch.nn import functional

from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import read_model_folder
from models.augmentation import whole
from models.fine_tuning.encoder import TrainableEncoder
from models.fine_tuning.picture_set import PictureSet
from models.metrics import one_hot, recall_at
from models.precision import Precision

_BATCH = 128

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class JudgedPictures:
    """Pictures with words, ready to be measured on.

    Attributes:
        pictures: which they are.
        pixels: decoded, uint8, shape ``(n, side, side, 3)``.
        query_template: the sentence around a class name.
    """

    pictures: PictureSet
    pixels: Tensor
    query_template: str

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """A query for each class, or all sentences without doubles."""
        if self.pictures.labelled:
            return tuple(self.query_template.format(name) for name in self.pictures.names)
        return tuple(dict.fromkeys(text for words in self.pictures.words for text in words))

    def measure(self, images: Vectors, texts: Vectors) -> "Measurement":
        """Measure unit vectors of the pictures and of :attr:`texts`."""
        owners = np.array(self.pictures.owners)
        if self.pictures.labelled:
            scores = images @ texts.T
            accuracy = recall_at(scores, one_hot(owners, len(self.texts)), (1, 5))
            figures = {"top-1 accuracy": accuracy[1], "top-5 accuracy": accuracy[5]}
            return Measurement(figures, accuracy[1], owners, scores.argmax(1))
        said = [set(self.pictures.words[owner]) for owner in owners]
        relevant = np.array([[text in words for words in said] for text in self.texts])
        found = recall_at(texts @ images.T, relevant, (1, 5, 10))
        figures = {f"sentence to picture recall@{k}": value for k, value in found.items()}
        return Measurement(figures, float(np.mean(list(found.values()))))


_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Measurement:
    """How good a model is on some pictures.

    Attributes:
        figures: by name, 0 to 1.
        score: the one that decides.
        labels: the class of each picture; empty for described ones.
        predictions: the class that each was taken for; likewise.
    """

    figures: dict[str, float]
    score: float
    labels: NDArray[np.int64] = field(default_factory=lambda: _NONE)
    predictions: NDArray[np.int64] = field(default_factory=lambda: _NONE)


def _embed_in_batches(count: int, embed: Callable[[slice], Tensor], precision: Precision) -> Tensor:
    parts = []
    with torch.inference_mode(), precision.autocast():
        for start in range(0, count, _BATCH):
            parts.append(embed(slice(start, start + _BATCH)).float())
    return functional.normalize(torch.cat(parts), dim=-1)


def embed_squares(encoder: TrainableEncoder, pixels: Tensor, precision: Precision) -> Tensor:
    """Embed whole pictures as unit vectors, shape ``(n, dim)``, on the encoder's device."""

    def embed(rows: slice) -> Tensor:
        inputs = whole(pixels[rows].to(precision.device), encoder.side_px, encoder.normalization)
        return encoder.embed_pictures(inputs)

    return _embed_in_batches(len(pixels), embed, precision)


def embed_phrases(encoder: TrainableEncoder, texts: Sequence[str], precision: Precision) -> Tensor:
    """Embed texts as unit vectors, shape ``(n, dim)``, on the encoder's device."""

    def embed(rows: slice) -> Tensor:
        ids, mask = encoder.tokens(texts[rows])
        return encoder.embed_tokens(ids.to(precision.device), mask.to(precision.device))

    return _embed_in_batches(len(texts), embed, precision)


def judge(encoder: TrainableEncoder, judged: JudgedPictures, precision: Precision) -> Measurement:
    """Measure a model while or after it is trained; it is left in evaluation mode."""
    encoder.eval()
    images = embed_squares(encoder, judged.pixels, precision).cpu().numpy()
    return judged.measure(images, embed_phrases(encoder, judged.texts, precision).cpu().numpy())


def judge_exported(folder: Path, judged: JudgedPictures) -> Measurement:
    """Measure a model folder on the same pictures through the program's own code, from files.

    Raises:
        ModelError: the program cannot use the folder.
    """
    encoder = OnnxEncoder(read_model_folder(folder))
    parts = []
    paths = judged.pictures.paths
    for start in range(0, len(paths), _BATCH):
        pixels = []
        for path in paths[start : start + _BATCH]:
            with Image.open(path) as image:
                pixels.append(encoder.resizer(ImageOps.exif_transpose(image).convert("RGB")))
        parts.append(encoder.encode_pictures(np.stack(pixels)))
    return judged.measure(np.concatenate(parts), encoder.encode_texts(list(judged.texts)))
