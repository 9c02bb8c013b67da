"""An ONNX tower taken apart: its nodes in memory, its weights where they lie.

Towers come from several exporters. Torch's older one leaves nodes without names, optimum shares
weights through ``Identity``, others put them behind ``Constant``, ``Cast`` or ``Transpose``. Here
all of these become plain weights, so that who quantizes sees one kind of graph. Weights beside the
graph are mapped, not read: a tower of several gigabytes takes little memory.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import GraphProto, NodeProto, TensorProto, external_data_helper, helper, numpy_helper

Weight = NDArray[Any]

_LARGEST_PROTOBUF_BYTES = 1_900_000_000
"""Protobuf ends at 2 GiB; larger towers get their weights in a file beside them."""

_SMALLEST_BESIDE_BYTES = 1024
_ALIGNMENT_BYTES = 4096  # lets onnxruntime map the weights


class TowerError(Exception):
    """A tower cannot be taken apart; the text says why."""


class TowerGraph:
    """A tower's nodes and weights.

    Attributes:
        nodes: in the order of computation, each with a name of its own.
        weights: all constants by name; those that lie beside the graph are mapped read-only.
    """

    def __init__(self, source: Path) -> None:
        """Take a tower apart.

        Raises:
            TowerError: its weights lie outside its folder.
            OSError: it cannot be read.
        """
        self._model = onnx.load(source, load_external_data=False)
        graph = self._model.graph
        self.weights: dict[str, Weight] = {
            tensor.name: _read_weight(tensor, source.parent) for tensor in graph.initializer
        }
        self.nodes: list[NodeProto] = self._plain_nodes(graph)
        inputs = [port for port in graph.input if port.name not in self.weights]
        for field in ("initializer", "node", "input"):
            graph.ClearField(field)
        graph.input.extend(inputs)
        graph.node.extend(self.nodes)
        used = _names_used(graph)
        graph.ClearField("node")
        self.weights = {name: each for name, each in self.weights.items() if name in used}

    @property
    def inputs(self) -> list[str]:
        """Names of what is fed to it."""
        return [port.name for port in self._model.graph.input]

    @property
    def opset(self) -> int:
        """Version of the standard operators."""
        return next(
            int(entry.version)
            for entry in self._model.opset_import
            if entry.domain in ("", "ai.onnx")
        )

    def share(self, names: Collection[str]) -> float:
        """Part of all constants, counted by their elements, that these are, 0 to 1."""
        total = sum(weight.size for weight in self.weights.values())
        return sum(self.weights[name].size for name in names) / max(total, 1)

    def write(
        self,
        target: Path,
        nodes: Iterable[NodeProto] | None = None,
        weights: Mapping[str, Weight] | None = None,
        extra_outputs: Sequence[str] = (),
    ) -> None:
        """Write a tower of the same inputs and outputs.

        Args:
            target: the file; weights of large towers go to ``<its name>_data`` beside it.
            nodes: other nodes than these.
            weights: weights besides these; what no node uses is left out.
            extra_outputs: float values to put out as well.
        """
        model = onnx.ModelProto()
        model.CopyFrom(self._model)
        model.graph.node.extend(self.nodes if nodes is None else nodes)
        for name in extra_outputs:
            port = helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
            model.graph.output.append(port)
        used = _names_used(model.graph)
        everything = {**self.weights, **(weights or {})}
        kept = {name: weight for name, weight in everything.items() if name in used}
        beside = target.with_name(f"{target.name}_data")
        if sum(weight.nbytes for weight in kept.values()) > _LARGEST_PROTOBUF_BYTES:
            _put_beside(model.graph, kept, beside)
        else:
            beside.unlink(missing_ok=True)  # of an earlier, larger tower
            model.graph.initializer.extend(
                numpy_helper.from_array(np.asarray(weight, order="C"), name)
                for name, weight in kept.items()
            )
        onnx.save(model, target)

    def _plain_nodes(self, graph: GraphProto) -> list[NodeProto]:
        """Turn nodes that only pass constants on into weights; name the others."""
        plain: list[NodeProto] = []
        outputs = {port.name for port in graph.output}
        taken: set[str] = set()
        for node in graph.node:
            weight = None if outputs & set(node.output) else self._constant(node)
            if weight is not None:
                self.weights[node.output[0]] = weight
                continue
            if not node.name or node.name in taken:
                node.name = f"{node.op_type}_{node.output[0]}"
            taken.add(node.name)
            plain.append(node)
        return plain

    def _constant(self, node: NodeProto) -> Weight | None:
        """The value of a node that is the same for every input; None for all others."""
        attributes = {entry.name: helper.get_attribute_value(entry) for entry in node.attribute}
        if node.op_type == "Constant":
            value = attributes.get("value")
            return None if value is None else numpy_helper.to_array(value)
        if not node.input or node.input[0] not in self.weights:
            return None
        weight = self.weights[node.input[0]]
        if node.op_type == "Identity":
            return weight
        if node.op_type == "Transpose":
            return weight.transpose(attributes.get("perm"))
        widens = node.op_type == "Cast" and attributes["to"] == TensorProto.FLOAT
        if widens and weight.dtype == np.float16:
            return weight.astype(np.float32)
        return None


def _read_weight(tensor: TensorProto, folder: Path) -> Weight:
    if not external_data_helper.uses_external_data(tensor):
        return numpy_helper.to_array(tensor)
    info = external_data_helper.ExternalDataInfo(tensor)
    path = (folder / info.location).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise TowerError(f"The weight {tensor.name} lies outside {folder}.")
    if not tensor.dims:
        external_data_helper.load_external_data_for_tensor(tensor, str(folder))
        return numpy_helper.to_array(tensor)
    return np.memmap(
        path,
        dtype=helper.tensor_dtype_to_np_dtype(tensor.data_type),
        mode="r",
        offset=info.offset or 0,
        shape=tuple(tensor.dims),
    )


def _names_used(graph: GraphProto) -> set[str]:
    """All values that nodes or outputs ask for, those of inner graphs included."""
    used = {port.name for port in graph.output}
    for node in graph.node:
        used.update(node.input)
        for attribute in node.attribute:
            for inner in [attribute.g, *attribute.graphs]:
                used |= _names_used(inner)
    return used


def _put_beside(graph: GraphProto, weights: Mapping[str, Weight], path: Path) -> None:
    """Write the weights to a file one after another, and note in the graph where each lies."""
    with path.open("wb") as file:
        for name, weight in weights.items():
            if weight.nbytes < _SMALLEST_BESIDE_BYTES:
                graph.initializer.append(numpy_helper.from_array(np.asarray(weight), name))
                continue
            file.write(b"\0" * (-file.tell() % _ALIGNMENT_BYTES))
            tensor = TensorProto(name=name, dims=weight.shape)
            tensor.data_type = helper.np_dtype_to_tensor_dtype(weight.dtype)
            tensor.raw_data = b""  # what set_external_data asks for
            external_data_helper.set_external_data(
                tensor, path.name, offset=file.tell(), length=weight.nbytes
            )
            tensor.ClearField("raw_data")
            graph.initializer.append(tensor)
            np.ascontiguousarray(weight).tofile(file)
