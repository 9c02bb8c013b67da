"""Decodes pictures once, into a memory-mapped file of squares; the broken ones are listed."""

import hashlib
import json
import logging
import os
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.lib.format import open_memmap
from numpy.typing import NDArray
from PIL import Image, ImageOps
from torch import Tensor

from models.training_data import TrainingDataError, require_space

log = logging.getLogger(__name__)

_TOGETHER = 256
"""So many pictures are decoded between two writes."""
_LOGGED = 16 * _TOGETHER


@dataclass(frozen=True)
class SquareShape:
    """How a picture becomes a square.

    Attributes:
        side_px: its side.
        crops: whether the middle is cut out, as CLIP does, or the whole picture squashed.
    """

    side_px: int
    crops: bool


@dataclass(frozen=True)
class Squares:
    """Decoded pictures.

    Attributes:
        pixels: uint8, shape ``(n, side, side, 3)``, in a file; only what is used gets read.
        rows: of the pictures that were asked for, those that could be decoded, in their order.
        broken: the others, with the reasons.
    """

    pixels: Tensor
    rows: tuple[int, ...]
    broken: tuple[tuple[str, str], ...]


def decode_square(path: Path, shape: SquareShape) -> NDArray[np.uint8]:
    """Decode a picture upright and make it a square, RGB, shape ``(side, side, 3)``.

    Raises:
        OSError: it cannot be decoded, as do ValueError, SyntaxError and Pillow's own errors.
    """
    side = shape.side_px
    with Image.open(path) as image:
        # Large JPEGs are decoded at a fraction of their size.
        image.draft("RGB", (2 * side, 2 * side))
        upright = ImageOps.exif_transpose(image).convert("RGB")
    if shape.crops:
        square = ImageOps.fit(upright, (side, side), Image.Resampling.BICUBIC)
    else:
        square = upright.resize((side, side), Image.Resampling.BICUBIC)
    return np.asarray(square, dtype=np.uint8)


def _try_decode(path: Path, shape: SquareShape) -> NDArray[np.uint8] | str:
    try:
        return decode_square(path, shape)
    except Exception as error:  # noqa: BLE001 - decoders raise all kinds; one file must not end it
        return str(error) or type(error).__name__


def _fingerprint(paths: Sequence[Path], shape: SquareShape) -> str:
    digest = hashlib.sha256(json.dumps(asdict(shape)).encode())
    for path in paths:
        facts = path.stat()
        digest.update(os.fsencode(path.absolute()))  # a name may be no text
        digest.update(f"\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _decode_all(
    paths: Sequence[Path], shape: SquareShape, target: Path
) -> tuple[list[int], list[tuple[str, str]]]:
    """Write squares to ``target``; return which pictures they are and which are broken."""
    side = shape.side_px
    require_space(target.parent, len(paths) * side * side * 3)
    squares = open_memmap(target, "w+", np.uint8, (len(paths), side, side, 3))
    rows: list[int] = []
    broken: list[tuple[str, str]] = []
    with ThreadPoolExecutor(os.cpu_count()) as pool, warnings.catch_warnings():
        # A picture over Pillow's first limit is decoded all the same, one over its second is not.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        for start in range(0, len(paths), _TOGETHER):
            chunk = paths[start : start + _TOGETHER]
            for offset, square in enumerate(pool.map(lambda path: _try_decode(path, shape), chunk)):
                if isinstance(square, str):
                    broken.append((str(chunk[offset]), square))
                else:
                    squares[len(rows)] = square
                    rows.append(start + offset)
            if start % _LOGGED == 0:
                log.info("decoding: %d of %d pictures", start, len(paths))
    squares.flush()
    return rows, broken


def load_squares(paths: Sequence[Path], shape: SquareShape, cache: Path) -> Squares:
    """Decode pictures, or take them from the file of an earlier run over the same ones.

    Args:
        paths: the pictures.
        shape: how they become squares.
        cache: a ``.npy`` file; what belongs to it is kept beside it as ``.json``.

    Raises:
        TrainingDataError: none of them could be decoded.
        OSError: the cache cannot be written.
    """
    notes = cache.with_suffix(".json")
    fingerprint = _fingerprint(paths, shape)
    kept = json.loads(notes.read_text(encoding="utf-8")) if notes.is_file() else {}
    if kept.get("fingerprint") != fingerprint or not cache.is_file():
        cache.parent.mkdir(parents=True, exist_ok=True)
        unfinished = cache.with_suffix(".part")
        try:
            rows, broken = _decode_all(paths, shape, unfinished)
            notes.unlink(missing_ok=True)
            os.replace(unfinished, cache)
        finally:
            unfinished.unlink(missing_ok=True)
        kept = {"fingerprint": fingerprint, "rows": rows, "broken": broken}
        notes.write_text(json.dumps(kept), encoding="utf-8")
    if not kept["rows"]:
        raise TrainingDataError(f"None of {len(paths)} pictures could be decoded.")
    # Mapped for copy-on-write, since torch wants memory that it might write to.
    mapped = np.load(cache, mmap_mode="c")[: len(kept["rows"])]
    return Squares(
        torch.from_numpy(mapped),
        tuple(kept["rows"]),
        tuple((str(path), str(reason)) for path, reason in kept["broken"]),
    )
