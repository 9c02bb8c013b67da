import contextlib
from pathlib import Path

import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

from desktop_app.engine.model import onnx_weights
from desktop_app.engine.model.onnx_weights import NotOnnxError, weight_locations
from tests.helpers.tiny_model import write_tiny_model

any_folder = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200
)


def outside_tensor(location: str) -> TensorProto:
    tensor = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[1])
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in {"offset": "0", "location": location}.items():
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value
    return tensor


def save(path: Path, graph: onnx.GraphProto) -> Path:
    path.write_bytes(helper.make_model(graph).SerializeToString())
    return path


def test_finds_the_file_beside(tmp_path: Path) -> None:
    onnx_folder = write_tiny_model(tmp_path, weights_beside=True) / "onnx"

    assert weight_locations(onnx_folder / "text_model.onnx") == {"text_model.onnx_data"}


def test_finds_nothing_where_all_is_inside(folder: Path) -> None:
    assert weight_locations(folder / "onnx" / "vision_model.onnx") == set()


def test_finds_tensors_wherever_they_hide(tmp_path: Path) -> None:
    constant = helper.make_node("Constant", [], ["c"], value=outside_tensor("in a node"))
    inner = helper.make_graph([constant], "inner", [], [], [outside_tensor("in a branch")])
    branch = helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner)
    graph = helper.make_graph([branch], "outer", [], [], [outside_tensor("../in the graph")])
    sparse = graph.sparse_initializer.add()
    sparse.values.CopyFrom(outside_tensor("sparse"))
    model = helper.make_model(graph)
    function = model.functions.add(name="f", domain="d")
    function.node.append(
        helper.make_node("Constant", [], ["c"], value=outside_tensor("in a function"))
    )
    (tmp_path / "m.onnx").write_bytes(model.SerializeToString())

    assert weight_locations(tmp_path / "m.onnx") == {
        "in a node",
        "in a branch",
        "../in the graph",
        "sparse",
        "in a function",
    }


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 3 + b"\xff" * 20, b"PK\x03\x04 no graph", b":\x7f"]
)
def test_refuses_what_is_no_onnx_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.onnx").write_bytes(content)

    with pytest.raises(NotOnnxError):
        weight_locations(tmp_path / "m.onnx")


def test_gives_up_on_absurdly_many_parts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_weights, "_MAX_FIELDS", 10)

    with pytest.raises(NotOnnxError, match="too many"):
        weight_locations(folder / "onnx" / "text_model.onnx")


def test_does_not_read_an_absurdly_long_place(tmp_path: Path) -> None:
    graph = helper.make_graph([], "g", [], [], [outside_tensor("x" * 5000)])

    with pytest.raises(NotOnnxError, match="absurdly long"):
        weight_locations(save(tmp_path / "m.onnx", graph))


def test_gives_up_on_graphs_in_graphs_without_end(tmp_path: Path) -> None:
    graph = helper.make_graph([], "innermost", [], [])
    for _ in range(20):
        graph = helper.make_graph([helper.make_node("If", ["x"], ["y"], branch=graph)], "g", [], [])

    with pytest.raises(NotOnnxError, match="nested"):
        weight_locations(save(tmp_path / "m.onnx", graph))


@any_folder
@given(st.binary(max_size=300))
def test_any_bytes_end_in_an_answer(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.onnx").write_bytes(content)
    with contextlib.suppress(NotOnnxError):
        assert isinstance(weight_locations(tmp_path / "m.onnx"), set)


@any_folder
@given(st.data())
def test_a_damaged_graph_ends_in_an_answer(folder: Path, data: st.DataObject) -> None:
    content = bytearray((folder / "onnx" / "text_model.onnx").read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    (folder / "m.onnx").write_bytes(content[: data.draw(st.integers(0, len(content)))])
    with contextlib.suppress(NotOnnxError):
        assert isinstance(weight_locations(folder / "m.onnx"), set)
