"""How soon a new picture can be found, and what a burst of files does to the rest.

Prints the time from closing a file to its picture being searchable, beside the limit of 3 s; the
longest gap between two heartbeats of a thread, which stands for the window's, while 10,000 files
are written by another process; and what following costs when nothing happens.

Run: ``python benchmarks/watching.py [--files 10000] [--pictures 10]``
"""

import argparse
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths, builtin_model_folder
from desktop_app.engine.records import ChangedPlace, IndexProgress
from desktop_app.main import make_models

LIMIT_S = 3.0
BEAT_S = 0.005
IDLE_S = 10.0
FOLDERS = 2000

BURST = """
import sys
from pathlib import Path
for number in range(int(sys.argv[2])):
    Path(sys.argv[1], f"{number}.txt").write_bytes(b"no picture")
"""


class Heart:
    """Beats on the calling thread and remembers the longest gap."""

    def __init__(self) -> None:
        self.gaps_s: list[float] = []

    def beat_until(self, is_over: threading.Event) -> None:
        """Beat; returns when it is over."""
        last_s = time.perf_counter()
        while not is_over.wait(BEAT_S):
            now_s = time.perf_counter()
            self.gaps_s.append(now_s - last_s)
            last_s = now_s

    def __str__(self) -> str:
        ordered = sorted(self.gaps_s)
        p99 = ordered[int(len(ordered) * 0.99)]
        return f"longest {ordered[-1] * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms"


def main() -> None:
    """Measure in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=10_000, help="files of the burst")
    parser.add_argument("--pictures", type=int, default=10, help="pictures to time one by one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        measure(Path(place), options.files, options.pictures)


def measure(place: Path, files: int, pictures: int) -> None:
    """Print all figures."""
    root = place / "pictures"
    for number in range(FOLDERS):
        (root / f"{number // 50}" / f"{number % 50}").mkdir(parents=True)
    draw(root / "first.jpg", 0)
    paths = DataPaths.below(place / "data")
    library = Library.open(paths, make_models(paths, builtin_model_folder()))
    list(library.index([root], CancelToken()))
    told: queue.SimpleQueue[Sequence[ChangedPlace]] = queue.SimpleQueue()
    started_s = time.perf_counter()
    watch = library.watch(told.put, lambda _: None)
    library_is_told = told.get()
    print(f"{FOLDERS} folders followed and told after {time.perf_counter() - started_s:.2f} s")
    list(library.look_again(library_is_told, CancelToken()))

    seconds = []
    for number in range(pictures):
        draw(root / "0" / f"{number}.jpg", number + 1)
        closed_s = time.perf_counter()
        for report in library.look_again(told.get(), CancelToken()):
            if isinstance(report, IndexProgress) and report.added_ids:
                seconds.append(time.perf_counter() - closed_s)
    print(
        f"from closing a file to finding it: median {statistics.median(seconds):.2f} s, "
        f"longest {max(seconds):.2f} s (limit {LIMIT_S:.0f} s)"
    )

    for is_followed in (False, True):
        if not is_followed:
            watch.close()
        else:
            watch = library.watch(told.put, lambda _: None)
            told.get()
        folder = root / f"burst {is_followed}"
        folder.mkdir()
        batches, gaps = burst(folder, files, told if is_followed else None)
        which = f"followed, {batches} batches" if is_followed else "not followed"
        print(f"{files} files in a burst, {which}: heartbeat {gaps} (a frame is 16 ms)")

    cpu_s = time.process_time()
    threading.Event().wait(IDLE_S)
    print(f"idle: {(time.process_time() - cpu_s) / IDLE_S:.2%} of a core")
    library.close()


def burst(
    folder: Path, files: int, told: queue.SimpleQueue[Sequence[ChangedPlace]] | None
) -> tuple[int, Heart]:
    """Let another process write files, and beat meanwhile; returns batches told and the beats."""
    is_over = threading.Event()
    batches = 0

    def wait() -> None:
        nonlocal batches
        subprocess.run([sys.executable, "-c", BURST, str(folder), str(files)], check=True)
        (folder / "last.txt").write_bytes(b"x")
        while told is not None:
            try:
                told.get(timeout=3.0)
            except queue.Empty:
                break
            batches += 1
        is_over.set()

    thread = threading.Thread(target=wait)
    thread.start()
    heart = Heart()
    heart.beat_until(is_over)
    thread.join()
    return batches, heart


def draw(path: Path, number: int) -> None:
    """Make a picture that differs from the others."""
    colour = (number * 37 % 256, number * 91 % 256, number * 53 % 256)
    Image.new("RGB", (1200, 900), colour).save(path, quality=90)


if __name__ == "__main__":
    main()
