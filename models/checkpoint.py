"""Training checkpoints: written whole or not at all, read without running code from them.

Beside the newest checkpoint the one before it is kept, as ``NAME.previous.pt``: should the newest
turn out to be damaged, a training goes on from that.
"""

import logging
import os
from pathlib import Path
from typing import Any

import torch

log = logging.getLogger(__name__)

FORMAT = "image-seeker-checkpoint-1"


class CheckpointError(Exception):
    """The file is not a checkpoint of this workshop; the text says so in one sentence."""


def previous_of(path: Path) -> Path:
    """Return the name under which the checkpoint before the newest is kept."""
    return path.with_suffix(f".previous{path.suffix}")


def _write_through(path: Path, content: dict[str, Any]) -> None:
    """Write a file and wait until it is on the disk: a power cut must not leave half of it."""
    try:
        with path.open("wb") as file:
            torch.save({"format": FORMAT, **content}, file)
            file.flush()
            os.fsync(file.fileno())
    except RuntimeError as error:  # torch's word for a write that failed, as on a full disk
        raise OSError(f"{path} could not be written; is the disk full?") from error


def save_checkpoint(path: Path, content: dict[str, Any], *, keep_previous: bool = False) -> None:
    """Write a checkpoint beside its final name, then move it there.

    Args:
        path: its final name.
        content: tensors, numbers, texts, and lists and dictionaries of them.
        keep_previous: whether to keep the checkpoint that this one replaces.

    Raises:
        OSError: it could not be written; an earlier one is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    try:
        _write_through(unfinished, content)
        if keep_previous and path.is_file():
            os.replace(path, previous_of(path))
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def load_newest(path: Path) -> dict[str, Any] | None:
    """Read the newest whole checkpoint of a name.

    Returns:
        Its content; None where there is neither a newest nor a previous one.

    Raises:
        CheckpointError: there are some, but none of them is whole.
    """
    found = [file for file in (path, previous_of(path)) if file.is_file()]
    for file in found:
        try:
            return load_checkpoint(file)
        except CheckpointError as error:
            if file == found[-1]:
                raise
            log.warning("%s The one before it is used.", error)
    return None


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
            f"{path} is not a checkpoint written by models.train; one of another family is named by"
            " its folder."
        )
    return content
