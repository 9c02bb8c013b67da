"""One adapter a family: from a checkpoint to a `DualEncoder` that can be exported."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.checkpoint import CheckpointError
from models.families.checkpoint_files import CheckpointFiles, find_checkpoint, refuse_finished
from models.families.chinese_clip import open_chinese_clip
from models.families.clip import open_clip
from models.families.dual_encoder import DualEncoder
from models.families.own_model import is_own, open_own
from models.families.sentence_pair import MODULES_FILE, image_side, open_sentence_pair
from models.families.siglip import open_siglip, refuse_naflex
from models.families.transformers_parts import read_json

PICTURES_FILE = "calibration.npy"
"""Beside a fine-tuned checkpoint: some of its training pictures, uint8, ``(n, side, side, 3)``."""

_FAMILIES: Mapping[str, Callable[[CheckpointFiles], DualEncoder]] = {
    "clip": open_clip,
    "siglip": open_siglip,
    "siglip2": refuse_naflex,
    "chinese_clip": open_chinese_clip,
}
_KNOWN = (
    "CLIP, SigLIP, SigLIP 2, Chinese-CLIP, text towers of sentence-transformers, and checkpoints of"
    " models.train"
)


def open_checkpoint(source: str, images: str | None = None) -> DualEncoder:
    """Open a checkpoint of any known family.

    Args:
        source: a file or folder, or a name of the hub.
        images: the checkpoint that lends its image tower to a text tower alone.

    Raises:
        CheckpointError: it is absent, damaged, incomplete or of an unknown family.
    """
    files = image_side(find_checkpoint(source))
    if (files.path / MODULES_FILE).is_file():
        return open_sentence_pair(files, None if images is None else _open_whole(images))
    if images is not None:
        raise CheckpointError(f"{source} has an image tower of its own: leave --images out.")
    return _open_files(files)


def _open_whole(source: str) -> DualEncoder:
    return _open_files(image_side(find_checkpoint(source)))


def _open_files(files: CheckpointFiles) -> DualEncoder:
    if is_own(files.path):
        return open_own(files)
    refuse_finished(files.path)
    if not (files.path / "config.json").is_file():
        raise CheckpointError(f"{files.path} is not a checkpoint: config.json is missing.")
    model_type = read_json(files.path, "config.json").get("model_type")
    opener = _FAMILIES.get(model_type) if isinstance(model_type, str) else None
    if opener is None:
        raise CheckpointError(
            f"{files.name} is of a family that cannot be exported: {model_type}."
            f" Known are {_KNOWN}."
        )
    return replace(opener(files), calibration=_carried_pictures(files.path))


def _carried_pictures(folder: Path) -> NDArray[np.uint8] | None:
    """Return the training pictures that a fine-tuned checkpoint carries to be checked with."""
    path = folder / PICTURES_FILE
    if not path.is_file():
        return None
    try:
        pictures = np.load(path, allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise CheckpointError(f"{path} is damaged.") from error
    if pictures.dtype != np.uint8 or pictures.ndim != 4 or pictures.shape[-1] != 3:
        raise CheckpointError(f"{path} holds no pictures.")
    carried: NDArray[np.uint8] = pictures
    return carried
