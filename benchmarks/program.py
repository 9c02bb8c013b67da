"""What the whole program takes with up to a million pictures: start, answers, memory, disk.

The library is made up as in benchmarks/search.py, under the model that is measured; its files are
not there, so it is what a person has whose drive is not connected. Real pictures of a folder are
then indexed into it while it is searched. Every figure stands beside its goal.

    python benchmarks/program.py FOLDER [--pictures 1000 10000 100000 1000000] [--model DIR]
        [--folder DIR] [--json FILE] [--plot FILE]

With --folder, what was made stays there, and the next run measures it without making it again; the
pictures that were indexed leave it at the end.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.model.shelf import SingleModel
from desktop_app.engine.paths import DataPaths, builtin_model_folder
from desktop_app.engine.records import IndexSummary, Query
from search import Figure, draw, make, print_figures

MIB = 1024 * 1024
REST_S = 30.0
"""After which an index that nobody asks has given its memory back."""
SENTENCES = 200
GOAL_MS, SENTENCE_MS = 15.0, 3.6
"""Of ten hits, p95, and what a sentence of a ViT-B/32 took on the machine where that was set."""

START = "window shown"
IDLE = "memory, idle"
SEARCHING = "memory, searching"
INDEXING = "memory, indexing"
HITS = "sentence to 10 hits, p95"
ALL = "sentence to all, ranked, p95"
DISK = "catalog and index on disk"

_COLOURS = ["red", "green", "blue", "yellow", "black", "white", "grey", "brown"]
_THINGS = ["dog", "cat", "boat", "house", "bridge", "child", "tree", "bicycle", "mountain", "train"]
_PLACES = ["beach", "snow", "street", "forest", "kitchen"]


def sentences() -> list[str]:
    """What people might ask."""
    every = [
        f"a {colour} {thing} in the {place}"
        for colour in _COLOURS
        for thing in _THINGS
        for place in _PLACES
    ]
    return every[:: len(every) // SENTENCES][:SENTENCES]


def memory_mib() -> float:
    """What this process and its children hold, what they share counted once."""
    total = 0
    me = psutil.Process()
    for process in (me, *me.children(recursive=True)):
        try:
            full = process.memory_full_info()
        except psutil.Error:  # ended this instant
            continue
        total += getattr(full, "pss", full.uss)
    return total / MIB


def own_mib() -> float:
    """What of that the system cannot take back by itself: all but the files that are mapped."""
    total_kib = 0
    me = psutil.Process()
    for process in (me, *me.children(recursive=True)):
        try:
            rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        except OSError:  # ended this instant, or another system than Linux
            continue
        total_kib += sum(
            int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Anonymous:")
        )
    return total_kib / 1024


def quantile(times_ms: Sequence[float], at: float) -> float:
    """One quantile, as a plain number."""
    return float(np.quantile(times_ms, at))


def measure(folder: Path, model: Path, pictures: Path, count: int) -> list[Figure]:
    """All that is measured without a window; in a process of its own."""
    figures: list[Figure] = []

    def note(what: str, value: float, unit: str, goal: str = "") -> None:
        figures.append(Figure(count, what, value, unit, goal))

    started = time.perf_counter()
    models = SingleModel(model)
    library = Library.open(DataPaths.below(folder), models)
    note("library opened", 1000 * (time.perf_counter() - started), "ms")
    started = time.perf_counter()
    library.picture_ids()
    note("all pictures listed, newest first", 1000 * (time.perf_counter() - started), "ms")
    started = time.perf_counter()
    library.search(Query.of_words("a photo of a boat"), 10)
    note("model and vectors loaded, first hits", time.perf_counter() - started, "s")
    for what, limit, goal in ((HITS, 10, f"{GOAL_MS:g}"), (ALL, None, "")):
        times = []
        for words in sentences():
            started = time.perf_counter()
            library.search(Query.of_words(words if limit else f"{words} at night"), limit)
            times.append(1000 * (time.perf_counter() - started))
        note(what.replace("p95", "p50"), quantile(times, 0.5), "ms")
        note(what, quantile(times, 0.95), "ms", goal)
    note(SEARCHING, memory_mib(), "MiB", "the files it reads included")
    time.sleep(REST_S)
    note(IDLE, memory_mib(), "MiB", "350, with the window")
    note(f"{IDLE}, without mapped files", own_mib(), "MiB")
    paths = DataPaths.below(folder)
    files = [paths.catalog, *paths.vector_indexes.rglob("*")]
    size = sum(file.stat().st_size for file in files if file.is_file())
    note(DISK, size / count, "B/picture", "without thumbnails and backups")
    _measure_indexing(library, pictures, note)
    library.close()
    [hits_ms] = [one.value for one in figures if one.what == HITS]
    _compare_with_sentence(models, hits_ms, note)
    return figures


def _compare_with_sentence(models: SingleModel, hits_ms: float, note: Any) -> None:
    """Set the answer beside what its sentence takes alone, which depends on the machine."""
    encoder = models.load(models.installed()[0].name)
    encoder.encode_texts(["a photo of a boat"])
    times = []
    for words in sentences():
        started = time.perf_counter()
        encoder.encode_texts([words])
        times.append(1000 * (time.perf_counter() - started))
    alone_ms = quantile(times, 0.5)
    note("the sentence alone, p50", alone_ms, "ms", f"{SENTENCE_MS:g} where the goal was set")
    note(
        f"{HITS}, beside that",
        hits_ms / alone_ms,
        "times",
        f"{GOAL_MS / SENTENCE_MS:.1f} with a ViT-B/32",
    )


def _measure_indexing(library: Library, pictures: Path, note: Any) -> None:
    """Index real pictures, and search meanwhile."""
    summary = IndexSummary()
    is_over = threading.Event()
    times: list[float] = []
    peak = own_peak = 0.0

    def run() -> None:
        nonlocal summary
        for report in library.index([pictures], CancelToken()):
            if isinstance(report, IndexSummary):
                summary = report
        is_over.set()

    indexing = threading.Thread(target=run)
    asked = [f"{words} today" for words in sentences()]  # others: known ones are not encoded again
    indexing.start()
    while not is_over.wait(0.05):
        started = time.perf_counter()
        library.search(Query.of_words(asked[len(times) % len(asked)]), 10)
        times.append(1000 * (time.perf_counter() - started))
        if len(times) % 5 == 1:
            peak, own_peak = max(peak, memory_mib()), max(own_peak, own_mib())
    indexing.join()
    note(f"{summary.added:,} pictures indexed meanwhile", summary.seconds, "s")
    note("sentence to 10 hits while indexing, p50", quantile(times, 0.5), "ms")
    note("the slowest of them", max(times), "ms", "50 where the cores are free")
    note(INDEXING, peak, "MiB", "1024, all processes")
    note(f"{INDEXING}, without mapped files", own_peak, "MiB", "1024, all processes")
    [root_id] = [root.id for root in library.roots() if root.path == str(pictures)]
    for _ in library.forget_root(root_id, CancelToken()):
        pass


def measure_window(folder: Path, model: Path, started_s: float) -> dict[str, float]:
    """Open the window on a library, in a fresh process without a screen.

    Returns:
        Seconds since `started_s` until it was shown and until it listed the pictures, and MiB.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop_app.main import make_models
    from desktop_app.ui.kit.theme import Theme
    from desktop_app.ui.start.application import create_application
    from desktop_app.ui.window.main_window import MainWindow
    from desktop_app.ui.window.session import Session

    paths = DataPaths.below(folder)
    app = create_application()
    window = MainWindow(
        Session(lambda: Library.open(paths, make_models(paths, model)), paths.data), Theme(app)
    )
    window.show()
    while not window.windowHandle().isExposed():
        app.processEvents()
    shown_s = time.time() - started_s
    while window.results.shown is None:
        app.processEvents()
        time.sleep(0.001)
    listed_s = time.time() - started_s
    end_s = time.monotonic() + REST_S
    while time.monotonic() < end_s:
        app.processEvents()
        time.sleep(0.01)
    idle_mib, idle_own_mib = memory_mib(), own_mib()
    window.close()
    return {
        "shown_s": shown_s,
        "listed_s": listed_s,
        "idle_mib": idle_mib,
        "idle_own_mib": idle_own_mib,
    }


def measured_apart(options: argparse.Namespace, folder: Path, count: int) -> list[Figure]:
    """Both measurements, each in a fresh process, whose memory and start tell something."""
    every: list[Figure] = []
    for what in ("engine", "window"):
        command = [
            sys.executable, __file__, str(options.pictures_folder), "--model", str(options.model),
            "--measure", what, "--folder", str(folder), "--pictures", str(count),
            "--started", str(time.time()),
        ]  # fmt: skip
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        found = json.loads(answer.splitlines()[-1])
        if what == "engine":
            every += [Figure(**one) for one in found]
            continue
        every += [
            Figure(count, START, found["shown_s"], "s", "1.5 (0.8 empty)"),
            Figure(count, "pictures listed in it", found["listed_s"], "s"),
            Figure(count, "memory, window idle", found["idle_mib"], "MiB", "350"),
            Figure(
                count, "memory, window idle, without mapped files", found["idle_own_mib"], "MiB"
            ),
        ]
    return every


def plot(figures: Sequence[Figure], path: Path) -> None:
    """Draw how the figures grow with the library."""
    draw(
        figures,
        path,
        [
            ("From sentence to hits", "ms", [(HITS, GOAL_MS), (ALL, None)]),
            ("Start", "s", [(START, 1.5), ("pictures listed in it", None)]),
            ("Memory", "MiB", [("memory, window idle", 350), (SEARCHING, None), (INDEXING, 1024)]),
        ],
    )


def main() -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    sizes = [1_000, 10_000, 100_000, 1_000_000]
    parser.add_argument("pictures_folder", metavar="FOLDER", type=Path, help="real pictures")
    parser.add_argument("--pictures", type=int, nargs="+", default=sizes)
    parser.add_argument("--model", type=Path, default=builtin_model_folder())
    parser.add_argument("--folder", type=Path, help="where to keep what was made")
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--plot", type=Path, help="draw the figures there, .svg or .png")
    parser.add_argument("--measure", choices=("engine", "window"), help=argparse.SUPPRESS)
    parser.add_argument("--started", type=float, default=0.0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.pictures_folder = Path(os.path.abspath(options.pictures_folder))
    if options.measure == "window":
        print(json.dumps(measure_window(options.folder, options.model, options.started)))
        return 0
    if options.measure == "engine":
        found = measure(options.folder, options.model, options.pictures_folder, options.pictures[0])
        print(json.dumps([asdict(one) for one in found]))
        return 0
    models = SingleModel(options.model)
    model = models.load(models.installed()[0].name).info
    figures: list[Figure] = []
    for count in options.pictures:
        with tempfile.TemporaryDirectory() as temporary:
            folder = (options.folder or Path(temporary)) / f"{count}x{model.dim}"
            new = [*make(folder, model, count), *measured_apart(options, folder, count)]
        print_figures(new, f"{count:,} pictures, {model.name}")
        figures += new
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in figures], indent=1) + "\n")
    if options.plot:
        plot(figures, options.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
