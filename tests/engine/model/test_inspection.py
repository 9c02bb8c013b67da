"""The real process, with graphs that do what a hostile one would."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from multiprocessing.context import SpawnProcess
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import CancelledError, ModelError, PassingModelError
from desktop_app.engine.model import trial
from desktop_app.engine.model.encoder import OnnxRuntime
from desktop_app.engine.model.inspection import TrialLimits, inspect_model
from desktop_app.engine.model.trial import Refused

pytestmark = pytest.mark.usefixtures("spawned_processes")


def inspect(
    folder: Path, cancel: CancelToken | None = None, limits: TrialLimits | None = None
) -> None:
    inspect_model(folder, "some-clip", 5000, cancel or CancelToken(), limits)


def allocate_everything(folder: Path) -> None:
    """Fill 8 GB with ones and add them up."""
    file = folder / "onnx" / "vision_model_quantized.onnx"
    model = onnx.load(file)
    shape = numpy_helper.from_array(np.array([2_000_000_000], dtype=np.int64), "huge")
    model.graph.initializer.append(shape)
    one = numpy_helper.from_array(np.array([1], dtype=np.float32))
    # The graph's shape is known only when it runs: else onnxruntime would fold it when it loads.
    nodes = [
        helper.make_node("Size", ["pixel_values"], ["size"]),
        helper.make_node("Sub", ["size", "size"], ["zero"]),
        helper.make_node("Add", ["huge", "zero"], ["length"]),
        helper.make_node("ConstantOfShape", ["length"], ["ones"], value=one),
        helper.make_node("ReduceMean", ["ones"], ["mean"], keepdims=0),
        helper.make_node("Add", ["features", "mean"], ["changed"]),
    ]
    finish(model, nodes, file)


def loop_for_ever(folder: Path) -> None:
    """Count to 2**62."""
    file = folder / "onnx" / "vision_model_quantized.onnx"
    model = onnx.load(file)
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go_on_in"], ["go_on_out"]),
            helper.make_node("Add", ["sum_in", "sum_in"], ["sum_out"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("turn", TensorProto.INT64, []),
            helper.make_tensor_value_info("go_on_in", TensorProto.BOOL, []),
            helper.make_tensor_value_info("sum_in", TensorProto.FLOAT, []),
        ],
        [
            helper.make_tensor_value_info("go_on_out", TensorProto.BOOL, []),
            helper.make_tensor_value_info("sum_out", TensorProto.FLOAT, []),
        ],
    )
    turns = numpy_helper.from_array(np.array(2**62, dtype=np.int64), "turns")
    go_on = numpy_helper.from_array(np.array(True), "go_on")
    model.graph.initializer.extend([turns, go_on])
    nodes = [
        helper.make_node("ReduceMean", ["features"], ["start"], keepdims=0),
        helper.make_node("Loop", ["turns", "go_on", "start"], ["sum"], body=body),
        helper.make_node("Add", ["features", "sum"], ["changed"]),
    ]
    finish(model, nodes, file)


def finish(model: onnx.ModelProto, nodes: list[onnx.NodeProto], file: Path) -> None:
    """Put nodes before the last one, which then takes what they make."""
    last = model.graph.node.pop()
    last.input[0] = "changed"
    model.graph.node.extend([*nodes, last])
    onnx.checker.check_model(model)
    file.write_bytes(model.SerializeToString())


@pytest.fixture(autouse=True)
def _leaves_no_process() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def test_a_model_that_works_is_let_in(folder: Path) -> None:
    inspect(folder)


def test_a_refusal_speaks_of_the_model_by_its_name(folder: Path) -> None:
    (folder / "config.json").write_text("{}")

    with pytest.raises(ModelError) as caught:
        inspect(folder)

    assert caught.value.text == (
        "The model some-clip is damaged: config.json has no usable “model_type”."
    )


def test_a_graph_that_takes_all_memory_is_refused(folder: Path) -> None:
    allocate_everything(folder)

    with pytest.raises(ModelError, match=r"^The model some-clip is refused: it takes more than"):
        inspect(folder, limits=TrialLimits(memory_bytes=600 * 1024**2))


def test_a_graph_that_never_ends_is_refused(folder: Path) -> None:
    loop_for_ever(folder)

    with pytest.raises(ModelError, match=r"took it longer than 2 seconds"):
        inspect(folder, limits=TrialLimits(timeout_s=2))


def test_can_be_cancelled_in_the_middle(folder: Path) -> None:
    loop_for_ever(folder)
    cancel = CancelToken()
    cancel.cancel()

    with pytest.raises(CancelledError):
        inspect(folder, cancel)


def crash(pipe: object, folder: Path) -> None:
    os._exit(3)


def test_a_crash_is_a_refusal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "run", crash)

    with pytest.raises(ModelError, match="it crashed the process that tried it"):
        inspect(folder)


def be_killed(pipe: object, folder: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends no process for its memory")
def test_a_process_that_the_system_ends_says_nothing_against_the_model(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "run", be_killed)

    with pytest.raises(PassingModelError, match="the system ended the process that tried it"):
        inspect(folder)


def run_out_of_memory(*_: object) -> None:
    raise MemoryError


def test_too_little_memory_may_pass(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "check_encoder", run_out_of_memory)

    result = trial.try_folder(folder)

    assert isinstance(result, Refused)
    assert result.may_pass
    assert result.text == "The model tiny takes more memory than there is."


def test_too_little_memory_for_a_tower_may_pass(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("Load model from a.onnx failed:std::bad_alloc")

    monkeypatch.setattr(OnnxRuntime, "open", refuse)

    assert trial.try_folder(folder) == Refused(
        "The model Tiny test model takes more memory than there is.",
        "Close other programs and try again, or choose a smaller model.",
        may_pass=True,
    )


def test_says_that_no_process_can_be_started(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_process: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(SpawnProcess, "start", refuse)

    with pytest.raises(ModelError, match="no process for that can be started"):
        inspect(folder)
