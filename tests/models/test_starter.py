"""The model that comes with the program, as it is committed."""

import json
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import read_model_folder
from models.evaluation_sets import read_sports
from models.measurement import embed_files

STARTER = Path(__file__).resolve().parents[2] / "models" / "starter"
FILES = {
    "config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json",
    "MODEL_CARD.md", "LICENSE", "onnx/vision_model_quantized.onnx",
    "onnx/text_model_quantized.onnx",
}  # fmt: skip
LARGEST_FOLDER_BYTES = 20_000_000
TOWERS = STARTER.parent / "checkpoints" / "starter"
LARGEST_FILE_BYTES = 25_000_000

pytestmark = pytest.mark.model


@pytest.fixture
def encoder() -> OnnxEncoder:
    return OnnxEncoder(read_model_folder(STARTER))


def test_the_folder_holds_exactly_what_belongs_there() -> None:
    files = {path.relative_to(STARTER).as_posix() for path in STARTER.rglob("*") if path.is_file()}

    assert files == FILES
    assert sum((STARTER / name).stat().st_size for name in FILES) <= LARGEST_FOLDER_BYTES


def test_the_towers_to_go_on_from_are_those_of_the_folder() -> None:
    settings = json.loads((TOWERS / "settings.json").read_text(encoding="utf-8"))
    config = json.loads((STARTER / "config.json").read_text(encoding="utf-8"))

    assert settings["name"] == config["name"]
    assert settings["logit_scale"] == config["logit_scale"]
    assert (TOWERS / "tokenizer.json").read_bytes() == (STARTER / "tokenizer.json").read_bytes()
    assert max(path.stat().st_size for path in TOWERS.iterdir()) < LARGEST_FILE_BYTES


def test_nothing_in_it_tells_of_the_machine_it_was_made_on() -> None:
    for name in FILES:
        content = (STARTER / name).read_bytes()
        assert b"site-packages" not in content
        assert b"/models/towers.py" not in content


def test_the_settings_agree_with_each_other() -> None:
    config = json.loads((STARTER / "config.json").read_text(encoding="utf-8"))
    pictures = json.loads((STARTER / "preprocessor_config.json").read_text(encoding="utf-8"))
    words = json.loads((STARTER / "tokenizer.json").read_text(encoding="utf-8"))

    assert config["model_type"] == "image_seeker_dual_encoder"
    side_px = config["vision_config"]["image_size"]
    assert pictures["size"] == {"height": side_px, "width": side_px}
    assert config["text_config"]["vocab_size"] == len(words["model"]["vocab"])
    assert read_model_folder(STARTER).dim == config["projection_dim"] == 256


def test_vectors_of_pictures_are_unit_for_any_batch(encoder: OnnxEncoder) -> None:
    side_px = read_model_folder(STARTER).preprocessing.input_side_px
    pixels = np.random.default_rng(0).normal(size=(5, 3, side_px, side_px)).astype(np.float32)

    for count in (1, 5):
        vectors = encoder.encode_images(pixels[:count])
        assert vectors.shape == (count, 256)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_text_means_the_same_alone_and_beside_a_longer_one(encoder: OnnxEncoder) -> None:
    short, long = "a dog", "two children in red coats are playing with a dog in deep snow " * 8

    together = encoder.encode_texts([short, long])

    assert together.shape == (2, 256)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)
    assert float(encoder.encode_texts([short])[0] @ together[0]) > 0.995


def test_words_of_a_kind_are_nearer_than_others(encoder: OnnxEncoder) -> None:
    dog, puppy, bridge = encoder.encode_texts(
        ["a photo of a dog", "a photo of a puppy", "a photo of a suspension bridge"]
    )

    assert float(dog @ puppy) > float(dog @ bridge) + 0.2


@pytest.mark.data
def test_it_knows_most_sports(shared_data: Path) -> None:
    folder = read_model_folder(STARTER)
    encoder, sports = OnnxEncoder(folder, threads=2), read_sports(shared_data, "valid")

    report = sports.measure(
        embed_files(encoder, folder, sports.paths), encoder.encode_texts(sports.prompts)
    )

    assert report["top1"] >= 0.60
    assert report["precision5"] >= 0.55
