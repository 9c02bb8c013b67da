"""The pictures that models are measured on: 100 sports, Flickr8k, ImageNet, or one's own."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.metrics import mean_precision_at, one_hot, recall_at

_PICTURE_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif"}
)


class EvaluationDataError(Exception):
    """An evaluation set is absent or not whole; the text says which and why."""


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
        return [self.template.replace("{}", name) for name in self.names]

    def measure(self, images: NDArray[np.float32], texts: NDArray[np.float32]) -> dict[str, float]:
        """Measure unit embeddings of the pictures and of the classes."""
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


EvaluationSet = ClassifiedPictures | DescribedPictures


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


def read_class_folders(folder: Path) -> ClassifiedPictures:
    """Read a folder of folders: a class each, ``_`` in its name for a space.

    Raises:
        EvaluationDataError: there is no such folder, or no picture in it.
    """
    folders = sorted(
        path
        for path in _require(folder).iterdir()
        if path.is_dir() and not path.name.startswith(".")
    )
    paths, labels = [], []
    for label, one_class in enumerate(folders):
        files = sorted(path for path in one_class.iterdir() if _is_picture(path))
        if not files:
            raise EvaluationDataError(f"There is no picture in {one_class}.")
        paths += files
        labels += [label] * len(files)
    if len(folders) < 2:
        raise EvaluationDataError(
            f"{folder} has {len(folders)} folders; one for each class is needed, and at least two."
        )
    names = tuple(path.name.replace("_", " ") for path in folders)
    return ClassifiedPictures(tuple(paths), np.array(labels), names, "a photo of {}")


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in _PICTURE_SUFFIXES and not path.name.startswith(".")


def read_sports(data: Path, split: str) -> ClassifiedPictures:
    """Read a split (``valid`` or ``test``) of the 100 sports: one folder a class."""
    return read_class_folders(data / "sports-100" / split)


def read_imagenet_sample(data: Path) -> ClassifiedPictures:
    """Read the ImageNet sample: one picture of each of 1,000 classes, by their index."""
    folder = _require(data / "imagenet-sample")
    with _require(folder / "labels.csv").open(encoding="utf-8", newline="") as lines:
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
    return read_captions(_require(folder / "captions.csv"), folder / "images")


def read_captions(path: Path, pictures: Path) -> DescribedPictures:
    """Read a CSV with the columns ``file`` and ``caption``; a picture may have several rows.

    Args:
        path: the CSV, in UTF-8.
        pictures: the folder that ``file`` is relative to.

    Raises:
        EvaluationDataError: it is no such CSV, it is empty, or pictures are missing.
    """
    try:
        with _require(path).open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            absent = {"file", "caption"} - set(reader.fieldnames or ())
            if absent:
                raise EvaluationDataError(f"{path} has no column {' and '.join(sorted(absent))}.")
            pairs = [(row["file"] or "", row["caption"] or "") for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise EvaluationDataError(f"{path} is no CSV in UTF-8.") from error
    if not pairs:
        raise EvaluationDataError(f"There is no picture in {path}.")
    names, owners = gather_sentences(pairs)
    paths = tuple(pictures / name for name in names)
    missing = [each for each in paths if not each.is_file()]
    if missing:
        raise EvaluationDataError(
            f"{len(missing)} of the {len(paths)} pictures of {path} are missing,"
            f" the first is {missing[0]}."
        )
    return DescribedPictures(paths, tuple(sentence for _, sentence in pairs), owners)


def read_own_pictures(path: Path) -> EvaluationSet:
    """Read pictures of one's own: a CSV with captions, or a folder of class folders.

    Raises:
        EvaluationDataError: it is neither, or not whole.
    """
    return read_captions(path, path.parent) if path.is_file() else read_class_folders(path)
