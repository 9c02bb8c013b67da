"""The gate of the int8 towers."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from models import quantize
from models.quantize import (
    QuantizationError,
    mean_cosine,
    quantize_image_tower,
    quantize_text_tower,
    quantize_weights_only,
    run_model,
)


def _image_tower(path: Path) -> None:
    """A convolution, a rectifier, a mean and a projection."""
    chance = np.random.default_rng(0)
    kernel = chance.normal(size=(16, 3, 5, 5)).astype(np.float32)
    matrix = chance.normal(size=(16, 80)).astype(np.float32)
    nodes = [
        helper.make_node("Conv", ["pixel_values", "kernel"], ["c"], "conv", strides=[4, 4]),
        helper.make_node("Relu", ["c"], ["r"], "relu"),
        helper.make_node("GlobalAveragePool", ["r"], ["p"], "pool"),
        helper.make_node("Flatten", ["p"], ["f"], "flatten"),
        helper.make_node("MatMul", ["f", "matrix"], ["image_embeds"], "project"),
    ]
    graph = helper.make_graph(
        nodes,
        "tower",
        [helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["n", 3, 16, 16])],
        [helper.make_tensor_value_info("image_embeds", TensorProto.FLOAT, ["n", 80])],
        [numpy_helper.from_array(kernel, "kernel"), numpy_helper.from_array(matrix, "matrix")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.save(model, path)


def _text_tower(path: Path) -> None:
    """A table of tokens and their mean."""
    table = np.random.default_rng(0).normal(size=(60, 32)).astype(np.float32)
    matrix = np.random.default_rng(1).normal(size=(32, 40)).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["g"], "gather"),
        helper.make_node("ReduceMean", ["g", "axes"], ["m"], "mean", keepdims=0),
        helper.make_node("MatMul", ["m", "matrix"], ["text_embeds"], "project"),
    ]
    weights = {"table": table, "matrix": matrix, "axes": np.array([1])}
    graph = helper.make_graph(
        nodes,
        "tower",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "s"])],
        [helper.make_tensor_value_info("text_embeds", TensorProto.FLOAT, ["n", 40])],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.save(model, path)


@pytest.fixture
def pixels() -> NDArray[np.float32]:
    return np.random.default_rng(2).normal(size=(64, 3, 16, 16)).astype(np.float32)


def test_a_good_static_tower_is_taken(tmp_path: Path, pixels: NDArray[np.float32]) -> None:
    _image_tower(tmp_path / "float.onnx")

    result = quantize_image_tower(
        tmp_path / "float.onnx", tmp_path / "int8.onnx", pixels[:32], pixels[32:]
    )

    assert result.method == "static int8"
    assert result.cosine > quantize.LEAST_COSINE
    kinds = {node.op_type for node in onnx.load(tmp_path / "int8.onnx").graph.node}
    assert {"QuantizeLinear", "DequantizeLinear"} <= kinds


def test_a_refused_way_gives_room_to_the_next(
    tmp_path: Path, pixels: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    _image_tower(tmp_path / "float.onnx")
    monkeypatch.setattr(quantize, "_static", lambda *_: _image_tower_of_noise(tmp_path))

    result = quantize_image_tower(
        tmp_path / "float.onnx", tmp_path / "int8.onnx", pixels[:32], pixels[32:]
    )

    assert result.method == "int8 weights only"


def _image_tower_of_noise(folder: Path) -> None:
    _image_tower(folder / "int8.onnx")
    model = onnx.load(folder / "int8.onnx")
    noise = np.random.default_rng(9).normal(size=(16, 80)).astype(np.float32)
    model.graph.initializer[1].CopyFrom(numpy_helper.from_array(noise, "matrix"))
    onnx.save(model, folder / "int8.onnx")


def test_nothing_passes_an_impossible_gate(
    tmp_path: Path, pixels: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    _image_tower(tmp_path / "float.onnx")
    _text_tower(tmp_path / "text.onnx")
    monkeypatch.setattr(quantize, "LEAST_COSINE", 1.5)

    with pytest.raises(QuantizationError, match="image"):
        quantize_image_tower(
            tmp_path / "float.onnx", tmp_path / "int8.onnx", pixels[:32], pixels[32:]
        )
    with pytest.raises(QuantizationError, match="text"):
        quantize_text_tower(
            tmp_path / "text.onnx", tmp_path / "t8.onnx", [{"input_ids": np.array([[1, 2]])}]
        )


def test_the_text_towers_table_and_products_become_int8(tmp_path: Path) -> None:
    source, target = tmp_path / "text.onnx", tmp_path / "int8.onnx"
    _text_tower(source)

    result = quantize_text_tower(source, target, [{"input_ids": np.array([[1, 2, 3]])}])

    assert result.cosine > quantize.LEAST_COSINE
    assert target.stat().st_size < 0.6 * source.stat().st_size


def test_int8_weights_keep_their_directions(tmp_path: Path, pixels: NDArray[np.float32]) -> None:
    _image_tower(tmp_path / "float.onnx")

    quantize_weights_only(tmp_path / "float.onnx", tmp_path / "int8.onnx")

    feeds = [{"pixel_values": pixels}]
    vectors = [run_model(tmp_path / name, feeds) for name in ("float.onnx", "int8.onnx")]
    assert mean_cosine(*vectors) > 0.999


def test_the_mean_cosine_is_of_directions() -> None:
    first = np.array([[1.0, 0.0], [0.0, 2.0]], dtype=np.float32)
    second = np.array([[5.0, 0.0], [1.0, 0.0]], dtype=np.float32)

    assert mean_cosine(first, second) == pytest.approx(0.5)
