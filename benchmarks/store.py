"""What the catalog costs: writing and listing, each beside something to judge by.

Beside stands either what `docs` promise, or a peer measured in the same run: the same work done
bare, without what the store adds.

    python benchmarks/store.py [--pictures N] [--dim N]

Of the vector index, see benchmarks/search.py.
"""

import argparse
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import FileStamp, ModelInfo, NewPicture, RootKind
from desktop_app.engine.store.catalog import Catalog

BATCH = 32
CLUSTERS = 2_000


@dataclass
class Table:
    """Prints a row as soon as it is known."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, measured: str, beside: str = "") -> None:
        """Print a row."""
        self.rows.append((what, measured, beside))
        print(f"{what:<52} {measured:>18}   {beside}", flush=True)


def seconds(call: Callable[[], object], times: int = 1) -> float:
    """The best of a few runs."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - started)
    return best


def milliseconds(call: Callable[[], object], times: int = 3) -> str:
    """The best of a few runs, to print."""
    return f"{1000 * seconds(call, times):.1f} ms"


def unit_vectors(count: int, dim: int) -> NDArray[np.float32]:
    """Vectors in clusters, as those of pictures are, shape ``(count, dim)``."""
    rng = np.random.default_rng(0)
    centres = rng.standard_normal((CLUSTERS, dim)).astype(np.float32)
    vectors = centres[rng.integers(CLUSTERS, size=count)]
    vectors += rng.standard_normal((count, dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def batches(vectors: NDArray[np.float32]) -> Iterator[list[NewPicture]]:
    """Pictures with these vectors, in the sizes in which indexing writes them."""
    for start in range(0, len(vectors), BATCH):
        yield [
            NewPicture(
                path=f"/home/somebody/Pictures/{number // 500}/IMG_{number:07}.jpg",
                stamp=FileStamp(3_000_000 + number, 1_600_000_000_000_000_000 + number * 10**9),
                width_px=4000,
                height_px=3000,
                format="JPEG",
                taken_at_s=1.6e9 + number * 7919 % 100_000_007,
                fingerprint=number.to_bytes(16, "little"),
                vector=vectors[number],
            )
            for number in range(start, min(start + BATCH, len(vectors)))
        ]


def write(catalog: Catalog, model: ModelInfo, vectors: NDArray[np.float32]) -> None:
    """Fill the catalog as indexing does: a batch, a transaction."""
    root_id = catalog.add_root("/home/somebody/Pictures", RootKind.FOLDER)
    for batch in batches(vectors):
        catalog.write_pictures(root_id, model, batch)


def write_bare(path: Path, vectors: NDArray[np.float32]) -> None:
    """The same rows in the same batches by sqlite3 alone: one table, nothing waits for the disk."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, path, date, f, data)")
        for batch in batches(vectors):
            connection.execute("BEGIN")
            connection.executemany(
                "INSERT INTO bare (path, date, f, data) VALUES (?, ?, ?, ?)",
                [
                    (p.path, p.taken_at_s, p.fingerprint, p.vector.astype(np.float16).tobytes())
                    for p in batch
                ],
            )
            connection.execute("COMMIT")


def measure_catalog(table: Table, catalog: Catalog, path: Path, model: ModelInfo) -> None:
    """Listing what is there."""
    [root] = catalog.roots()
    ids = catalog.picture_ids_newest_first()

    def bare() -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("SELECT id FROM pictures").fetchall()

    table.add(
        f"all {len(ids):,} ids, newest first",
        milliseconds(catalog.picture_ids_newest_first),
        f"bare SELECT of unsorted ids: {milliseconds(bare)}",
    )
    table.add("200 pictures by id (a screenful)", milliseconds(lambda: catalog.pictures(ids[:200])))
    table.add(
        f"what a rescan compares with, {len(ids):,} files",
        milliseconds(lambda: catalog.known_files(root.id, root.path), 1),
        "a rescan may take twice the walk alone",
    )
    known = catalog.known_files(root.id, root.path)
    held = sys.getsizeof(known) + sum(map(sys.getsizeof, (*known, *known.values())))
    table.add("memory that it takes", f"{held / len(known):.0f} B/picture", "none while it is away")
    size = path.stat().st_size / len(ids)
    table.add("catalog on disk", f"{size:.0f} B/picture", f"its vector alone: {2 * model.dim} B")


def main() -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--dim", type=int, default=512)
    arguments = parser.parse_args()
    table = Table()
    model = ModelInfo("benchmark", "Benchmark", arguments.dim, is_builtin=False)
    vectors = unit_vectors(arguments.pictures, arguments.dim)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.sqlite3"
        some = vectors[:20_000]
        with closing(Catalog.open(Path(folder) / "some.sqlite3")) as catalog:
            written = seconds(lambda: write(catalog, model, some))
        bare = seconds(lambda: write_bare(Path(folder) / "bare.sqlite3", some))
        table.add(
            f"{len(some):,} written in batches of {BATCH}",
            f"{len(some) / written:,.0f}/s",
            f"bare sqlite3 without fsync: {len(some) / bare:,.0f}/s; a core encodes 53/s",
        )
        with closing(Catalog.open(path)) as catalog:
            write(catalog, model, vectors)
            measure_catalog(table, catalog, path, model)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table.add("peak memory of this process", f"{peak:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
