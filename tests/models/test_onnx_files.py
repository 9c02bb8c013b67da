"""ONNX files against the torch towers they come from."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("onnxscript", reason="the models extra is not installed")

from models import onnx_files  # noqa: E402
from models.onnx_files import (  # noqa: E402
    export_image_tower,
    export_text_tower,
    fold_batch_norms,
    store_weights_as_half,
)
from models.quantize import run_model  # noqa: E402
from models.towers import (  # noqa: E402
    ImageTower,
    ImageTowerShape,
    Normalized,
    TextTower,
    TextTowerShape,
)


def _image_tower() -> ImageTower:
    """A tower whose batch norms do something."""
    torch.manual_seed(0)
    tower = ImageTower(ImageTowerShape(widths=(8, 16), blocks=(1, 1), dim=6))
    tower.train()
    for _ in range(3):
        tower(torch.randn(8, 3, 32, 32) * 2 + 1)
    tower.eval()
    return tower


def test_folded_batch_norms_change_nothing() -> None:
    tower, pixels = _image_tower(), torch.randn(2, 3, 32, 32)

    folded = fold_batch_norms(tower)

    assert not any(isinstance(layer, torch.nn.BatchNorm2d) for layer in folded.modules())
    torch.testing.assert_close(folded(pixels), tower(pixels), atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("count", [1, 3])
def test_the_exported_image_tower_equals_torch(tmp_path: Path, count: int) -> None:
    tower, pixels = _image_tower(), torch.randn(count, 3, 32, 32)
    export_image_tower(tower, (32, 32), tmp_path / "image.onnx")

    exported = run_model(tmp_path / "image.onnx", [{"pixel_values": pixels.numpy()}])

    with torch.inference_mode():
        np.testing.assert_allclose(exported, Normalized(tower)(pixels).numpy(), atol=1e-5)


@pytest.mark.parametrize("shape", [(1, 3), (4, 9)])
def test_the_exported_text_tower_equals_torch(tmp_path: Path, shape: tuple[int, int]) -> None:
    torch.manual_seed(0)
    tower = TextTower(TextTowerShape(40, width=16, layers=1, heads=2, max_positions=12, dim=6))
    export_text_tower(tower, tmp_path / "text.onnx")
    ids = torch.randint(3, 40, shape)
    mask = torch.ones_like(ids)
    mask[0, 2:] = 0

    feed = {"input_ids": ids.numpy(), "attention_mask": mask.numpy()}
    exported = run_model(tmp_path / "text.onnx", [feed])

    with torch.inference_mode():
        np.testing.assert_allclose(exported, Normalized(tower.eval())(ids, mask), atol=1e-5)


def test_the_files_tell_nothing_of_the_machine_they_were_made_on(tmp_path: Path) -> None:
    export_image_tower(_image_tower(), (32, 32), tmp_path / "image.onnx")

    content = (tmp_path / "image.onnx").read_bytes()

    assert b".py" not in content
    assert str(Path(__file__).parents[2]).encode() not in content


def test_half_weights_halve_the_file_and_keep_the_vectors(tmp_path: Path) -> None:
    full, half = tmp_path / "full.onnx", tmp_path / "half.onnx"
    export_image_tower(_image_tower(), (32, 32), full)
    pixels = {"pixel_values": torch.randn(2, 3, 32, 32).numpy()}

    store_weights_as_half(full, half)

    assert half.stat().st_size < 0.8 * full.stat().st_size
    np.testing.assert_allclose(run_model(half, [pixels]), run_model(full, [pixels]), atol=2e-3)


def test_weights_too_large_for_one_file_lie_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_files, "LARGEST_INLINE_BYTES", 1000)
    tower, pixels = _image_tower(), torch.randn(2, 3, 32, 32)
    export_image_tower(tower, (32, 32), tmp_path / "image.onnx")

    exported = run_model(tmp_path / "image.onnx", [{"pixel_values": pixels.numpy()}])

    assert sorted(path.name for path in tmp_path.iterdir()) == ["image.onnx", "image.onnx.data"]
    assert (tmp_path / "image.onnx").stat().st_size < (tmp_path / "image.onnx.data").stat().st_size
    with torch.inference_mode():
        np.testing.assert_allclose(exported, Normalized(tower)(pixels).numpy(), atol=1e-5)
