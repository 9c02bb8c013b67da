"""From a checkpoint to a model folder."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("onnxscript", reason="the models extra is not installed")

from desktop_app.engine.model.encoder import OnnxEncoder  # noqa: E402
from desktop_app.engine.model.model_folder import read_model_folder  # noqa: E402
from models import quantize  # noqa: E402
from models.checkpoint import save_checkpoint  # noqa: E402
from models.export import main  # noqa: E402
from models.towers import (  # noqa: E402
    ImageTower,
    ImageTowerShape,
    TextTower,
    TextTowerShape,
    tower_to_dict,
)
from models.vocabulary import train_tokenizer  # noqa: E402


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    """A finished training of two tiny towers."""
    torch.manual_seed(0)
    tokenizer = train_tokenizer(["a photo of a dog on the beach"] * 3, 300)
    image = ImageTower(ImageTowerShape(widths=(8, 16), blocks=(1, 1), dim=32))
    text = TextTower(
        TextTowerShape(tokenizer.get_vocab_size(), width=32, layers=1, heads=2, dim=32)
    )
    path = tmp_path / "final.pt"
    save_checkpoint(
        path,
        {
            "name": "Tiny",
            "image_tower": tower_to_dict(image.eval()),
            "text_tower": tower_to_dict(text),
            "image_side_px": 32,
            "logit_scale": 10.0,
            "tokenizer": tokenizer.to_str(),
            "calibration": torch.randint(0, 256, (80, 40, 40, 3), dtype=torch.uint8),
            "seed": 0,
            "minutes": 0.0,
        },
    )
    return path


def test_the_program_can_use_what_was_exported(
    checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model"

    assert main([str(checkpoint), "--out", str(out)]) == 0

    assert "image tower: " in capsys.readouterr().out
    for precision in ("float", "quantized"):
        folder = read_model_folder(out, precision=precision)
        assert (folder.name, folder.dim) == ("Tiny", 32)
        assert OnnxEncoder(folder).encode_texts(["a dog", "a photo of a beach"]).shape == (2, 32)


def test_an_earlier_model_gives_way_but_leaves_its_card(checkpoint: Path, tmp_path: Path) -> None:
    out = tmp_path / "model"
    out.mkdir()
    (out / "MODEL_CARD.md").write_text("# Card\n", encoding="utf-8")
    (out / "old.onnx").write_bytes(b"")

    assert main([str(checkpoint), "--out", str(out)]) == 0

    assert (out / "MODEL_CARD.md").read_text(encoding="utf-8") == "# Card\n"
    assert not (out / "old.onnx").exists()
    assert {path.name for path in tmp_path.iterdir()} >= {"model", "final.pt"}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".model")]


def test_a_failed_export_leaves_the_earlier_model_alone(
    checkpoint: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "model"
    out.mkdir()
    (out / "config.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(quantize, "LEAST_COSINE", 1.5)

    assert main([str(checkpoint), "--out", str(out)]) == 1

    assert "No int8 image tower" in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == ["config.json"]


def test_other_files_are_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_checkpoint(tmp_path / "joint.pt", {"step": 3})

    assert main([str(tmp_path / "joint.pt"), "--out", str(tmp_path / "m")]) == 1
    assert "unfinished training" in capsys.readouterr().err
    assert main([str(tmp_path / "none.pt"), "--out", str(tmp_path / "m")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "m").exists()
