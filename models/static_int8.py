"""Static int8: weights and activations are int8, with ranges that were measured beforehand.

What makes towers of convolutions several times faster; dynamic int8 leaves convolutions float.
"""

import contextlib
import io
import logging
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from onnx import NodeProto
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)

from models.quantized_tower import Layer
from models.tower_graph import TowerGraph
from models.tower_runs import Feed

_PERCENTILE = 99.99
_MOST_LAYERS_JUDGED = 32
"""Beyond, finding the layers to keep would take longer than it is worth: each costs a pass through
onnxruntime's quantizer. Transformers, which have more, have dynamic int8."""

_SMALLEST_WEIGHTS = 1024


class _FeedReader(CalibrationDataReader):
    """Hands the calibration's inputs out one at a time, in parts that may be asked for."""

    def __init__(self, feeds: Sequence[Feed]) -> None:
        self._feeds = feeds
        self._rest: Iterator[Feed] = iter(feeds)

    def __len__(self) -> int:
        return len(self._feeds)

    def set_range(self, start_index: int, end_index: int) -> None:
        """Begin again at another part."""
        self._rest = iter(self._feeds[start_index:end_index])

    def get_next(self) -> dict[str, object] | None:
        """Return the next input, or None at the end."""
        feed = next(self._rest, None)
        return None if feed is None else dict(feed)


class StaticInt8:
    """Static int8 of one tower: convolutions and products with constant weights."""

    method = "static int8"

    def __init__(self, graph: TowerGraph, calibration: Sequence[Feed], scratch: Path) -> None:
        """Get ready; ranges are measured by the first `write`.

        Args:
            graph: the tower.
            calibration: inputs like those it will see.
            scratch: a folder for what is written on the way.
        """
        self._graph = graph
        self._calibration = calibration
        self._ranges = scratch / "ranges.json"
        # onnxruntime's quantizer writes beside its source.
        self._source = scratch / "static_source.onnx"
        self.layers: list[Layer] = [
            layer for node in graph.nodes if (layer := self._layer(node)) is not None
        ]

    @property
    def int8_share(self) -> float:
        """Part of the tower's weights that are in its layers, 0 to 1."""
        return self._graph.share({layer.weight for layer in self.layers})

    def write(self, target: Path, kept: Collection[str]) -> None:
        """Write the tower with these layers, by name, left in float."""
        if not self._source.exists():
            self._graph.write(self._source)
        quantizer_log = logging.getLogger()
        level = quantizer_log.level
        # It recommends a preparation that changes nothing here, and prints its progress.
        quantizer_log.setLevel(logging.ERROR)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                self._quantize(target, kept)
        finally:
            quantizer_log.setLevel(level)

    def suspects(self, probes: Sequence[Feed]) -> list[str]:
        """The layers in the order of computation, or none where there are too many to judge."""
        del probes  # each layer is tried, so nothing is to be guessed
        names = [layer.name for layer in self.layers]
        return names if len(names) <= _MOST_LAYERS_JUDGED else []

    def _quantize(self, target: Path, kept: Collection[str]) -> None:
        quantize_static(
            str(self._source),
            str(target),
            _FeedReader(self._calibration),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["Conv", "Add", "Relu", "AveragePool", "MatMul", "Gemm"],
            per_channel=True,
            # Seven-bit weights cannot overflow the 16-bit sums of processors without VNNI.
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.Percentile,
            nodes_to_exclude=list(kept),
            use_external_data_format=self._source.with_name(f"{self._source.name}_data").exists(),
            # A stride of one keeps the activations of one input in memory, not of all.
            extra_options={"CalibPercentile": _PERCENTILE, "CalibStridedMinMax": 1},
            calibration_cache_path=self._ranges,
        )

    def _layer(self, node: NodeProto) -> Layer | None:
        if node.op_type not in ("Conv", "MatMul", "Gemm"):
            return None
        weight = self._graph.weights.get(node.input[1])
        if weight is None or weight.size < _SMALLEST_WEIGHTS:
            return None
        return Layer(node.name, node.op_type, node.input[1], int(weight.size))
