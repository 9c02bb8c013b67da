"""Turns a checkpoint into a model folder that the program can read, and checks it.

``python -m models.export CHECKPOINT --out models/NAME --data ../shared/data``

CHECKPOINT is a folder or a hub name of CLIP, SigLIP, SigLIP 2 or Chinese-CLIP as transformers
keeps them; a text tower of sentence-transformers (with ``--images CHECKPOINT`` for the image tower
of its space); or what ``models.train`` wrote. Nothing appears under the final name before all
checks have passed.
"""

import argparse
import json
import logging
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.layout import CONFIG, PREPROCESSOR, TOKENIZER, TOKENIZER_CONFIG
from desktop_app.engine.model.model_folder import read_model_folder
from models.check_material import (
    SENTENCES,
    CheckDataError,
    CheckMaterial,
    encode_pixels,
    read_material,
)
from models.checkpoint import CheckpointError
from models.export_card import ExportReport, licence_text, render_card
from models.families import open_checkpoint
from models.families.dual_encoder import DualEncoder
from models.onnx_files import (
    export_image_tower,
    export_text_tower,
    store_weights_as_half,
    weight_bytes,
)
from models.os_errors import is_full, say_os_error
from models.quantize import Feed, QuantizationError, QuantizationResult, quantize_tower
from models.self_check import CheckSizes, SelfCheck, SelfCheckError, prepare_pictures, text_feed

log = logging.getLogger(__name__)

__all__ = ["ExportError", "ExportReport", "check_place", "export_checkpoint", "main"]

IMAGE_FILE, TEXT_FILE = "vision_model.onnx", "text_model.onnx"
CARD_FILE, LICENCE_FILE = "MODEL_CARD.md", "LICENSE"
_CARRIED_OVER = (CARD_FILE, LICENCE_FILE)
"""Of our own models, these files of an earlier export are written by people and kept."""

CHECK_SIZES = CheckSizes()
"""What every export is compared on."""

_BATCH = 8
_NEEDED_PER_WEIGHT_BYTE = 2.6
"""On the disk meanwhile: the float towers, their int8 form, and one more form being tried."""


class ExportError(Exception):
    """The model folder cannot be written; the text says why."""


class _StopWatch:
    """Measures the steps of an export."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done inside."""
        log.info("%s ...", name)
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


def _write_json(path: Path, content: Mapping[str, object]) -> None:
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")


def write_settings(folder: Path, original: DualEncoder) -> None:
    """Write the four JSON files of a model folder."""
    _write_json(folder / CONFIG, original.config)
    _write_json(folder / PREPROCESSOR, original.preprocessor)
    _write_json(folder / TOKENIZER_CONFIG, original.tokenizer_config)
    original.tokenizer.save(str(folder / TOKENIZER))


def _write_float_towers(folder: Path, exact: Path, original: DualEncoder) -> None:
    """Write the float towers, and those to quantize from to `exact`, which may be the same."""
    image, text = exact / IMAGE_FILE, exact / TEXT_FILE
    export_image_tower(original.image_tower, original.shape_px, image)
    length = original.text_length if original.pads_texts else None
    export_text_tower(original.text_tower, text, original.text_inputs, length)
    if original.halves_weights:
        for path in (image, text):
            store_weights_as_half(path, folder / path.name)


def _picture_feeds(pictures: Sequence[bytes], folder: Path) -> list[Feed]:
    if not pictures:
        return []
    pixels = prepare_pictures(pictures, read_model_folder(folder, precision="float"))
    starts = range(0, len(pixels), _BATCH)
    return [{"pixel_values": pixels[start : start + _BATCH]} for start in starts]


def _quantize(
    folder: Path, exact: Path, original: DualEncoder, material: CheckMaterial, sizes: CheckSizes
) -> tuple[QuantizationResult, QuantizationResult]:
    onnx_folder = folder / "onnx"
    image = quantize_tower(
        exact / IMAGE_FILE,
        onnx_folder / "vision_model_quantized.onnx",
        _picture_feeds(material.pictures[: sizes.pictures], folder),
        calibration=_picture_feeds(material.calibration, folder),
    )
    tokens = original.reference.tokens(material.sentences[: sizes.sentences])
    text = quantize_tower(
        exact / TEXT_FILE,
        onnx_folder / "text_model_quantized.onnx",
        [text_feed(ids, original.text_inputs) for ids in tokens],
    )
    return image, text


def _material(original: DualEncoder, data: Path | None, sizes: CheckSizes) -> CheckMaterial:
    """Find what to check with: in `data`, or in the checkpoint where it carries pictures."""
    carried = original.calibration
    if data is not None:
        material = read_material(data, sizes.prepared, calibrates=original.is_convolutional)
        if carried is not None and original.is_convolutional:
            return replace(material, calibration=encode_pixels(carried))
        return material
    if carried is None:
        raise CheckDataError(
            "An export is checked on real pictures, and this checkpoint carries none: name a"
            " folder of pictures with --data."
        )
    kept, checked = np.array_split(carried, [len(carried) * 4 // 5])
    calibration = encode_pixels(kept) if original.is_convolutional else ()
    return CheckMaterial(encode_pixels(checked), SENTENCES, calibration)


def _check_space(original: DualEncoder, folder: Path) -> None:
    weights = weight_bytes(original.image_tower) + weight_bytes(original.text_tower)
    needed = int(weights * _NEEDED_PER_WEIGHT_BYTE)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ExportError(
            f"The export needs about {needed / 1e6:,.0f} MB on the disk of {folder}, and"
            f" {free / 1e6:,.0f} MB are free."
        )


def _write_folder(
    folder: Path,
    original: DualEncoder,
    material: CheckMaterial,
    sizes: CheckSizes,
    keeps_float: bool,
) -> ExportReport:
    watch, onnx_folder = _StopWatch(), folder / "onnx"
    onnx_folder.mkdir(parents=True)
    exact = folder.with_name("exact") if original.halves_weights else onnx_folder
    exact.mkdir(exist_ok=True)
    write_settings(folder, original)
    with watch.step("export"):
        _write_float_towers(onnx_folder, exact, original)
    with watch.step("check"):
        checks = SelfCheck(original, folder, material, sizes).run()
    with watch.step("quantize"):
        image, text = _quantize(folder, exact, original, material, sizes)
    # Whatever the gate says, the program must be able to read them too.
    read_model_folder(folder, precision="quantized")
    if not keeps_float:
        _remove_float_towers(onnx_folder)
    report = ExportReport(image, text, checks, _size_bytes(folder), watch.seconds)
    prepared = min(sizes.prepared, len(material.pictures))
    (folder / CARD_FILE).write_text(render_card(original, report, prepared), encoding="utf-8")
    (folder / LICENCE_FILE).write_text(licence_text(original.facts), encoding="utf-8")
    return report


def _size_bytes(folder: Path) -> dict[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}


def _remove_float_towers(onnx_folder: Path) -> None:
    for name in (IMAGE_FILE, TEXT_FILE):
        for path in (onnx_folder / name, *onnx_folder.glob(f"{name}[._]data")):
            path.unlink()


def _move_to_place(folder: Path, out: Path, scratch: Path) -> None:
    """Put a finished folder under its name; should that fail, the earlier one is there again."""
    old = scratch / "old"
    if out.exists():
        os.replace(out, old)
    try:
        os.replace(folder, out)
    except BaseException:  # an interruption too
        if old.exists() and not out.exists():
            os.replace(old, out)
        raise


def check_place(out: Path) -> None:
    """Make sure that nothing is lost where a model folder takes the place of what is there.

    Raises:
        ExportError: `out` is a file, or holds something else than an earlier model.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise ExportError(f"{out} is a file; name a folder with --out.")
    known = {CONFIG, PREPROCESSOR, TOKENIZER, TOKENIZER_CONFIG, CARD_FILE, LICENCE_FILE, "onnx"}
    others = sorted(path.name for path in out.iterdir() if path.name not in known)
    if others:
        raise ExportError(
            f"{out} holds {others[0]}, which no model folder has, and would be replaced: name"
            " another folder with --out."
        )


def export_checkpoint(
    checkpoint: Path | str,
    out: Path,
    *,
    images: str | None = None,
    data: Path | None = None,
    sizes: CheckSizes = CHECK_SIZES,
    keeps_float: bool = True,
    title: str = "",
) -> ExportReport:
    """Write a model folder and check it; under its final name it is either whole or absent.

    Args:
        checkpoint: a file, a folder, or a name of the hub.
        out: the folder to write. An earlier one is replaced; of our own models, its card and
            licence are kept.
        images: the checkpoint whose image tower goes with a text tower alone.
        data: pictures and captions to check with, see `check_material.read_material`; may be None
            for checkpoints of `models.train`, which carry some.
        sizes: how much is compared.
        keeps_float: whether the float towers stay beside the int8 ones.
        title: what the model is called; empty for what its checkpoint is called.

    Raises:
        CheckpointError: the checkpoint cannot be used.
        CheckDataError: there are no pictures to check with.
        SelfCheckError: the export is not what the checkpoint is.
        QuantizationError: no int8 file passed its gate.
        ExportError: there is no room, or `out` holds something else than a model.
        OSError: the checkpoint or the pictures cannot be read, or `out` cannot be replaced.
    """
    check_place(out)
    name = checkpoint.as_posix() if isinstance(checkpoint, Path) else checkpoint
    original = open_checkpoint(name, images)
    if title:
        original = replace(original, name=title, config={**original.config, "name": title})
    material = _material(original, data, sizes)
    out.parent.mkdir(parents=True, exist_ok=True)
    _check_space(original, out.parent)
    with TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as scratch:
        folder = Path(scratch) / "model" / out.name
        try:
            report = _write_folder(folder, original, material, sizes, keeps_float)
        except ModelError as error:
            raise SelfCheckError(f"The program refuses the exported model: {error}") from error
        except OSError as error:
            raise ExportError(_say_os_error(error, out)) from error
        if not original.facts.base_model:  # one of our own
            for kept in _CARRIED_OVER:
                if (out / kept).is_file():
                    shutil.copy2(out / kept, folder / kept)
        _move_to_place(folder, out, Path(scratch))
    return report


def _say_os_error(error: OSError, out: Path) -> str:
    if is_full(error):
        return f"The disk of {out.parent} is full: nothing was written to {out}."
    return say_os_error(error, out)


def _say_report(report: ExportReport) -> Iterator[str]:
    checks = report.checks
    yield f"torch against ONNX: cosine {checks.image_cosine:.6f} (pictures)"
    yield f"torch against ONNX: cosine {checks.text_cosine:.6f} (sentences)"
    yield (
        f"preprocessing: {checks.prepared_identical} pictures identical, cosine of the others"
        f" {checks.prepared_cosine:.6f}"
    )
    yield f"tokens: {checks.strings} strings identical"
    for tower, result in (("image", report.image), ("text", report.text)):
        kept = f", {len(result.kept_float)} layers left in float" if result.kept_float else ""
        yield (
            f"{tower} tower: {result.method}, cosine {result.cosine:.4f}, same neighbours"
            f" {result.overlap:.3f}{kept}"
        )
    yield f"{sum(report.size_bytes.values()) / 1e6:.1f} MB in {sum(report.seconds.values()):.0f} s"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m models.export",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("checkpoint", help="a folder, a hub name, or final.pt of models.train")
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")
    parser.add_argument(
        "--data", type=Path,
        help="pictures and captions to check with; checkpoints of models.train carry their own",
    )  # fmt: skip
    parser.add_argument(
        "--images", metavar="CHECKPOINT", help="whose image tower goes with a text tower alone"
    )
    parser.add_argument(
        "--int8-only", action="store_true", help="leave the float towers out of the folder"
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parse(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.manual_seed(0)
    try:
        report = export_checkpoint(
            options.checkpoint,
            options.out,
            images=options.images,
            data=options.data,
            sizes=CHECK_SIZES,
            keeps_float=not options.int8_only,
        )
    except (
        CheckpointError, CheckDataError, ExportError, QuantizationError, SelfCheckError
    ) as error:  # fmt: skip
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(_say_os_error(error, options.out), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"Interrupted: nothing was written to {options.out}.", file=sys.stderr)
        return 1
    for line in _say_report(report):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
