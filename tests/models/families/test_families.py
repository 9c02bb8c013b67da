"""What is refused, and in which words."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch", reason="the models extra is not installed")
transformers = pytest.importorskip("transformers", reason="the models extra is not installed")

from safetensors.torch import load_file, save_file  # noqa: E402

from models.checkpoint import CheckpointError, save_checkpoint  # noqa: E402
from models.families import open_checkpoint  # noqa: E402
from models.families.checkpoint_facts import read_front_matter  # noqa: E402
from models.random_checkpoint import write_clip, write_multilingual_text  # noqa: E402

SENTENCES = ["a photo of a dog", "two men in red shirts"]


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    folder = tmp_path / "clip"
    folder.mkdir()
    write_clip(folder, SENTENCES, tiny=True)
    return folder


@pytest.fixture
def text_tower(tmp_path: Path) -> Path:
    folder = tmp_path / "text"
    folder.mkdir()
    write_multilingual_text(folder, SENTENCES, tiny=True)
    return folder


def _refusal(source: Path | str, images: str | None = None) -> str:
    with pytest.raises(CheckpointError) as caught:
        open_checkpoint(str(source), images)
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_a_path_that_is_not_there_never_asks_the_hub(tmp_path: Path) -> None:
    assert "There is no checkpoint" in _refusal(tmp_path / "none")
    assert "There is no checkpoint models/none" in _refusal("models/none")


@pytest.mark.parametrize(
    ("model_type", "sentence"),
    [("blip", "family that cannot be exported: blip"), ("siglip2", "NaFlex")],
)
def test_other_families_are_refused_by_name(tmp_path: Path, model_type: str, sentence: str) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": model_type}), encoding="utf-8")

    assert sentence in _refusal(tmp_path)


def test_a_finished_model_is_no_checkpoint(tmp_path: Path, clip: Path) -> None:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "config.json").write_text('{"model_type": "clip"}', encoding="utf-8")
    assert "is a finished model in ONNX and no checkpoint" in _refusal(tmp_path)

    (clip / "onnx").mkdir()  # some repositories hold both
    assert open_checkpoint(str(clip)).facts.base_model


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("config.json", "config.json is missing"),
        ("preprocessor_config.json", "preprocessor_config.json is missing"),
        ("model.safetensors", "cannot be loaded"),
    ],
)
def test_an_incomplete_folder_is_refused(clip: Path, name: str, sentence: str) -> None:
    (clip / name).unlink()

    assert sentence in _refusal(clip)


def test_missing_weights_are_never_made_up(clip: Path) -> None:
    weights = load_file(clip / "model.safetensors")
    del weights["text_projection.weight"]
    save_file(weights, clip / "model.safetensors", metadata={"format": "pt"})

    assert "1 weights are missing, such as text_projection.weight" in _refusal(clip)


def test_a_damaged_file_is_refused(clip: Path) -> None:
    (clip / "model.safetensors").write_bytes(b"\x00" * 100)

    assert "cannot be loaded" in _refusal(clip)


def test_a_text_tower_alone_asks_for_its_images(text_tower: Path) -> None:
    assert "--images" in _refusal(text_tower)


def test_a_whole_model_needs_no_other_images(clip: Path) -> None:
    assert "leave --images out" in _refusal(clip, str(clip))


def test_towers_of_two_spaces_are_refused(text_tower: Path, clip: Path) -> None:
    dense = text_tower / "2_Dense"
    settings = json.loads((dense / "config.json").read_text(encoding="utf-8"))
    settings["out_features"] = 8
    (dense / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    save_file({"linear.weight": torch.zeros(8, 32)}, dense / "model.safetensors")

    assert "vectors of 8 numbers and clip of 24" in _refusal(text_tower, str(clip))


def test_a_text_tower_without_a_longest_text_is_refused_by_name(
    text_tower: Path, clip: Path
) -> None:
    config = transformers.T5Config(
        vocab_size=1_500, d_model=32, d_kv=8, d_ff=64, num_layers=1, num_heads=2
    )
    transformers.T5Model(config).save_pretrained(text_tower / "0_Transformer")

    assert "cannot be exported: t5" in _refusal(text_tower, str(clip))


def test_modules_outside_the_checkpoint_are_refused(text_tower: Path, clip: Path) -> None:
    path = text_tower / "modules.json"
    path.write_text(json.dumps([{"type": "x.Transformer", "path": "../clip"}]), encoding="utf-8")

    assert "outside the checkpoint" in _refusal(text_tower, str(clip))


def test_a_text_tower_gives_what_sentence_transformers_gives(text_tower: Path, clip: Path) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    original = open_checkpoint(str(text_tower), str(clip))
    texts = ["a photo of a dog", "Zwei Männer in roten Hemden"]

    theirs = sentence_transformers.SentenceTransformer(str(text_tower), device="cpu").encode(texts)

    for text, expected in zip(texts, theirs, strict=True):
        ids = torch.tensor(original.reference.tokens([text]))
        with torch.inference_mode():
            ours = original.text_tower(ids, torch.ones_like(ids))[0]
        torch.testing.assert_close(ours, torch.from_numpy(expected), atol=1e-5, rtol=1e-4)


def test_an_unfinished_training_is_refused(tmp_path: Path) -> None:
    save_checkpoint(tmp_path / "joint.pt", {"step": 3})

    assert "unfinished training" in _refusal(tmp_path / "joint.pt")


@given(st.text())
def test_any_card_can_be_read(text: str) -> None:
    assert isinstance(dict(read_front_matter(f"---\n{text}\n---\n")), dict)
