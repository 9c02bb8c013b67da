"""From checkpoints of every family to model folders."""

import errno
import json
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("transformers", reason="the models extra is not installed")
pytest.importorskip("onnxscript", reason="the models extra is not installed")

from desktop_app.engine.model.encoder import OnnxEncoder  # noqa: E402
from desktop_app.engine.model.model_folder import read_model_folder  # noqa: E402
from models import export, self_check  # noqa: E402
from models.check_material import CheckDataError, read_material  # noqa: E402
from models.checkpoint import CheckpointError, save_checkpoint  # noqa: E402
from models.export import ExportReport, export_checkpoint, main  # noqa: E402
from models.families import PICTURES_FILE, open_checkpoint  # noqa: E402
from models.fine_tuning.clip_encoder import load_clip  # noqa: E402
from models.quantize import QuantizationError  # noqa: E402
from models.random_checkpoint import (  # noqa: E402
    write_chinese_clip,
    write_clip,
    write_multilingual_text,
    write_siglip2,
)
from models.self_check import CheckSizes, SelfCheckError  # noqa: E402
from models.towers import (  # noqa: E402
    ImageTower,
    ImageTowerShape,
    TextTower,
    TextTowerShape,
    tower_to_dict,
)
from models.vocabulary import train_tokenizer  # noqa: E402

SENTENCES = ["a photo of a dog on the beach", "two men in red shirts", "snow on a mountain"]
SMALL = CheckSizes(pictures=40, sentences=6, prepared=40, strings=300)
FAMILIES = ("clip", "siglip2", "chinese-clip", "multilingual")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures, and captions of them."""
    folder = tmp_path_factory.mktemp("data")
    random = np.random.default_rng(0)
    for number in range(40):
        coarse = random.integers(0, 256, (5, 6, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((60 + number, 50)).save(folder / f"{number:02}.png")
    captions = "\n".join(
        ["file,caption", *(f"00.png,{text} {i}" for i in range(14) for text in SENTENCES)]
    )
    (folder / "captions.csv").write_text(captions + "\n", encoding="utf-8")
    return folder


def _write(family: str, folder: Path) -> tuple[Path, str | None]:
    """Write a tiny checkpoint; returns it and the one with its pictures."""
    writers = {"clip": write_clip, "siglip2": write_siglip2, "chinese-clip": write_chinese_clip}
    path = folder / family
    path.mkdir()
    if family != "multilingual":
        writers[family](path, SENTENCES, tiny=True)
        return path, None
    write_multilingual_text(path, SENTENCES, tiny=True)
    (folder / "images").mkdir()
    write_clip(folder / "images", SENTENCES, tiny=True)
    return path, str(folder / "images")


@pytest.fixture(scope="module", params=FAMILIES)
def exported(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, data: Path
) -> tuple[str, Path, ExportReport]:
    """A family, the folder that a checkpoint of it became, and the report."""
    folder = tmp_path_factory.mktemp("families")
    checkpoint, images = _write(request.param, folder)
    sizes = replace(SMALL, sentences=40)
    report = export_checkpoint(checkpoint, folder / "out", images=images, data=data, sizes=sizes)
    return request.param, folder / "out", report


def test_every_family_passes_its_checks(exported: tuple[str, Path, ExportReport]) -> None:
    family, _, report = exported

    assert report.checks.image_cosine >= 0.9999
    assert report.checks.text_cosine >= 0.9999
    assert report.checks.prepared_cosine >= 0.999
    assert report.checks.strings == SMALL.strings
    assert report.checks.neighbour_cosine < 0.99
    assert (report.checks.padded_cosine is None) == (family == "siglip2")


def test_texts_mean_the_same_at_their_length_and_filled_up(
    exported: tuple[str, Path, ExportReport],
) -> None:
    family, _, report = exported
    if family == "siglip2":
        pytest.skip("always filled up")

    assert report.checks.padded_cosine == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("precision", ["float", "quantized"])
def test_the_program_reads_every_family(
    exported: tuple[str, Path, ExportReport], precision: str
) -> None:
    family, out, _ = exported
    folder = read_model_folder(out, precision=precision)  # type: ignore[arg-type]

    vectors = OnnxEncoder(folder).encode_texts(["a dog", "men in red shirts on a beach"])

    assert vectors.shape == (2, 32 if family == "siglip2" else 24)
    assert float(vectors[0] @ vectors[1]) < 0.999
    assert folder.pads_texts == (family == "siglip2")


def test_the_card_tells_licence_languages_and_figures(
    exported: tuple[str, Path, ExportReport],
) -> None:
    family, out, _ = exported
    licences = {"clip": "mit", "siglip2": "apache-2.0", "multilingual": "apache-2.0"}
    card = (out / "MODEL_CARD.md").read_text(encoding="utf-8")

    assert f"license: {licences.get(family, 'unknown')}" in card
    assert "int8 against float, pictures: mean cosine" in card
    assert licences.get(family, "states no licence") in (out / "LICENSE").read_text("utf-8")
    assert "/tmp" not in card


def test_a_fine_tuned_clip_names_what_it_started_from(tmp_path: Path, data: Path) -> None:
    start, _ = _write("clip", tmp_path)
    pixels = torch.zeros(1, 40, 40, 3, dtype=torch.uint8)
    finished = load_clip(str(start)).write(tmp_path / "work" / "finished", pixels, 0, 1.0)

    export_checkpoint(finished, tmp_path / "out", data=data, sizes=SMALL)

    card = (tmp_path / "out" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "from what `python -m models.train` made of clip." in card
    assert "base_model:\n- clip\n" in card
    assert "license: mit" in card
    licence = (tmp_path / "out" / "LICENSE").read_text(encoding="utf-8")
    assert "So says the card of clip, which this model was fine-tuned from." in licence
    again = load_clip(str(finished)).write(tmp_path / "again", pixels, 0, 1.0)
    assert open_checkpoint(str(again)).facts == open_checkpoint(str(finished)).facts
    (finished / "fine_tuned_from.json").write_text("[]", encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"fine_tuned_from\.json is damaged"):
        open_checkpoint(str(finished))


def test_pictures_that_a_checkpoint_carries_are_enough(tmp_path: Path) -> None:
    checkpoint, _ = _write("clip", tmp_path)
    pixels = np.random.default_rng(0).integers(0, 256, (200, 40, 40, 3), dtype=np.uint8)
    np.save(checkpoint / PICTURES_FILE, pixels)

    report = export_checkpoint(checkpoint, tmp_path / "out", sizes=SMALL)

    assert report.checks.prepared_cosine >= 0.999


def test_without_pictures_the_option_is_named(tmp_path: Path, data: Path) -> None:
    checkpoint, _ = _write("clip", tmp_path)

    with pytest.raises(CheckDataError, match="--data"):
        export_checkpoint(checkpoint, tmp_path / "out", sizes=SMALL)
    with pytest.raises(CheckDataError, match="41 pictures"):
        export_checkpoint(
            checkpoint, tmp_path / "out", data=data, sizes=replace(SMALL, prepared=41)
        )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (replace(SMALL, least_tower_cosine=1.1), "in torch and ONNX differ: cosine 1.0"),
        (replace(SMALL, least_prepared_cosine=1.1), "preprocessing and by transformers' differ"),
    ],
)
def test_a_failed_check_leaves_the_earlier_model(
    tmp_path: Path, data: Path, limits: CheckSizes, sentence: str
) -> None:
    checkpoint, _ = _write("clip", tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    (out / "config.json").write_text("{}", encoding="utf-8")

    with pytest.raises(SelfCheckError, match=sentence):
        export_checkpoint(checkpoint, out, data=data, sizes=limits)

    assert [path.name for path in out.iterdir()] == ["config.json"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_other_tokens_are_noticed(tmp_path: Path, data: Path) -> None:
    checkpoint, _ = _write("clip", tmp_path)
    original = open_checkpoint(str(checkpoint))
    changed = json.loads(original.tokenizer.to_str())
    changed["normalizer"] = None  # no lower case any more
    folder = tmp_path / "model"
    (folder / "onnx").mkdir(parents=True)
    broken = replace(original, tokenizer=type(original.tokenizer).from_str(json.dumps(changed)))
    export.write_settings(folder, broken)
    for name in ("vision_model.onnx", "text_model.onnx"):
        (folder / "onnx" / name).write_bytes(b"")  # not looked at yet
    material = read_material(data, SMALL.prepared)

    with pytest.raises(SelfCheckError, match="are not those of transformers"):
        self_check.SelfCheck(original, folder, material, SMALL).run()


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (KeyboardInterrupt(), "Interrupted: nothing was written to"),
        (OSError(errno.ENOSPC, "No space left on device"), "is full: nothing was written to"),
        (PermissionError(errno.EACCES, "Permission denied", "x.onnx"), "x.onnx cannot be read or"),
    ],
)
def test_what_ends_an_export_is_one_sentence_and_leaves_nothing(
    tmp_path: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: BaseException,
    sentence: str,
) -> None:
    checkpoint, _ = _write("clip", tmp_path)

    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr(export, "CHECK_SIZES", SMALL)
    monkeypatch.setattr(export, "export_image_tower", fail)

    assert main([str(checkpoint), "--out", str(tmp_path / "out"), "--data", str(data)]) == 1

    error = capsys.readouterr().err
    assert sentence in error
    assert len(error.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clip"]


def test_a_disk_without_room_is_noticed_before(
    tmp_path: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    checkpoint, _ = _write("clip", tmp_path)
    monkeypatch.setattr(export, "CHECK_SIZES", SMALL)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100))

    assert main([str(checkpoint), "--out", str(tmp_path / "out"), "--data", str(data)]) == 1

    assert "0 MB are free" in capsys.readouterr().err


def test_an_earlier_model_comes_back_where_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, scratch = tmp_path / "out", tmp_path / "scratch"
    out.mkdir()
    scratch.mkdir()
    (out / "config.json").write_text("{}", encoding="utf-8")

    with pytest.raises(FileNotFoundError):
        export._move_to_place(scratch / "absent", out, scratch)

    assert (out / "config.json").is_file()


@pytest.mark.parametrize("kept", ["holiday.jpg", "onnx.txt/a.txt", "model.safetensors"])
def test_a_folder_with_something_else_in_it_is_never_replaced(
    tmp_path: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kept: str,
) -> None:
    checkpoint, _ = _write("clip", tmp_path)
    monkeypatch.setattr(export, "CHECK_SIZES", SMALL)
    out = tmp_path / "out"
    (out / kept).parent.mkdir(parents=True)
    (out / kept).write_bytes(b"dear")
    (out / "config.json").write_text("{}", encoding="utf-8")

    assert main([str(checkpoint), "--out", str(out), "--data", str(data)]) == 1

    assert f"holds {kept.split('/')[0]}, which no model folder has" in capsys.readouterr().err
    assert (out / kept).read_bytes() == b"dear"


@pytest.fixture
def own(tmp_path: Path) -> Path:
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
            "calibration": torch.randint(0, 256, (200, 40, 40, 3), dtype=torch.uint8),
            "seed": 0,
            "minutes": 0.0,
        },
    )
    return path


def test_our_own_checkpoint_needs_no_option(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model"

    assert main([str(own), "--out", str(out)]) == 0

    assert "image tower: " in capsys.readouterr().out
    for precision in ("float", "quantized"):
        folder = read_model_folder(out, precision=precision)
        assert (folder.name, folder.dim) == ("Tiny", 32)
        assert OnnxEncoder(folder).encode_texts(["a dog", "a photo of a beach"]).shape == (2, 32)


def test_an_earlier_model_of_ours_gives_way_but_leaves_its_card(own: Path, tmp_path: Path) -> None:
    out = tmp_path / "model"
    out.mkdir()
    (out / "MODEL_CARD.md").write_text("# Card\n", encoding="utf-8")
    (out / "onnx").mkdir()
    (out / "onnx" / "old.onnx").write_bytes(b"")

    assert main([str(own), "--out", str(out), "--int8-only"]) == 0

    assert (out / "MODEL_CARD.md").read_text(encoding="utf-8") == "# Card\n"
    assert sorted(path.name for path in (out / "onnx").iterdir()) == [
        "text_model_quantized.onnx", "vision_model_quantized.onnx",
    ]  # fmt: skip
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".model")]


def test_a_refused_int8_form_leaves_the_earlier_model(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model"
    out.mkdir()
    (out / "config.json").write_text("{}", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise QuantizationError("No int8 form is good enough.")

    monkeypatch.setattr(export, "quantize_tower", refuse)

    assert main([str(own), "--out", str(out)]) == 1

    assert capsys.readouterr().err == "No int8 form is good enough.\n"
    assert [path.name for path in out.iterdir()] == ["config.json"]
