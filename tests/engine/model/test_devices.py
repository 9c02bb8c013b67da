"""The choice among processors, and how the encoder keeps to it.

Only the CPU can be had everywhere, so the others are real CPU sessions that pretend.
"""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop_app.engine.errors import ModelError, PassingModelError
from desktop_app.engine.model import devices as devices_module
from desktop_app.engine.model.device_memory import DeviceMemory
from desktop_app.engine.model.devices import Verdict, candidates
from desktop_app.engine.model.encoder import OnnxEncoder, OnnxRuntime
from desktop_app.engine.model.model_folder import read_model_folder
from desktop_app.engine.model.tower import CPU, Session
from desktop_app.engine.records import DeviceChoice
from tests.helpers.devices import Device, Devices
from tests.helpers.tiny_model import write_tiny_model

CUDA, DIRECTML, COREML = "CUDAExecutionProvider", "DmlExecutionProvider", "CoreMLExecutionProvider"
CPU_DEVICE = Device(seconds=6.0, single_s=2.0)


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Devices:
    """One whose clock is the one that counts; a test adds processors."""
    runtime = Devices({CPU: CPU_DEVICE})
    monkeypatch.setattr(devices_module, "perf_counter", runtime.clock)
    return runtime


def open_encoder(folder: Path, runtime: Devices, memory: DeviceMemory | None = None) -> OnnxEncoder:
    return OnnxEncoder(read_model_folder(folder), runtime=runtime, memory=memory)


def pictures(count: int) -> NDArray[np.uint8]:
    return np.random.default_rng(3).integers(0, 256, (count, 16, 16, 3), dtype=np.uint8)


@pytest.mark.parametrize(
    ("devices", "provider", "reason"),
    [
        ({}, CPU, "the processor (CPU): there is no graphics card it could use."),
        ({CUDA: Device(1.0)}, CUDA, "CUDA: 6 times as fast as the CPU."),
        ({CUDA: Device(4.0)}, CUDA, "CUDA: 1.5 times as fast as the CPU."),
        ({DIRECTML: Device(2.0), CUDA: Device(1.0)}, CUDA, "CUDA: 6 times as fast as the CPU."),
        ({DIRECTML: Device(6.0)}, CPU, "the processor (CPU): DirectML is no faster."),
        (
            {DIRECTML: Device(1.0, shift=0.3)},
            CPU,
            "the processor (CPU): DirectML gave other results (cosine 0.007).",
        ),
        (
            {DIRECTML: Device(1.0, shift=float("nan"))},
            CPU,
            "the processor (CPU): DirectML could not run the model.",
        ),
        (
            {COREML: Device(fails_to_open=True)},
            CPU,
            "the processor (CPU): CoreML could not run the model.",
        ),
        (
            {CUDA: Device(1.0, fails_after=2)},
            CPU,
            "the processor (CPU): CUDA could not run the model.",
        ),
        (
            {CUDA: Device(1.0, lacks_memory=True)},
            CPU,
            "the processor (CPU): CUDA has too little memory.",
        ),
        (
            {CUDA: Device(9.0), COREML: Device(fails_to_open=True)},
            CPU,
            "the processor (CPU): CUDA is no faster, CoreML could not run the model.",
        ),
        (
            {CUDA: Device(1.0, shift=9.0), DIRECTML: Device(3.0)},
            DIRECTML,
            "DirectML: 2.0 times as fast as the CPU.",
        ),
        (
            {"AzureExecutionProvider": Device(0.1)},
            CPU,
            "the processor (CPU): there is no graphics card it could use.",
        ),
    ],
)
def test_takes_the_fastest_that_agrees_and_says_why(
    folder: Path, runtime: Devices, devices: dict[str, Device], provider: str, reason: str
) -> None:
    runtime.devices = {CPU: CPU_DEVICE, **devices}
    encoder = open_encoder(folder, runtime)

    assert encoder.device == DeviceChoice(provider, reason)
    encoder.encode_pictures(pictures(3))
    assert runtime.runs[-1] == (provider, 3)


def test_this_machine_has_a_choice_to_tell_of(folder: Path) -> None:
    device = OnnxEncoder(read_model_folder(folder)).device

    if candidates(OnnxRuntime().providers):
        assert device.reason
    else:
        assert device == DeviceChoice(
            CPU, "the processor (CPU): there is no graphics card it could use."
        )


def test_nothing_is_tried_before_a_batch_comes(folder: Path, runtime: Devices) -> None:
    runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0, single_s=0.1)}
    encoder = open_encoder(folder, runtime)

    encoder.encode_texts(["red"])
    encoder.encode_pictures(pictures(1))
    assert {provider for provider, _ in runtime.opened} == {CPU}

    encoder.encode_pictures(pictures(2))
    assert runtime.runs[-1] == (CUDA, 2)


def test_a_single_picture_does_not_wait_for_the_test(
    folder: Path, runtime: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0)}
    under_way, may_end = threading.Event(), threading.Event()
    opened = runtime.open

    def wait(path: Path, threads: int, provider: str) -> Session:
        if provider == CUDA:
            under_way.set()
            may_end.wait(60)
        return opened(path, threads, provider)

    monkeypatch.setattr(runtime, "open", wait)
    encoder = open_encoder(folder, runtime)
    with ThreadPoolExecutor(2) as threads:
        batch = threads.submit(encoder.encode_pictures, pictures(2))
        assert under_way.wait(60)
        try:
            query = threads.submit(encoder.encode_pictures, pictures(1))
            assert query.result(timeout=60).shape == (1, 8)
            assert not batch.done()
        finally:
            may_end.set()
        assert batch.result(timeout=60).shape == (2, 8)


@pytest.mark.parametrize(("single_s", "provider"), [(0.1, CUDA), (3.0, CPU)])
def test_a_single_picture_goes_where_it_is_faster(
    folder: Path, runtime: Devices, single_s: float, provider: str
) -> None:
    runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0, single_s=single_s)}
    encoder = open_encoder(folder, runtime)
    encoder.encode_pictures(pictures(2))

    encoder.encode_pictures(pictures(1))
    assert runtime.runs[-1] == (provider, 1)
    encoder.encode_texts(["red"])
    assert runtime.runs[-1] == (CPU, 1)


def test_the_cpu_takes_over_once_when_a_processor_fails_later(
    folder: Path, runtime: Devices, caplog: pytest.LogCaptureFixture
) -> None:
    device = Device(1.0)
    runtime.devices = {CPU: CPU_DEVICE, DIRECTML: device}
    encoder = open_encoder(folder, runtime)
    expected = encoder.encode_pictures(pictures(3))
    device.fails_after = 0

    np.testing.assert_allclose(encoder.encode_pictures(pictures(3)), expected, atol=1e-6)
    assert encoder.device == DeviceChoice(CPU, "the processor (CPU): DirectML failed at its work.")
    assert "The CPU takes over." in caplog.text
    runs = len(runtime.runs)
    encoder.encode_pictures(pictures(3))
    assert runtime.runs[runs:] == [(CPU, 3)]


def test_a_damaged_model_is_not_blamed_on_a_processor(tmp_path: Path, runtime: Devices) -> None:
    runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0)}
    encoder = open_encoder(write_tiny_model(tmp_path, image_gain=0.0), runtime)

    with pytest.raises(ModelError, match="gives no usable results"):
        encoder.encode_pictures(pictures(2))


class TestMemory:
    def test_spares_the_test_at_the_next_start(
        self, folder: Path, tmp_path: Path, runtime: Devices
    ) -> None:
        runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0)}
        first = open_encoder(folder, runtime, DeviceMemory(tmp_path / "d" / "devices.json")).device
        runtime.opened.clear()
        again = open_encoder(folder, runtime, DeviceMemory(tmp_path / "d" / "devices.json"))

        assert again.device == first
        assert runtime.opened == []
        again.encode_pictures(pictures(2))
        assert runtime.opened == [(CUDA, "vision_model_quantized.onnx")]

    def test_counts_for_one_model_version_and_set_of_processors(
        self, folder: Path, tmp_path: Path, runtime: Devices
    ) -> None:
        memory = DeviceMemory(tmp_path / "devices.json")
        runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0)}
        assert open_encoder(folder, runtime, memory).device.provider == CUDA

        runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(9.0)}
        assert open_encoder(folder, runtime, memory).device.provider == CUDA
        runtime.version = "1.1"
        assert open_encoder(folder, runtime, memory).device.provider == CPU
        runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(9.0), COREML: Device(2.0)}
        assert open_encoder(folder, runtime, memory).device.provider == COREML
        other = write_tiny_model(tmp_path / "other", image_gain=2.0)
        runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(0.5), COREML: Device(2.0)}
        assert open_encoder(other, runtime, memory).device.provider == CUDA

    def test_a_test_that_ended_the_program_twice_is_not_made_again(
        self, folder: Path, tmp_path: Path, runtime: Devices, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        memory = DeviceMemory(tmp_path / "devices.json")
        runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0)}
        opened = runtime.open

        def crash(path: Path, threads: int, provider: str) -> object:
            if provider == CUDA:
                raise SystemExit  # as if the driver took the process with it
            return opened(path, threads, provider)

        monkeypatch.setattr(runtime, "open", crash)
        for _ in range(2):  # once, it may have been the user
            with pytest.raises(SystemExit):
                _ = open_encoder(folder, runtime, memory).device
        monkeypatch.undo()

        assert open_encoder(folder, runtime, memory).device == DeviceChoice(
            CPU, "the processor (CPU): the test of another processor ended the program."
        )

    def test_a_test_that_was_cut_off_once_is_made_again(
        self, folder: Path, tmp_path: Path, runtime: Devices
    ) -> None:
        memory = DeviceMemory(tmp_path / "devices.json")
        runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0)}
        memory.begin(f"{read_model_folder(folder).key} {CUDA} 1.0")

        assert open_encoder(folder, runtime, memory).device.provider == CUDA
        assert open_encoder(folder, runtime, memory).device.provider == CUDA

    @pytest.mark.parametrize("cramped", [CPU, CUDA])
    def test_too_little_memory_is_never_remembered(
        self, folder: Path, tmp_path: Path, runtime: Devices, cramped: str
    ) -> None:
        memory = DeviceMemory(tmp_path / "devices.json")
        runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0)}
        runtime.devices = runtime.devices | {cramped: Device(lacks_memory=True)}
        for _ in range(3):
            encoder = open_encoder(folder, runtime, memory)
            if cramped == CPU:
                with pytest.raises(PassingModelError, match="more memory than there is"):
                    _ = encoder.device
            else:
                assert encoder.device.reason == "the processor (CPU): CUDA has too little memory."

        runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0)}
        assert open_encoder(folder, runtime, memory).device.provider == CUDA

    def test_of_a_processor_that_is_gone_is_not_believed(
        self, folder: Path, tmp_path: Path, runtime: Devices
    ) -> None:
        memory = DeviceMemory(tmp_path / "devices.json")
        runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0)}
        key = read_model_folder(folder).key
        memory.put(f"{key} {CUDA} 1.0", Verdict(DeviceChoice("Other", "Other: fast.")))

        assert open_encoder(folder, runtime, memory).device.provider == CUDA

    def test_does_without_a_place_to_write(self, folder: Path, runtime: Devices) -> None:
        runtime.devices = {CPU: CPU_DEVICE, CUDA: Device(1.0)}
        memory = DeviceMemory(folder / "config.json" / "devices.json")

        assert open_encoder(folder, runtime, memory).device.provider == CUDA

    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.binary(max_size=50)
        | st.dictionaries(
            st.just("m"),
            st.none()
            | st.dictionaries(
                st.sampled_from(["provider", "reason", "single"]), st.text() | st.booleans()
            ),
        ).map(lambda value: json.dumps(value).encode())
    )
    def test_any_content_is_survived(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "devices.json").write_bytes(content)
        memory = DeviceMemory(tmp_path / "devices.json")
        verdict = Verdict(DeviceChoice(CUDA, "CUDA: fast."), takes_single=True)

        known = memory.get("m")
        assert known is None or isinstance(known.device.reason, str)
        memory.put("m", verdict)
        assert memory.get("m") == verdict
