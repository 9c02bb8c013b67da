"""Reads the training pictures and their words: ``captions.csv`` beside plain tars of WebP files."""

import csv
import hashlib
import io
import os
import shutil
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray
from PIL import Image

LABEL = "label"


class TrainingDataError(Exception):
    """The training folder lacks something; the text says what, for the person at the terminal."""


@dataclass(frozen=True)
class PictureRecord:
    """A training picture and what is said of it.

    Attributes:
        file: the member's name in one of the tars of its source.
        source: the data set it is from, which is also the start of its tars' names.
        kind: ``sentence`` (several human sentences) or ``label`` (one class name).
        split: ``train`` or ``dev``.
        captions: its sentences, or its one class name.
    """

    file: str
    source: str
    kind: str
    split: str
    captions: tuple[str, ...]


def read_records(folder: Path) -> list[PictureRecord]:
    """Read ``captions.csv`` and gather the sentences of each picture, in order of first mention.

    Raises:
        TrainingDataError: there is no ``captions.csv``.
    """
    path = folder / "captions.csv"
    if not path.is_file():
        raise TrainingDataError(f"There is no {path}.")
    captions: dict[tuple[str, str], list[str]] = defaultdict(list)
    facts: dict[tuple[str, str], tuple[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            key = (row["source"], row["file"])
            captions[key].append(row["caption"])
            facts[key] = (row["kind"], row["split"])
    return [
        PictureRecord(file, source, *facts[source, file], tuple(captions[source, file]))
        for source, file in captions
    ]


def squash(image: Image.Image, side_px: int) -> NDArray[np.uint8]:
    """Resize to a square without cropping, as the model's preprocessing does.

    Returns:
        RGB values, shape ``(side_px, side_px, 3)``.
    """
    rgb = image.convert("RGB")
    if rgb.size != (side_px, side_px):
        rgb = rgb.resize((side_px, side_px), Image.Resampling.BICUBIC)
    return np.asarray(rgb, dtype=np.uint8)


def _tar_members(paths: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        with tarfile.open(path) as archive:
            for member in archive:
                stream = archive.extractfile(member)
                if stream is not None:
                    yield member.name, stream.read()


def _fill(
    pictures: NDArray[np.uint8], folder: Path, records: Sequence[PictureRecord], side_px: int
) -> None:
    """Decode every record's picture once, each into its row.

    Raises:
        TrainingDataError: a record's picture is in none of its source's tars.
    """
    missing = {(record.source, record.file): index for index, record in enumerate(records)}

    def decode(index: int, encoded: bytes) -> None:
        with Image.open(io.BytesIO(encoded)) as image:
            pictures[index] = squash(image, side_px)

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # Pillow decodes without Python's lock
        for source in sorted({record.source for record in records}):
            found = []
            for name, encoded in _tar_members(sorted(folder.glob(f"{source}-*.tar"))):
                index = missing.pop((source, name), None)
                if index is not None:
                    found.append(pool.submit(decode, index, encoded))
            for each in found:
                each.result()
    if missing:
        source, name = next(iter(missing))
        raise TrainingDataError(
            f"{len(missing)} pictures of captions.csv are in no tar of {folder};"
            f" the first is {name} ({source})."
        )


def require_space(folder: Path, needed: int) -> None:
    """Make sure that a mapped file fits on the disk.

    Writing to one on a full disk would end the process without a word.

    Raises:
        OSError: it does not fit.
    """
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise OSError(
            f"{folder} has {free / 1e6:.0f} MB left; the decoded pictures need"
            f" {needed / 1e6:.0f} MB."
        )


def load_pictures(
    folder: Path, records: Sequence[PictureRecord], side_px: int, cache: Path
) -> NDArray[np.uint8]:
    """Decode every record's picture into a mapped file, which is kept for the next run.

    Only what is used of it gets read, so that it may be larger than the memory.

    Args:
        folder: the folder that holds the tars.
        records: which pictures, in which order.
        side_px: the side of the squares they are squashed to.
        cache: the file.

    Returns:
        Pictures in the records' order, shape ``(len(records), side_px, side_px, 3)``.

    Raises:
        TrainingDataError: a record's picture is in none of its source's tars.
        OSError: the file cannot be written.
    """
    order = "".join(f"{record.source}\0{record.file}\n" for record in records)
    digest = hashlib.sha256(f"{side_px}\n{order}".encode()).hexdigest()
    note = cache.with_suffix(".sha256")
    if not cache.is_file() or not note.is_file() or note.read_text(encoding="utf-8") != digest:
        cache.parent.mkdir(parents=True, exist_ok=True)
        unfinished = cache.with_suffix(".part")
        shape = (len(records), side_px, side_px, 3)
        require_space(cache.parent, int(np.prod(shape)))
        try:
            pictures = open_memmap(unfinished, "w+", np.uint8, shape)
            _fill(pictures, folder, records, side_px)
            pictures.flush()
            os.replace(unfinished, cache)
        finally:
            unfinished.unlink(missing_ok=True)
        note.write_text(digest, encoding="utf-8")
    # Mapped for copy-on-write, since torch wants memory that it might write to.
    kept: NDArray[np.uint8] = np.load(cache, mmap_mode="c")
    return kept
