"""Whole fine-tunings through the command."""

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("onnxscript", reason="the models extra is not installed")
pytest.importorskip("transformers", reason="the models extra is not installed")

from desktop_app.engine.model.encoder import OnnxEncoder  # noqa: E402
from desktop_app.engine.model.model_folder import read_model_folder  # noqa: E402
from models.fine_tuning.encoder import TrainableEncoder  # noqa: E402
from models.stage_run import StageRun  # noqa: E402
from models.tower_files import read_tower_files  # noqa: E402

if TYPE_CHECKING:
    from tests.models.fine_tuning.conftest import Run


def test_towers_learn_colours_and_the_report_says_so(
    run: "Run", class_folders: Path, start: Path, quick_config: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (class_folders / "green" / "0.png").write_bytes(b"noise")

    code = run(
        "--from", start, "--data", class_folders, "--config", quick_config, "--test", class_folders
    )

    work = tmp_path / "work"
    assert code == 0, capsys.readouterr().err
    report = json.loads((work / "report.json").read_text(encoding="utf-8"))
    figures = report["sets"]["test"]["figures"]
    assert figures["after"]["top-1 accuracy"] > max(0.9, figures["before"]["top-1 accuracy"])
    assert figures["exported, int8"]["top-1 accuracy"] > 0.9
    assert "could not be decoded and were left out: 1 " in report["remarks"][0]
    assert "0.png" in (work / "broken.tsv").read_text()
    with Image.open(work / "curve.png") as curve:
        assert np.asarray(curve.convert("L")).std() > 10
    assert "| top-1 accuracy |" in capsys.readouterr().out
    model = read_model_folder(tmp_path / "out")
    assert model.name == "out"  # and not what it started from
    encoder = OnnxEncoder(model)
    assert encoder.encode_texts(["deep red"]).shape == (1, 32)
    finished, before = read_tower_files(work / "finished"), read_tower_files(start)
    assert finished.trained_on == ("noise", "colours")
    kept = before.text.state_dict()
    assert all(torch.equal(w, kept[name]) for name, w in finished.text.state_dict().items())


@pytest.fixture
def _small_towers(monkeypatch: pytest.MonkeyPatch) -> None:
    from models.fine_tuning import new_towers
    from models.towers import ImageTowerShape

    shape = ImageTowerShape(widths=(8, 16), blocks=(1, 1), dim=32)
    monkeypatch.setattr(new_towers, "IMAGE_SHAPE", shape)
    monkeypatch.setattr(new_towers, "SIDE_PX", 32)


@pytest.mark.usefixtures("_small_towers")
@pytest.mark.parametrize("are_described", [False, True])
def test_towers_learn_from_nothing_on_pictures_of_ones_own(
    run: "Run", class_folders: Path, quick_config: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], are_described: bool,
) -> None:  # fmt: skip
    data = class_folders
    if are_described:
        rows = [
            f"{path.relative_to(class_folders)},something {path.parent.name}"
            for path in sorted(class_folders.rglob("*.png"))
        ]
        data = class_folders / "captions.csv"
        data.write_text("\n".join(["file,caption", *rows]), encoding="utf-8")
    settings = quick_config.read_text()
    quick_config.write_text(settings.replace("[learning]\n", "[learning]\ntext_rate = 1.0\n"))

    code = run("--data", data, "--config", quick_config, "--test", class_folders)

    assert code == 0, capsys.readouterr().err
    report = json.loads((tmp_path / "work" / "report.json").read_text(encoding="utf-8"))
    figures = report["sets"]["test"]["figures"]
    assert figures["after"]["top-1 accuracy"] > max(0.9, figures["before"]["top-1 accuracy"])
    assert figures["exported, int8"]["top-1 accuracy"] > 0.9
    assert any(one.startswith("Started from nothing; ") for one in report["remarks"])
    towers = read_tower_files(tmp_path / "work" / "finished")
    assert towers.trained_on == (data.name,)
    norm = towers.image.stem_norm
    assert norm.num_batches_tracked is not None
    assert int(norm.num_batches_tracked) > 0
    assert OnnxEncoder(read_model_folder(tmp_path / "out")).encode_texts(["green"]).shape == (1, 32)


@pytest.mark.usefixtures("_small_towers")
def test_settings_that_leave_new_towers_as_they_are_are_refused(
    run: "Run", class_folders: Path, quick_config: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert run("--data", class_folders, "--config", quick_config) == 1
    assert "learning.text_rate must be above 0" in capsys.readouterr().err
    assert not (tmp_path / "work").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_names_that_are_no_text_are_learnt_from_and_listed(
    run: "Run", class_folders: Path, start: Path, quick_config: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    whole, broken = (os.fsdecode(b"caf\xe9-%d.png" % number) for number in range(2))
    shutil.copy(class_folders / "green" / "0.png", class_folders / "green" / whole)
    (class_folders / "green" / broken).write_bytes(b"noise")
    arguments = ("--from", start, "--data", class_folders, "--config", quick_config, "--no-export")

    assert run(*arguments, "--epochs", "1") == 0, capsys.readouterr().err

    listed = (tmp_path / "work" / "broken.tsv").read_bytes()
    assert os.fsencode(class_folders / "green" / broken) in listed
    assert os.fsencode(whole) not in listed


def test_ctrl_c_is_gone_on_from_and_other_settings_are_refused(
    run: "Run", class_folders: Path, start: Path, quick_config: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    arguments = ("--from", start, "--data", class_folders, "--config", quick_config, "--no-export")
    learn = StageRun.learn

    def press_ctrl_c(stage: "StageRun[TrainableEncoder]", *given: object) -> None:
        learn(stage, *given)  # type: ignore[arg-type]
        if stage.first_step == 20:
            signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as pressed:
        pressed.setattr(StageRun, "learn", press_ctrl_c)
        assert run(*arguments) == 130
    assert "The same command goes on from there" in capsys.readouterr().err

    assert run(*arguments) == 0

    history = json.loads((tmp_path / "work" / "history.json").read_text())
    assert [check["step"] for check in history] == [0, 21, 41, 60]
    assert not (tmp_path / "out").exists()
    assert run(*arguments, "--seed", "1") == 1
    assert "another --work-dir" in capsys.readouterr().err


def test_a_clip_checkpoint_learns_from_captions_with_both_towers(
    run: "Run", class_folders: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from models.random_checkpoint import write_clip

    rows = [
        f"{path.relative_to(class_folders)},something {path.parent.name}"
        for path in sorted(class_folders.rglob("*.png"))
    ]
    captions = class_folders / "captions.csv"
    captions.write_text("\n".join(["file,caption", *rows]), encoding="utf-8")
    write_clip(tmp_path / "clip", ["something green", "something blue"], tiny=True)
    config = tmp_path / "clip.toml"
    config.write_text(
        "[learning]\nepochs = 12\nbatch = 9\nimage_rate = 2e-3\ntext_rate = 0.5\nchecks = 2\n"
        "interpolation = 1.0\n[augmentation]\ncolour = 0.1\nerased = 0.0\n"
    )

    code = run("--from", tmp_path / "clip", "--data", captions, "--config", config, "--no-export")

    assert code == 0, capsys.readouterr().err
    report = json.loads((tmp_path / "work" / "report.json").read_text(encoding="utf-8"))
    figures = report["sets"]["held out"]["figures"]
    assert figures["after"]["sentence to picture recall@1"] > 0.9
    from models.fine_tuning.clip_encoder import load_clip

    before, after = load_clip(str(tmp_path / "clip")), load_clip(str(tmp_path / "work/finished"))
    for weights in ("image_weights", "text_weights"):
        pairs = zip(getattr(before, weights)(), getattr(after, weights)(), strict=True)
        assert any(not torch.equal(old, new) for old, new in pairs)


@pytest.mark.parametrize("names_it", [False, True])
def test_the_test_pictures_of_a_csv_are_reported_on(
    run: "Run", class_folders: Path, start: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], names_it: bool,
) -> None:  # fmt: skip
    splits = {"0": "valid", "1": "test", "2": "test"}
    rows = [
        f"{path.relative_to(class_folders)},{path.parent.name} {path.stem},"
        f"{splits.get(path.stem, 'train')}"
        for path in sorted(class_folders.rglob("*.png"))
    ]
    captions = class_folders / "captions.csv"
    captions.write_text("\n".join(["file,caption,split", *rows]), encoding="utf-8")
    only_test = class_folders / "test.csv"
    kept = [row for row in rows if row.endswith("test")]
    only_test.write_text("\n".join(["file,caption,split", *kept]), encoding="utf-8")
    named = ("--test", only_test) if names_it else ()

    code = run("--from", start, "--data", captions, "--epochs", "1", "--no-export", *named)

    assert code == 0, capsys.readouterr().err
    report = json.loads((tmp_path / "work" / "report.json").read_text(encoding="utf-8"))
    assert {title: one["pictures"] for title, one in report["sets"].items()} == {
        "held out": 3, "test": 6,
    }  # fmt: skip


def test_too_few_pictures_to_check_a_clip_are_told_before_it_learns(
    run: "Run", class_folders: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from models.random_checkpoint import write_clip

    write_clip(tmp_path / "clip", ["something green"], tiny=True)

    assert run("--from", tmp_path / "clip", "--data", class_folders) == 1

    error = capsys.readouterr().err
    assert "colours has 24" in error
    assert "--check-data" in error
    assert not (tmp_path / "work").exists()


@pytest.mark.parametrize(
    ("start_name", "said"),
    [
        ("none/at/all", "There is no checkpoint"),
        ("colours", "neither towers"),
        ("quick.toml", "is a file"),
        ("siglip", "is a siglip checkpoint"),
        ("published", "is a finished model in ONNX and no checkpoint"),
    ],
)
def test_what_cannot_be_gone_on_from_is_said(
    run: "Run", class_folders: Path, quick_config: Path, tmp_path: Path, start_name: str,
    said: str, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "siglip").mkdir()
    (tmp_path / "siglip" / "config.json").write_text('{"model_type": "siglip"}')
    (tmp_path / "published" / "onnx").mkdir(parents=True)
    (tmp_path / "published" / "config.json").write_text('{"model_type": "clip"}')

    assert run("--from", tmp_path / start_name, "--data", class_folders) == 1

    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_place_that_is_not_the_models_is_refused_before_anything_is_learnt(
    run: "Run", class_folders: Path, start: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "holiday.jpg").write_bytes(b"dear")

    assert run("--from", start, "--data", class_folders) == 1

    assert "holds holiday.jpg" in capsys.readouterr().err
    assert (tmp_path / "out" / "holiday.jpg").read_bytes() == b"dear"
    assert not (tmp_path / "work").exists()


def test_an_export_that_fails_leaves_no_model_but_the_training(
    run: "Run", class_folders: Path, start: Path, quick_config: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("models.export.export_image_tower", fail)
    arguments = ("--from", start, "--data", class_folders, "--config", quick_config)

    assert run(*arguments, "--epochs", "1") == 1

    said = capsys.readouterr().err.splitlines()[-1]
    assert said == f"The disk of {tmp_path} is full: nothing was written to {tmp_path / 'out'}."
    assert not (tmp_path / "out").exists()
    assert (tmp_path / "work" / "finished.pt").is_file()
