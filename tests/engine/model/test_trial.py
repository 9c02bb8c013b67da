from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.encoder import OnnxRuntime
from desktop_app.engine.model.tower import CPU, Session
from desktop_app.engine.model.trial import (
    TEXTS,
    Passed,
    Refused,
    check_encoder,
    try_folder,
)
from tests.helpers.fake_encoder import FakeEncoder
from tests.helpers.tiny_model import write_tiny_model

Vectors = NDArray[np.float32]


class BadEncoder(FakeEncoder):
    """Does something to its vectors."""

    def __init__(
        self,
        pictures: Callable[[Vectors], Vectors] = lambda v: v,
        texts: Callable[[Vectors], Vectors] = lambda v: v,
    ) -> None:
        super().__init__()
        self._change_pictures, self._change_texts = pictures, texts

    def encode_pictures(self, pixels: NDArray[np.uint8]) -> Vectors:
        return self._change_pictures(super().encode_pictures(pixels))

    def encode_texts(self, texts: object) -> Vectors:
        rng = np.random.default_rng(0)
        return self._change_texts(rng.normal(size=(len(TEXTS), 16)).astype(np.float32))


def constant(vectors: Vectors) -> Vectors:
    return np.full_like(vectors, 0.25)


def test_a_model_that_works_passes(folder: Path) -> None:
    assert try_folder(folder) == Passed()
    check_encoder(BadEncoder(), "fake")


@pytest.mark.parametrize(
    ("encoder", "reason"),
    [
        (BadEncoder(pictures=constant), "gives every picture the same result"),
        (BadEncoder(texts=constant), "gives every text the same result"),
        (
            BadEncoder(
                texts=lambda v: v + np.random.default_rng().random((5, 1), dtype=np.float32)
            ),
            "gives the same text another result each time",
        ),
        (
            BadEncoder(pictures=lambda v: v if len(v) == 1 else v[::-1]),
            "gives a picture another result when it comes with others",
        ),
    ],
)
def test_a_model_of_no_use_is_refused(encoder: BadEncoder, reason: str) -> None:
    with pytest.raises(ModelError) as caught:
        check_encoder(encoder, "fake")

    assert caught.value.text == f"The model fake is of no use: it {reason}."


def test_other_processors_have_no_part_in_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    open_session = OnnxRuntime.open

    def note(runtime: OnnxRuntime, path: Path, threads: int, provider: str) -> Session:
        opened.append(provider)
        return open_session(runtime, path, threads, provider)

    monkeypatch.setattr(OnnxRuntime, "open", note)
    monkeypatch.setattr(OnnxRuntime, "providers", ["CUDAExecutionProvider", CPU])

    assert try_folder(folder) == Passed()
    assert set(opened) == {CPU}


@pytest.mark.parametrize("gain", [float("nan"), 0.0, float("inf")])
def test_vectors_that_are_no_numbers_are_refused(tmp_path: Path, gain: float) -> None:
    result = try_folder(write_tiny_model(tmp_path, image_gain=gain))

    assert isinstance(result, Refused)
    assert result.text == (
        "The model Tiny test model is damaged: vision_model_quantized.onnx gives no usable results."
    )
