"""What decoding costs, and how much of it is left when it runs in processes of its own.

CPU time of one picture in this process, for generated camera JPEGs of 12 megapixels and for small
ones; then pictures a second through `Decoder`, beside the limit of the same run: processes / CPU
seconds of one picture. On a machine that is busy with other things the limit is out of reach, so
the share of the cores that the decoder got is printed too.

    python benchmarks/decoding.py [--small FOLDER] [--count N] [--processes N] [--side PX]
"""

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.decoder import Decoder
from desktop_app.engine.files.picture_reader import DecodeLimits, read_picture
from desktop_app.engine.records import FileStamp, FoundFile

SAMPLE = 40
LIMITS = DecodeLimits()


@dataclass(frozen=True, slots=True)
class Squeeze:
    """A resizer like that of most CLIP models: a square, bicubic."""

    side_px: int

    def __call__(self, image: Image.Image) -> NDArray[np.uint8]:
        """Resize one picture."""
        size = (self.side_px, self.side_px)
        return np.asarray(image.resize(size, Image.Resampling.BICUBIC))


def photo(width: int, height: int, seed: int) -> Image.Image:
    """About as hard to compress as a photograph: soft shapes and some grain."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 256, (8, 8, 3), dtype=np.uint8))
    soft = coarse.resize((width, height), Image.Resampling.BICUBIC)
    grain = random.normal(0, 6, (height, width, 1)).astype(np.int16)
    pixels = np.clip(np.asarray(soft).astype(np.int16) + grain, 0, 255)
    return Image.fromarray(pixels.astype(np.uint8))


def generate(folder: Path, count: int, size: tuple[int, int]) -> list[str]:
    """Write ``count`` JPEGs; a few different ones, the rest copies."""
    different = []
    for seed in range(min(count, 5)):
        path = folder / f"{size[0]} {seed}.jpg"
        photo(*size, seed).save(path, quality=88)
        different.append(path.read_bytes())
    paths = []
    for number in range(count):
        path = folder / f"{size[0]} copy {number}.jpg"
        path.write_bytes(different[number % len(different)])
        paths.append(str(path))
    return paths


def cpu_seconds(paths: list[str], resizer: Squeeze) -> float:
    """CPU seconds for one picture in this process."""
    read_picture(paths[0], resizer, resizer.side_px, LIMITS)
    sample = paths[:: max(1, len(paths) // SAMPLE)]
    started = time.process_time()
    for path in sample:
        read_picture(path, resizer, resizer.side_px, LIMITS)
    return (time.process_time() - started) / len(sample)


def run_decoder(paths: list[str], resizer: Squeeze, processes: int) -> tuple[float, float, float]:
    """Pictures a second, CPU seconds of this process for one, and cores the decoder got."""
    files = [FoundFile(path, FileStamp(os.path.getsize(path), 0)) for path in paths]
    cancel = CancelToken()
    with Decoder(resizer, resizer.side_px, LIMITS, processes) as decoder:
        for _ in decoder.decode(files[: 4 * processes], cancel):
            pass  # the processes are up now
        children = psutil.Process().children()
        cpu_before = sum(_cpu_seconds_of(child) for child in children)
        own_before, started = time.process_time(), time.perf_counter()
        count = sum(1 for _ in decoder.decode(files, cancel))
        seconds = time.perf_counter() - started
        own = time.process_time() - own_before
        cores = (sum(_cpu_seconds_of(child) for child in children) - cpu_before) / seconds
    return count / seconds, own / count, cores


def _cpu_seconds_of(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--small", type=Path, help="folder of small pictures (default: generated)")
    parser.add_argument("--count", type=int, default=100, help="large pictures (default: 100)")
    parser.add_argument("--processes", type=int, default=2, help="default: 2")
    parser.add_argument("--side", type=int, default=224, help="the model's input (default: 224)")
    arguments = parser.parse_args()
    resizer = Squeeze(arguments.side)
    print(
        f"{'pictures':<28}{'CPU ms each':>13}{'limit/s':>10}{'reached/s':>11}{'share':>8}"
        f"{'cores got':>11}{'own CPU ms':>12}"
    )
    with tempfile.TemporaryDirectory() as folder:
        sets = {"12 megapixels, generated": generate(Path(folder), arguments.count, (4000, 3000))}
        if arguments.small:
            sets[arguments.small.name] = sorted(map(str, arguments.small.glob("*.jpg")))
        else:
            sets["0.3 megapixel, generated"] = generate(
                Path(folder), 10 * arguments.count, (640, 480)
            )
        for name, paths in sets.items():
            cpu_s = cpu_seconds(paths, resizer)
            limit = arguments.processes / cpu_s
            reached, own_s, cores = run_decoder(paths, resizer, arguments.processes)
            print(
                f"{name:<28}{cpu_s * 1000:>13.1f}{limit:>10.0f}{reached:>11.0f}"
                f"{reached / limit:>8.0%}{cores:>11.2f}{own_s * 1000:>12.2f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
