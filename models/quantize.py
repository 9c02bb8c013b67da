"""Makes the int8 file of a tower, and lets no bad one pass.

A tower is quantized dynamically, and statically as well where pictures to calibrate with are
given. Each result is compared with the float tower on inputs that were held out: it passes the
gate when its embeddings point the same way and have the same neighbours. Where one does not pass,
its most sensitive layers stay float (:mod:`models.sensitivity`).

Which one is taken: quality first within the gate, then speed. The one whose neighbours agree
better wins; where the two differ by less than `_SAME_OVERLAP`, which no search would notice, the
faster one does. A way that would leave half of a tower's weights in float is no way: dynamic int8
of a tower of convolutions. Where no way passes, the weights alone are stored as int8, which is
smaller but no faster; where even that does not pass, the tower is refused.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from models.dynamic_int8 import DynamicInt8
from models.quantized_tower import Way
from models.sensitivity import KeptLayer, Measurement, keep_layers, order_by_harm
from models.static_int8 import StaticInt8
from models.tower_graph import TowerError, TowerGraph
from models.tower_runs import (
    Feed,
    mean_cosine,
    milliseconds_per_row,
    neighbour_overlap,
    run_model,
)
from models.weight_int8 import WeightInt8

__all__ = [
    "Feed",
    "Gate",
    "KeptLayer",
    "QuantizationError",
    "QuantizationResult",
    "mean_cosine",
    "quantize_tower",
    "run_model",
]

log = logging.getLogger(__name__)

_SAME_OVERLAP = 0.02


class QuantizationError(Exception):
    """No way of quantizing kept the embeddings' directions; the text has the figures."""


@dataclass(frozen=True)
class Gate:
    """What a quantized tower must reach against the float one, on held-out inputs.

    Attributes:
        least_cosine: mean cosine between the embeddings of the same input.
        least_overlap: mean part of the nearest neighbours that are the same, 0 to 1.
        neighbours: how many nearest are compared.
        least_share: part of the weights that must be int8, 0 to 1.
    """

    least_cosine: float = 0.98
    least_overlap: float = 0.90
    neighbours: int = 10
    least_share: float = 0.5

    def measure(self, expected: NDArray[np.float32], found: NDArray[np.float32]) -> Measurement:
        """Compare embeddings, each of shape ``(n, dim)``; broken ones count as 0."""
        if found.shape != expected.shape or not _are_directions(found):
            return Measurement(0.0, 0.0, passed=False)
        cosine = mean_cosine(expected, found)
        overlap = neighbour_overlap(expected, found, self.neighbours)
        passed = cosine >= self.least_cosine and overlap >= self.least_overlap
        return Measurement(cosine, overlap, passed)


def _are_directions(vectors: NDArray[np.float32]) -> bool:
    return bool(np.isfinite(vectors).all() and np.abs(vectors).max(axis=1).min() > 0)


@dataclass(frozen=True)
class QuantizationResult:
    """How a tower was quantized.

    Attributes:
        method: in words.
        cosine: mean cosine between its embeddings and those of the float tower.
        overlap: mean part of the nearest neighbours that are the same.
        kept_float: the layers that were left in float, the most harmful first.
    """

    method: str
    cosine: float
    overlap: float = 1.0
    kept_float: tuple[KeptLayer, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    """A quantized tower that passed."""

    path: Path
    result: QuantizationResult
    milliseconds: float


def quantize_tower(
    source: Path,
    target: Path,
    held_out: Sequence[Feed],
    *,
    calibration: Sequence[Feed] = (),
    gate: Gate = Gate(),
) -> QuantizationResult:
    """Write the int8 file of a tower; it is either whole and good, or not there.

    Args:
        source: the float32 file; its weights may lie beside it.
        target: where to write; weights beyond 1.9 GB go to ``<its name>_data`` beside it.
        held_out: real inputs to judge by. At least four times the gate's neighbours, for fewer
            neighbours are compared among fewer inputs.
        calibration: other real inputs, in batches of a size that fits into memory; with them
            static int8 is tried as well.
        gate: what must be reached.

    Raises:
        QuantizationError: nothing passes, or the tower cannot be taken apart.
        ValueError: `held_out` is empty.
        OSError: the source cannot be read or the target not be written.
    """
    if not held_out:
        raise ValueError("nothing to judge a quantized tower by")
    with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as folder:
        trial = _Trial(source, target.name, held_out, gate, Path(folder))
        best = trial.best(calibration)
        _move(best.path, target)
    return best.result


def _move(path: Path, target: Path) -> None:
    """Move a tower to its place, with what lies beside it: ``_data``, or onnxruntime's ``.data``.

    The weights go first: a graph without them would be half a tower.
    """
    for suffix in ("_data", ".data"):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            os.replace(beside, target.with_name(beside.name))
    os.replace(path, target)


class _Trial:
    """The ways to quantize one tower, each brought through the gate or refused."""

    def __init__(
        self, source: Path, name: str, held_out: Sequence[Feed], gate: Gate, scratch: Path
    ) -> None:
        try:
            self._graph = TowerGraph(source)
        except TowerError as error:
            raise QuantizationError(str(error)) from error
        self._source, self._name, self._held_out = source, name, held_out
        self._gate, self._scratch = gate, scratch
        self._expected = run_model(source, held_out)
        self._refused: list[str] = []

    def best(self, calibration: Sequence[Feed]) -> _Candidate:
        """The best of those that pass."""
        passed = [
            candidate
            for number, way in enumerate(self._ways(calibration))
            if (candidate := self._bring_through(way, self._scratch / str(number))) is not None
        ]
        if not passed:
            last = self._bring_through(WeightInt8(self._graph), self._scratch / "weights")
            if last is None:
                raise self._refusal()
            return last
        best_overlap = max(candidate.result.overlap for candidate in passed)
        alike = [each for each in passed if each.result.overlap >= best_overlap - _SAME_OVERLAP]
        return min(alike, key=lambda candidate: candidate.milliseconds)

    def _ways(self, calibration: Sequence[Feed]) -> Iterator[Way]:
        if calibration:
            yield StaticInt8(self._graph, calibration, self._scratch)
        try:
            yield DynamicInt8(self._graph)
        except TowerError as error:
            self._refused.append(str(error))

    def _judge(self, path: Path) -> Measurement:
        return self._gate.measure(self._expected, run_model(path, self._held_out))

    def _bring_through(self, way: Way, folder: Path) -> _Candidate | None:
        if way.int8_share < self._gate.least_share:
            log.info("%s reaches %.0f%% of the weights", way.method, 100 * way.int8_share)
            self._refused.append(f"{way.method} reaches {100 * way.int8_share:.0f}% of the weights")
            return None
        folder.mkdir()
        path = folder / self._name
        way.write(path, ())
        found = self._judge(path)
        kept: tuple[KeptLayer, ...] = ()
        log.info("%s: %s", way.method, found)
        if not found.passed:
            outcome = self._keep_layers(way, path, folder)
            if outcome is None:
                self._refused.append(
                    f"{way.method} reaches a cosine of {found.cosine:.3f}"
                    f" and an overlap of {found.overlap:.3f}"
                )
                return None
            found, kept = outcome
        result = QuantizationResult(way.method, found.cosine, found.overlap, kept)
        return _Candidate(path, result, milliseconds_per_row(path, self._held_out[0]))

    def _keep_layers(
        self, way: Way, path: Path, folder: Path
    ) -> tuple[Measurement, tuple[KeptLayer, ...]] | None:
        order = order_by_harm(way, self._source, self._held_out, folder)
        if not order:
            return None
        return keep_layers(way, order, self._judge, path, self._gate.least_share)

    def _refusal(self) -> QuantizationError:
        gate = self._gate
        return QuantizationError(
            f"No int8 form of {self._source.name} is good enough: {'; '.join(self._refused)}."
            f" A cosine of {gate.least_cosine} and an overlap of {gate.least_overlap} are needed."
        )
