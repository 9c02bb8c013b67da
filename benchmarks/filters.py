"""What filters, words in names, orders and labels cost, each beside its goal.

A library as people have them, but for its vectors, which nothing here looks at.

    python benchmarks/filters.py [--pictures 100000 1000000] [--folder DIR]

With --folder, what was made stays there, and the next run measures it without making it again.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np

from desktop_app.engine.query_language.parts import (
    After,
    Before,
    ByCamera,
    Comparison,
    Day,
    Filter,
    InFolder,
    Is,
    Kind,
    Measure,
    Name,
    OfSize,
    OfType,
    Rated,
    Tagged,
)
from desktop_app.engine.records import (
    FileStamp,
    GroupBy,
    LabelChange,
    ModelInfo,
    NewPicture,
    RootKind,
    SortBy,
)
from desktop_app.engine.store.catalog import Catalog

WRITTEN_AT_ONCE = 2_000
TIMES = 5
MODEL = ModelInfo("benchmark", "Benchmark", 2, is_builtin=False)
VECTOR = np.array([1, 0], dtype=np.float32)
ROOT = "/home/somebody/Pictures"

EVENTS = [
    "Holiday", "Birthday Anna", "Garden", "Wien", "Lake Garda", "Köln Dom", "Wedding", "Zoo",
    "Hiking", "Christmas", "Work", "Camping", "Beach day", "Skiing", "Concert", "Random",
]  # fmt: skip
CAMERAS = ["Canon EOS R5", "Apple iPhone 13", "SONY ILCE-7M3", "Google Pixel 7", "NIKON D750", None]
SIZES = [(6000, 4000), (4032, 3024), (3024, 4032), (3000, 3000), (1920, 1080)]

FILTERS: dict[str, list[Filter]] = {
    "after:2015": [After(Day(2015))],
    "after:2018-03 before:2018-06": [After(Day(2018, 3)), Before(Day(2018, 6))],
    "name:beach": [Name("beach")],
    "name:img": [Name("img")],
    "name:ö (a folder, not ASCII)": [Name("KÖLN")],
    "-name:img": [Name("img", is_excluded=True)],
    "in:/home/somebody/Pictures/2018": [InFolder("/home/somebody/Pictures/2018")],
    "in:2018": [InFolder("2018")],
    "-in:2018": [InFolder("2018", is_excluded=True)],
    "type:jpeg": [OfType("JPEG")],
    "type:png": [OfType("PNG")],
    "is:landscape": [Is(Kind.LANDSCAPE)],
    "is:square": [Is(Kind.SQUARE)],
    "is:screenshot": [Is(Kind.SCREENSHOT)],
    "size:>10mp": [OfSize(Comparison.MORE, 10, Measure.MEGAPIXELS)],
    "size:<2mb": [OfSize(Comparison.LESS, 2, Measure.MEGABYTES)],
    "camera:canon": [ByCamera("canon")],
    "-camera:canon": [ByCamera("canon", is_excluded=True)],
    "rating:5": [Rated(5, 5)],
    "rating:>=1": [Rated(1, 5)],
    "rating:none": [Rated(0, 0)],
    "tag:garden": [Tagged("garden")],
    "-tag:garden": [Tagged("garden", is_excluded=True)],
    "tag:garden tag:dog rating:>=3": [Tagged("garden"), Tagged("dog"), Rated(3, 5)],
    "all of several": [
        After(Day(2012)),
        Name("img"),
        OfType("JPEG"),
        Is(Kind.PORTRAIT),
        ByCamera("apple"),
        InFolder("Work", is_excluded=True),
    ],
}

TAGS = {"dog": 3, "garden": 2, "holiday": 20, **{f"tag {number}": 500 for number in range(200)}}
"""Every so many pictures have the tag."""

CHANGED = 100_000
"""Pictures that are rated and tagged at once."""

WORDS = ["beach", "bea", "köln", "img", "img_0", "screenshot 2019", "100", "anna birthday cake"]


def pictures(count: int) -> Iterator[list[NewPicture]]:
    """A library, year by year, sixty pictures a folder."""
    rng = np.random.default_rng(0)
    batch: list[NewPicture] = []
    for number in range(count):
        taken_at_s = 1.0e9 + 7.0e8 * number / count
        year, month = time.gmtime(taken_at_s)[:2]
        event = EVENTS[(number // 60 * 7919) % len(EVENTS)]
        folder = f"{ROOT}/{year}/{year}-{month:02} {event} {number // 60}"
        kind = int(rng.integers(20))
        width, height = SIZES[kind % len(SIZES)]
        camera = CAMERAS[kind % len(CAMERAS)]
        stem = ("IMG_", "DSC0", "PXL_20", "Screenshot_20", "beach ", "P10")[min(kind // 3, 5)]
        ending = "png" if kind in (9, 10, 11) else "jpg"
        batch.append(
            NewPicture(
                path=f"{folder}/{stem}{number:06}.{ending}",
                stamp=FileStamp(int(rng.integers(200_000, 9_000_000)), int(taken_at_s * 1e9)),
                width_px=width,
                height_px=height,
                format="PNG" if ending == "png" else "JPEG",
                taken_at_s=None if ending == "png" else taken_at_s,
                fingerprint=number.to_bytes(16, "little"),
                vector=VECTOR,
                utc_offset_s=7200,
                camera=None if ending == "png" else camera,
            )
        )
        if len(batch) == WRITTEN_AT_ONCE or number == count - 1:
            yield batch
            batch = []


def make(path: Path, count: int) -> None:
    """Write a library."""
    started = time.perf_counter()
    with closing(Catalog.open(path)) as catalog:
        root_id = catalog.add_root(ROOT, RootKind.FOLDER)
        for batch in pictures(count):
            catalog.write_pictures(root_id, MODEL, batch)
        ids = catalog.picture_ids_newest_first()
        for stars in range(1, 6):
            catalog.labels.rate(ids[stars::8].tolist(), stars, is_due=False)
        for number, (tag, every) in enumerate(TAGS.items()):
            catalog.labels.tag(ids[number::every].tolist(), [tag], [], is_due=False)
    seconds = time.perf_counter() - started
    size = path.stat().st_size / count
    print(f"{count:,} written: {count / seconds:,.0f}/s, {size:.0f} B/picture", flush=True)


def milliseconds(call: Callable[[], object]) -> float:
    """The best of a few runs."""
    took = []
    for _ in range(TIMES):
        started = time.perf_counter()
        call()
        took.append(time.perf_counter() - started)
    return 1000 * min(took)


def row(what: str, took_ms: float, goal_ms: float, found: int) -> None:
    """Print a line of the table."""
    print(f"  {what:<32} {took_ms:8.1f} ms   goal {goal_ms:6.0f} ms   {found:>9,}", flush=True)


def measure(catalog: Catalog, count: int) -> None:
    """Print what everything takes."""
    is_large = count > 100_000
    print(f"{count:,} pictures")
    for what, filters in FILTERS.items():
        found = len(catalog.ids_matching(filters))
        took = milliseconds(lambda some=filters: catalog.ids_matching(some))  # type: ignore[misc]
        row(what, took, 300 if is_large else 60, found)
    for words in WORDS:
        found = len(catalog.names_matching(words, 1_000).ids)
        took = milliseconds(lambda typed=words: catalog.names_matching(typed, 1_000))  # type: ignore[misc]
        row(f"names: {words}", took, 100 if is_large else 10, found)
    measure_labels(catalog, 300 if is_large else 60)
    measure_orders(catalog, 1500 if is_large else 200)
    took = milliseconds(catalog.vocabulary)
    row("vocabulary", took, 1500 if is_large else 200, len(catalog.vocabulary().folders))


def measure_labels(catalog: Catalog, goal_ms: float) -> None:
    """Print what reading and changing labels takes; all is taken back."""
    labels = catalog.labels
    every = catalog.picture_ids_newest_first().tolist()
    row("labels of 100", milliseconds(lambda: labels.of(every[:100])), 10, 100)
    row("counts of all labels", milliseconds(labels.counts), goal_ms, len(labels.counts().tags))
    for count in (1, 1_000, 40_000, len(every)):
        some = every[:count]
        took = milliseconds(lambda ids=some: labels.common(ids))  # type: ignore[misc]
        row("labels in common", took, 10 if count < 10_000 else 2 * goal_ms, count)
    took = milliseconds(lambda: catalog.average_colours(every[:200]))
    row("average colours of 200", took, 5, 200)
    some = every[:CHANGED]
    changes: dict[str, Callable[[], LabelChange]] = {
        "rate": lambda: labels.rate(some, 5, is_due=False),
        "rate, with files to write": lambda: labels.rate(some, 2, is_due=True),
        "tag": lambda: labels.tag(some, ["new"], [], is_due=False),
        "delete a tag": lambda: labels.delete("holiday", is_due=False),
    }
    for what, change in changes.items():
        started = time.perf_counter()
        done = change()
        row(what, 1000 * (time.perf_counter() - started), 1000, len(done.ids))
        started = time.perf_counter()
        labels.restore(done, is_due=False)
        row(f"{what}, taken back", 1000 * (time.perf_counter() - started), 1000, len(done.ids))
    labels.set_all_due(is_due=False)


def measure_orders(catalog: Catalog, goal_ms: float) -> None:
    """Print what sorting and grouping takes, of everything and of a search's hits."""
    every = catalog.picture_ids_newest_first()
    shuffled = np.random.default_rng(0).permutation(every)
    for what, ids in (("all", None), ("all, ranked", shuffled), ("1,000", shuffled[:1_000])):
        for sort_by in SortBy:
            for group_by in GroupBy:
                order = partial(catalog.arranged, ids, sort_by, group_by=group_by)
                groups = len(order().groups)
                row(f"{what} by {sort_by} / {group_by}", milliseconds(order), goal_ms, groups)


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for count in arguments.pictures:
            path = folder / f"{count}.sqlite3"
            if not path.exists():
                make(path, count)
            with closing(Catalog.open(path)) as catalog:
                measure(catalog, count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
