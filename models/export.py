"""Turns a training checkpoint into a model folder that the program can read.

``python -m models.export CHECKPOINT --out models/starter``

Only checkpoints of ``models.train`` are understood so far; published CLIP-like models come later.
"""

import argparse
import json
import logging
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from models.augmentation import PIXEL_MEAN, PIXEL_STD, whole
from models.checkpoint import CheckpointError, load_checkpoint
from models.onnx_files import export_image_tower, export_text_tower, store_weights_as_half
from models.quantize import (
    Feed,
    QuantizationError,
    QuantizationResult,
    quantize_image_tower,
    quantize_text_tower,
)
from models.towers import image_tower_from_dict, text_tower_from_dict
from models.vocabulary import END, PAD, PAD_ID, START

log = logging.getLogger(__name__)

MODEL_TYPE = "image_seeker_dual_encoder"
PROBE_TEXTS = (
    "a photo of a dog",
    "two children playing on the beach",
    "a red car in front of a building",
    "mountains",
    "a photo of rock climbing",
    "a man in a blue shirt riding a bicycle down the street .",
)
"""Texts that the gate of the int8 text tower compares."""

_CARRIED_OVER = ("MODEL_CARD.md", "LICENSE")
"""Files of an earlier export that are written by people and kept."""


@dataclass(frozen=True)
class ExportReport:
    """How the two int8 files came out."""

    image: QuantizationResult
    text: QuantizationResult


def _write_json(path: Path, content: Mapping[str, object]) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def write_settings(folder: Path, content: Mapping[str, Any]) -> None:
    """Write the four JSON files of a model folder from a checkpoint's content."""
    image, text = content["image_tower"]["shape"], content["text_tower"]["shape"]
    side_px = int(content["image_side_px"])
    _write_json(
        folder / "config.json",
        {
            "model_type": MODEL_TYPE,
            "name": content["name"],
            "projection_dim": image["dim"],
            "logit_scale": content["logit_scale"],
            "vision_config": {
                "image_size": side_px,
                "hidden_sizes": list(image["widths"]),
                "depths": list(image["blocks"]),
            },
            "text_config": {
                "max_position_embeddings": text["max_positions"],
                "vocab_size": text["vocab_size"],
                "hidden_size": text["width"],
                "num_hidden_layers": text["layers"],
                "num_attention_heads": text["heads"],
                "pad_token_id": PAD_ID,
            },
        },
    )
    _write_json(
        folder / "preprocessor_config.json",
        {
            "image_processor_type": "CLIPImageProcessor",
            "do_convert_rgb": True,
            "do_resize": True,
            "size": {"height": side_px, "width": side_px},
            "resample": 3,
            "do_center_crop": False,
            "do_rescale": True,
            "rescale_factor": 1 / 255,
            "do_normalize": True,
            "image_mean": list(PIXEL_MEAN),
            "image_std": list(PIXEL_STD),
        },
    )
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": text["max_positions"],
            "pad_token": PAD,
            "bos_token": START,
            "eos_token": END,
            "padding_side": "right",
        },
    )
    Tokenizer.from_str(content["tokenizer"]).save(str(folder / "tokenizer.json"))


def _text_probes(tokenizer: Tokenizer) -> list[Feed]:
    probes: list[Feed] = []
    for text in PROBE_TEXTS:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        probes.append({"input_ids": ids, "attention_mask": np.ones_like(ids)})
    return probes


def _write_folder(folder: Path, content: Mapping[str, Any]) -> ExportReport:
    write_settings(folder, content)
    onnx_folder = folder / "onnx"
    onnx_folder.mkdir()
    side_px = int(content["image_side_px"])
    pixels = whole(content["calibration"], side_px).contiguous().numpy()
    calibration, held_out = np.array_split(pixels, [len(pixels) * 4 // 5])
    with TemporaryDirectory() as scratch:
        image, text = Path(scratch) / "image.onnx", Path(scratch) / "text.onnx"
        export_image_tower(image_tower_from_dict(content["image_tower"]), side_px, image)
        export_text_tower(text_tower_from_dict(content["text_tower"]), text)
        store_weights_as_half(image, onnx_folder / "vision_model.onnx")
        store_weights_as_half(text, onnx_folder / "text_model.onnx")
        return ExportReport(
            image=quantize_image_tower(
                image, onnx_folder / "vision_model_quantized.onnx", calibration, held_out
            ),
            text=quantize_text_tower(
                text,
                onnx_folder / "text_model_quantized.onnx",
                _text_probes(Tokenizer.from_str(content["tokenizer"])),
            ),
        )


def export_checkpoint(checkpoint: Path, out: Path) -> ExportReport:
    """Write a model folder; under its final name it is either whole or absent.

    Args:
        checkpoint: a final checkpoint of ``models.train``.
        out: the folder to write; an earlier one is replaced, its model card and licence kept.

    Raises:
        CheckpointError: the checkpoint cannot be used.
        QuantizationError: no int8 file passed its gate.
    """
    content = load_checkpoint(checkpoint)
    if "image_tower" not in content:
        raise CheckpointError(f"{checkpoint} is a checkpoint of an unfinished training.")
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as scratch:
        folder = Path(scratch) / "new"
        folder.mkdir()
        report = _write_folder(folder, content)
        for name in _CARRIED_OVER:
            if (out / name).is_file():
                shutil.copy2(out / name, folder / name)
        if out.exists():
            os.replace(out, Path(scratch) / "old")
        os.replace(folder, out)
    return report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m models.export", description=__doc__)
    parser.add_argument("checkpoint", type=Path, help="final.pt of models.train's work folder")
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.manual_seed(0)
    try:
        report = export_checkpoint(options.checkpoint, options.out)
    except (CheckpointError, QuantizationError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for tower, result in (("image", report.image), ("text", report.text)):
        print(f"{tower} tower: {result.method}, cosine {result.cosine:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
