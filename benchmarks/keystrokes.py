"""What one key costs while somebody types: from the line to ranked hits, as the window asks.

Sentences that people wrote about pictures are typed key by key into a library of made-up pictures:
the line is read, words are encoded, names are looked through, everything is ranked and judged.

    python benchmarks/keystrokes.py [--data DIR] [--model DIR] [--pictures N] [--sentences N]
        [--filter TEXT] [--folder DIR]

With --filter, such as "after:2015 ", the line begins with that. With --folder, the library stays
there for the next run.
"""

import argparse
import csv
import itertools
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from desktop_app.engine.active_model import ActiveModel
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.picture_reader import DecodeLimits
from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import read_model_folder
from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.records import FileStamp, ModelInfo, NewPicture, Query, RootKind
from desktop_app.engine.store.catalog import Catalog
from search import vectors

GOAL_MS = 60
ALL = "a key, all of it"
AGAIN_EVERY = 10
ROOT = "/home/somebody/Pictures"
EVENTS = ("Holiday", "Dog walk", "Garden", "Beach day", "Wedding", "Snow", "Concert", "Random")
STEMS = ("IMG_", "DSC0", "Screenshot ", "two dogs ", "girl in the snow ", "P10")


def pictures(count: int, dim: int) -> Iterator[list[NewPicture]]:
    """A library: vectors in clusters, names as cameras and people give them."""
    numbers = itertools.count()
    for chunk in vectors(count, dim):
        batch = []
        for vector, number in zip(chunk, numbers, strict=False):
            taken_at_s = 1.0e9 + 7.0e8 * number / count
            event = EVENTS[(number // 60 * 7919) % len(EVENTS)]
            # People give names to one in fifty.
            stem = STEMS[number % len(STEMS)] if number % 50 == 0 else STEMS[number % 2]
            batch.append(
                NewPicture(
                    path=f"{ROOT}/{event} {number // 60}/{stem}{number}.jpg",
                    stamp=FileStamp(3_000_000 + number, number),
                    width_px=4000,
                    height_px=3000,
                    format="JPEG",
                    taken_at_s=taken_at_s,
                    fingerprint=number.to_bytes(16, "little"),
                    vector=vector,
                    utc_offset_s=7200,
                )
            )
        yield batch


def make(path: Path, model: ModelInfo, count: int) -> None:
    """Write a library, unless it is there."""
    if path.exists():
        return
    with closing(Catalog.open(path)) as catalog:
        root_id = catalog.add_root(ROOT, RootKind.FOLDER)
        for batch in pictures(count, model.dim):
            catalog.write_pictures(root_id, model, batch)


def sentences(data: Path, count: int) -> list[str]:
    """Some of those that people wrote."""
    with (data / "flickr8k-test" / "captions.csv").open(encoding="utf-8", newline="") as lines:
        captions = [row["caption"] for row in csv.DictReader(lines)]
    return random.Random(0).sample(captions, count)


def keys(typed: list[str], start: str) -> Iterator[tuple[str, int]]:
    """What stands in the line after each key, and how many characters were typed."""
    for sentence in typed:
        for length in range(1, len(sentence) + 1):
            yield start + sentence[:length], length


def measure(active: ActiveModel, typed: list[str], start: str) -> None:
    """Type, and print what keys cost."""
    times: dict[str, list[float]] = defaultdict(list)
    for line, length in keys(typed, start):
        started, cpu_started = time.perf_counter(), time.process_time()
        query = Query(parse(line).parts)
        read = time.perf_counter()
        if query.is_empty:
            continue
        active.search(query, None)
        ended = time.perf_counter()
        times[ALL].append(ended - started)
        times["the same in CPU time"].append(time.process_time() - cpu_started)
        times["reading the line"].append(read - started)
        part = "first 10" if length <= 10 else "11 to 40" if length <= 40 else "later"
        times[f"the {part} keys of a sentence"].append(ended - started)
        if length % AGAIN_EVERY == 0:  # as after a key that is taken back
            again = time.perf_counter()
            active.search(query, None)
            times["the same words once more"].append(time.perf_counter() - again)
    print(f"{'':<40}{'keys':>8}{'p50':>10}{'p95':>10}{'max':>10}")
    for what, values in times.items():
        p50, p95, most = np.quantile(1000 * np.array(values), [0.5, 0.95, 1])
        goal = f"  goal: p95 {GOAL_MS} ms" if what == ALL else ""
        print(f"{what:<40}{len(values):>8}{p50:>7.1f} ms{p95:>7.1f} ms{most:>7.1f} ms{goal}")


def main() -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", type=Path, default=Path("models/starter"))
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--sentences", type=int, default=200)
    parser.add_argument("--filter", default="", help="what the line begins with")
    parser.add_argument("--folder", type=Path, help="where to keep what was made")
    options = parser.parse_args()
    encoder = OnnxEncoder(read_model_folder(options.model))
    typed = sentences(options.data, options.sentences)
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)) / f"keystrokes-{options.pictures}"
        folder.mkdir(parents=True, exist_ok=True)
        make(folder / "catalog.sqlite3", encoder.info, options.pictures)
        with closing(Catalog.open(folder / "catalog.sqlite3")) as catalog:
            active = ActiveModel("starter", encoder, catalog, folder / "indexes", DecodeLimits())
            for _ in active.prepare(CancelToken()):
                pass
            active.warm_up()
            print(f"{options.pictures:,} pictures, the line begins with {options.filter!r}")
            measure(active, typed, options.filter)
            active.save()
            active.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
