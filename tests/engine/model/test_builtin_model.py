"""The model that comes with the program, as the program uses it."""

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import read_model_folder
from desktop_app.engine.paths import builtin_model_folder

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    if not (builtin_model_folder() / "config.json").is_file():
        pytest.skip("the built-in model has not been made yet")
    return OnnxEncoder(read_model_folder(builtin_model_folder()))


def test_is_known_as_the_builtin_one(encoder: OnnxEncoder) -> None:
    assert encoder.info.is_builtin
    assert encoder.info.name
    assert len(encoder.info.key) == 64


def test_gives_unit_vectors_for_pictures_and_words(encoder: OnnxEncoder) -> None:
    shapes = [(640, 480), (300, 900), (1, 1), (33, 5)]
    pixels = np.stack([encoder.resizer(Image.new("RGB", shape, "red")) for shape in shapes])

    seen = encoder.encode_pictures(pixels)
    meant = encoder.encode_texts(["a red picture", "two dogs playing in the snow", "", "犬 " * 99])

    for vectors in (seen, meant):
        assert vectors.shape == (4, encoder.info.dim)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert len(np.unique(meant.round(3), axis=0)) == 4, "different words differ"


def test_a_text_means_the_same_beside_others(encoder: OnnxEncoder) -> None:
    texts = ["a dog", "a very long sentence about many small children who play football in a park"]

    together = encoder.encode_texts(texts)

    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_array_equal(encoder.encode_texts([text])[0], vector)


def test_a_picture_means_nearly_the_same_in_a_batch(encoder: OnnxEncoder) -> None:
    # Nearly: some int8 towers take their scale from the whole batch.
    height, width, _ = encoder.resizer(Image.new("RGB", (64, 64))).shape
    pixels = np.random.default_rng(5).integers(0, 256, (6, height, width, 3), dtype=np.uint8)

    batch = encoder.encode_pictures(pixels)
    alone = np.concatenate([encoder.encode_pictures(pixels[i : i + 1]) for i in range(6)])

    assert (batch * alone).sum(axis=1).min() > 0.98
