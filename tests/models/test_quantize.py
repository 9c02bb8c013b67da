"""The gate of the int8 towers."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from models.dynamic_int8 import DynamicInt8, quantize_channels
from models.quantize import Feed, Gate, QuantizationError, mean_cosine, quantize_tower, run_model
from models.tower_graph import TowerError, TowerGraph
from models.tower_runs import neighbour_overlap
from models.weight_int8 import WeightInt8

Arrays = dict[str, NDArray[np.float32] | NDArray[np.int64]]


def _save(path: Path, nodes: list[NodeProto], port: onnx.ValueInfoProto, weights: Arrays) -> Path:
    output = nodes[-1].output[0]
    graph = helper.make_graph(
        nodes,
        "tower",
        [port],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.save(model, path)
    return path


def _convolutions(path: Path) -> Path:
    """A convolution, a rectifier, a mean and a projection."""
    chance = np.random.default_rng(0)
    nodes = [
        helper.make_node("Conv", ["pixel_values", "kernel"], ["c"], "conv", strides=[4, 4]),
        helper.make_node("Relu", ["c"], ["r"], "relu"),
        helper.make_node("GlobalAveragePool", ["r"], ["p"], "pool"),
        helper.make_node("Flatten", ["p"], ["f"], "flatten"),
        helper.make_node("MatMul", ["f", "matrix"], ["image_embeds"], "project"),
    ]
    weights: Arrays = {
        "kernel": chance.normal(size=(16, 3, 8, 8)).astype(np.float32),
        "matrix": chance.normal(size=(16, 80)).astype(np.float32),
    }
    port = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["n", 3, 16, 16])
    return _save(path, nodes, port, weights)


def _products(path: Path, outlier: float = 1.0) -> Path:
    """Four products, named or not; one channel between the second and third may stand out.

    The third product has nearly nothing to do with that channel, so only int8 activations, whose
    one scale the channel spoils, lose the others: what is known of transformers.
    """
    chance = np.random.default_rng(1)
    weights: Arrays = {
        f"w{index}": (chance.normal(size=(64, 64)) / 8).astype(np.float32) for index in range(4)
    }
    weights["w1"][:, 5] *= outlier
    weights["w2"][5] /= outlier * 50
    weights["bias"] = chance.normal(size=64).astype(np.float32)
    nodes = [
        helper.make_node("MatMul", ["x", "w0"], ["a"], "first"),
        helper.make_node("MatMul", ["a", "w1"], ["b"]),
        helper.make_node(
            "Gemm", ["b", "w2", "bias"], ["c"], "third", transB=0, alpha=0.5, beta=2.0
        ),
        helper.make_node("Gemm", ["c", "w3"], ["text_embeds"], "fourth", transB=1),
    ]
    port = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 64])
    return _save(path, nodes, port, weights)


def _tokens(path: Path) -> Path:
    """A table of tokens, one row a hundred times as long as the others, and their mean."""
    table = np.random.default_rng(0).normal(size=(60, 32)).astype(np.float32)
    table[7] *= 100
    weights: Arrays = {
        "table": table,
        "matrix": np.random.default_rng(1).normal(size=(32, 40)).astype(np.float32),
        "axes": np.array([1]),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["g"], "gather"),
        helper.make_node("ReduceMean", ["g", "axes"], ["m"], "mean", keepdims=0),
        helper.make_node("MatMul", ["m", "matrix"], ["text_embeds"], "project"),
    ]
    port = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "s"])
    return _save(path, nodes, port, weights)


def _rows(count: int = 64) -> list[Feed]:
    values = np.random.default_rng(2).normal(size=(count, 64)).astype(np.float32)
    return [{"x": values[start : start + 8]} for start in range(0, count, 8)]


def _pictures(seed: int) -> list[Feed]:
    """Pictures of a plain colour with a little noise: far enough apart to have neighbours."""
    chance = np.random.default_rng(seed)
    plain = chance.normal(size=(48, 3, 1, 1)) * 3
    pixels = (plain + chance.normal(size=(48, 3, 16, 16))).astype(np.float32)
    return [{"pixel_values": part} for part in np.array_split(pixels, 3)]


def _kinds(path: Path) -> list[str]:
    return [node.op_type for node in onnx.load(path).graph.node]


def test_convolutions_become_static_int8(tmp_path: Path) -> None:
    source = _convolutions(tmp_path / "float.onnx")
    target = tmp_path / "int8.onnx"

    result = quantize_tower(source, target, _pictures(3), calibration=_pictures(4))

    assert (result.method, result.kept_float) == ("static int8", ())
    assert result.cosine >= 0.98
    assert result.overlap >= 0.9
    assert {"QuantizeLinear", "DequantizeLinear"} <= set(_kinds(target))


def test_convolutions_without_calibration_get_int8_weights(tmp_path: Path) -> None:
    source = _convolutions(tmp_path / "float.onnx")

    result = quantize_tower(source, tmp_path / "int8.onnx", _pictures(3))

    assert result.method == "int8 weights only"  # dynamic int8 would reach half of them


def test_a_quiet_tower_is_quantized_whole(tmp_path: Path) -> None:
    source, target = _products(tmp_path / "float.onnx"), tmp_path / "int8.onnx"

    result = quantize_tower(source, target, _rows())

    assert (result.method, result.kept_float) == ("dynamic int8", ())
    assert _kinds(target).count("MatMulInteger") == 4
    assert target.stat().st_size < 0.5 * source.stat().st_size


def test_the_layer_behind_an_outlying_channel_stays_float(tmp_path: Path) -> None:
    source = _products(tmp_path / "float.onnx", outlier=1000.0)
    target = tmp_path / "int8.onnx"

    result = quantize_tower(source, target, _rows())

    assert result.method == "dynamic int8"
    assert [layer.name for layer in result.kept_float] == ["third"]
    assert result.kept_float[0].cosine_without < 0.98 < 0.99 < result.cosine
    assert _kinds(target).count("MatMulInteger") == 3
    found = Gate().measure(run_model(source, _rows()), run_model(target, _rows()))
    assert (found.cosine, found.overlap) == (result.cosine, result.overlap)


def test_where_too_much_would_stay_float_the_weights_alone_are_int8(tmp_path: Path) -> None:
    source = _products(tmp_path / "float.onnx", outlier=1000.0)

    result = quantize_tower(source, tmp_path / "int8.onnx", _rows(), gate=Gate(least_share=0.9))

    assert result.method == "int8 weights only"
    assert result.cosine > 0.999


def test_an_impossible_gate_leaves_nothing_behind(tmp_path: Path) -> None:
    source = _products(tmp_path / "float.onnx")
    target = tmp_path / "int8.onnx"
    target.write_bytes(b"earlier")

    with pytest.raises(QuantizationError, match=r"dynamic int8 reaches a cosine of 1\.000"):
        quantize_tower(source, target, _rows(), gate=Gate(least_cosine=1.5))

    assert target.read_bytes() == b"earlier"
    assert {path.name for path in tmp_path.iterdir()} == {"float.onnx", "int8.onnx"}


def test_a_row_of_another_size_does_not_spoil_the_table(tmp_path: Path) -> None:
    source, target = _tokens(tmp_path / "float.onnx"), tmp_path / "int8.onnx"
    ids = np.random.default_rng(5).integers(8, 60, size=(40, 4))
    feeds: list[Feed] = [{"input_ids": ids[index : index + 1]} for index in range(40)]

    result = quantize_tower(source, target, feeds)

    assert (result.method, result.kept_float) == ("dynamic int8", ())
    assert result.cosine > 0.999  # with one scale for all rows it is below 0.9


def test_weights_beside_the_graph_are_found(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    plain = _products(tmp_path / "plain.onnx")
    source = tmp_path / "source" / "float.onnx"
    onnx.save(onnx.load(plain), source, save_as_external_data=True, size_threshold=0)

    first = quantize_tower(plain, tmp_path / "first.onnx", _rows())
    second = quantize_tower(source, tmp_path / "second.onnx", _rows())

    assert first == second
    assert (tmp_path / "first.onnx").read_bytes() == (tmp_path / "second.onnx").read_bytes()


def test_large_weights_are_put_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.tower_graph._LARGEST_PROTOBUF_BYTES", 4096)
    source, target = _products(tmp_path / "float.onnx"), tmp_path / "int8.onnx"

    result = quantize_tower(source, target, _rows())

    assert target.with_name("int8.onnx_data").stat().st_size >= 4 * 64 * 64
    assert mean_cosine(run_model(source, _rows()), run_model(target, _rows())) == result.cosine


def test_weights_outside_the_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    source = tmp_path / "inner" / "float.onnx"
    model = onnx.load(_products(tmp_path / "plain.onnx"))
    onnx.save(model, source, save_as_external_data=True, size_threshold=0, location="w.bin")
    moved = onnx.load(source, load_external_data=False)
    for tensor in moved.graph.initializer:
        tensor.external_data[0].value = "../w.bin"
    source.write_bytes(moved.SerializeToString())

    with pytest.raises(TowerError, match="outside"):
        TowerGraph(source)


def test_what_exporters_put_before_weights_is_looked_through(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    matrix = chance.normal(size=(64, 64)).astype(np.float32)
    nodes = [
        helper.make_node("Constant", [], ["k"], value=numpy_helper.from_array(matrix)),
        helper.make_node("Transpose", ["k"], ["t"], perm=[1, 0]),
        helper.make_node("Identity", ["t"], ["i"]),
        helper.make_node("Cast", ["half"], ["wide"], to=TensorProto.FLOAT),
        helper.make_node("MatMul", ["x", "i"], ["a"]),
        helper.make_node("MatMul", ["a", "wide"], ["text_embeds"]),
    ]
    port = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 64])
    half = numpy_helper.from_array(matrix.astype(np.float16), "half")
    source = _save(tmp_path / "float.onnx", nodes, port, {})
    model = onnx.load(source)
    model.graph.initializer.append(half)
    onnx.save(model, source)

    result = quantize_tower(source, tmp_path / "int8.onnx", _rows())

    assert result.method == "dynamic int8"
    assert _kinds(tmp_path / "int8.onnx").count("MatMulInteger") == 2


def test_seven_bits_cannot_overflow_sixteen() -> None:
    numbers, scales = quantize_channels(np.array([[-3.0, 1.0], [1.5, 2.0]], dtype=np.float32), 1)

    assert numbers.tolist() == [[-64, 32], [32, 64]]
    np.testing.assert_allclose(scales, [3 / 64, 2 / 64])
    assert 2 * 255 * int(np.abs(numbers).max()) < 2**15


def test_int8_weights_keep_their_directions(tmp_path: Path) -> None:
    source, target = _convolutions(tmp_path / "float.onnx"), tmp_path / "int8.onnx"

    WeightInt8(TowerGraph(source)).write(target, ())

    feeds = _pictures(3)
    assert mean_cosine(run_model(source, feeds), run_model(target, feeds)) > 0.999
    assert _kinds(target).count("DequantizeLinear") == 2


def test_suspects_begin_with_the_layer_that_loses_most(tmp_path: Path) -> None:
    way = DynamicInt8(TowerGraph(_products(tmp_path / "float.onnx", outlier=1000.0)))

    assert way.suspects(_rows())[0] == "third"


def test_broken_embeddings_never_pass() -> None:
    expected = np.eye(3, dtype=np.float32)

    for broken in (expected * np.nan, expected * 0, expected[:2]):
        assert not Gate(0.0, 0.0).measure(expected, broken).passed


def test_the_mean_cosine_is_of_directions() -> None:
    first = np.array([[1.0, 0.0], [0.0, 2.0]], dtype=np.float32)
    second = np.array([[5.0, 0.0], [1.0, 0.0]], dtype=np.float32)

    assert mean_cosine(first, second) == pytest.approx(0.5)


def test_the_overlap_counts_neighbours_that_both_have() -> None:
    angles = np.array([0.0, 0.1, 1.0, 1.1, 2.0, 2.1, 3.0, 3.1])
    first = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    swapped = first[[2, 1, 0, 3, 4, 5, 6, 7]]

    assert neighbour_overlap(first, first, 10) == 1.0
    assert neighbour_overlap(first, swapped, 1) == pytest.approx(4 / 8)
