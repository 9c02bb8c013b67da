"""The measuring of a model folder."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.model.model_folder import read_model_folder
from models import evaluate
from models.evaluate import PRECISIONS, main, measure_quality, render_table

STARTER = Path(__file__).resolve().parents[2] / "models" / "starter"
COLOURS = {"red": (250, 0, 0), "green": (0, 250, 0), "blue": (0, 0, 250)}


class ColourEncoder:
    """Knows the names of three colours and sees nothing else."""

    def encode_images(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        strongest = pixels.mean(axis=(2, 3)).argmax(axis=1)
        vectors: NDArray[np.float32] = np.eye(3, dtype=np.float32)[strongest]
        return vectors

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [[float(name in text) for name in COLOURS] for text in texts]
        return np.array(rows, dtype=np.float32)


def _rows(path: Path, rows: list[tuple[str, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(rows)


@pytest.fixture
def colourful_data(tmp_path: Path) -> Path:
    """Evaluation sets of one picture a colour."""
    sentences: list[tuple[str, ...]] = [("file", "caption", "source")]
    labels: list[tuple[str, ...]] = [("file", "wnid", "index", "label")]
    for index, (name, colour) in enumerate(COLOURS.items()):
        picture = Image.new("RGB", (20, 16), colour)
        for folder in (f"sports-100/test/{name}", "flickr8k-test/images", "imagenet-sample/images"):
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
            picture.save(tmp_path / folder / f"{name}.png")
        sentences.append((f"{name}.png", f"something {name}", "f"))
        labels.append((f"{name}.png", f"n{index}", str(index), name))
    _rows(tmp_path / "flickr8k-test" / "captions.csv", sentences)
    _rows(tmp_path / "imagenet-sample" / "labels.csv", labels)
    return tmp_path


def test_an_encoder_that_sees_colours_finds_them_all(colourful_data: Path) -> None:
    report = measure_quality(read_model_folder(STARTER), ColourEncoder(), colourful_data)

    assert report["sports_top1"] == report["imagenet_top1"] == 1.0
    assert report["flickr8k_s2p_recall1"] == report["flickr8k_p2s_recall1"] == 1.0
    assert report["sports_precision5"] == pytest.approx(1 / 3)


def test_the_command_measures_both_precisions(
    colourful_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(evaluate, "_TIMED_RUNS", 2)
    target = tmp_path / "report.json"

    code = main([str(STARTER), "--data", str(colourful_data), "--json", str(target)])

    assert code == 0
    reports = json.loads(target.read_text(encoding="utf-8"))
    assert set(reports) == set(PRECISIONS)
    assert 0 < reports["quantized"]["vision_megabytes"] < 25
    assert "flickr8k_s2p_recall10" in capsys.readouterr().out


def test_absent_data_are_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(STARTER), "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("There is no ")


def test_the_table_has_a_column_for_each_report() -> None:
    table = render_table({"float": {"top1": 0.5, "ms": 2.25}, "int8": {"top1": 0.25, "ms": 1.0}})

    assert [line.split() for line in table.splitlines()] == [
        ["float", "int8"], ["top1", "0.500", "0.250"], ["ms", "2.250", "1.000"]
    ]  # fmt: skip
