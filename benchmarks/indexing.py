"""Pictures a second while indexing, beside the limit of the same machine in the same run.

The limit is ``cores / (decode CPU seconds + encode CPU seconds)`` for one picture: what could be
reached if every core did nothing else. Also printed: how long a second run takes in which
nothing has changed.

    python benchmarks/indexing.py FOLDER [--model DIR] [--copies N]
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError, read_picture
from desktop_app.engine.library import Library
from desktop_app.engine.model.shelf import SingleModel
from desktop_app.engine.paths import DataPaths, builtin_model_folder
from desktop_app.engine.protocols import Encoder
from desktop_app.engine.records import IndexSummary

SAMPLE = 200
BATCH = 16


def cpu_seconds(files: list[Path], encoder: Encoder) -> tuple[float, float]:
    """CPU seconds to decode and to encode one picture, averaged over some of them."""
    sample = files[:: max(1, len(files) // SAMPLE)][:SAMPLE]
    limits = DecodeLimits()
    decoded = []
    started = time.process_time()
    for file in sample:
        try:
            decoded.append(read_picture(str(file), encoder.resizer, encoder.input_side_px, limits))
        except UndecodableError:
            continue
    decode_s = (time.process_time() - started) / len(decoded)
    pixels = np.stack([picture.pixels for picture in decoded])
    encoder.encode_pictures(pixels[:BATCH])
    started = time.process_time()
    for first in range(0, len(pixels), BATCH):
        encoder.encode_pictures(pixels[first : first + BATCH])
    return decode_s, (time.process_time() - started) / len(pixels)


def index(library: Library, folder: Path) -> IndexSummary:
    """Index a folder to the end."""
    for report in library.index([folder], CancelToken()):
        if isinstance(report, IndexSummary):
            return report
    raise AssertionError("an indexing run ends with a summary")


@contextmanager
def copied(folder: Path, copies: int) -> Iterator[Path]:
    """The folder itself, or several linked copies of it for a longer run."""
    if copies == 1:
        yield folder
        return
    with tempfile.TemporaryDirectory() as many:
        for number in range(copies):
            for file in folder.rglob("*"):
                if file.is_file():
                    target = Path(many) / str(number) / file.relative_to(folder)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.symlink_to(file)
        yield Path(many)


def main() -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", type=Path, default=builtin_model_folder())
    parser.add_argument("--copies", type=int, default=1, help="index the pictures this many times")
    options = parser.parse_args()
    folder = options.folder.absolute()
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    cores = os.cpu_count() or 1
    models = SingleModel(options.model)
    encoder = models.load(models.installed()[0].name)
    decode_before, encode_before = cpu_seconds(files, encoder)

    with tempfile.TemporaryDirectory() as data, copied(folder, options.copies) as pictures:
        library = Library.open(DataPaths.below(Path(data)), models)
        first = index(library, pictures)
        second = index(library, pictures)
        library.close()

    # Measured on both sides of the run, since the machine's speed drifts.
    decode_after, encode_after = cpu_seconds(files, encoder)
    decode_s = (decode_before + decode_after) / 2
    encode_s = (encode_before + encode_after) / 2
    limit = cores / (decode_s + encode_s)
    speed = first.added / first.seconds
    print(f"model                     {encoder.info.name}")
    print(f"pictures                  {first.added} indexed, {len(first.failed)} failed")
    print(f"decode, CPU a picture     {decode_s * 1000:8.2f} ms")
    print(f"encode, CPU a picture     {encode_s * 1000:8.2f} ms")
    print(f"limit on {cores} cores         {limit:8.1f} pictures/s")
    print(f"reached                   {speed:8.1f} pictures/s = {speed / limit:.0%} (goal 75%)")
    print(f"first run                 {first.seconds:8.2f} s")
    ratio = second.seconds / first.seconds
    print(f"second run, unchanged     {second.seconds:8.2f} s = {ratio:.1%} (goal under 10%)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
