"""The measuring of a model folder."""

import csv
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.model.model_card import parse_card
from desktop_app.engine.model.model_folder import read_model_folder
from models import encoder_speed, evaluate
from models.evaluate import main
from models.measurement import measure_sets, read_standard_sets
from tests.helpers.tiny_model import write_tiny_model

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


@pytest.fixture(autouse=True)
def _few_timed_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_speed, "TIMED_RUNS", 2)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A real model folder that knows colours, float and int8."""
    return write_tiny_model(tmp_path / "model")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Evaluation sets of one picture a colour."""
    root = tmp_path / "data"
    sentences: list[tuple[str, ...]] = [("file", "caption", "source")]
    labels: list[tuple[str, ...]] = [("file", "wnid", "index", "label")]
    for index, (name, colour) in enumerate(COLOURS.items()):
        picture = Image.new("RGB", (20, 16), colour)
        for folder in (f"sports-100/test/{name}", "flickr8k-test/images", "imagenet-sample/images"):
            (root / folder).mkdir(parents=True, exist_ok=True)
            picture.save(root / folder / f"{name}.png")
        sentences.append((f"{name}.png", f"something {name}", "f"))
        labels.append((f"{name}.png", f"n{index}", str(index), name))
    _rows(root / "flickr8k-test" / "captions.csv", sentences)
    _rows(root / "imagenet-sample" / "labels.csv", labels)
    return root


def _drop_float_towers(model: Path) -> None:
    for tower in ("vision_model", "text_model"):
        (model / "onnx" / f"{tower}.onnx").unlink()


def test_an_encoder_that_sees_colours_finds_them_all(model: Path, data: Path) -> None:
    sets = read_standard_sets(data)
    report = measure_sets(read_model_folder(model), ColourEncoder(), sets).figures

    assert report["sports_top1"] == report["imagenet_top1"] == 1.0
    assert report["flickr8k_s2p_recall1"] == report["flickr8k_p2s_recall1"] == 1.0
    assert report["sports_precision5"] == pytest.approx(1 / 3)


def test_the_command_measures_and_writes_everything(
    model: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, figures, card = tmp_path / "q.md", tmp_path / "q.json", tmp_path / "card.md"
    card.write_text("# Tiny\n<!-- quality: begin -->\n<!-- quality: end -->\n", encoding="utf-8")
    command = [str(model), "--data", str(data), "--markdown", str(page), "--card", str(card)]

    assert main([*command, "--json", str(figures)]) == 0

    report = json.loads(figures.read_text(encoding="utf-8"))
    assert set(report["figures"]) == {"quantized", "float"}
    assert report["figures"]["quantized"]["sports_top1"] == 1.0
    assert report["agreement"]["cosine of pictures"] == pytest.approx(1.0)
    assert set(report["files"]) == {"vision_model_quantized.onnx", "text_model_quantized.onnx"}
    assert report["command"] in page.read_text(encoding="utf-8")
    assert parse_card(card.read_text(encoding="utf-8")).quality[0].value == 1.0
    assert "Flickr8k test: sentence to picture, recall@10" in capsys.readouterr().out


def test_float_towers_may_lie_elsewhere_or_nowhere(
    model: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    shutil.copytree(model, other)
    _drop_float_towers(model)

    assert main([str(model), "--data", str(data)]) == 0
    alone = capsys.readouterr().out
    assert main([str(model), "--data", str(data), "--float", str(other)]) == 0
    beside = capsys.readouterr().out

    assert alone.splitlines()[0].split() == ["int8"]
    assert "no float towers" in alone
    assert beside.splitlines()[0].split() == ["int8", "float"]


def test_the_float_side_of_another_model_is_refused(
    model: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = write_tiny_model(tmp_path / "other", dim=12)

    assert main([str(model), "--data", str(data), "--float", str(other)]) == 1
    assert "is not the float side" in capsys.readouterr().err


def test_own_pictures_are_measured_with_own_templates(
    model: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    templates = tmp_path / "templates.txt"
    templates.write_text("a picture of {}\n{}\n", encoding="utf-8")
    mine = data / "sports-100" / "test"

    assert main([str(model), "--pictures", str(mine), "--templates", str(templates)]) == 0

    out = capsys.readouterr().out
    assert "own pictures: zero-shot top-1" in out
    assert "Flickr8k" not in out


def test_what_is_absent_or_broken_is_said_in_a_sentence(
    model: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*arguments: str) -> str:
        assert main(arguments) == 1
        (line,) = capsys.readouterr().err.splitlines()
        return line

    assert said(str(model), "--data", str(tmp_path / "none")).startswith("There is no ")
    assert said(str(tmp_path / "none"), "--data", str(data)).startswith("There is no model folder")
    assert "no templates" in said(str(model), "--data", str(data), "--templates", "many")
    (data / "sports-100" / "test" / "red" / "red.png").write_bytes(b"no picture")
    assert "red.png cannot be used" in said(str(model), "--data", str(data))


@pytest.mark.parametrize("option", ["--json", "--markdown", "--card"])
def test_what_cannot_be_written_is_said_before_anything_is_measured(
    model: Path, data: Path, tmp_path: Path, option: str,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(evaluate, "evaluate", lambda *_: pytest.fail("measured"))
    card = tmp_path / "card.md"
    card.write_text("<!-- quality: begin -->\n<!-- quality: end -->\n", encoding="utf-8")

    def said(path: Path) -> str:
        assert main([str(model), "--data", str(data), "--card", str(card), option, str(path)]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        return line

    assert said(tmp_path) == f"{tmp_path} cannot be read or written (Is a directory)."
    absent = tmp_path / "none" / "q.md"
    if option == "--card":
        assert said(absent) == f"{absent} cannot be read or written (No such file or directory)."
        card.write_bytes(b"\xff\xfe")
        assert said(card) == f"{card} is no model card: it is not text in UTF-8."
        card.write_text("# No place", encoding="utf-8")
        assert said(card).startswith("The card must have")
    else:
        assert said(absent) == f"{absent} cannot be written: there is no folder {absent.parent}."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["card.md", "data", "model"]


def test_a_measuring_that_fails_leaves_no_empty_file(model: Path, tmp_path: Path) -> None:
    figures = tmp_path / "q.json"

    assert main([str(model), "--data", str(tmp_path / "none"), "--json", str(figures)]) == 1
    assert not figures.exists()


def test_something_to_measure_on_is_needed(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(model)])

    assert ended.value.code == 2
    assert "--data or --pictures" in capsys.readouterr().err
