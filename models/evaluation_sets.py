"""The pictures that models are measured on: 100 sports, Flickr8k, a sample of ImageNet."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.metrics import mean_precision_at, one_hot, recall_at


class EvaluationDataError(Exception):
    """An evaluation set is absent; the text says which."""


@dataclass(frozen=True)
class ClassifiedPictures:
    """Pictures of known classes.

    Attributes:
        paths: the pictures.
        labels: the class of each, shape ``(len(paths),)``.
        names: the classes' names.
        template: the sentence around a name.
    """

    paths: tuple[Path, ...]
    labels: NDArray[np.int64]
    names: tuple[str, ...]
    template: str

    @property
    def prompts(self) -> list[str]:
        """One query a class."""
        return [self.template.format(name) for name in self.names]

    def measure(self, images: NDArray[np.float32], texts: NDArray[np.float32]) -> dict[str, float]:
        """Measure unit embeddings of the pictures and of the prompts."""
        scores = images @ texts.T
        relevant = one_hot(self.labels, len(self.names))
        accuracy = recall_at(scores, relevant, (1, 5))
        return {
            "top1": accuracy[1],
            "top5": accuracy[5],
            "precision5": mean_precision_at(scores.T, relevant.T, 5),
        }


@dataclass(frozen=True)
class DescribedPictures:
    """Pictures with human sentences.

    Attributes:
        paths: the pictures.
        sentences: all sentences.
        owners: the picture each sentence describes, shape ``(len(sentences),)``.
    """

    paths: tuple[Path, ...]
    sentences: tuple[str, ...]
    owners: NDArray[np.int64]

    def measure(self, images: NDArray[np.float32], texts: NDArray[np.float32]) -> dict[str, float]:
        """Measure unit embeddings of the pictures and of the sentences."""
        return measure_retrieval(images, texts, self.owners)


def measure_retrieval(
    images: NDArray[np.float32], texts: NDArray[np.float32], owners: NDArray[np.int64]
) -> dict[str, float]:
    """Return recall@1, 5 and 10 from sentences to pictures (``s2p``) and back (``p2s``)."""
    scores = texts @ images.T
    relevant = one_hot(owners, len(images))
    found = recall_at(scores, relevant, (1, 5, 10))
    described = recall_at(scores.T, relevant.T, (1, 5, 10))
    return {
        **{f"s2p_recall{k}": value for k, value in found.items()},
        **{f"p2s_recall{k}": value for k, value in described.items()},
    }


def _require(path: Path) -> Path:
    if not path.exists():
        raise EvaluationDataError(f"There is no {path}.")
    return path


def read_sports(data: Path, split: str) -> ClassifiedPictures:
    """Read a split (``valid`` or ``test``) of the 100 sports: one folder a class."""
    folders = sorted(p for p in _require(data / "sports-100" / split).iterdir() if p.is_dir())
    paths, labels = [], []
    for label, folder in enumerate(folders):
        files = sorted(p for p in folder.iterdir() if p.is_file())
        paths += files
        labels += [label] * len(files)
    names = tuple(folder.name.replace("_", " ") for folder in folders)
    return ClassifiedPictures(tuple(paths), np.array(labels), names, "a photo of {}")


def read_imagenet_sample(data: Path) -> ClassifiedPictures:
    """Read the ImageNet sample: one picture of each of 1,000 classes, by their index."""
    folder = _require(data / "imagenet-sample")
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: int(row["index"]))
    return ClassifiedPictures(
        tuple(folder / "images" / row["file"] for row in rows),
        np.arange(len(rows)),
        tuple(row["label"] for row in rows),
        "a photo of a {}",
    )


def gather_sentences(pairs: Sequence[tuple[str, str]]) -> tuple[list[str], NDArray[np.int64]]:
    """Turn (picture, sentence) pairs into the pictures and the owner of each sentence."""
    pictures = {name: index for index, name in enumerate(dict.fromkeys(p for p, _ in pairs))}
    return list(pictures), np.array([pictures[name] for name, _ in pairs])


def read_flickr_test(data: Path) -> DescribedPictures:
    """Read Flickr8k's official test pictures with five sentences each."""
    folder = _require(data / "flickr8k-test")
    with (folder / "captions.csv").open(encoding="utf-8", newline="") as lines:
        pairs = [(row["file"], row["caption"]) for row in csv.DictReader(lines)]
    names, owners = gather_sentences(pairs)
    return DescribedPictures(
        tuple(folder / "images" / name for name in names),
        tuple(sentence for _, sentence in pairs),
        owners,
    )
