"""Makes the int8 files of a model, and lets no bad one pass.

The image tower is quantized statically, weights and activations, where the result still points
the same way; otherwise its sensitive layers stay float, or only the weights are int8. The text
tower's matrix products are quantized dynamically.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_dynamic,
    quantize_static,
)

log = logging.getLogger(__name__)

Feed = Mapping[str, NDArray[np.float32] | NDArray[np.int64]]
"""The inputs of one run of a model, by name."""

LEAST_COSINE = 0.985
"""Below this mean cosine to the float embeddings a quantized tower is refused."""

_PERCENTILE = 99.99
_BATCH = 16


class QuantizationError(Exception):
    """No way of quantizing kept the embeddings' directions."""


@dataclass(frozen=True)
class QuantizationResult:
    """How a tower was quantized.

    Attributes:
        method: in words.
        cosine: mean cosine between its embeddings and those of the float tower.
    """

    method: str
    cosine: float


def _batches(pixels: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    return np.array_split(pixels, max(1, len(pixels) // _BATCH))


class _PixelReader(CalibrationDataReader):
    """Feeds pictures to the calibration, a batch at a time."""

    def __init__(self, pixels: NDArray[np.float32]) -> None:
        self._batches: Iterator[NDArray[np.float32]] = iter(_batches(pixels))

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        """Return the next batch, or None at the end."""
        batch = next(self._batches, None)
        return None if batch is None else {"pixel_values": batch}


def run_model(path: Path, inputs: Sequence[Feed]) -> NDArray[np.float32]:
    """Run an ONNX file over several inputs and join the rows of its first output."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    rows: NDArray[np.float32] = np.concatenate([session.run(None, feed)[0] for feed in inputs])
    return rows


def mean_cosine(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Return the mean cosine between rows of two arrays of the same shape."""
    lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    return float(((first * second).sum(axis=1) / lengths).mean())


def _nodes_of(path: Path, kinds: Sequence[str]) -> list[str]:
    return [node.name for node in onnx.load(path).graph.node if node.op_type in kinds]


def _static(source: Path, target: Path, pixels: NDArray[np.float32], kept: Sequence[str]) -> None:
    quantize_static(
        str(source),
        str(target),
        _PixelReader(pixels),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=["Conv", "Add", "Relu", "AveragePool", "MatMul", "Gemm"],
        per_channel=True,
        # Seven-bit weights cannot overflow the 16-bit sums of processors without VNNI.
        reduce_range=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        calibrate_method=CalibrationMethod.Percentile,
        nodes_to_exclude=list(kept),
        extra_options={"CalibPercentile": _PERCENTILE},
    )


def quantize_weights_only(source: Path, target: Path) -> None:
    """Store large weights as int8 a channel behind ``DequantizeLinear``; arithmetic stays float."""
    model = onnx.load(source)
    added: list[onnx.NodeProto] = []
    for weight in list(model.graph.initializer):
        values = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or values.ndim < 2 or values.size < 1024:
            continue
        axis = values.ndim - 1 if values.ndim == 2 else 0
        others = tuple(other for other in range(values.ndim) if other != axis)
        scale = np.maximum(np.abs(values).max(axis=others), 1e-8) / 127.0
        shape = [-1 if other == axis else 1 for other in range(values.ndim)]
        stored = np.clip(np.rint(values / scale.reshape(shape)), -127, 127).astype(np.int8)
        names = [f"{weight.name}_int8", f"{weight.name}_scale"]
        added.append(helper.make_node("DequantizeLinear", names, [weight.name], axis=axis))
        model.graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), names[1]))
        weight.CopyFrom(numpy_helper.from_array(stored, names[0]))
    nodes = [*added, *model.graph.node]
    model.graph.ClearField("node")
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, target)


def quantize_image_tower(
    source: Path, target: Path, calibration: NDArray[np.float32], held_out: NDArray[np.float32]
) -> QuantizationResult:
    """Write the int8 image tower, in the fastest way that passes the gate.

    Args:
        source: the float32 file, batch norms folded.
        target: where to write.
        calibration: preprocessed pictures, shape ``(n, 3, H, W)``, for the ranges.
        held_out: others, for the gate.

    Raises:
        QuantizationError: not even int8 weights alone pass.
    """
    feeds: list[Feed] = [{"pixel_values": batch} for batch in _batches(held_out)]
    reference = run_model(source, feeds)
    convolutions = _nodes_of(source, ["Conv"])
    products = _nodes_of(source, ["MatMul", "Gemm"])
    ways: list[tuple[str, Callable[[], None]]] = [
        ("static int8", lambda: _static(source, target, calibration, [])),
        (
            "static int8, first convolution and last projection float",
            lambda: _static(source, target, calibration, [convolutions[0], *products]),
        ),
        ("int8 weights only", lambda: quantize_weights_only(source, target)),
    ]
    for method, write in ways:
        write()
        cosine = mean_cosine(reference, run_model(target, feeds))
        passed = cosine >= LEAST_COSINE
        log.info(
            "image tower, %s: cosine %.4f, %s", method, cosine, "taken" if passed else "refused"
        )
        if passed:
            return QuantizationResult(method, cosine)
    raise QuantizationError(f"No int8 image tower reaches a mean cosine of {LEAST_COSINE}.")


def quantize_text_tower(source: Path, target: Path, probes: Sequence[Feed]) -> QuantizationResult:
    """Write the int8 text tower.

    Args:
        source: the float32 file.
        target: where to write.
        probes: tokenized texts for the gate.

    Raises:
        QuantizationError: the result points elsewhere.
    """
    with TemporaryDirectory() as folder:
        unfinished = Path(folder) / "text.onnx"
        quantize_dynamic(
            str(source),
            str(unfinished),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
        target.write_bytes(unfinished.read_bytes())
    method = "dynamic int8"
    cosine = mean_cosine(run_model(source, probes), run_model(target, probes))
    log.info("text tower, %s: cosine %.4f", method, cosine)
    if cosine < LEAST_COSINE:
        raise QuantizationError(f"The int8 text tower's mean cosine is only {cosine:.3f}.")
    return QuantizationResult(method, cosine)
