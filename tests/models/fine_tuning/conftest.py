"""Class folders of coloured pictures, and tiny models to start from."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

COLOURS = {"deep_red": (220, 30, 30), "green": (30, 200, 40), "blue": (30, 40, 220)}


def write_picture(path: Path, colour: tuple[int, int, int], seed: int) -> None:
    """Write a noisy picture of one colour."""
    noise = np.random.default_rng(seed).integers(-25, 25, (24 + seed % 5, 30, 3))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.clip(noise + np.array(colour), 0, 255).astype(np.uint8)).save(path)


@pytest.fixture
def class_folders(tmp_path: Path) -> Path:
    """Eight pictures each of three colours, in folders that are named like them."""
    root = tmp_path / "colours"
    for name, colour in COLOURS.items():
        for number in range(8):
            write_picture(root / name / f"{number}.png", colour, number)
    return root


@pytest.fixture
def start(tmp_path: Path) -> Path:
    """A folder of two tiny towers that know nothing yet."""
    torch = pytest.importorskip("torch", reason="the models extra is not installed")
    from models.tower_files import TrainedTowers, write_tower_files
    from models.towers import ImageTower, ImageTowerShape, TextTower, TextTowerShape
    from models.vocabulary import train_tokenizer

    torch.manual_seed(0)
    texts = [f"a photo of {name.replace('_', ' ')}" for name in COLOURS]
    tokenizer = train_tokenizer(texts * 3, 300)
    image = ImageTower(ImageTowerShape(widths=(8, 16), blocks=(1, 1), dim=32))
    shape = TextTowerShape(tokenizer.get_vocab_size(), width=32, layers=1, heads=2, dim=32)
    folder = tmp_path / "start"
    write_tower_files(
        folder,
        TrainedTowers(
            "Tiny", image.eval(), TextTower(shape).eval(), tokenizer, 32, 10.0, 0, 1.0, ("noise",)
        ),
    )
    return folder


Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run ``models.train`` with a work folder of the test's."""
    pytest.importorskip("torch", reason="the models extra is not installed")
    pytest.importorskip("transformers", reason="the models extra is not installed")
    pytest.importorskip("onnxscript", reason="the models extra is not installed")
    from models.train import main

    def call(*arguments: str | Path) -> int:
        work = ["--work-dir", str(tmp_path / "work"), "--out", str(tmp_path / "out")]
        return main([*map(str, arguments), *work])

    return call


@pytest.fixture
def quick_config(tmp_path: Path) -> Path:
    """Settings with which a tiny model learns three colours in a second."""
    path = tmp_path / "quick.toml"
    path.write_text(
        "[data]\nheld_out = 0.25\nstored_side_px = 32\n"
        "[learning]\nepochs = 30\nbatch = 9\nimage_rate = 3e-3\naverage_decay = 0.8\n"
        "checks = 3\npatience = 9\ninterpolation = 1.0\n"
        "[augmentation]\ncolour = 0.1\nerased = 0.0\n"
    )
    return path
