"""What it costs to keep a catalog whole: backing it up, looking for damage, restoring it.

Beside stands a bare copy of the same file, with fsync, in the same run.

    python benchmarks/backup.py [--pictures N] [--dim N] [--folder DIR]

Needs three times the catalog's size on the disk of the folder, 3 GB at the default.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError
from desktop_app.engine.records import FileStamp, ModelInfo, NewPicture, RootKind
from desktop_app.engine.store.backups import Backups
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.restoration import restore

BATCH = 5_000


def row(what: str, measured: str, beside: str = "") -> None:
    """Print a row as soon as it is known."""
    print(f"{what:<52} {measured:>18}   {beside}", flush=True)


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def fill(catalog: Catalog, count: int, dim: int) -> None:
    """Write pictures with random vectors; nothing here depends on what they are."""
    model = ModelInfo("benchmark", "Benchmark", dim, is_builtin=False)
    root_id = catalog.add_root("/home/somebody/Pictures", RootKind.FOLDER)
    rng = np.random.default_rng(0)
    for start in range(0, count, BATCH):
        vectors = rng.standard_normal((min(BATCH, count - start), dim)).astype(np.float32)
        batch = [
            NewPicture(
                path=f"/home/somebody/Pictures/{number // 500}/IMG_{number:07}.jpg",
                stamp=FileStamp(3_000_000 + number, 1_600_000_000_000_000_000 + number * 10**9),
                width_px=4000,
                height_px=3000,
                format="JPEG",
                taken_at_s=1.6e9 + number * 7919 % 100_000_007,
                fingerprint=number.to_bytes(16, "little"),
                vector=vector,
            )
            for number, vector in enumerate(vectors, start)
        ]
        catalog.write_pictures(root_id, model, batch)


def copy_bare(source: Path, target: Path) -> None:
    """The same bytes, written to the disk."""
    with source.open("rb") as original, target.open("wb") as copy:
        shutil.copyfileobj(original, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())


def reads_while(catalog: Catalog, work: Callable[[], object]) -> list[float]:
    """Milliseconds for a screenful of pictures, again and again while something else runs."""
    ids = catalog.picture_ids_newest_first()
    rng = np.random.default_rng(1)
    times: list[float] = []
    thread = threading.Thread(target=work)
    thread.start()
    while thread.is_alive():
        chosen = ids[rng.integers(len(ids), size=200)]
        times.append(1000 * seconds(lambda chosen=chosen: catalog.pictures(chosen)))  # type: ignore[misc]
    thread.join()
    return times


def until_stopped(catalog: Catalog, work: Callable[[CancelToken], None]) -> float:
    """Milliseconds from asking a job to stop to its end."""
    cancel = CancelToken()
    asked: list[float] = []

    def ask() -> None:
        asked.append(time.perf_counter())
        cancel.cancel()

    timer = threading.Timer(0.5, ask)
    timer.start()
    try:
        work(cancel)
    except CancelledError:
        return 1000 * (time.perf_counter() - asked[0])
    finally:
        timer.cancel()
        timer.join()
    return float("nan")


def main() -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=1_000_000)
    parser.add_argument("--dim", type=int, default=384)
    parser.add_argument("--folder", type=Path, default=None)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        path = Path(folder) / "catalog.sqlite3"
        with closing(Catalog.open(path)) as catalog:
            fill(catalog, arguments.pictures, arguments.dim)
        size = path.stat().st_size
        row(f"catalog of {arguments.pictures:,} pictures", f"{size / 1e6:.0f} MB")
        bare = seconds(lambda: copy_bare(path, Path(folder) / "bare"))
        (Path(folder) / "bare").unlink()
        row("opened", f"{1000 * seconds(lambda: Catalog.open(path).close()):.1f} ms")
        with closing(Catalog.open(path)) as catalog:
            made = seconds(lambda: catalog.back_up(CancelToken()))
            row("backed up and checked", f"{made:.1f} s", f"bare copy and fsync: {bare:.1f} s")
            times = reads_while(catalog, lambda: catalog.back_up(CancelToken()))
            row(
                "200 pictures by id meanwhile, p50 / max",
                f"{np.median(times):.1f} / {max(times):.1f} ms",
                f"otherwise {np.median(reads_while(catalog, lambda: time.sleep(1))):.1f} ms",
            )
            (oldest, *_) = sorted(catalog.backups.folder.glob("catalog-*"))
            oldest.unlink()  # room for what comes
            row("a backup stopped", f"{until_stopped(catalog, catalog.back_up):.0f} ms")
            checked = seconds(lambda: catalog.check(CancelToken()))
            row("all looked through, after an unclean end", f"{checked:.1f} s")
            row("which stopped", f"{until_stopped(catalog, catalog.check):.0f} ms")
        found = seconds(lambda: Backups(path).newest_good())
        row("newest good backup found", f"{found:.1f} s")
        restored = seconds(lambda: restore(path, Backups(path).newest()))
        row("restored", f"{restored:.1f} s", f"bare copy and fsync: {bare:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row("peak memory of this process", f"{peak:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
