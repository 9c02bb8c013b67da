"""Watches quality while training: the sports' ``valid`` pictures and Flickr8k's ``dev`` ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from models.augmentation import whole
from models.corpus_vectors import tokenize_all
from models.evaluation_sets import ClassifiedPictures, measure_retrieval, read_sports
from models.image_stage import ImageLearner
from models.precision import Precision
from models.towers import TextTower
from models.training_data import PictureRecord, squash

_BATCH = 250


@dataclass(frozen=True)
class ValidationSet:
    """Validation pictures and texts, ready to be embedded.

    Attributes:
        sports: the sports pictures' classes and prompts.
        sports_pixels: uint8, shape ``(n, side, side, 3)``.
        dev_pixels: likewise, of Flickr8k's dev pictures.
        dev_sentences: their sentences.
        dev_owners: the picture of each sentence.
    """

    sports: ClassifiedPictures
    sports_pixels: Tensor
    dev_pixels: Tensor
    dev_sentences: tuple[str, ...]
    dev_owners: NDArray[np.int64]

    @property
    def texts(self) -> list[str]:
        """The prompts and then the sentences."""
        return [*self.sports.prompts, *self.dev_sentences]


def read_validation_set(
    data: Path, dev: Sequence[PictureRecord], dev_pixels: NDArray[np.uint8], side_px: int
) -> ValidationSet:
    """Read the sports pictures and join them with the dev pictures, which are decoded already."""
    sports = read_sports(data, "valid")
    pixels = []
    for path in sports.paths:
        with Image.open(path) as image:
            pixels.append(squash(image, side_px))
    return ValidationSet(
        sports,
        torch.from_numpy(np.stack(pixels)),
        torch.from_numpy(dev_pixels),
        tuple(sentence for record in dev for sentence in record.captions),
        np.array([index for index, record in enumerate(dev) for _ in record.captions]),
    )


def device_of(module: nn.Module) -> str:
    """Return the kind of device that a module's weights are on."""
    return str(next(module.parameters()).device.type)


@torch.inference_mode()
def embed_pictures(tower: nn.Module, pixels: Tensor, side_px: int) -> NDArray[np.float32]:
    """Embed whole pictures as unit vectors, shape ``(n, dim)``."""
    device = device_of(tower)
    precision = Precision(device, torch.bfloat16)
    parts = []
    for chunk in torch.split(pixels, _BATCH):
        with precision.autocast():
            parts.append(tower(whole(chunk.to(device), side_px)).float())
    unit: NDArray[np.float32] = functional.normalize(torch.cat(parts), dim=-1).cpu().numpy()
    return unit


@torch.inference_mode()
def embed_texts(tower: TextTower, tokenizer: Tokenizer, texts: Sequence[str]) -> Tensor:
    """Embed texts with our own tower as unit vectors, shape ``(n, dim)``, on the processor."""
    device = device_of(tower)
    ids, lengths = tokenize_all(tokenizer, texts, tower.shape.max_positions)
    parts = []
    for start in range(0, len(texts), _BATCH):
        size = int(lengths[start : start + _BATCH].max())
        chunk = torch.from_numpy(ids[start : start + _BATCH, :size]).long()
        mask = torch.arange(size) < torch.from_numpy(lengths[start : start + _BATCH, None])
        parts.append(tower(chunk.to(device), mask.long().to(device)))
    return functional.normalize(torch.cat(parts), dim=-1).cpu()


@dataclass(frozen=True)
class Figures:
    """How good two towers are together on the validation set.

    Attributes:
        sports: of the class's names, by name; see `ClassifiedPictures.measure`.
        dev: of sentences, by name; see `measure_retrieval`.
    """

    sports: Mapping[str, float]
    dev: Mapping[str, float]

    @property
    def grade(self) -> float:
        """One number to choose by, in [0, 1]: what a word and what a sentence bring up."""
        return (self.sports["precision5"] + self.dev["s2p_recall10"]) / 2

    def __str__(self) -> str:
        sports, dev = self.sports, self.dev
        return (
            f"sports valid top-1 {sports['top1']:.3f} top-5 {sports['top5']:.3f}"
            f" P@5 {sports['precision5']:.3f}; flickr dev R@1 {dev['s2p_recall1']:.3f}"
            f" R@5 {dev['s2p_recall5']:.3f} R@10 {dev['s2p_recall10']:.3f}"
        )


class Validator:
    """Measures towers on a validation set and says the result in a few words."""

    def __init__(
        self,
        pictures: ValidationSet,
        tokenizer: Tokenizer,
        side_px: int,
        teacher: NDArray[np.float16],
    ) -> None:
        """Prepare the validation.

        Args:
            pictures: the validation set.
            tokenizer: of the text tower.
            side_px: the side of the image tower's input.
            teacher: the teacher's vectors of the set's texts, shape ``(texts, 384)``.
        """
        self._set = pictures
        self._tokenizer = tokenizer
        self._side_px = side_px
        self._teacher = torch.from_numpy(teacher).float()

    def measure(self, tower: nn.Module, texts: Tensor) -> Figures:
        """Measure an image tower against embedded texts (those of the set, in its order)."""
        unit = functional.normalize(texts, dim=-1).numpy()
        prompts = len(self._set.sports.names)
        sports = self._set.sports.measure(
            embed_pictures(tower, self._set.sports_pixels, self._side_px), unit[:prompts]
        )
        dev = measure_retrieval(
            embed_pictures(tower, self._set.dev_pixels, self._side_px),
            unit[prompts:],
            self._set.dev_owners,
        )
        return Figures(sports, dev)

    def check_image(self, learner: ImageLearner) -> str:
        """Describe an image tower against the teacher's texts."""
        with torch.inference_mode():
            texts = learner.text_map(self._teacher.to(device_of(learner))).cpu()
        return str(self.measure(learner.tower, texts))

    def check_text(self, tower: TextTower) -> str:
        """Describe how near a text tower comes to the teacher on texts of the validation set."""
        cosine = (embed_texts(tower, self._tokenizer, self._set.texts) * self._teacher).sum(-1)
        prompts = len(self._set.sports.names)
        return (
            f"cosine to the teacher: class prompts {cosine[:prompts].mean():.3f},"
            f" unseen sentences {cosine[prompts:].mean():.3f}"
        )

    def measure_both(self, image: nn.Module, text: TextTower) -> Figures:
        """Measure both towers together."""
        return self.measure(image, embed_texts(text, self._tokenizer, self._set.texts))

    def check_both(self, image: nn.Module, text: TextTower) -> str:
        """Describe both towers together."""
        return str(self.measure_both(image, text))
