"""A folder of two finished towers, small enough to be kept with the code and gone on from.

``image_tower.safetensors`` and ``text_tower.safetensors`` hold the weights, matrices and kernels
in float16, ``tokenizer.json`` the vocabulary, ``settings.json`` all else. What an optimizer needs
is not in it: :mod:`models.checkpoint` keeps that while a training runs.
"""

import json
import math
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor

from models.checkpoint import CheckpointError
from models.towers import (
    ImageTower,
    TextTower,
    image_tower_from_dict,
    text_tower_from_dict,
    tower_to_dict,
)

FORMAT = "image-seeker-towers-1"
SETTINGS_FILE = "settings.json"
IMAGE_FILE = "image_tower.safetensors"
TEXT_FILE = "text_tower.safetensors"
TOKENIZER_FILE = "tokenizer.json"


@dataclass(frozen=True)
class TrainedTowers:
    """Two finished towers and all that is needed to use them or to go on with them.

    Attributes:
        name: the model's name, for people.
        image: the image tower, in evaluation mode.
        text: the text tower, in evaluation mode.
        tokenizer: of the text tower.
        side_px: the side of the squares that pictures are squashed to.
        logit_scale: the factor on cosines, not its logarithm.
        seed: of the training.
        minutes: wall time of the training, over all that it went on from.
        trained_on: what it has seen, one data set an entry.
    """

    name: str
    image: ImageTower
    text: TextTower
    tokenizer: Tokenizer
    side_px: int
    logit_scale: float
    seed: int
    minutes: float
    trained_on: tuple[str, ...] = ()


def is_tower_folder(path: Path) -> bool:
    """Tell whether a folder looks as if :func:`write_tower_files` had made it."""
    return (path / SETTINGS_FILE).is_file() and (path / IMAGE_FILE).is_file()


def _halve(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Store matrices and kernels as float16; norms, whose variances may not fit, stay as is."""
    stored = {}
    for name, weight in weights.items():
        kept = weight.detach().to(torch.float16 if weight.ndim > 1 else weight.dtype)
        if kept.is_floating_point() and not bool(kept.isfinite().all()):
            raise CheckpointError(f"The weight {name} holds numbers that float16 cannot hold.")
        # Without this, kernels that are laid out channels last could not be written.
        stored[name] = kept.cpu().contiguous()
    return stored


def _write_into(folder: Path, towers: TrainedTowers) -> None:
    save_file(_halve(towers.image.state_dict()), folder / IMAGE_FILE)
    save_file(_halve(towers.text.state_dict()), folder / TEXT_FILE)
    for name in (IMAGE_FILE, TEXT_FILE):  # which safetensors makes readable for their owner alone
        (folder / name).chmod(0o644)
    towers.tokenizer.save(str(folder / TOKENIZER_FILE))
    settings = {
        "format": FORMAT,
        "name": towers.name,
        "image_shape": asdict(towers.image.shape),
        "text_shape": asdict(towers.text.shape),
        "side_px": towers.side_px,
        "logit_scale": towers.logit_scale,
        "seed": towers.seed,
        "minutes": towers.minutes,
        "trained_on": list(towers.trained_on),
    }
    text = json.dumps(settings, indent=2) + "\n"
    (folder / SETTINGS_FILE).write_text(text, encoding="utf-8")


def write_tower_files(folder: Path, towers: TrainedTowers) -> None:
    """Write a folder of towers; under its name it is either whole or as it was before.

    Args:
        folder: the folder to write; files of the same names in it are replaced, others stay.
        towers: what to write.

    Raises:
        CheckpointError: a weight is not finite.
        OSError: the folder cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        new = Path(scratch) / "new"
        new.mkdir()
        _write_into(new, towers)
        if folder.is_dir():
            for other in folder.iterdir():
                if other.is_file() and not (new / other.name).exists():
                    shutil.copy2(other, new / other.name)
            os.replace(folder, Path(scratch) / "old")
        os.replace(new, folder)


def _read_settings(folder: Path) -> dict[str, Any]:
    path = folder / SETTINGS_FILE
    if not path.is_file():
        raise CheckpointError(f"{folder} is no folder of towers: it has no {SETTINGS_FILE}.")
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CheckpointError(f"{path} cannot be read: it is not JSON.") from error
    if not isinstance(settings, dict) or settings.get("format") != FORMAT:
        raise CheckpointError(f"{path} is not of the format {FORMAT}.")
    return settings


def _read_weights(path: Path) -> dict[str, Tensor]:
    if not path.is_file():
        raise CheckpointError(f"There is no {path}.")
    try:
        weights = load_file(path)
    except SafetensorError as error:
        raise CheckpointError(f"{path} is damaged: {error}.") from error
    return {
        name: weight.float() if weight.is_floating_point() else weight
        for name, weight in weights.items()
    }


def _positive(settings: Mapping[str, Any], key: str) -> float:
    value = float(settings[key])
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{key} must be above 0")
    return value


def read_tower_files(folder: Path) -> TrainedTowers:
    """Read a folder of towers; no code in it is run.

    Args:
        folder: a folder that :func:`write_tower_files` wrote.

    Returns:
        The towers in float32, in evaluation mode.

    Raises:
        CheckpointError: a file is absent, damaged, or does not fit the others.
    """
    settings = _read_settings(folder)
    image_weights = _read_weights(folder / IMAGE_FILE)
    text_weights = _read_weights(folder / TEXT_FILE)
    if not (folder / TOKENIZER_FILE).is_file():
        raise CheckpointError(f"There is no {folder / TOKENIZER_FILE}.")
    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    except Exception as error:  # the tokenizers package raises bare Exception
        raise CheckpointError(f"{folder / TOKENIZER_FILE} cannot be read.") from error
    try:
        image = {"shape": settings["image_shape"], "weights": image_weights}
        text = {"shape": settings["text_shape"], "weights": text_weights}
        return TrainedTowers(
            name=str(settings["name"]),
            image=image_tower_from_dict(image).eval(),
            text=text_tower_from_dict(text).eval(),
            tokenizer=tokenizer,
            side_px=int(_positive(settings, "side_px")),
            logit_scale=_positive(settings, "logit_scale"),
            seed=int(settings["seed"]),
            minutes=float(settings["minutes"]),
            trained_on=tuple(str(source) for source in settings["trained_on"]),
        )
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise CheckpointError(f"The files of {folder} do not fit each other: {reason}.") from error


def towers_to_checkpoint(towers: TrainedTowers) -> dict[str, Any]:
    """Return the content of a final checkpoint, but for the pictures of the calibration."""
    return {
        "name": towers.name,
        "image_tower": tower_to_dict(towers.image),
        "text_tower": tower_to_dict(towers.text),
        "image_side_px": towers.side_px,
        "logit_scale": towers.logit_scale,
        "tokenizer": towers.tokenizer.to_str(),
        "seed": towers.seed,
        "minutes": towers.minutes,
    }
