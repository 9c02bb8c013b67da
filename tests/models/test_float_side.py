"""Float towers that lie elsewhere than the int8 ones."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("onnxscript", reason="the models extra is not installed")

from desktop_app.engine.errors import ModelError  # noqa: E402
from desktop_app.engine.model.encoder import OnnxEncoder  # noqa: E402
from models.checkpoint import save_checkpoint  # noqa: E402
from models.float_side import open_float_side  # noqa: E402
from models.tower_files import TrainedTowers, write_tower_files  # noqa: E402
from models.towers import ImageTower, ImageTowerShape, TextTower, TextTowerShape  # noqa: E402
from models.vocabulary import train_tokenizer  # noqa: E402
from tests.helpers.tiny_model import write_tiny_model  # noqa: E402


@pytest.fixture
def towers() -> TrainedTowers:
    """Two tiny trained towers, of the same kind as the tiny model folder."""
    torch.manual_seed(0)
    tokenizer = train_tokenizer(["a photo of a dog on the beach"] * 3, 300)
    shape = TextTowerShape(tokenizer.get_vocab_size(), width=32, layers=1, heads=2, dim=8)
    image = ImageTower(ImageTowerShape(widths=(8, 16), blocks=(1, 1), dim=8))
    return TrainedTowers("Tiny", image.eval(), TextTower(shape).eval(), tokenizer, 16, 10.0, 0, 0.0)


def test_trained_towers_are_put_to_work(tmp_path: Path, towers: TrainedTowers) -> None:
    model = write_tiny_model(tmp_path / "model")
    write_tower_files(tmp_path / "towers", towers)

    with open_float_side(model, tmp_path / "towers") as folder:
        assert folder is not None
        assert OnnxEncoder(folder).encode_texts(["a red photo"]).shape == (1, 8)


def test_other_files_are_refused(tmp_path: Path) -> None:
    model = write_tiny_model(tmp_path / "model")
    save_checkpoint(tmp_path / "joint.pt", {"step": 3})

    with (
        pytest.raises(ModelError, match="unfinished training"),
        open_float_side(model, tmp_path / "joint.pt"),
    ):
        pass
    with pytest.raises(ModelError), open_float_side(model, tmp_path / "none.pt"):
        pass
