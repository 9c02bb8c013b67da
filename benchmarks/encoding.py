"""CPU time of a picture and of a query with one model, at several batch sizes.

Usage: python benchmarks/encoding.py [MODEL_FOLDER] [--precision float] [--threads 1]
"""

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import Precision, read_model_folder
from desktop_app.engine.paths import builtin_model_folder

BATCH_SIZES = (1, 2, 4, 8, 16, 32)
TEXTS = (
    "dog",
    "two dogs playing in the snow",
    "a photo of a little girl in a red coat who is feeding pigeons in front of an old church",
)
SECONDS_EACH = 1.5


def measure(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall milliseconds of one call: the medians of as many calls as fit."""
    work()
    cpu_ms: list[float] = []
    wall_ms: list[float] = []
    end = time.perf_counter() + SECONDS_EACH
    while time.perf_counter() < end or len(cpu_ms) < 3:
        cpu_start, wall_start = time.process_time(), time.perf_counter()
        work()
        cpu_ms.append((time.process_time() - cpu_start) * 1000)
        wall_ms.append((time.perf_counter() - wall_start) * 1000)
    return float(np.median(cpu_ms)), float(np.median(wall_ms))


def time_once(work: Callable[[], object]) -> float:
    """Wall milliseconds of a single call."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def benchmark(folder: Path, precision: Precision, threads: int) -> None:
    """Print the tables."""
    model = read_model_folder(folder, precision)
    encoder = OnnxEncoder(model, threads)
    grain = np.random.default_rng(0).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    picture = Image.fromarray(grain)

    print(f"{model.name}: {model.vision_model.name}, {model.dim} dimensions, {threads} thread(s)")
    print(f"read the folder  {time_once(lambda: read_model_folder(folder)):8.1f} ms wall")
    print(f"first text       {time_once(lambda: encoder.encode_texts(['dog'])):8.1f} ms wall")
    pixels = encoder.resizer(picture)[np.newaxis]
    print(f"first picture    {time_once(lambda: encoder.encode_pictures(pixels)):8.1f} ms wall")
    print(f"resize 640 × 480 {measure(lambda: encoder.resizer(picture))[0]:8.2f} ms CPU")

    print("\nbatch   ms CPU a picture   ms wall a picture")
    for size in BATCH_SIZES:
        batch = pixels.repeat(size, axis=0)
        cpu_ms, wall_ms = measure(partial(encoder.encode_pictures, batch))
        print(f"{size:5}   {cpu_ms / size:16.2f}   {wall_ms / size:17.2f}")

    print("\nwords   ms CPU a query   ms wall a query")
    for text in TEXTS:
        cpu_ms, wall_ms = measure(partial(encoder.encode_texts, [text]))
        print(f"{len(text.split()):5}   {cpu_ms:14.2f}   {wall_ms:15.2f}")


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path, default=builtin_model_folder())
    parser.add_argument("--precision", choices=["auto", "float", "quantized"], default="auto")
    parser.add_argument("--threads", type=int, default=1, help="cores one call may use")
    arguments = parser.parse_args()
    benchmark(arguments.folder, arguments.precision, arguments.threads)


if __name__ == "__main__":
    main()
