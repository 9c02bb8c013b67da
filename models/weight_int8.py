"""Int8 weights alone: a quarter of the size, the directions nearly kept, but no faster."""

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from onnx import NodeProto, helper

from models.quantized_tower import Layer
from models.tower_graph import TowerGraph, Weight
from models.tower_runs import Feed

_SMALLEST_WEIGHTS = 1024
_LEAST_OPSET = 13  # DequantizeLinear with a scale a channel
_LIMIT = 127  # nothing is summed in 16 bits here, so weights may have all eight


class WeightInt8:
    """Large weights are int8 behind ``DequantizeLinear``; the arithmetic stays float."""

    method = "int8 weights only"

    def __init__(self, graph: TowerGraph) -> None:
        """Look through the tower; nothing is quantized yet."""
        self._graph = graph
        self.layers: list[Layer] = [
            Layer(name, "weights", name, int(weight.size))
            for name, weight in graph.weights.items()
            if graph.opset >= _LEAST_OPSET
            and weight.dtype == np.float32
            and weight.ndim >= 2
            and weight.size >= _SMALLEST_WEIGHTS
        ]

    @property
    def int8_share(self) -> float:
        """Part of the tower's weights that become int8, 0 to 1."""
        return self._graph.share({layer.weight for layer in self.layers})

    def write(self, target: Path, kept: Collection[str]) -> None:
        """Write the tower with these weights, by name, left in float."""
        added: dict[str, Weight] = {}
        nodes: list[NodeProto] = []
        for layer in self.layers:
            if layer.name in kept:
                continue
            # Matrices have a scale a column, kernels one a filter.
            weight = self._graph.weights[layer.name]
            axis = weight.ndim - 1 if weight.ndim == 2 else 0
            others = tuple(other for other in range(weight.ndim) if other != axis)
            scales = np.maximum(np.abs(weight).max(axis=others), 1e-8) / _LIMIT
            shape = [-1 if other == axis else 1 for other in range(weight.ndim)]
            numbers = np.clip(np.rint(weight / scales.reshape(shape)), -_LIMIT, _LIMIT)
            names = [f"{layer.name}_int8", f"{layer.name}_scale"]
            added[names[0]], added[names[1]] = numbers.astype(np.int8), scales.astype(np.float32)
            # A new name, for the float weight of the old one is still there.
            output = f"{layer.name}_restored"
            nodes.append(helper.make_node("DequantizeLinear", names, [output], output, axis=axis))
        restored = {layer.name for layer in self.layers} - set(kept)
        nodes.extend(_renamed(node, restored) for node in self._graph.nodes)
        self._graph.write(target, nodes, added)

    def suspects(self, probes: Sequence[Feed]) -> list[str]:
        """None: where this is not good enough, nothing is."""
        del probes
        return []


def _renamed(node: NodeProto, restored: Collection[str]) -> NodeProto:
    """The node, asking for what was restored instead of the float weights."""
    if not any(name in restored for name in node.input):
        return node
    other = NodeProto()
    other.CopyFrom(node)
    del other.input[:]
    other.input.extend(f"{name}_restored" if name in restored else name for name in node.input)
    return other
