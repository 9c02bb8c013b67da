"""Folders of finished towers."""

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.checkpoint import CheckpointError  # noqa: E402
from models.tower_files import (  # noqa: E402
    TrainedTowers,
    is_tower_folder,
    read_tower_files,
    write_tower_files,
)
from models.towers import (  # noqa: E402
    ImageTower,
    ImageTowerShape,
    TextTower,
    TextTowerShape,
    use_channels_last,
)
from models.vocabulary import train_tokenizer  # noqa: E402


@pytest.fixture
def towers() -> TrainedTowers:
    """Two tiny towers whose norms have seen large numbers."""
    torch.manual_seed(0)
    tokenizer = train_tokenizer(["a photo of a dog on the beach"] * 3, 300)
    image = ImageTower(ImageTowerShape(widths=(8, 16), blocks=(1, 1), dim=32))
    image.stem_norm.running_var.fill_(1e6)
    use_channels_last(image)
    text = TextTower(
        TextTowerShape(tokenizer.get_vocab_size(), width=32, layers=1, heads=2, dim=32)
    )
    return TrainedTowers(
        "Tiny", image.eval(), text.eval(), tokenizer, 32, 20.0, 7, 1.5, ("sports-100",)
    )


def test_towers_come_back_with_the_same_embeddings(towers: TrainedTowers, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "tiny"

    write_tower_files(folder, towers)

    assert is_tower_folder(folder)
    assert not [path for path in folder.parent.iterdir() if path != folder]
    read = read_tower_files(folder)
    assert (read.name, read.side_px, read.logit_scale, read.seed) == ("Tiny", 32, 20.0, 7)
    assert (read.minutes, read.trained_on) == (1.5, ("sports-100",))
    assert read.tokenizer.to_str() == towers.tokenizer.to_str()
    pictures = torch.randn(3, 3, 32, 32)
    ids = torch.tensor([towers.tokenizer.encode("a dog").ids])
    with torch.no_grad():
        seen = torch.cosine_similarity(towers.image(pictures), read.image(pictures))
        mask = torch.ones_like(ids)
        said = torch.cosine_similarity(towers.text(ids, mask), read.text(ids, mask))
    assert min(seen.min().item(), said.min().item()) > 0.9999


def test_files_of_other_names_stay(towers: TrainedTowers, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    write_tower_files(folder, towers)
    (folder / "README.md").write_text("kept", encoding="utf-8")

    write_tower_files(folder, towers)

    assert (folder / "README.md").read_text(encoding="utf-8") == "kept"


def test_weights_that_are_not_finite_are_refused_and_nothing_is_left(
    towers: TrainedTowers, tmp_path: Path
) -> None:
    with torch.no_grad():
        towers.text.projection.weight[0, 0] = 1e6

    with pytest.raises(CheckpointError, match=r"projection\.weight"):
        write_tower_files(tmp_path / "tiny", towers)

    assert list(tmp_path.iterdir()) == []


def test_what_is_wrong_with_a_folder_is_said(towers: TrainedTowers, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    with pytest.raises(CheckpointError, match=r"no settings\.json"):
        read_tower_files(folder)
    write_tower_files(folder, towers)
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))

    (folder / "settings.json").write_text(json.dumps({**settings, "side_px": 0}), encoding="utf-8")
    with pytest.raises(CheckpointError, match="side_px must be above 0"):
        read_tower_files(folder)
    shape = {**settings["image_shape"], "dim": 16}
    changed = json.dumps({**settings, "image_shape": shape})
    (folder / "settings.json").write_text(changed, encoding="utf-8")
    with pytest.raises(CheckpointError, match="do not fit each other"):
        read_tower_files(folder)
    (folder / "settings.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CheckpointError, match="not of the format"):
        read_tower_files(folder)
    (folder / "settings.json").write_text("{", encoding="utf-8")
    with pytest.raises(CheckpointError, match="not JSON"):
        read_tower_files(folder)


@pytest.mark.parametrize("name", ["image_tower.safetensors", "tokenizer.json"])
def test_damaged_and_absent_files_are_named(
    towers: TrainedTowers, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "tiny"
    write_tower_files(folder, towers)

    (folder / name).write_bytes(b"noise")
    with pytest.raises(CheckpointError, match=name):
        read_tower_files(folder)
    (folder / name).unlink()
    with pytest.raises(CheckpointError, match=name):
        read_tower_files(folder)
