"""Measures a model folder on sets of pictures: quality, speed, size, int8 against float."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.errors import ModelError
from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError, open_picture
from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import ModelFolder, read_model_folder
from desktop_app.engine.model.preprocess import preprocess
from models.confusion import ConfusedPair, worst_pairs
from models.encoder_speed import measure_speed
from models.evaluation_sets import (
    ClassifiedPictures,
    EvaluationDataError,
    EvaluationSet,
    read_flickr_test,
    read_imagenet_sample,
    read_sports,
)
from models.float_side import open_float_side
from models.prompts import SINGLE, embed_classes, read_templates
from models.quality_report import QualityReport
from models.tower_runs import mean_cosine, neighbour_overlap

_BATCH = 16  # as the program indexes: some int8 towers take their scale from the whole batch
_THREADS = 2
_NEIGHBOURS = 10
_TITLES = {
    "sports": "100 Sports test",
    "flickr8k": "Flickr8k test",
    "imagenet": "ImageNet, 1,000 classes",
    "own": "own pictures",
}

Report = dict[str, float]
Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """What the evaluation needs of the program's encoder."""

    def encode_images(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Embed preprocessed pictures as unit vectors, shape ``(n, dim)``."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts as unit vectors, shape ``(n, dim)``."""


@dataclass(frozen=True)
class Measured:
    """One precision of a model, measured.

    Attributes:
        figures: what is reported.
        vectors: embeddings of each set's pictures and of its texts, by the set's key.
    """

    figures: Report
    vectors: Mapping[str, tuple[Vectors, Vectors]]


def embed_files(encoder: Encoder, folder: ModelFolder, paths: Sequence[Path]) -> Vectors:
    """Decode, preprocess and embed picture files as the program does, shape ``(n, dim)``.

    Raises:
        EvaluationDataError: a picture is broken or absent.
    """
    parts = []
    for start in range(0, len(paths), _BATCH):
        pixels = [_read_pixels(folder, path) for path in paths[start : start + _BATCH]]
        parts.append(encoder.encode_images(np.stack(pixels)))
    return np.concatenate(parts)


def _read_pixels(folder: ModelFolder, path: Path) -> NDArray[np.float32]:
    side_px = folder.preprocessing.input_side_px
    try:
        picture = open_picture(path.read_bytes(), side_px, DecodeLimits())
    except UndecodableError as error:
        raise EvaluationDataError(f"{path} cannot be used: {error.reason}") from error
    except OSError as error:
        raise EvaluationDataError(f"{path} cannot be read: {error.strerror}.") from error
    return preprocess(picture, folder.preprocessing)


def read_standard_sets(data: Path) -> dict[str, EvaluationSet]:
    """Read the sets that the project's figures are of, by the key of their figures.

    Raises:
        EvaluationDataError: a set is absent.
    """
    return {
        "sports": read_sports(data, "test"),
        "flickr8k": read_flickr_test(data),
        "imagenet": read_imagenet_sample(data),
    }


def _embed_set(
    folder: ModelFolder, encoder: Encoder, pictures: EvaluationSet, templates: Sequence[str]
) -> tuple[Vectors, Vectors]:
    images = embed_files(encoder, folder, pictures.paths)
    if isinstance(pictures, ClassifiedPictures):
        chosen = templates or (pictures.template,)
        return images, embed_classes(encoder.encode_texts, pictures.names, chosen)
    return images, encoder.encode_texts(pictures.sentences)


def measure_sets(
    folder: ModelFolder,
    encoder: Encoder,
    sets: Mapping[str, EvaluationSet],
    templates: Sequence[str] = (),
) -> Measured:
    """Measure everything that is measured about a model's embeddings.

    Args:
        folder: the model folder, for its preprocessing.
        encoder: its encoder.
        sets: what to measure on, by the key of the figures.
        templates: sentences around the classes' names; empty takes each set's own.

    Raises:
        EvaluationDataError: a picture is broken or absent.
    """
    figures: Report = {}
    vectors: dict[str, tuple[Vectors, Vectors]] = {}
    for key, pictures in sets.items():
        vectors[key] = _embed_set(folder, encoder, pictures, templates)
        for name, value in pictures.measure(*vectors[key]).items():
            figures[f"{key}_{name}"] = value
    figures.pop("imagenet_precision5", None)  # one picture a class: it says what top-5 says
    return Measured(figures, vectors)


def _measure_folder(
    folder: ModelFolder, sets: Mapping[str, EvaluationSet], templates: Sequence[str]
) -> Measured:
    measured = measure_sets(folder, OnnxEncoder(folder, threads=_THREADS), sets, templates)
    measured.figures.update(measure_speed(folder))
    for tower, file in (("vision", folder.vision_model), ("text", folder.text_model)):
        measured.figures[f"{tower}_megabytes"] = file.stat().st_size / 1e6
    return measured


def _agreement(first: Measured, second: Measured) -> Report:
    """How well the embeddings of two precisions agree, over all sets."""
    pairs = [(first.vectors[key], second.vectors[key]) for key in first.vectors]
    pictures = [np.concatenate([side[0] for side in sides]) for sides in zip(*pairs, strict=True)]
    texts = [np.concatenate([side[1] for side in sides]) for sides in zip(*pairs, strict=True)]
    return {
        "cosine of pictures": mean_cosine(pictures[0], pictures[1]),
        "cosine of texts": mean_cosine(texts[0], texts[1]),
        "overlap of pictures": neighbour_overlap(pictures[0], pictures[1], _NEIGHBOURS),
    }


def _confusions(
    measured: Measured, sets: Mapping[str, EvaluationSet]
) -> Iterator[tuple[str, tuple[ConfusedPair, ...]]]:
    for key, pictures in sets.items():
        if isinstance(pictures, ClassifiedPictures) and len(pictures.paths) > len(pictures.names):
            images, classes = measured.vectors[key]
            predictions = (images @ classes.T).argmax(axis=1)
            yield key, worst_pairs(pictures.labels, predictions, pictures.names)


def _quantized_side(model: Path) -> ModelFolder | None:
    try:
        return read_model_folder(model, precision="quantized")
    except ModelError:
        return None  # the folder itself was read before: only its int8 towers are missing


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def evaluate(
    model: Path,
    sets: Mapping[str, EvaluationSet],
    float_side: Path | None = None,
    templates: str = SINGLE,
    command: str = "",
) -> QualityReport:
    """Measure a model folder: quality, speed and size, float beside int8 where there are both.

    Args:
        model: the folder.
        sets: what to measure on, by the key of its figures.
        float_side: where the float towers are, if not in the folder; see `open_float_side`.
        templates: the sentences around classes' names; see `read_templates`.
        command: noted in the report, to measure again.

    Raises:
        ModelError: the folder or the float side cannot be used.
        EvaluationDataError: a picture cannot be used.
        TemplateError: the templates cannot be used.
    """
    chosen = read_templates(templates)
    measured: dict[str, Measured] = {}
    notes: list[str] = []
    folder = read_model_folder(model)
    quantized = _quantized_side(model)
    if quantized is None:
        notes.append("The folder has no int8 towers.")
    else:
        measured["quantized"] = _measure_folder(quantized, sets, chosen)
    with open_float_side(model, float_side) as other:
        if other is None and quantized is None:  # half precision, say
            measured["float"] = _measure_folder(folder, sets, chosen)
        elif other is None:
            notes.append("The folder has no float towers; --float names some to compare with.")
        else:
            measured["float"] = _measure_folder(other, sets, chosen)
    both = list(measured.values())
    return QualityReport(
        model=folder.name,
        command=command,
        files={path.name: _digest(path) for path in (folder.vision_model, folder.text_model)},
        folder_megabytes=sum(p.stat().st_size for p in model.rglob("*") if p.is_file()) / 1e6,
        templates=templates,
        sets={key: _TITLES[key] for key in sets},
        figures={precision: each.figures for precision, each in measured.items()},
        agreement=_agreement(*both) if len(both) == 2 else {},
        confusions=dict(_confusions(both[0], sets)),
        notes=notes,
    )
