"""Which hits are strong: chooses where they begin, and compares with other rules.

Libraries of pictures whose class is known: a large one of all 500 pictures of a split of the 100
sports and 1,000 of ImageNet, where a query has 5 hits, and many small ones, where up to an eighth
of the library fits. Each sport's name is a query; then each sport's picture is one. Limits are
chosen on one split by the mean of both F1 and reported on the other. Pictures are encoded once.

    python benchmarks/relevance.py [--data DIR] [--model DIR] [--folder DIR]

With --folder, vectors stay there for the next run.
"""

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import read_model_folder
from desktop_app.engine.search.relevance import BARS, EVERYDAY, Bars, Basis, Judge
from models.evaluation_sets import read_imagenet_sample, read_sports
from models.measurement import embed_files

NEUTRAL = ("a photo", "a picture", "an image", "a photograph", "something", "a scene")
SPLITS = ("valid", "test")
SMALL = ((4, 20), (10, 50), (20, 100))
"""Sports, and pictures of ImageNet beside them, in small libraries."""
DRAWN = 20
TOP = 20
STEPS = 50

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vectors:
    """All that is encoded."""

    pictures: dict[str, Array]
    classes: dict[str, NDArray[np.int64]]
    imagenet: Array
    names: Array
    everyday: Array
    neutral: Array


@dataclass(frozen=True, slots=True)
class Outcome:
    """How well hits were told from other pictures."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """Queries with all their scores, put one behind the other.

    Attributes:
        yardsticks: For each rule, what its limit is compared with, shape ``(n,)`` each.
        fits: Which fit, shape ``(n,)``.
    """

    yardsticks: dict[str, Array]
    fits: NDArray[np.bool_]

    def outcome(self, chosen: NDArray[np.bool_]) -> Outcome:
        """Compare what is called strong with what fits."""
        right = int(np.count_nonzero(chosen & self.fits))
        count = int(np.count_nonzero(chosen))
        return Outcome(right / max(1, count), right / int(np.count_nonzero(self.fits)))


Rule = Callable[[Asked], NDArray[np.bool_]]
"""Calls some of what was asked strong."""


def encode(data: Path, model: Path, folder: Path) -> Vectors:
    """Encode everything with the program's own code, or read it where it was kept."""
    model_folder = read_model_folder(model)
    encoder = OnnxEncoder(model_folder, threads=2)

    def kept(name: str, make: Callable[[], Array]) -> Array:
        path = folder / f"{hashlib.sha256(model_folder.key.encode()).hexdigest()[:12]}-{name}.npy"
        if not path.exists():
            np.save(path, make())
        vectors: Array = np.load(path)
        return vectors

    sports = {split: read_sports(data, split) for split in SPLITS}
    imagenet = read_imagenet_sample(data)

    def pictures(name: str, paths: Sequence[Path]) -> Array:
        return kept(name, lambda: embed_files(encoder, model_folder, paths))

    return Vectors(
        {split: pictures(split, sports[split].paths) for split in SPLITS},
        {split: sports[split].labels for split in SPLITS},
        pictures("imagenet", imagenet.paths),
        encoder.encode_texts(sports["valid"].names),
        encoder.encode_texts(EVERYDAY),
        encoder.encode_texts(NEUTRAL),
    )


def libraries(
    vectors: Vectors, split: str, *, small: bool
) -> Iterator[tuple[Array, NDArray[np.int64]]]:
    """Vectors of each library and the sport that each picture shows, -1 for none."""
    classes = vectors.classes[split]
    if not small:
        none = np.full(len(vectors.imagenet), -1)
        yield (
            np.concatenate([vectors.pictures[split], vectors.imagenet]),
            np.concatenate([classes, none]),
        )
        return
    rng = np.random.default_rng(0)
    for sports, others in SMALL:
        for _ in range(DRAWN):
            chosen = np.isin(classes, rng.choice(classes.max() + 1, sports, replace=False))
            beside = vectors.imagenet[rng.choice(len(vectors.imagenet), others, replace=False)]
            yield (
                np.concatenate([vectors.pictures[split][chosen], beside]),
                np.concatenate([classes[chosen], np.full(others, -1)]),
            )


def ask(vectors: Vectors, split: str, basis: Basis, *, small: bool) -> Asked:
    """Ask every library for every sport that it has."""
    rows: dict[str, list[Array]] = {}
    fits: list[NDArray[np.bool_]] = []
    neutral = vectors.neutral.mean(axis=0)
    for library, shows in libraries(vectors, split, small=small):
        judge = Judge(library, lambda: vectors.everyday)
        queries = range(len(library)) if basis is Basis.PICTURES else np.unique(shows)
        for query in queries:
            sport = shows[query] if basis is Basis.PICTURES else query
            if sport < 0:
                continue
            vector = library[query] if basis is Basis.PICTURES else vectors.names[sport]
            scores = library @ vector
            if basis is Basis.PICTURES:
                scores[query] = -1  # the picture itself is no find
            by_library, by_everyday = judge.distances(scores, vector, basis)
            middle = np.median(scores)
            spread = np.float32(1.4826 * np.median(np.abs(scores - middle)))
            ranks = np.empty(len(scores), dtype=np.float32)
            ranks[np.argsort(-scores)] = np.arange(len(scores))
            found = {
                "cosine": scores,
                "library": by_library,
                "median": (scores - middle) / spread,
                "everyday": by_everyday,
                "neutral": scores - library @ neutral,
                "rank": TOP - ranks,
            }
            for name, values in found.items():
                rows.setdefault(name, []).append(values)
            fit = shows == sport
            if basis is Basis.PICTURES:
                fit[query] = False
            fits.append(fit)
    return Asked({name: np.concatenate(each) for name, each in rows.items()}, np.concatenate(fits))


def steps(asked: Sequence[Asked], name: str) -> Array:
    """Limits worth trying: where the scores of what fits lie."""
    values = np.concatenate([one.yardsticks[name][one.fits] for one in asked])
    limits: Array = np.quantile(values, np.linspace(0.02, 0.98, STEPS)).astype(np.float32)
    return limits


def at_least(name: str, limit: float) -> Rule:
    """One yardstick with its limit."""
    return lambda asked: asked.yardsticks[name] >= limit


def either(bars: Bars) -> Rule:
    """What the program does: one of two yardsticks is enough."""

    def is_strong(asked: Asked) -> NDArray[np.bool_]:
        by_library = asked.yardsticks["library"] >= bars.library
        chosen: NDArray[np.bool_] = by_library | (asked.yardsticks["everyday"] >= bars.everyday)
        return chosen

    return is_strong


def mean_f1(asked: Sequence[Asked], rule: Rule) -> float:
    """What limits are chosen by."""
    return float(np.mean([one.outcome(rule(one)).f1 for one in asked]))


def best_limit(asked: Sequence[Asked], name: str) -> float:
    """The limit of one yardstick."""
    tried: list[float] = steps(asked, name).tolist()
    return max(tried, key=lambda limit: mean_f1(asked, at_least(name, limit)))


def best_bars(asked: Sequence[Asked]) -> Bars:
    """The limits of the two yardsticks of which one is enough."""
    never = float("inf")
    tried = [
        Bars(library, everyday)
        for library in (*steps(asked, "library").tolist(), never)
        for everyday in (*steps(asked, "everyday").tolist(), never)
    ]
    return max(tried, key=lambda bars: mean_f1(asked, either(bars)))


def report(vectors: Vectors, basis: Basis) -> None:
    """Choose on the one split, and print what that gives on the other."""
    valid = [ask(vectors, "valid", basis, small=small) for small in (False, True)]
    test = [ask(vectors, "test", basis, small=small) for small in (False, True)]
    bars = best_bars(valid)
    own = BARS[basis]
    rules: list[tuple[str, Rule]] = [
        (f"either, as in the program: {own.library:g} or {own.everyday:g}", either(own)),
        (f"either, chosen now: {bars.library:.2f} or {bars.everyday:.2f}", either(bars)),
    ]
    singles = {
        "library": "library alone",
        "median": "library alone, by median and MAD",
        "everyday": "everyday queries alone",
        "neutral": "cosine above that of neutral words",
        "cosine": "flat cosine",
    }
    if basis is Basis.PICTURES:
        del singles["neutral"]
    for name, title in singles.items():
        limit = best_limit(valid, name)
        rules.append((f"{title}: {limit:.2f}", at_least(name, limit)))
    rules.append((f"the first {TOP}", at_least("rank", 1)))
    heads = "".join(f"{head:>24}" for head in ("large library", "small libraries"))
    print(f"\nqueries by {basis}: precision, recall, F1 on the test split")
    print(f"{'':<52}{heads}   F1 on valid")
    for title, strong in rules:
        outcomes = [one.outcome(strong(one)) for one in test]
        columns = "".join(
            f"{one.precision:>10.3f}{one.recall:>7.3f}{one.f1:>7.3f}" for one in outcomes
        )
        print(f"{title:<52}{columns}{mean_f1(valid, strong):>12.3f}", flush=True)
    report_absent(vectors, basis)


def report_absent(vectors: Vectors, basis: Basis) -> None:
    """What is called strong where nothing fits."""
    judge = Judge(vectors.imagenet, lambda: vectors.everyday)
    queries = vectors.pictures["test"] if basis is Basis.PICTURES else vectors.names
    counts = []
    for vector in queries:
        above = judge.relevance(vectors.imagenet @ vector, vector, basis)
        counts.append(np.count_nonzero(above >= 1))
    print(
        f"asked of the 1,000 pictures of ImageNet alone: {np.mean(counts):.1f} strong a query,"
        f" none at all for {np.mean(np.equal(counts, 0)):.0%}"
    )


def main() -> int:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", type=Path, default=Path("models/starter"))
    parser.add_argument("--folder", type=Path, help="where to keep vectors")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        vectors = encode(options.data, options.model, folder)
    for basis in Basis:
        report(vectors, basis)
    return 0


if __name__ == "__main__":
    sys.exit(main())
