"""Compares an exported folder with the checkpoint it came from, through the program's own reader.

Three comparisons, each with the figure it must reach: the ONNX towers against torch; the program's
preprocessing against the original's, by what it does to the embedding; the program's tokens
against the original's.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from desktop_app.engine.errors import ModelError
from desktop_app.engine.files.picture_reader import DecodeLimits, open_picture
from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import ModelFolder, read_model_folder
from desktop_app.engine.model.preprocess import preprocess
from desktop_app.engine.model.tokenizer import Tokenizer
from models.check_material import CheckMaterial, odd_strings, open_as_others_do, picture_variants
from models.families.dual_encoder import DualEncoder
from models.quantize import Feed, run_model
from models.towers import Normalized

log = logging.getLogger(__name__)

_BATCH = 8


class SelfCheckError(Exception):
    """An exported folder is not what the checkpoint is; the text says in what, and the figure."""


@dataclass(frozen=True)
class CheckSizes:
    """On how much each comparison is made, and what it must reach.

    Attributes:
        pictures: for the towers.
        sentences: for the towers.
        prepared: pictures for the preprocessing.
        strings: for the tokens.
        least_tower_cosine: between torch and ONNX, the worst one.
        least_prepared_cosine: between embeddings of the two preprocessings, the worst one.
    """

    pictures: int = 64
    sentences: int = 64
    prepared: int = 200
    strings: int = 10_000
    least_tower_cosine: float = 0.9999
    least_prepared_cosine: float = 0.999


@dataclass(frozen=True)
class CheckResult:
    """What the comparisons gave.

    Attributes:
        image_cosine: worst cosine between torch and ONNX over pictures.
        text_cosine: the same over sentences.
        padded_cosine: worst cosine between sentences at their real length and filled up; None
            where they are always filled up.
        prepared_cosine: worst cosine between embeddings of the two preprocessings.
        prepared_identical: pictures whose two preprocessings are the same to the bit.
        strings: how many strings gave identical tokens: all of them.
        neighbour_cosine: mean cosine between embeddings of different pictures, which tells how
            much a cosine near 1 means.
    """

    image_cosine: float
    text_cosine: float
    padded_cosine: float | None
    prepared_cosine: float
    prepared_identical: int
    strings: int
    neighbour_cosine: float


def prepare_pictures(pictures: Sequence[bytes], folder: ModelFolder) -> NDArray[np.float32]:
    """Decode and preprocess pictures as the program does, shape ``(n, 3, height, width)``."""
    preprocessing, limits = folder.preprocessing, DecodeLimits()
    return np.stack(
        [
            preprocess(open_picture(content, preprocessing.input_side_px, limits), preprocessing)
            for content in pictures
        ]
    )


def text_feed(
    ids: Sequence[int], input_names: Sequence[str], length: int = 0, pad: int = 0
) -> Feed:
    """Return a text tower's inputs for one text, filled up to a length where it is shorter."""
    filled = np.full((1, max(len(ids), length)), pad, dtype=np.int64)
    filled[0, : len(ids)] = ids
    mask = np.zeros_like(filled)
    mask[0, : len(ids)] = 1
    return {
        name: values
        for name, values in (("input_ids", filled), ("attention_mask", mask))
        if name in input_names
    }


def worst_cosine(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Return the least cosine between unit rows of two arrays of the same shape."""
    cosines = (first.astype(np.float64) * second).sum(axis=1)
    # NaN would pass every comparison with a limit.
    return float(np.nan_to_num(cosines, nan=-1.0).min())


def _require(value: float, least: float, what: str) -> float:
    log.info("%s: cosine %.6f", what, value)
    if not value >= least:
        raise SelfCheckError(f"{what} differ: cosine {value:.6f}, and it must be {least} at least.")
    return value


def _embed(tower: torch.nn.Module, *inputs: NDArray[np.generic]) -> NDArray[np.float32]:
    with torch.inference_mode():
        rows: NDArray[np.float32] = (
            Normalized(tower).eval()(*map(torch.from_numpy, inputs)).float().numpy()
        )
    return rows


class SelfCheck:
    """The comparisons of one exported folder."""

    def __init__(
        self, original: DualEncoder, folder: Path, material: CheckMaterial, sizes: CheckSizes
    ) -> None:
        """Read the folder as the program does.

        Args:
            original: what was exported.
            folder: what it became, float towers included.
            material: what to compare with.
            sizes: how much of it, and the limits.

        Raises:
            SelfCheckError: the program refuses the folder.
        """
        self._original = original
        self._material = material
        self._sizes = sizes
        self._folder = _read(folder)
        self._encoder = OnnxEncoder(self._folder, threads=torch.get_num_threads())

    def run(self) -> CheckResult:
        """Make all comparisons, the quick ones first.

        Raises:
            SelfCheckError: one fails.
        """
        try:
            strings = self._compare_tokens()
            image_cosine, neighbour_cosine = self._compare_image_towers()
            text_cosine, padded_cosine = self._compare_text_towers()
            prepared_cosine, identical = self._compare_preprocessing()
        except ModelError as error:
            raise SelfCheckError(f"The program refuses the exported model: {error}") from error
        return CheckResult(
            image_cosine,
            text_cosine,
            padded_cosine,
            prepared_cosine,
            identical,
            strings,
            neighbour_cosine,
        )

    def _compare_tokens(self) -> int:
        texts = odd_strings(self._material.sentences, self._sizes.strings)
        tokenizer, expected = Tokenizer(self._folder), self._original.reference.tokens(texts)
        # Where a tokenizer makes nothing of a text, the program gives one token all the same.
        nothing = [self._original.pad_token_id]
        for number, (text, ids) in enumerate(zip(texts, expected, strict=True)):
            if tokenizer.encode(text).tolist() != (list(ids) or nothing):
                raise SelfCheckError(
                    f"The tokens of {text[:60]!a} are not those of transformers; the {number}"
                    f" strings of {len(texts)} before it are identical."
                )
        log.info("tokens: %d strings identical", len(texts))
        return len(texts)

    def _compare_image_towers(self) -> tuple[float, float]:
        pixels = prepare_pictures(self._material.pictures[: self._sizes.pictures], self._folder)
        ours, theirs = [], []
        for start in range(0, len(pixels), _BATCH):
            batch = pixels[start : start + _BATCH]
            ours.append(self._encoder.encode_images(batch))
            theirs.append(_embed(self._original.image_tower, batch))
        rows = np.concatenate(ours)
        cosine = worst_cosine(rows, np.concatenate(theirs))
        _require(cosine, self._sizes.least_tower_cosine, "The image towers in torch and ONNX")
        count = len(rows)
        others = float((rows @ rows.T).sum() - count) / max(1, count * (count - 1))
        return cosine, others

    def _compare_text_towers(self) -> tuple[float, float | None]:
        original, names = self._original, self._original.text_inputs
        sentences = self._material.sentences[: self._sizes.sentences]
        feeds = [text_feed(ids, names) for ids in original.reference.tokens(sentences)]
        theirs = [_embed(original.text_tower, *feed.values()) for feed in feeds]
        ours = self._encoder.encode_texts(sentences)
        cosine = worst_cosine(ours, np.concatenate(theirs))
        least = self._sizes.least_tower_cosine
        _require(cosine, least, "The text towers in torch and ONNX")
        if original.pads_texts:
            return cosine, None
        padded = [
            text_feed(
                feed["input_ids"][0].tolist(), names, original.text_length, original.pad_token_id
            )
            for feed in feeds
        ]
        filled = worst_cosine(ours, run_model(self._folder.text_model, padded))
        return cosine, _require(filled, least, "Sentences at their length and filled up")

    def _compare_preprocessing(self) -> tuple[float, int]:
        worst, identical = 1.0, 0
        pictures = list(picture_variants(self._material.pictures[: self._sizes.prepared]))
        for content in pictures:
            ours = prepare_pictures([content], self._folder)[0]
            theirs = self._original.reference.pixels(open_as_others_do(content))
            if ours.shape != theirs.shape:
                raise SelfCheckError(
                    f"Our preprocessing gives pictures of shape {ours.shape}, transformers"
                    f" {theirs.shape}."
                )
            # Levels 1e-6 apart come of the order of float32 operations.
            if np.allclose(ours, theirs, rtol=0, atol=2e-6):
                identical += 1
                continue
            rows = self._encoder.encode_images(np.stack([ours, theirs]).astype(np.float32))
            worst = min(worst, worst_cosine(rows[:1], rows[1:]))
        what = "Embeddings by our preprocessing and by transformers'"
        return _require(worst, self._sizes.least_prepared_cosine, what), identical


def _read(folder: Path) -> ModelFolder:
    try:
        return read_model_folder(folder, precision="float")
    except ModelError as error:
        raise SelfCheckError(f"The program refuses the exported model: {error}") from error
