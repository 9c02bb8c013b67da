import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from desktop_app.engine.errors import ModelError, PassingModelError
from desktop_app.engine.model.encoder import OnnxEncoder, OnnxRuntime
from desktop_app.engine.model.model_folder import read_model_folder
from desktop_app.engine.model.preprocess import normalise
from desktop_app.engine.model.tower import Session
from desktop_app.engine.paths import builtin_model_folder
from desktop_app.engine.protocols import Encoder
from tests.conftest import PROJECT
from tests.helpers.tiny_model import COLOURS, colour_vector, write_tiny_model

TEXT_TOWER = "onnx/text_model_quantized.onnx"
VISION_TOWER = "onnx/vision_model_quantized.onnx"


def open_encoder(folder: Path) -> OnnxEncoder:
    return OnnxEncoder(read_model_folder(folder))


def pictures(encoder: Encoder, *colours: str) -> NDArray[np.uint8]:
    drawn = [Image.new("RGB", (40, 30), COLOURS[colour]) for colour in colours]
    return np.stack([encoder.resizer(picture) for picture in drawn])


def noise(count: int) -> NDArray[np.uint8]:
    return np.random.default_rng(3).integers(0, 256, (count, 16, 16, 3), dtype=np.uint8)


def test_tells_about_its_model(folder: Path) -> None:
    encoder: Encoder = open_encoder(folder)

    assert encoder.info.name == "Tiny test model"
    assert encoder.info.dim == 8
    assert encoder.info.key == read_model_folder(folder).key
    assert not encoder.info.is_builtin
    assert encoder.input_side_px == 16


def test_words_find_pictures_of_their_colour(folder: Path) -> None:
    encoder = open_encoder(folder)

    seen = encoder.encode_pictures(pictures(encoder, *COLOURS))
    meant = encoder.encode_texts([f"a photo of a {colour} picture" for colour in COLOURS])

    assert (seen @ meant.T).argmax(axis=1).tolist() == list(range(len(COLOURS)))
    np.testing.assert_allclose(seen, [colour_vector(colour) for colour in COLOURS], atol=1e-5)


def test_gives_unit_vectors_whatever_the_tower_gives(tmp_path: Path) -> None:
    encoder = open_encoder(write_tiny_model(tmp_path, image_gain=1e20, text_gain=1e-20))

    seen = encoder.encode_pictures(noise(5))
    meant = encoder.encode_texts(["red", "", "green blue"])

    assert seen.shape == (5, 8)
    assert meant.shape == (3, 8)
    assert seen.dtype == meant.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(seen, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(meant, axis=1), 1, atol=1e-6)


def test_nothing_gives_no_vectors(folder: Path) -> None:
    encoder = open_encoder(folder)

    assert encoder.encode_texts([]).shape == (0, 8)
    assert encoder.encode_pictures(noise(0)).shape == (0, 8)


def test_a_batch_gives_what_each_gives_alone(folder: Path) -> None:
    encoder = open_encoder(folder)
    pixels = noise(7)

    batch = encoder.encode_pictures(pixels)
    alone = np.concatenate([encoder.encode_pictures(pixels[i : i + 1]) for i in range(7)])

    np.testing.assert_allclose(batch, alone, atol=1e-6)


def test_normalised_pictures_are_taken_too(folder: Path) -> None:
    encoder = open_encoder(folder)
    pixels = noise(2)

    normalised = normalise(pixels, read_model_folder(folder).preprocessing)

    np.testing.assert_array_equal(
        encoder.encode_images(normalised), encoder.encode_pictures(pixels)
    )


def test_the_same_words_mean_exactly_the_same_beside_others(folder: Path) -> None:
    encoder = open_encoder(folder)

    alone = encoder.encode_texts(["a red"])
    beside_others = encoder.encode_texts(["a photo of a green and a blue picture", "a red"])

    np.testing.assert_array_equal(alone[0], beside_others[1])


@pytest.mark.parametrize("uses_mask", [False, True], ids=["no mask", "mask"])
def test_a_mask_is_given_to_a_tower_that_asks(tmp_path: Path, uses_mask: bool) -> None:
    encoder = open_encoder(write_tiny_model(tmp_path, text_uses_mask=uses_mask))

    np.testing.assert_allclose(encoder.encode_texts(["red"])[0], colour_vector("red"), atol=0.01)


def test_a_text_at_its_real_length_means_the_same_as_filled_up(tmp_path: Path) -> None:
    real = open_encoder(write_tiny_model(tmp_path / "real", model_type="clip"))
    filled = open_encoder(write_tiny_model(tmp_path / "filled", model_type="siglip"))

    np.testing.assert_allclose(
        real.encode_texts(["a red picture"]), filled.encode_texts(["a red picture"]), atol=1e-6
    )


def test_loads_each_tower_only_when_it_is_needed(folder: Path) -> None:
    (folder / VISION_TOWER).write_bytes(b"damaged")
    encoder = open_encoder(folder)

    assert encoder.encode_texts(["red"]).shape == (1, 8)
    with pytest.raises(ModelError):
        encoder.encode_pictures(noise(1))
    with pytest.raises(ModelError):
        encoder.prepare_pictures()


def test_pictures_can_be_prepared_for(folder: Path) -> None:
    encoder = open_encoder(folder)
    encoder.prepare_pictures()
    (folder / VISION_TOWER).write_bytes(b"damaged")  # it is loaded already

    assert encoder.encode_pictures(noise(2)).shape == (2, 8)


def test_many_threads_may_call_it_at_once(folder: Path) -> None:
    encoder = open_encoder(folder)
    pixels = noise(4)
    expected = open_encoder(folder)
    barrier = threading.Barrier(8)

    def work(number: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        barrier.wait()
        return encoder.encode_texts(["red", "a blue"]), encoder.encode_pictures(
            pixels[number % 4 :]
        )

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(work, range(8)))

    for number, (meant, seen) in enumerate(results):
        np.testing.assert_allclose(meant, expected.encode_texts(["red", "a blue"]), atol=1e-6)
        np.testing.assert_allclose(seen, expected.encode_pictures(pixels)[number % 4 :], atol=1e-6)


@pytest.mark.parametrize(
    ("model_type", "output"),
    [
        ("image_seeker_dual_encoder", "text_embeds"),
        ("clip", "embeddings"),
        ("siglip", "pooler_output"),
    ],
)
def test_finds_the_output_of_each_kind_of_model(
    tmp_path: Path, model_type: str, output: str
) -> None:
    folder = write_tiny_model(tmp_path, model_type=model_type, text_output=output)

    assert open_encoder(folder).encode_texts(["red"]).shape == (1, 8)


def change_graph(file: Path, change: Callable[[onnx.GraphProto], object]) -> None:
    model = onnx.load(file)
    change(model.graph)
    file.write_bytes(model.SerializeToString())


def add_input(name: str, kind: int) -> Callable[[Path], None]:
    value = helper.make_tensor_value_info(name, kind, ["batch", "length"])
    return lambda folder: change_graph(folder / TEXT_TOWER, lambda graph: graph.input.append(value))


def cut_text_tower(folder: Path) -> None:
    file = folder / TEXT_TOWER
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


class Cramped(OnnxRuntime):
    """One that finds no memory for its next file."""

    error: Exception | None = None

    def open(self, path: Path, threads: int, provider: str) -> Session:
        if self.error is not None:
            raise self.error
        return super().open(path, threads, provider)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError(
            "[ONNXRuntimeError] : 1 : FAIL : Load model from a.onnx failed:std::bad_alloc"
        ),
        RuntimeError("Exception during initialization: bad allocation"),
        RuntimeError("CUDA failure 2: out of memory ; GPU=0 ; expr=cudaMalloc((void**)&p, size);"),
        RuntimeError("8007000E Not enough memory resources are available to complete this."),
    ],
    ids=lambda error: str(error)[-20:],
)
def test_too_little_memory_is_no_damage_and_passes(folder: Path, error: Exception) -> None:
    runtime = Cramped()
    encoder = OnnxEncoder(read_model_folder(folder), runtime=runtime)
    runtime.error = error

    works: list[Callable[[], object]] = [
        lambda: encoder.encode_pictures(noise(1)),
        lambda: encoder.encode_texts(["red"]),
    ]
    for work in works:
        with pytest.raises(PassingModelError) as caught:
            work()
        assert caught.value.text == "The model Tiny test model takes more memory than there is."
        assert "Close other programs" in caught.value.hint

    runtime.error = None
    assert encoder.encode_pictures(noise(1)).shape == encoder.encode_texts(["red"]).shape == (1, 8)


def test_too_little_memory_for_a_batch_is_no_damage(folder: Path) -> None:
    """A graph that wants 4 EB in the middle: no computer gives them."""

    def want_everything(graph: onnx.GraphProto) -> None:
        output = graph.output[0].name
        for node in graph.node:
            node.output[:] = ["small" if name == output else name for name in node.output]
        huge = numpy_helper.from_array(np.full(2, 2**30, dtype=np.int64), "huge")
        graph.initializer.append(huge)
        graph.node.extend(
            [
                helper.make_node("ConstantOfShape", ["huge"], ["zeros"]),
                helper.make_node("ReduceSum", ["zeros"], ["nothing"], keepdims=0),
                helper.make_node("Add", ["small", "nothing"], [output]),
            ]
        )

    change_graph(folder / VISION_TOWER, want_everything)

    with pytest.raises(PassingModelError, match="takes more memory than there is"):
        open_encoder(folder).encode_pictures(noise(1))


LOAD_IN_A_FULL_COMPUTER = """
import resource, sys, psutil
from pathlib import Path
from desktop_app.engine.errors import PassingModelError
from desktop_app.engine.model.encoder import OnnxEncoder, OnnxRuntime
from desktop_app.engine.model.model_folder import read_model_folder

runtime = OnnxRuntime()
assert runtime.providers  # onnxruntime itself is loaded
encoder = OnnxEncoder(read_model_folder(Path(sys.argv[1])), runtime=runtime)
before = resource.getrlimit(resource.RLIMIT_AS)
resource.setrlimit(resource.RLIMIT_AS, (psutil.Process().memory_info().vms + 2**20, before[1]))
try:
    encoder.prepare_pictures()
except PassingModelError as error:
    resource.setrlimit(resource.RLIMIT_AS, before)
    print(error.text)
encoder.prepare_pictures()
"""


@pytest.mark.model
@pytest.mark.skipif(sys.platform != "linux", reason="others limit no addresses")
def test_what_onnxruntime_says_on_a_full_computer_is_understood() -> None:
    command = [sys.executable, "-c", LOAD_IN_A_FULL_COMPUTER, str(builtin_model_folder())]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)

    assert ended.stdout.endswith(" takes more memory than there is.\n"), ended.stderr
    assert ended.returncode == 0


def make_vectors_too_short(folder: Path) -> None:
    shutil.rmtree(folder / "onnx")
    other = write_tiny_model(folder.parent / "short", dim=7)
    (other / "onnx").rename(folder / "onnx")


def rename_text_output(name: str) -> Callable[[Path], object]:
    return lambda folder: write_tiny_model(folder, model_type="clip", text_output=name)


@pytest.mark.parametrize(
    ("damage", "text"),
    [
        (cut_text_tower, "is damaged: text_model_quantized.onnx cannot be loaded."),
        (
            lambda folder: (folder / TEXT_TOWER).write_bytes(b""),
            "is damaged: text_model_quantized.onnx cannot be loaded.",
        ),
        (
            lambda folder: (folder / TEXT_TOWER).unlink(),
            "is damaged: text_model_quantized.onnx cannot be loaded.",
        ),
        (
            lambda folder: shutil.copy(folder / VISION_TOWER, folder / TEXT_TOWER),
            "cannot be used: text_model_quantized.onnx asks for an unknown input, pixel_values.",
        ),
        (
            add_input("position_ids", TensorProto.INT64),
            "cannot be used: text_model_quantized.onnx asks for an unknown input, position_ids.",
        ),
        (
            add_input("attention_mask", TensorProto.FLOAT),
            "cannot be used: text_model_quantized.onnx asks for an unknown input, attention_mask.",
        ),
        (
            rename_text_output("pooler_output"),
            "cannot be used: text_model_quantized.onnx has no output text_embeds.",
        ),
        (
            make_vectors_too_short,
            "is damaged: text_model_quantized.onnx gives results of another length than it should.",
        ),
        (
            lambda folder: write_tiny_model(folder, text_gain=float("nan")),
            "is damaged: text_model_quantized.onnx gives no usable results.",
        ),
        (
            lambda folder: write_tiny_model(folder, text_gain=0.0),
            "is damaged: text_model_quantized.onnx gives no usable results.",
        ),
    ],
)
def test_says_what_is_wrong_with_a_tower(
    folder: Path,
    damage: Callable[[Path], object],
    text: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    model = read_model_folder(folder)
    damage(folder)

    with pytest.raises(ModelError) as caught:
        OnnxEncoder(model).encode_texts(["red"])

    assert caught.value.text == f"The model Tiny test model {text}"
    assert caught.value.hint
    assert capfd.readouterr() == ("", ""), "onnxruntime keeps quiet"


def test_says_that_pictures_of_another_size_do_not_fit(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"vision_model_quantized\.onnx cannot be run"):
        open_encoder(folder).encode_pictures(np.zeros((1, 20, 20, 3), dtype=np.uint8))


def test_refuses_weights_from_outside_the_folder(folder: Path, tmp_path: Path) -> None:
    def move_table_out(graph: onnx.GraphProto) -> None:
        table = next(tensor for tensor in graph.initializer if tensor.name == "table")
        (tmp_path / "table.bin").write_bytes(table.raw_data)
        table.ClearField("raw_data")
        table.data_location = TensorProto.EXTERNAL
        location = table.external_data.add()
        location.key, location.value = "location", "../../table.bin"

    model = read_model_folder(folder)
    change_graph(folder / TEXT_TOWER, move_table_out)

    with pytest.raises(ModelError, match=r"text_model_quantized\.onnx wants weights from outside"):
        read_model_folder(folder)
    with pytest.raises(ModelError, match=r"text_model_quantized\.onnx cannot be loaded"):
        OnnxEncoder(model).encode_texts(["red"])


ENCODE_ONCE = """
import sys
from pathlib import Path
from desktop_app.engine.model.encoder import OnnxEncoder
from desktop_app.engine.model.model_folder import read_model_folder
encoder = OnnxEncoder(read_model_folder(Path(sys.argv[1])))
print("onnxruntime" in sys.modules, "tokenizers" in sys.modules)
encoder.encode_texts(["red"])
print("onnxruntime" in sys.modules)
"""


def test_is_light_until_it_is_used_and_tells_nobody(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home of a user"
    home.mkdir()
    # onnxruntime collects nothing where it finds that it runs in automated tests.
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CI", "GITHUB", "ORT_", "TF_BUILD", "PYTEST"))
    }
    environment |= {name: str(home) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA")}
    environment |= {name: str(home / name) for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME")}

    result = subprocess.run(
        [sys.executable, "-c", ENCODE_ONCE, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=PROJECT,
        env=environment,
    )

    assert result.stdout.split() == ["False", "False", "True"]
    assert list(home.iterdir()) == [], "a device id for usage data was left"
