"""How long it takes to look through folders in which nothing has changed.

Beside stands a bare walk of the same folders: `os.scandir` and `os.stat` for every file. The goal
is twice that: reading the catalog, scanning and comparing together.

    python benchmarks/scanning.py [--files N]
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.exclusions import NOTHING_MORE
from desktop_app.engine.files.scanner import scan
from desktop_app.engine.indexing.scan_run import Scanned, ScanRun, ScanTarget
from desktop_app.engine.records import FileStamp, ModelInfo, NewPicture, RootKind
from desktop_app.engine.store.catalog import Catalog

FILES_PER_FOLDER = 500
WRITTEN_AT_ONCE = 2_000
MODEL = ModelInfo("key", "two numbers", 2, is_builtin=True)
RUNS = 5


def bare_walk(root: str) -> int:
    """Scan and stat; the number of files."""
    count = 0
    pending = [root]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    entry.stat()
                    count += 1
    return count


def scan_alone(root: str) -> int:
    """Scan as if everything were known; the number of files."""
    count = 0

    def recognise(_path: str, _size_bytes: int, _mtime_ns: int) -> bool:
        nonlocal count
        count += 1
        return True

    for _ in scan([root], recognise, CancelToken()):
        pass
    return count


def write_all(catalog: Catalog, root: str, paths: list[str]) -> int:
    """Write all files into a catalog as if they were pictures; returns the root's id."""
    root_id = catalog.add_root(root, RootKind.FOLDER)
    vector = np.array([1, 0], dtype=np.float32)
    for start in range(0, len(paths), WRITTEN_AT_ONCE):
        batch = []
        for number, path in enumerate(paths[start : start + WRITTEN_AT_ONCE], start):
            status = os.stat(path)
            stamp = FileStamp(status.st_size, status.st_mtime_ns)
            digest = number.to_bytes(17, "big")
            batch.append(NewPicture(path, stamp, 4, 3, "JPEG", None, digest, vector))
        catalog.write_pictures(root_id, MODEL, batch)
    return root_id


def rescan(catalog: Catalog, root_id: int, root: str) -> int:
    """What a run does in which nothing has changed; the number of files."""
    run = ScanRun(catalog, MODEL.key, NOTHING_MORE, retry_failed=False)
    for found in run.look_through(ScanTarget(root_id, root), CancelToken()):
        if isinstance(found, Scanned):
            return found.unchanged
    raise AssertionError("a scan ends with what it found")


def best_seconds(call: Callable[[], object]) -> float:
    """The best of a few runs."""
    best = float("inf")
    for _ in range(RUNS):
        started = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - started)
    return best


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=100_000, help="default: 100000")
    count = parser.parse_args().files
    with tempfile.TemporaryDirectory() as root, tempfile.TemporaryDirectory() as data:
        paths = []
        for number in range(count):
            folder = Path(root, f"{number // FILES_PER_FOLDER:04}")
            if number % FILES_PER_FOLDER == 0:
                folder.mkdir()
            path = folder / f"IMG_{number:06}.jpg"
            path.touch()
            paths.append(str(path))
        catalog = Catalog.open(Path(data, "catalog.sqlite3"))
        root_id = write_all(catalog, root, paths)
        bare_s = best_seconds(lambda: bare_walk(root))
        scan_s = best_seconds(lambda: scan_alone(root))
        both_s = best_seconds(lambda: rescan(catalog, root_id, root))
        if rescan(catalog, root_id, root) != count:
            raise AssertionError("some files were not recognised")
        catalog.close()
    print(f"{'files':<24}{count:>10,}")
    print(f"{'bare walk':<24}{bare_s:>9.2f} s")
    print(f"{'scan':<24}{scan_s:>9.2f} s {scan_s / bare_s:>8.2f} × bare")
    print(f"{'rescan':<24}{both_s:>9.2f} s {both_s / bare_s:>8.2f} × bare (goal 2)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
