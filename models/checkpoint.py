"""Training checkpoints: written whole or not at all, read without running code from them."""

import os
from pathlib import Path
from typing import Any

import torch

FORMAT = "image-seeker-checkpoint-1"


class CheckpointError(Exception):
    """The file is not a checkpoint of this workshop; the text says so in one sentence."""


def save_checkpoint(path: Path, content: dict[str, Any]) -> None:
    """Write a checkpoint beside its final name, then move it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    torch.save({"format": FORMAT, **content}, unfinished)
    os.replace(unfinished, path)


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Read a checkpoint.

    Raises:
        CheckpointError: the file is absent, damaged or made by something else.
    """
    if not path.is_file():
        raise CheckpointError(f"There is no checkpoint {path}.")
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises unrelated types for unreadable files
        raise CheckpointError(f"{path} is not a readable checkpoint.") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise CheckpointError(
            f"{path} is not a checkpoint written by models.train; other model families cannot be"
            " exported yet."
        )
    return content
