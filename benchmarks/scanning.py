"""How long it takes to look through folders in which nothing has changed.

Beside stands a bare walk of the same folders: `os.scandir` and `os.stat` for every file. The goal
is twice that, scanning and comparing with the catalog together.

    python benchmarks/scanning.py [--files N]
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.changes import compare
from desktop_app.engine.files.scanner import scan
from desktop_app.engine.records import FileStamp, FoundFile, KnownFile

FILES_PER_FOLDER = 500
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


def _nothing_remembered(_path: str, _stamp: FileStamp) -> bool:
    return False


def look_through(root: str) -> list[FoundFile]:
    """What `scan` finds, all of it pictures."""
    items = scan([root], _nothing_remembered, CancelToken())
    return [item for item in items if isinstance(item, FoundFile)]


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
    with tempfile.TemporaryDirectory() as root:
        for number in range(count):
            folder = Path(root, f"{number // FILES_PER_FOLDER:04}")
            if number % FILES_PER_FOLDER == 0:
                folder.mkdir()
            (folder / f"IMG_{number:06}.jpg").touch()
        known = {
            file.path: KnownFile(number, file.stamp, b"")
            for number, file in enumerate(look_through(root))
        }
        bare_s = best_seconds(lambda: bare_walk(root))
        scan_s = best_seconds(lambda: look_through(root))
        both_s = best_seconds(lambda: compare(look_through(root), known, [], lambda _path: None))
    print(f"{'files':<24}{count:>10,}")
    print(f"{'bare walk':<24}{bare_s:>9.2f} s")
    print(f"{'scan':<24}{scan_s:>9.2f} s {scan_s / bare_s:>8.2f} × bare")
    print(f"{'scan and compare':<24}{both_s:>9.2f} s {both_s / bare_s:>8.2f} × bare")
    return 0


if __name__ == "__main__":
    sys.exit(main())
