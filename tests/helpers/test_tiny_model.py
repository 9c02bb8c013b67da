"""The tiny model means what it says, by ONNX's own reference implementation."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx.reference import ReferenceEvaluator
from tokenizers import Tokenizer

from tests.helpers.tiny_model import COLOURS, colour_vector, write_tiny_model


@pytest.mark.parametrize("colour", ["red", "yellow", "black"])
def test_words_and_pictures_of_a_colour_meet_in_one_vector(tmp_path: Path, colour: str) -> None:
    folder = write_tiny_model(tmp_path, side_px=8)
    vision = ReferenceEvaluator(onnx.load(folder / "onnx" / "vision_model.onnx"))
    text = ReferenceEvaluator(onnx.load(folder / "onnx" / "text_model.onnx"))
    ids = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(f"a {colour} picture").ids
    channels = np.array(COLOURS[colour], dtype=np.float32) / 127.5 - 1
    pixels = np.broadcast_to(channels[None, :, None, None], (1, 3, 8, 8)).astype(np.float32)

    (seen,) = np.asarray(next(iter(vision.run(None, {"pixel_values": pixels}))))
    (meant,) = np.asarray(next(iter(text.run(None, {"input_ids": np.array([ids])}))))

    assert seen @ colour_vector(colour) == pytest.approx(np.linalg.norm(seen), rel=1e-5)
    assert meant @ colour_vector(colour) == pytest.approx(np.linalg.norm(meant), rel=1e-3)
