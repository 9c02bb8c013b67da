"""Pictures a second while indexing, beside the limit of the same machine in the same run.

The limit is ``cores / (decode CPU seconds + encode CPU seconds)`` for one picture: what could be
reached if every core did nothing else. Beside stand also the time until the first pictures can be
found, memory of all processes together, what a picture takes on disk, a second run in which nothing
has changed, and, where torch and transformers are installed, a plain loop of these.

    python benchmarks/indexing.py FOLDER [--model DIR] [--copies N] [--large N]

``--large`` blows pictures of the folder up to 12 megapixels, with grain, as a camera writes them.
Starting the processes takes a second: a run of few pictures shows little but that.
A model of another size comes from `python benchmarks/export.py clip --keep ...`.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import psutil
from PIL import Image, ImageChops

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError, read_picture
from desktop_app.engine.library import Library
from desktop_app.engine.model.shelf import SingleModel
from desktop_app.engine.paths import DataPaths, builtin_model_folder
from desktop_app.engine.protocols import Encoder
from desktop_app.engine.records import IndexProgress, IndexSummary
from plain_loop import pictures_per_second

SAMPLE = 200
BATCH = 16
PLAIN_SAMPLE = 48
PIPELINE_SAMPLE = 400
PIPELINE_BATCH = 8
LARGE_PX = (4000, 3000)
GRAIN = 9.0
MIB = 1024 * 1024


@dataclass(frozen=True)
class Run:
    """What an indexing run did.

    Attributes:
        summary: What it says of itself.
        first_s: Seconds until the first pictures could be found.
        first: How many these were.
        peak_mib: Most memory of all processes together.
    """

    summary: IndexSummary
    first_s: float
    first: int
    peak_mib: float

    @property
    def later_per_second(self) -> float:
        """Pictures a second once the processes run and the model is loaded.

        What was decoded by then counts, too: of a few hundred pictures it is too much.
        """
        seconds = self.summary.seconds - self.first_s
        return (self.summary.added - self.first) / seconds if seconds > 0 else 0.0


class MemoryWatch:
    """Looks at the memory of this process and its children several times a second."""

    def __init__(self) -> None:
        self.peak_mib = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        me = psutil.Process()
        while not self._over.wait(0.2):
            total = 0
            for process in (me, *me.children(recursive=True)):
                try:
                    # What several processes share is counted once for each: an upper bound.
                    total += process.memory_info().rss
                except psutil.Error:  # ended this instant
                    continue
            self.peak_mib = max(self.peak_mib, total / MIB)


def cpu_seconds(files: Sequence[Path], encoder: Encoder) -> tuple[float, float]:
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


def plain_pipeline(files: Sequence[Path], encoder: Encoder, cores: int) -> float:
    """Pictures a second of threads that do nothing but decode and encode, one a core.

    What is left out: processes that may crash, thumbnails' files, the catalog, the index.
    """
    sample = files[:: max(1, len(files) // PIPELINE_SAMPLE)][:PIPELINE_SAMPLE]
    limits = DecodeLimits()

    def work(start: int) -> int:
        pixels = []
        for file in sample[start : start + PIPELINE_BATCH]:
            try:
                pixels.append(
                    read_picture(str(file), encoder.resizer, encoder.input_side_px, limits).pixels
                )
            except UndecodableError:
                continue
        if pixels:
            encoder.encode_pictures(np.stack(pixels))
        return len(pixels)

    started = time.perf_counter()
    with ThreadPoolExecutor(cores) as threads:
        done = sum(threads.map(work, range(0, len(sample), PIPELINE_BATCH)))
    return done / (time.perf_counter() - started)


def index(library: Library, folder: Path) -> Run:
    """Index a folder to the end."""
    started, first_s, first = time.perf_counter(), 0.0, 0
    with MemoryWatch() as memory:
        for report in library.index([folder], CancelToken()):
            if isinstance(report, IndexProgress) and report.added_ids and not first_s:
                first_s, first = time.perf_counter() - started, len(report.added_ids)
            if isinstance(report, IndexSummary):
                summary = report
    return Run(summary, first_s, first, memory.peak_mib)


def pictures_in(folder: Path) -> list[Path]:
    """All files of a folder and of those below it, in order."""
    return [file for file in sorted(folder.rglob("*")) if file.is_file()]


@contextmanager
def copied(files: Sequence[Path], folder: Path, copies: int) -> Iterator[Path]:
    """The folder itself, or copies of it for a longer run, each of which is another file."""
    if copies == 1:
        yield folder
        return
    with tempfile.TemporaryDirectory() as many:
        for number in range(copies):
            for file in files:
                target = Path(many) / str(number) / file.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                # A few bytes behind the end change nothing but what the file is known by:
                # exact copies would not be decoded at all.
                target.write_bytes(file.read_bytes() + number.to_bytes(4, "big"))
        yield Path(many)


@contextmanager
def blown_up(files: Sequence[Path], count: int) -> Iterator[Path]:
    """A folder of JPEGs of 12 megapixels, some 3 MB each."""
    grain = Image.effect_noise(LARGE_PX, GRAIN).convert("RGB")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            with Image.open(files[number % len(files)]) as small:
                large = small.convert("RGB").resize(LARGE_PX, Image.Resampling.BICUBIC)
            # Around the middle grey of the grain: brighter and darker alike.
            noisy = ImageChops.add(large, grain, scale=1.0, offset=-128)
            noisy.save(Path(folder) / f"IMG_{number:04}.jpg", quality=85)
        yield Path(folder)


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(file.stat().st_size for file in pictures_in(folder))


def main() -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", type=Path, default=builtin_model_folder())
    parser.add_argument("--copies", type=int, default=1, help="index the pictures this many times")
    parser.add_argument("--large", type=int, default=0, help="so many pictures of 12 megapixels")
    options = parser.parse_args()
    folder = options.folder.absolute()
    source = pictures_in(folder)
    cores = os.cpu_count() or 1
    models = SingleModel(options.model)
    encoder = models.load(models.installed()[0].name)
    with ExitStack() as temporary:
        if options.large:
            folder = temporary.enter_context(blown_up(source, options.large))
            source = pictures_in(folder)
        pictures = temporary.enter_context(copied(source, folder, options.copies))
        data = temporary.enter_context(tempfile.TemporaryDirectory())
        files = pictures_in(pictures)
        decode_before, encode_before = cpu_seconds(files, encoder)
        library = Library.open(DataPaths.below(Path(data)), models)
        library.warm_up()  # as an open window has done by the time a folder is dropped on it
        first = index(library, pictures)
        second = index(library, pictures)
        library.close()
        on_disk = size_of(Path(data)) / max(1, first.summary.added)
        # Measured on both sides of the run, since the machine's speed drifts.
        decode_after, encode_after = cpu_seconds(files, encoder)
        threads = plain_pipeline(files, encoder, cores)
        plain = pictures_per_second(files[:PLAIN_SAMPLE])
        megabytes = size_of(pictures) / len(files) / 1e6
    decode_s = (decode_before + decode_after) / 2
    encode_s = (encode_before + encode_after) / 2
    limit = cores / (decode_s + encode_s)
    summary = first.summary
    speed = summary.added / summary.seconds
    print(f"model                     {encoder.info.name}")
    print(f"pictures                  {summary.added} indexed, {len(summary.failed)} failed")
    print(f"size of a file            {megabytes:8.2f} MB")
    print(f"decode, CPU a picture     {decode_s * 1000:8.2f} ms")
    print(f"encode, CPU a picture     {encode_s * 1000:8.2f} ms")
    print(f"limit on {cores} cores         {limit:8.1f} pictures/s")
    print(f"reached                   {speed:8.1f} pictures/s = {speed / limit:.0%} (goal 90%)")
    later = first.later_per_second
    print(f"once all processes run    {later:8.1f} pictures/s = {later / limit:.0%}")
    print(f"plain pipeline            {threads:8.1f} pictures/s = {threads / limit:.0%}")
    if plain is None:
        print("plain loop                torch and transformers are not installed")
    else:
        print(f"plain loop, ViT-B/32      {plain:8.1f} pictures/s: {speed / plain:.1f} times that")
    print(f"first pictures            {first.first_s:8.2f} s")
    print(f"memory, all processes     {first.peak_mib:8.0f} MiB (goal 1024)")
    print(f"on disk                   {on_disk / 1000:8.1f} KB a picture, its thumbnail included")
    print(f"first run                 {summary.seconds:8.2f} s")
    ratio = second.summary.seconds / summary.seconds
    print(f"second run, unchanged     {second.summary.seconds:8.2f} s = {ratio:.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
