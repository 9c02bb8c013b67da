"""Measures a model folder through the program's own code, float and int8 side by side.

``python -m models.evaluate models/starter --data ../shared/data --json FILE``
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import ModelFolder, Precision, read_model_folder
from desktop_app.engine.model.preprocess import preprocess
from models.evaluation_sets import (
    EvaluationDataError,
    read_flickr_test,
    read_imagenet_sample,
    read_sports,
)

PRECISIONS: tuple[Precision, ...] = ("float", "quantized")

_BATCH = 64
_TIMED_RUNS = 50
_TIMED_QUERIES = (
    "dog", "a photo of rock climbing", "two children playing on the beach",
    "a man in a blue shirt riding a bicycle down the street",
)  # fmt: skip

Report = dict[str, float]


class Encoder(Protocol):
    """What the evaluation needs of the program's encoder."""

    def encode_images(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Embed preprocessed pictures as unit vectors, shape ``(n, dim)``."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts as unit vectors, shape ``(n, dim)``."""


class _MeasuredSet(Protocol):
    """A set of pictures that knows how to judge their embeddings."""

    @property
    def paths(self) -> tuple[Path, ...]: ...

    def measure(
        self, images: NDArray[np.float32], texts: NDArray[np.float32]
    ) -> dict[str, float]: ...


def embed_files(
    encoder: Encoder, folder: ModelFolder, paths: Sequence[Path]
) -> NDArray[np.float32]:
    """Decode, preprocess and embed picture files, shape ``(len(paths), dim)``."""
    parts = []
    for start in range(0, len(paths), _BATCH):
        pixels = []
        for path in paths[start : start + _BATCH]:
            with Image.open(path) as image:
                pixels.append(preprocess(image.convert("RGB"), folder.preprocessing))
        parts.append(encoder.encode_images(np.stack(pixels)))
    return np.concatenate(parts)


def measure_quality(
    folder: ModelFolder, encoder: Encoder, data: Path, sports_split: str = "test"
) -> Report:
    """Measure everything that is measured about a model's embeddings.

    Args:
        folder: the model folder, for its preprocessing.
        encoder: its encoder.
        data: the folder of the evaluation sets.
        sports_split: ``test`` to report, ``valid`` to choose.

    Raises:
        EvaluationDataError: a set is absent.
    """
    sports, imagenet = read_sports(data, sports_split), read_imagenet_sample(data)
    flickr = read_flickr_test(data)
    judged: list[tuple[str, _MeasuredSet, Sequence[str]]] = [
        ("sports", sports, sports.prompts),
        ("flickr8k", flickr, flickr.sentences),
        ("imagenet", imagenet, imagenet.prompts),
    ]
    report: Report = {}
    for name, pictures, texts in judged:
        images = embed_files(encoder, folder, pictures.paths)
        for key, value in pictures.measure(images, encoder.encode_texts(texts)).items():
            report[f"{name}_{key}"] = value
    del report["imagenet_precision5"]  # one picture a class: it says what top-5 says
    return report


def _milliseconds(run: Callable[[], object], repeats: int) -> float:
    """Return the median wall time of a call, in milliseconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return float(np.median(times) * 1000)


def measure_speed(folder: ModelFolder, encoder: Encoder) -> Report:
    """Measure an encoder of one thread: a picture at a time, a query at a time."""
    blank = preprocess(Image.new("RGB", (256, 256), "gray"), folder.preprocessing)[None]
    encoder.encode_images(blank)
    encoder.encode_texts(_TIMED_QUERIES[:1])
    per_query = [
        _milliseconds(partial(encoder.encode_texts, [text]), _TIMED_RUNS) for text in _TIMED_QUERIES
    ]
    return {
        "ms_per_image": _milliseconds(lambda: encoder.encode_images(blank), _TIMED_RUNS),
        "ms_per_query": float(np.mean(per_query)),
    }


def evaluate(path: Path, data: Path, precision: Precision) -> Report:
    """Measure one precision of a model folder: quality, speed and size.

    Raises:
        ModelError: the folder cannot be used.
        EvaluationDataError: a set is absent.
    """
    folder = read_model_folder(path, precision=precision)
    report = measure_quality(folder, OnnxEncoder(folder, threads=2), data)
    report |= measure_speed(folder, OnnxEncoder(folder, threads=1))
    for tower, file in (("vision", folder.vision_model), ("text", folder.text_model)):
        report[f"{tower}_megabytes"] = file.stat().st_size / 1e6
    return report


def render_table(reports: dict[str, Report]) -> str:
    """Lay reports out as a table, a column each."""
    keys = next(iter(reports.values()))
    width = max(len(key) for key in keys)
    lines = [" ".join([" " * width, *(f"{name:>10}" for name in reports)])]
    for key in keys:
        values = [f"{report[key]:>10.3f}" for report in reports.values()]
        lines.append(" ".join([f"{key:<{width}}", *values]))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m models.evaluate", description=__doc__)
    parser.add_argument("model", type=Path, help="the model folder")
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args(arguments)
    try:
        reports: dict[str, Report] = {
            precision: evaluate(options.model, options.data, precision) for precision in PRECISIONS
        }
    except (EvaluationDataError, ModelError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(render_table(reports))
    if options.json is not None:
        options.json.write_text(json.dumps(reports, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
