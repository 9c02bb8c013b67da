"""Dynamic int8: weights are int8, activations become uint8 while the tower runs.

The nodes are those that onnxruntime's own ``quantize_dynamic`` writes, so its fused kernels take
them. Written here because that one copies the tower several times in memory, writes beside its
source, leaves out nodes without names, and gives a whole table of tokens a single scale; here
each row has its own.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper

from models.quantized_tower import Layer
from models.tower_graph import TowerError, TowerGraph, Weight
from models.tower_runs import Feed, first_rows, run_outputs

_LEAST_OPSET = 11  # DynamicQuantizeLinear
_SMALLEST_WEIGHTS = 1024
_PROBED_ROWS = 8
_SAMPLED_ROWS = 256

WEIGHT_LIMIT = 64
"""Weights take seven bits. With eight, two products of a uint8 and an int8 may overflow the 16-bit
sums of processors without VNNI (``vpmaddubsw``); with 64, 2 × 255 × 64 stays below 32,768."""

_EPSILON = 1e-12


def quantize_channels(weight: Weight, axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Quantize a matrix symmetrically, a scale for each slice.

    Args:
        weight: shape ``(rows, columns)``.
        axis: 0 for a scale a row, 1 for a scale a column.

    Returns:
        The numbers, of the same shape, and the scales, shape ``(rows,)`` or ``(columns,)``.
    """
    scales = np.maximum(np.abs(weight).max(axis=1 - axis), _EPSILON) / np.float32(WEIGHT_LIMIT)
    spread = scales[:, np.newaxis] if axis == 0 else scales
    numbers = np.clip(np.rint(weight / spread), -WEIGHT_LIMIT, WEIGHT_LIMIT).astype(np.int8)
    return numbers, scales.astype(np.float32)


def quantize_activations(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what is left of activations after ``DynamicQuantizeLinear`` and back."""
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    scale = max((high - low) / 255, _EPSILON)
    zero = np.clip(np.rint(-low / scale), 0, 255)
    levels = np.clip(np.rint(values / scale) + zero, 0, 255)
    kept: NDArray[np.float32] = ((levels - zero) * scale).astype(np.float32)
    return kept


class DynamicInt8:
    """Dynamic int8 of one tower: ``MatMul``, ``Gemm`` and ``Gather`` with constant weights."""

    method = "dynamic int8"

    def __init__(self, graph: TowerGraph) -> None:
        """Look through the tower; nothing is quantized yet.

        Raises:
            TowerError: its operators are too old.
        """
        if graph.opset < _LEAST_OPSET:
            raise TowerError(f"The tower is written for opset {graph.opset}; 11 is needed.")
        self._graph = graph
        self._nodes = {node.name: node for node in graph.nodes}
        self._quantized: dict[tuple[str, int], tuple[Weight, Weight]] = {}
        self.layers: list[Layer] = [
            layer for node in graph.nodes if (layer := self._layer(node)) is not None
        ]

    @property
    def int8_share(self) -> float:
        """Part of the tower's weights that are in its layers, 0 to 1."""
        return self._graph.share({layer.weight for layer in self.layers})

    def write(self, target: Path, kept: Collection[str]) -> None:
        """Write the tower with these layers, by name, left in float."""
        added: dict[str, Weight] = {}
        layers = {layer.name: layer for layer in self.layers if layer.name not in kept}
        ready: set[str] = set()
        nodes: list[NodeProto] = []
        for node in self._graph.nodes:
            layer = layers.get(node.name)
            if layer is None:
                nodes.append(node)
            elif layer.kind == "Gather":
                nodes.extend(self._gather(node, added))
            else:
                nodes.extend(self._product(node, added, ready))
        self._graph.write(target, nodes, added)

    def suspects(self, probes: Sequence[Feed]) -> list[str]:
        """Order the layers by how much of their own output int8 loses.

        One float run shows the activations; the loss of each layer is then worked out from its
        own weights and inputs, relative to the length of its output. That finds layers with
        outlying channels at the price of one run, whatever their number.
        """
        (feed,) = first_rows(probes[:1], _PROBED_ROWS)
        products = [layer for layer in self.layers if layer.kind != "Gather"]
        wanted = dict.fromkeys(self._nodes[layer.name].input[0] for layer in products)
        computed = [name for name in wanted if name not in feed]
        with TemporaryDirectory() as scratch:
            path = Path(scratch) / "float.onnx"
            self._graph.write(path, extra_outputs=computed)
            seen = dict(zip(computed, run_outputs(path, feed, computed), strict=True))
        seen |= {name: np.asarray(feed[name], dtype=np.float32) for name in wanted if name in feed}
        losses = {layer.name: self._loss(layer, seen) for layer in self.layers}
        return sorted(losses, key=lambda name: -losses[name])

    def _layer(self, node: NodeProto) -> Layer | None:
        position = {"MatMul": 1, "Gemm": 1, "Gather": 0}.get(node.op_type)
        if position is None:
            return None
        weight = self._graph.weights.get(node.input[position])
        if weight is None or weight.dtype != np.float32 or weight.ndim != 2:
            return None
        settings = _settings(node)
        # ``axis`` is Gather's, ``transA`` Gemm's; other values than 0 occur in no known tower.
        if weight.size < _SMALLEST_WEIGHTS or settings.get("axis", 0) or settings.get("transA", 0):
            return None
        return Layer(node.name, node.op_type, node.input[position], int(weight.size))

    def _matrix(self, node: NodeProto) -> tuple[Weight, Weight]:
        """The int8 matrix of a product, shape ``(inputs, outputs)``, and its scales."""
        transposed = bool(_settings(node).get("transB", 0))
        key = (node.input[1], 0 if transposed else 1)
        if key not in self._quantized:
            numbers, scales = quantize_channels(self._graph.weights[key[0]], key[1])
            self._quantized[key] = (numbers.T if transposed else numbers), scales
        return self._quantized[key]

    def _product(
        self, node: NodeProto, added: dict[str, Weight], ready: set[str]
    ) -> Iterator[NodeProto]:
        """The nodes that take the place of a ``MatMul`` or ``Gemm``."""
        source, output, settings = node.input[0], node.output[0], _settings(node)
        levels = [f"{source}_{part}" for part in ("quantized", "scale", "zero_point")]
        if source not in ready:  # queries, keys and values share their input
            ready.add(source)
            yield helper.make_node("DynamicQuantizeLinear", [source], levels, f"{source}_quantize")
        numbers, scales = self._matrix(node)
        names = [f"{node.name}_{part}" for part in ("int8", "scale", "zero_point")]
        added[names[0]] = numbers
        added[names[1]] = scales * np.float32(settings.get("alpha", 1.0))
        added[names[2]] = np.zeros(len(scales), dtype=np.int8)
        whole, cast, scale = (f"{node.name}_{part}" for part in ("sum", "float", "both_scales"))
        inputs = [levels[0], names[0], levels[2], names[2]]
        yield helper.make_node("MatMulInteger", inputs, [whole], f"{node.name}_quant")
        yield helper.make_node("Cast", [whole], [cast], f"{node.name}_cast", to=TensorProto.FLOAT)
        yield helper.make_node("Mul", [levels[1], names[1]], [scale], f"{node.name}_scales_mul")
        has_bias = len(node.input) == 3 and node.input[2] != ""
        product = f"{node.name}_product" if has_bias else output
        yield helper.make_node("Mul", [cast, scale], [product], f"{node.name}_output_scale_mul")
        if has_bias:
            bias, beta = node.input[2], settings.get("beta", 1.0)
            if beta != 1.0:
                added[f"{node.name}_beta"] = np.array(beta, dtype=np.float32)
                scaled = f"{node.name}_bias"
                yield helper.make_node("Mul", [bias, f"{node.name}_beta"], [scaled])
                bias = scaled
            yield helper.make_node("Add", [product, bias], [output], f"{node.name}_bias_add")

    def _gather(self, node: NodeProto, added: dict[str, Weight]) -> Iterator[NodeProto]:
        """The nodes that look rows up in an int8 table and give each its scale back."""
        table, ids = node.input
        if (table, 0) not in self._quantized:
            self._quantized[table, 0] = quantize_channels(self._graph.weights[table], 0)
        numbers, scales = self._quantized[table, 0]
        names = [f"{table}_rows_int8", f"{table}_rows_scale"]
        added[names[0]], added[names[1]] = numbers, scales[:, np.newaxis]
        row, cast, scale = (f"{node.name}_{part}" for part in ("row", "float", "row_scale"))
        yield helper.make_node("Gather", [names[0], ids], [row], node.name, axis=0)
        yield helper.make_node("Gather", [names[1], ids], [scale], scale, axis=0)
        yield helper.make_node("Cast", [row], [cast], cast, to=TensorProto.FLOAT)
        yield helper.make_node("Mul", [cast, scale], [node.output[0]], f"{node.name}_scale_mul")

    def _loss(self, layer: Layer, inputs: dict[str, NDArray[np.float32]]) -> float:
        """Length of the error that int8 makes in a layer's output, relative to the output."""
        node = self._nodes[layer.name]
        weight = self._graph.weights[layer.weight]
        if layer.kind == "Gather":
            rows = weight[:: max(1, len(weight) // _SAMPLED_ROWS)]
            numbers, scales = quantize_channels(rows, 0)
            return _relative(rows - numbers * scales[:, np.newaxis], rows)
        values = inputs[node.input[0]].reshape(-1, inputs[node.input[0]].shape[-1])
        rough = quantize_activations(values)
        step = max(1, len(values) // _SAMPLED_ROWS)
        numbers, scales = self._matrix(node)
        exact = values[::step] @ (weight.T if _settings(node).get("transB", 0) else weight)
        return _relative(exact - rough[::step] @ (numbers * scales), exact)


def _relative(error: Weight, value: Weight) -> float:
    return float(np.linalg.norm(error) / max(float(np.linalg.norm(value)), _EPSILON))


def _settings(node: NodeProto) -> dict[str, float]:
    """A node's attributes; those of these nodes are numbers."""
    return {entry.name: helper.get_attribute_value(entry) for entry in node.attribute}
