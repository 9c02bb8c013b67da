"""CLIP checkpoints that are to be trained further."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("transformers", reason="the models extra is not installed")

from safetensors.torch import load_file, save_file  # noqa: E402

from models.checkpoint import CheckpointError  # noqa: E402
from models.fine_tuning.clip_encoder import load_clip  # noqa: E402
from models.random_checkpoint import write_clip  # noqa: E402

WEIGHTS = "model.safetensors"


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    folder = tmp_path / "clip"
    folder.mkdir()
    write_clip(folder, ["a photo of a dog", "two men in red shirts"], tiny=True)
    return folder


def _refusal(folder: Path) -> str:
    with pytest.raises(CheckpointError) as caught:
        load_clip(str(folder))
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_both_towers_are_those_of_the_checkpoint(clip: Path) -> None:
    encoder = load_clip(str(clip))

    assert encoder.side_px == 32
    kept, weights = load_file(clip / WEIGHTS), encoder.model.state_dict()
    assert all(torch.equal(weights[name], weight) for name, weight in kept.items())
    ids, mask = encoder.tokens(["a dog", "two men in red shirts on a beach"])
    assert encoder.embed_tokens(ids, mask).shape == (2, 24)
    assert encoder.embed_pictures(torch.zeros(3, 3, 32, 32)).shape == (3, 24)


def test_missing_weights_are_never_made_up(clip: Path) -> None:
    weights = load_file(clip / WEIGHTS)
    del weights["text_projection.weight"]
    save_file(weights, clip / WEIGHTS, metadata={"format": "pt"})

    assert "1 weights are missing, such as text_projection.weight" in _refusal(clip)


@pytest.mark.parametrize("name", [WEIGHTS, "config.json", "preprocessor_config.json"])
def test_damaged_files_are_refused_in_a_sentence(clip: Path, name: str) -> None:
    (clip / name).write_bytes(b"\x00" * 100)

    assert str(clip) in _refusal(clip)
