"""The whole recipe on a handful of generated pictures."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("onnxscript", reason="the models extra is not installed")
pytest.importorskip("transformers", reason="the models extra is not installed")

import torch

from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import read_model_folder
from models.checkpoint import load_checkpoint
from models.continuation import (
    ContinuationSettings,
    ContinuationStages,
    best_between,
    continue_training,
    plan_stages,
)
from models.distillation import DistillationSettings
from models.from_scratch import train
from models.image_stage import ImageStageSettings
from models.joint_stage import JointLearner, JointSettings
from models.parallel import CoreWorkers
from models.precision import Precision
from models.recipe import Recipe, gpu_recipe, timed_recipe
from models.schedule import ResolutionStep
from models.settling_stage import SettlingSettings
from models.stage_run import Pace
from models.tower_files import read_tower_files
from models.towers import ImageTower, ImageTowerShape, TextTower
from models.train import main
from models.training_data import TrainingDataError
from models.validation import Figures

if TYPE_CHECKING:
    from tests.models.conftest import TinyData

STEPS = 4
# Minutes are only counted here: what a stage learns must not depend on how busy the machine is.
PACE = Pace(minutes=0.02, peak_rate=1e-3, save_every_s=0.0, log_every=2, steps=STEPS)
STAGES = ("text", "image", "joint", "settling")
RECIPE = Recipe(
    DistillationSettings(PACE, batch=16),
    ImageStageSettings(
        PACE,
        batch=8,
        resolutions=(ResolutionStep(0.0, 16), ResolutionStep(0.5, 32)),
        final_side_px=32,
        other_sentences=4,
        mixed=0.5,
        check_every_s=0.0,
    ),
    JointSettings(PACE, batch=8, side_px=32, final_side_px=32, other_sentences=4, loose_texts=4),
    SettlingSettings(
        PACE,
        batch=8,
        resolutions=(ResolutionStep(0.0, 16), ResolutionStep(0.5, 32)),
        final_side_px=32,
        other_sentences=4,
    ),
    image_shape=ImageTowerShape(widths=(8, 16), blocks=(1, 1), dim=32),
    vocabulary=400,
    text_width=32,
    text_layers=1,
    stored_side_px=32,
    loose_texts=0.001,
    calibration_pictures=40,
)


def fake_teacher(texts: Sequence[str], _cache: Path) -> NDArray[np.float16]:
    """A direction of its own for every text."""
    rows = []
    for text in texts:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
        rows.append(np.random.default_rng(seed).normal(size=384))
    vectors = np.stack(rows)
    unit: NDArray[np.float16] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit.astype(np.float16)


def test_all_stages_end_in_a_usable_model(tiny_data: "TinyData", tmp_path: Path) -> None:
    out, work = tmp_path / "model", tmp_path / "work"

    train(tiny_data.root, out, work, RECIPE, 0, fake_teacher, tiny_data.wordnet)

    encoder = OnnxEncoder(read_model_folder(out))
    assert encoder.encode_texts(["a red wall"]).shape == (1, 32)
    assert encoder.encode_images(np.zeros((2, 3, 32, 32), dtype=np.float32)).shape == (2, 32)
    learnt = {stage: load_checkpoint(work / f"{stage}.pt") for stage in STAGES}
    assert [learnt[stage]["step"] for stage in STAGES] == [STEPS] * len(STAGES)

    train(tiny_data.root, out, work, RECIPE, 0, fake_teacher, tiny_data.wordnet)

    for stage, before in learnt.items():
        after = load_checkpoint(work / f"{stage}.pt")
        assert after["step"] == STEPS
        for name, weight in before["learner"].items():
            assert torch.equal(after["learner"][name], weight)


def test_finished_towers_are_gone_on_with(
    tiny_data: "TinyData", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, exported, exact = tmp_path / "work", list[Path](), Precision("cpu", torch.float32)
    train(
        tiny_data.root, tmp_path / "a", work, RECIPE, 0, fake_teacher, tiny_data.wordnet,
        lambda checkpoint, _out: exported.append(checkpoint),
    )  # fmt: skip
    start = read_tower_files(work / "towers")
    stages = ContinuationStages(RECIPE.settling, RECIPE.joint, RECIPE.settling)
    computed: list[Precision] = []
    begin = CoreWorkers.__init__

    def note(workers: CoreWorkers, precision: Precision) -> None:
        computed.append(precision)
        begin(workers, precision=precision)

    monkeypatch.setattr(CoreWorkers, "__init__", note)

    continue_training(
        start, tiny_data.root, tmp_path / "b", tmp_path / "further", ContinuationSettings(),
        stages=stages, recipe=RECIPE, embed=fake_teacher, wordnet=tiny_data.wordnet,
        export=lambda checkpoint, _out: exported.append(checkpoint), precision=exact,
    )  # fmt: skip

    assert computed == [exact] * 3
    finished = read_tower_files(tmp_path / "further" / "towers")
    assert exported == [work / "final.pt", tmp_path / "further" / "final.pt"]
    assert finished.trained_on == start.trained_on == ("flickr8k", "sports-100", "tiny-imagenet")
    assert finished.tokenizer.to_str() == start.tokenizer.to_str()
    assert finished.minutes > start.minutes
    assert load_checkpoint(tmp_path / "further" / "last.pt")["step"] == STEPS


def test_what_another_training_has_left_is_never_gone_on_with(
    tiny_data: "TinyData", tmp_path: Path
) -> None:
    work, exported = tmp_path / "work", list[Path]()

    def begin(seed: int) -> None:
        train(
            tiny_data.root, tmp_path / "a", work, RECIPE, seed, fake_teacher, tiny_data.wordnet,
            lambda checkpoint, _out: exported.append(checkpoint),
        )  # fmt: skip

    begin(0)

    with pytest.raises(TrainingDataError, match="another --work-dir"):
        begin(1)
    with pytest.raises(TrainingDataError, match="another --work-dir"):
        continue_training(
            read_tower_files(work / "towers"), tiny_data.root, tmp_path / "b", work,
            ContinuationSettings(), recipe=RECIPE, embed=fake_teacher, wordnet=tiny_data.wordnet,
            export=lambda checkpoint, _out: exported.append(checkpoint),
        )  # fmt: skip
    assert exported == [work / "final.pt"]


def test_what_is_kept_is_the_best_on_the_way(tiny_data: "TinyData", tmp_path: Path) -> None:
    train(
        tiny_data.root, tmp_path / "a", tmp_path / "work", RECIPE, 0, fake_teacher,
        tiny_data.wordnet, lambda _checkpoint, _out: None,
    )  # fmt: skip
    start, end = (read_tower_files(tmp_path / "work" / "towers") for _ in range(2))
    torch.nn.init.zeros_(start.image.projection.weight)
    torch.nn.init.ones_(end.image.projection.weight)

    def measure(image: ImageTower, _text: TextTower) -> Figures:
        share = image.projection.weight.mean().item()
        return Figures({"precision5": 1 - abs(share - 0.7)}, {"s2p_recall10": 0.0})

    both = JointLearner(end.image, end.text, torch.tensor(1.0))
    image, _text = best_between(start, both, measure)

    assert image.projection.weight.mean().item() == pytest.approx(0.7)


def test_the_time_of_a_continuation_is_shared_out_alike() -> None:
    settings = ContinuationSettings().in_minutes(9.0)

    assert settings.minutes == pytest.approx(9.0)
    assert settings.settling_minutes == pytest.approx(5.5)
    stages = plan_stages(settings, 96)
    assert [step.side_px for step in stages.last.resolutions] == [64, 80, 96]
    assert stages.joint.pace.peak_rate == 3e-4
    with pytest.raises(ValueError, match="flickr8k must be above 0"):
        ContinuationSettings(source_weights={"flickr8k": 0.0})


def test_absent_data_are_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(
        ["--data", str(tmp_path), "--out", str(tmp_path / "m"), "--work-dir", str(tmp_path / "w")]
    )

    assert code == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert "holds no folders; each class needs one" in said


def test_only_an_export_needs_a_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--data", str(tmp_path), "--work-dir", str(tmp_path / "w")]
    with pytest.raises(SystemExit) as leaving:
        main(arguments)
    assert leaving.value.code == 2
    assert "--out is needed, or --no-export" in capsys.readouterr().err

    assert main([*arguments, "--no-export"]) == 1
    assert "holds no folders" in capsys.readouterr().err


def test_a_seed_below_0_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--data", str(tmp_path), "--out", str(tmp_path / "m"), "--seed", "-1"])
    assert leaving.value.code == 2
    assert "--seed must not be below 0" in capsys.readouterr().err


@pytest.mark.parametrize("start", [[], ["--from", "models/checkpoints/starter"]])
@pytest.mark.parametrize(
    "option", [["--epochs", "3"], ["--test", "a"], ["--skip-missing"], ["--check-data", "a"]]
)
def test_an_option_that_would_do_nothing_is_refused(
    tiny_data: "TinyData", tmp_path: Path, capsys: pytest.CaptureFixture[str],
    start: list[str], option: list[str],
) -> None:  # fmt: skip
    arguments = ["--data", str(tiny_data.root), "--out", str(tmp_path / "m"), *start, *option]

    assert main([*arguments, "--work-dir", str(tmp_path / "w")]) == 1

    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(f"{option[0]} is for pictures of your own")
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize(
    "best", [Precision("cuda", torch.bfloat16), Precision("cpu", torch.float32)], ids=str
)
def test_it_computes_where_and_how_this_machine_does_best(
    tiny_data: "TinyData", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, best: Precision
) -> None:
    used: list[object] = []

    def note(*_: object, precision: object = None, **__: object) -> None:
        used.append(precision)

    monkeypatch.setattr("models.train.choose_precision", lambda: best)
    monkeypatch.setattr("models.train.train", note)
    monkeypatch.setattr("models.train.continue_training", note)
    monkeypatch.setattr("models.train.read_tower_files", lambda _: None)
    arguments = ["--data", str(tiny_data.root), "--out", str(tmp_path / "m")]

    assert main(arguments) == main([*arguments, "--from", "towers"]) == 0

    assert used == [best, best]


def test_the_time_is_shared_out_completely() -> None:
    assert timed_recipe(70.0).minutes == pytest.approx(70.0)
    assert gpu_recipe(8.0).minutes == pytest.approx(8.0)
