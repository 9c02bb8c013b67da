"""Finds out which layers of a tower int8 harms, and keeps as few of them float as it can.

1. `Way.suspects` puts the layers in an order that costs at most one float run.
2. The first `_JUDGED` of them are measured from end to end: the tower with this one layer in int8
   and all others float, on `_JUDGED_ROWS` inputs. That costs a short run each, so its price does
   not grow with the tower's depth; it ends early after `_HARMLESS_IN_A_ROW` layers that do nothing.
3. From the worst on, 1, 2, 4, 8 ... layers are kept float until the tower passes: a run over all
   held-out inputs each.
4. From the least harmful on, each kept layer is made int8 again, and stays so if the tower still
   passes. What remains is needed, each layer by itself, and how bad the tower is without it is
   known.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.quantized_tower import Way
from models.tower_runs import Feed, first_rows, mean_cosine, run_model

log = logging.getLogger(__name__)

_JUDGED = 24
_JUDGED_ROWS = 32
_HARMLESS_COSINE = 0.999
_HARMLESS_IN_A_ROW = 6


@dataclass(frozen=True)
class KeptLayer:
    """A layer that was left in float.

    Attributes:
        name: of its node.
        cosine_without: the tower's mean cosine to the float one with this layer in int8 as well.
    """

    name: str
    cosine_without: float


@dataclass(frozen=True)
class Measurement:
    """How well a quantized tower agrees with the float one.

    Attributes:
        cosine: mean between the embeddings of the same inputs.
        overlap: mean part of the nearest neighbours that are the same.
        passed: whether both are good enough.
    """

    cosine: float
    overlap: float
    passed: bool


Judge = Callable[[Path], Measurement]


def order_by_harm(way: Way, source: Path, probes: Sequence[Feed], scratch: Path) -> list[str]:
    """Order a tower's layers by how much int8 in them alone turns its embeddings.

    Args:
        way: how it is quantized.
        source: the float file.
        probes: inputs.
        scratch: a folder for the towers that are tried.

    Returns:
        Names, the most harmful first; empty where the way cannot keep single layers.
    """
    suspects = way.suspects(probes)
    if not suspects:
        return []
    rows = first_rows(probes, _JUDGED_ROWS)
    reference = run_model(source, rows)
    names = {layer.name for layer in way.layers}
    cosines: dict[str, float] = {}
    harmless = 0
    for name in suspects[:_JUDGED]:
        tried = scratch / "one_layer.onnx"
        way.write(tried, names - {name})
        cosines[name] = mean_cosine(reference, run_model(tried, rows))
        log.info("%s of %s alone: cosine %.4f", way.method, name, cosines[name])
        harmless = harmless + 1 if cosines[name] >= _HARMLESS_COSINE else 0
        if harmless == _HARMLESS_IN_A_ROW:
            break
    # What is broken altogether has no cosine, and is the worst that can be.
    judged = sorted(cosines, key=lambda name: np.nan_to_num(cosines[name], nan=-2.0))
    return judged + suspects[len(judged) :]


def keep_layers(
    way: Way, order: Sequence[str], judge: Judge, target: Path, least_share: float
) -> tuple[Measurement, tuple[KeptLayer, ...]] | None:
    """Write the tower with as few layers in float as it takes to pass.

    Args:
        way: how it is quantized.
        order: its layers, the most harmful first.
        judge: measures a file.
        target: where to write.
        least_share: part of the tower's weights that must stay int8, 0 to 1.

    Returns:
        How it measured and what was left, the most harmful first; None where too little would
        stay int8.
    """
    count = 1
    while True:
        kept = list(order[:count])
        if _share_without(way, kept) < least_share:
            return None
        way.write(target, kept)
        found = judge(target)
        log.info("%s with %d layers float: %s", way.method, len(kept), found)
        if found.passed:
            return _make_int8_again(way, kept, judge, target)
        if count >= len(order):
            return None
        count *= 2


def _make_int8_again(
    way: Way, kept: list[str], judge: Judge, target: Path
) -> tuple[Measurement, tuple[KeptLayer, ...]]:
    needed: dict[str, float] = {}
    for name in reversed(kept):
        others = [*(other for other in kept if other != name)]
        way.write(target, others)
        found = judge(target)
        if found.passed:
            kept = others
        else:
            needed[name] = found.cosine
    way.write(target, kept)
    return judge(target), tuple(KeptLayer(name, needed[name]) for name in kept)


def _share_without(way: Way, kept: Sequence[str]) -> float:
    """Part of the tower's weights that stay int8 when these layers do not."""
    all_weights = sum(layer.weights for layer in way.layers)
    left = sum(layer.weights for layer in way.layers if layer.name in kept)
    return way.int8_share * (1 - left / max(all_weights, 1))
