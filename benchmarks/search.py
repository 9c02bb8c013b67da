"""What searching costs from a thousand pictures to a million: time, exactness, memory, disk.

Made-up vectors in clusters, as those of pictures are. Every figure stands beside its goal, or
beside a peer of the same run. A million vectors take some ten minutes a core and 4 GB of disk.

    python benchmarks/search.py [--pictures 1000 10000 100000 1000000] [--dim N | --model DIR]
        [--folder DIR] [--json FILE] [--plot FILE]

With --folder, what was made stays there, and the next run measures it without making it again. With
--model, the vectors stand under that model and are as long as its own, so that
benchmarks/program.py can go on with the same libraries.
"""

import argparse
import json
import multiprocessing
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from desktop_app.engine.model.shelf import SingleModel
from desktop_app.engine.records import FileStamp, ModelInfo, NewPicture, RootKind
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.index_opening import open_index
from desktop_app.engine.store.segment_groups import DEFAULT_LIMITS
from desktop_app.engine.store.vector_index import UsearchIndex, save_index

CLUSTERS = 2_000
WRITTEN_AT_ONCE = 2_000
QUERIES = 200
FILTERED_QUERIES = 30
ADDED = 20_000
ADDED_AT_ONCE = 32
MIB = 1024 * 1024

QUERY = "10 hits, p95"
FILTERED = "best of 30% of the pictures, p95"
RANKED = "all ranked, p50"
OPENED = "opened"
IDLE = "memory of the index, idle"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    pictures: int
    what: str
    value: float
    unit: str
    goal: str = ""


def vectors(count: int, dim: int) -> Iterator[NDArray[np.float32]]:
    """Unit vectors in clusters, in chunks of shape ``(n, dim)``."""
    rng = np.random.default_rng(0)
    centres = rng.standard_normal((CLUSTERS, dim), dtype=np.float32)
    for start in range(0, count, WRITTEN_AT_ONCE):
        size = min(WRITTEN_AT_ONCE, count - start)
        chunk = centres[rng.integers(CLUSTERS, size=size)]
        chunk += rng.standard_normal((size, dim), dtype=np.float32)
        yield chunk / np.linalg.norm(chunk, axis=1, keepdims=True)


def write(catalog: Catalog, model: ModelInfo, count: int) -> None:
    """Fill a catalog."""
    root_id = catalog.add_root("/home/somebody/Pictures", RootKind.FOLDER)
    number = 0
    for chunk in vectors(count, model.dim):
        pictures = []
        for vector in chunk:
            pictures.append(
                NewPicture(
                    path=f"/home/somebody/Pictures/{number // 500}/IMG_{number:07}.jpg",
                    stamp=FileStamp(3_000_000 + number, number),
                    width_px=4000,
                    height_px=3000,
                    format="JPEG",
                    taken_at_s=1.6e9 + number,
                    fingerprint=number.to_bytes(16, "little"),
                    vector=vector,
                )
            )
            number += 1
        catalog.write_pictures(root_id, model, pictures)


def make(folder: Path, model: ModelInfo, count: int) -> list[Figure]:
    """Fill a catalog and make its index, unless both are there."""
    if (folder / "indexes").exists():
        return []
    folder.mkdir(parents=True, exist_ok=True)
    figures = []
    with closing(Catalog.open(folder / "catalog.sqlite3")) as catalog:
        write(catalog, model, count)
        started = time.perf_counter()
        index = open_index(folder / "indexes", catalog, model)
        read = time.perf_counter() - started
        save_index(index, catalog)
        steps = sum(1 for _ in index.link())
        linked = time.perf_counter() - started - read
        index.close()
    figures.append(Figure(count, "opened with nothing saved", read, "s"))
    if steps:
        figures.append(
            Figure(count, "graphs made", linked, "s", f"1 core, 0.5 ms each: {count / 2000:.0f} s")
        )
    return figures


def milliseconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - started)


def resident_mib() -> float:
    """What this process holds in memory."""
    return float(psutil.Process().memory_info().rss) / MIB


def measure(folder: Path, model: ModelInfo, count: int) -> list[Figure]:
    """All that is measured of an index that is there; in a process of its own."""
    figures: list[Figure] = []

    def note(what: str, value: float, unit: str, goal: str = "") -> None:
        figures.append(Figure(count, what, value, unit, goal))

    # What any program has in memory that uses USearch and SQLite at all.
    index = UsearchIndex("none", model, folder / "none")
    index.search(np.ones(model.dim, np.float32), 1)
    with closing(Catalog.open(folder / "catalog.sqlite3")) as catalog:
        catalog.vector_revision(model.key)
        before = resident_mib()
        started = time.perf_counter()
        index = open_index(folder / "indexes", catalog, model)
        note(OPENED, time.perf_counter() - started, "s", "in the background; window 1.5 s")
        note(IDLE, resident_mib() - before, "MiB", "whole program 350")
        queries = _queries(index, model.dim)
        _measure_hits(index, queries, note)
        note("memory after these queries", resident_mib() - before, "MiB")
        _measure_filters(index, queries, catalog.vector_ids(model.key), note)
        _measure_ranking(index, queries, RANKED, note)
        note("memory after ranking all", resident_mib() - before, "MiB")
        index.release()
        note("memory given back", resident_mib() - before, "MiB", "whole program 350")
        one_thread = replace(DEFAULT_LIMITS, search_threads=1)
        alone = open_index(folder / "indexes", catalog, model, one_thread)
        _measure_ranking(alone, queries, f"{RANKED}, with one thread", note)
        del alone
        size = sum(path.stat().st_size for path in (folder / "indexes").iterdir())
        note("on disk", size / count, "B/vector", f"its numbers alone: {2 * model.dim}")
        _measure_adding(index, queries, catalog, note)
        index.close()
    return figures


Note = Callable[..., None]


def _queries(index: UsearchIndex, dim: int) -> NDArray[np.float32]:
    """Near pictures of the library, but at none; shape ``(QUERIES, dim)``."""
    rng = np.random.default_rng(1)
    near = index.sample(QUERIES)
    near = near[rng.integers(len(near), size=QUERIES)]
    noise = rng.standard_normal((QUERIES, dim), dtype=np.float32)
    queries: NDArray[np.float32] = near + noise / np.linalg.norm(noise, axis=1, keepdims=True)
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    return queries


def _measure_hits(index: UsearchIndex, queries: NDArray[np.float32], note: Note) -> None:
    index.search(queries[0], 10)
    times, found = [], []
    for query in queries:
        started = time.perf_counter()
        ids, _ = index.search(query, 10)
        times.append(1000 * (time.perf_counter() - started))
        found.append(ids)
    note("10 hits, p50", float(np.quantile(times, 0.5)), "ms")
    note(QUERY, float(np.quantile(times, 0.95)), "ms", "9; 15 with the text tower")
    right = 0
    for query, ids in zip(queries, found, strict=True):
        exact, _ = index.search(query, None)
        right += len(np.intersect1d(ids, exact[:10]))
    index.release()
    note("recall@10", right / (10 * QUERIES), "", "0.99")


def _measure_filters(
    index: UsearchIndex, queries: NDArray[np.float32], ids: NDArray[np.int64], note: Note
) -> None:
    rng = np.random.default_rng(2)
    for share in (0.5, 0.3, 0.05, 0.001):
        among = np.sort(rng.choice(ids, max(1, int(share * len(ids))), replace=False))
        times = []
        for query in queries[:FILTERED_QUERIES]:
            started = time.perf_counter()
            index.search(query, 200, among)
            times.append(1000 * (time.perf_counter() - started))
        what = FILTERED if share == 0.3 else f"best of {100 * share:g}% of the pictures, p95"
        goal = "exact, 60 for 300,000" if share == 0.3 else ""
        note(what, float(np.quantile(times, 0.95)), "ms", goal)


def _measure_ranking(
    index: UsearchIndex, queries: NDArray[np.float32], what: str, note: Note
) -> None:
    times = [milliseconds(partial(index.search, query, None)) for query in queries[:10]]
    note(what, float(np.median(times)), "ms")


def _measure_adding(
    index: UsearchIndex, queries: NDArray[np.float32], catalog: Catalog, note: Note
) -> None:
    """The slowest search while many vectors come, are saved, and graphs are made of them."""
    first = 10_000_000
    late = np.concatenate(list(vectors(ADDED, queries.shape[1])))

    def add() -> None:
        for start in range(0, ADDED, ADDED_AT_ONCE):
            end = start + ADDED_AT_ONCE
            index.add(np.arange(first + start, first + end), late[start:end])
        index.save(catalog.vector_revision(index.model.key))

    adding = threading.Thread(target=add)
    times: list[float] = []
    adding.start()
    while adding.is_alive():
        query = queries[len(times) % len(queries)]
        times.append(milliseconds(partial(index.search, query, 10)))
    adding.join()
    index.remove(np.arange(first, first + ADDED))
    note(f"10 hits while {ADDED:,} are added and saved, p50", float(np.median(times)), "ms")
    note("the slowest of them", max(times), "ms", "50")


def measured_apart(folder: Path, model: ModelInfo, count: int) -> list[Figure]:
    """`measure` in a fresh process, whose memory tells something."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (folder, model, count))


Panel = tuple[str, str, list[tuple[str, float | None]]]
"""Its title, its unit, and the names of the figures in it with their goals."""


def plot(figures: list[Figure], path: Path) -> None:
    """Draw how the figures grow with the library."""
    draw(
        figures,
        path,
        [
            ("Searching", "ms", [(QUERY, 9), (FILTERED, 60), (RANKED, None)]),
            ("Opening", "s", [(OPENED, None)]),
            ("Memory of the index, idle", "MiB", [(IDLE, None)]),
        ],
    )


def _is_narrow(axis: Any) -> bool:
    """Whether what is drawn lies within a power of ten, of which few are marked then."""
    low, high = axis.get_ylim()
    return bool(high < 10 * low)


def draw(figures: Sequence[Figure], path: Path, panels: Sequence[Panel]) -> None:
    """Draw growth curves side by side, goals as dotted lines."""
    import matplotlib

    matplotlib.use("Agg")
    # The same figures give the same file.
    matplotlib.rcParams["svg.hashsalt"] = "growth"
    from matplotlib import pyplot
    from matplotlib.ticker import NullFormatter

    drawing, axes = pyplot.subplots(1, len(panels), figsize=(13, 4), layout="constrained")
    for axis, (title, unit, lines) in zip(axes, panels, strict=True):
        for what, goal in lines:
            points = sorted((one.pictures, one.value) for one in figures if one.what == what)
            [line] = axis.plot(*zip(*points, strict=True), marker="o", label=what)
            if goal is not None:
                axis.axhline(goal, color=line.get_color(), linestyle=":", label=f"goal: {goal:g}")
        axis.set(title=title, xlabel="pictures", ylabel=unit, xscale="log", yscale="log")
        for which in (axis.xaxis, axis.yaxis):  # 1,000 and not 10 to the power of 3
            which.set_major_formatter("{x:,.10g}")
        axis.yaxis.set_minor_formatter("{x:,g}" if _is_narrow(axis) else NullFormatter())
        axis.grid(visible=True, alpha=0.3)
        axis.legend(fontsize="small")
    drawing.savefig(path, metadata={"Date": None})


def print_figures(figures: Sequence[Figure], title: str) -> None:
    """Print a table."""
    print(f"\n{title}")
    for one in figures:
        value = f"{one.value:,.3f}" if one.value < 10 else f"{one.value:,.1f}"
        print(f"{one.what:<56}{value:>12} {one.unit:<9}{one.goal}", flush=True)


def main() -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    sizes = [1_000, 10_000, 100_000, 1_000_000]
    parser.add_argument("--pictures", type=int, nargs="+", default=sizes)
    parser.add_argument("--dim", type=int, default=512)
    parser.add_argument("--model", type=Path, help="the model that the vectors are to be of")
    parser.add_argument("--folder", type=Path, help="where to keep what was made")
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--plot", type=Path, help="draw the figures there, .svg or .png")
    options = parser.parse_args()
    model = ModelInfo("benchmark", "Benchmark", options.dim, is_builtin=False)
    if options.model:
        models = SingleModel(options.model)
        model = models.load(models.installed()[0].name).info
    figures: list[Figure] = []
    for count in options.pictures:
        with tempfile.TemporaryDirectory() as temporary:
            folder = (options.folder or Path(temporary)) / f"{count}x{model.dim}"
            new = make(folder, model, count) + measured_apart(folder, model, count)
        print_figures(new, f"{count:,} pictures, vectors of {model.dim} numbers")
        figures += new
    if options.json:
        rows: list[dict[str, Any]] = [asdict(one) for one in figures]
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    if options.plot:
        plot(figures, options.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
