"""From pixels and words to unit vectors of one space, by onnxruntime.

The only module that imports onnxruntime, and only when the first vector is wanted: the window
opens first.
"""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.model.devices import Memory
from desktop_app.engine.model.model_folder import ModelFolder
from desktop_app.engine.model.picture_tower import PictureTower
from desktop_app.engine.model.preprocess import Resizer, normalise
from desktop_app.engine.model.tokenizer import Tokenizer
from desktop_app.engine.model.tower import (
    CPU,
    Array,
    Feeds,
    LazySession,
    Port,
    Runtime,
    Session,
    Tower,
)
from desktop_app.engine.records import DeviceChoice, ModelInfo

_LOG_FATAL_ONLY = 4
_DIRECTML = "DmlExecutionProvider"


class OnnxEncoder:
    """A model folder at work. Any thread may call it; nothing is loaded before it is needed.

    Each tower is loaded by the first call that needs it: a query never waits for the image tower.
    Texts are encoded on the CPU. So is a single picture, a query, unless another processor was
    found to be faster with it; what suits batches is found out by the first batch.
    """

    def __init__(
        self,
        folder: ModelFolder,
        threads: int = 1,
        *,
        runtime: Runtime | None = None,
        memory: Memory | None = None,
    ) -> None:
        """Prepare the encoder.

        Args:
            folder: The model.
            threads: Cores one call may use.
            runtime: What opens the towers; onnxruntime where nothing is given.
            memory: Keeps what was found out about other processors.
        """
        self._folder = folder
        runtime = runtime or OnnxRuntime()
        self._pictures = PictureTower(folder, threads, runtime, memory)
        session = self._pictures.cpu_session
        if folder.text_model != folder.vision_model:
            session = LazySession(
                folder.text_model, lambda: runtime.open(folder.text_model, threads, CPU)
            )
        self._text = Tower(folder, session, "text_embeds")
        self._tokenizer: Tokenizer | None = None
        self._tokenizer_lock = threading.Lock()

    @property
    def info(self) -> ModelInfo:
        """The model behind it."""
        folder = self._folder
        return ModelInfo(folder.key, folder.name, folder.dim, folder.is_builtin)

    @property
    def device(self) -> DeviceChoice:
        """What computes the vectors of pictures in batches, and why this.

        Tests the processors where that has not been done, which loads the model; quick where
        there is only the CPU.

        Raises:
            ModelError: If a test is needed and the image tower is damaged.
        """
        return self._pictures.device

    @property
    def resizer(self) -> Resizer:
        """How this model wants a picture resized."""
        return Resizer(self._folder.preprocessing)

    @property
    def input_side_px(self) -> int:
        """Shorter side, in pixels, that a picture should at least have before resizing."""
        return self._folder.preprocessing.input_side_px

    def prepare_pictures(self) -> None:
        """Load the image tower, on what suits batches; the first batch does it otherwise.

        Raises:
            ModelError: If the image tower is damaged.
        """
        self._pictures.prepare()

    def encode_pictures(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Encode resized pictures.

        Args:
            pixels: What `resizer` returned, stacked, shape ``(n, height, width, 3)``.

        Returns:
            Unit vectors, shape ``(n, dim)``.

        Raises:
            ModelError: If the image tower is damaged.
        """
        return self.encode_images(normalise(pixels, self._folder.preprocessing))

    def encode_images(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Encode normalised pictures, shape ``(n, 3, height, width)``; see `encode_pictures`."""
        return self._pictures.encode(pixels)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode sentences, each by itself.

        Not as one batch: int8 towers take their scale from the whole batch, so the same words
        would get another vector beside other words (cosine 0.9995 with ViT-B/32).

        Returns:
            Unit vectors, shape ``(len(texts), dim)``.

        Raises:
            ModelError: If the tokenizer or the text tower is damaged.
        """
        vectors = np.empty((len(texts), self._folder.dim), dtype=np.float32)
        for number, text in enumerate(texts):
            ids = self._loaded_tokenizer().encode(text)[np.newaxis]
            # Without padding the mask hides nothing. Models that want padding were trained to
            # see it.
            feeds = {
                "input_ids": ids,
                "attention_mask": np.ones_like(ids),
                "token_type_ids": np.zeros_like(ids),
            }
            vectors[number] = self._text.encode(feeds)[0]
        return vectors

    def _loaded_tokenizer(self) -> Tokenizer:
        with self._tokenizer_lock:
            if self._tokenizer is None:
                self._tokenizer = Tokenizer(self._folder)
            return self._tokenizer


class OnnxRuntime:
    """Satisfies `desktop_app.engine.model.tower.Runtime`; imports onnxruntime when it is used."""

    @property
    def version(self) -> str:
        """Of onnxruntime."""
        return str(_import_onnxruntime().__version__)

    @property
    def providers(self) -> Sequence[str]:
        """What this onnxruntime was built to compute on; it may not be there or not work."""
        return [str(name) for name in _import_onnxruntime().get_available_providers()]

    def open(self, path: Path, threads: int, provider: str) -> Session:
        """Load an ONNX file.

        Raises:
            Exception: What onnxruntime raises for a damaged file.
            RuntimeError: If the provider does not start.
        """
        onnxruntime = _import_onnxruntime()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _LOG_FATAL_ONLY
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Threads that spin while they wait take the cores that decoding needs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.inter_op.allow_spinning", "0")
        if provider == _DIRECTML:
            # https://onnxruntime.ai/docs/execution-providers/DirectML-ExecutionProvider.html
            options.enable_mem_pattern = False
        session = onnxruntime.InferenceSession(
            str(path),
            options,
            providers=list(dict.fromkeys([provider, CPU])),
            # It would print and go on with the CPU by itself.
            enable_fallback=0,
        )
        if session.get_providers()[0] != provider:
            raise RuntimeError(f"{provider} does not start")
        run_options = onnxruntime.RunOptions()
        # Of a graph that holds both towers, only one is wanted at a time.
        run_options.only_execute_path_to_fetches = len(session.get_outputs()) > 1
        return _OnnxSession(session, run_options, takes_turns=provider != CPU)


class _OnnxSession:
    """An ``onnxruntime.InferenceSession``, which has no types of its own."""

    # onnxruntime has no types.
    def __init__(self, session: Any, run_options: Any, *, takes_turns: bool) -> None:
        self.inputs: Sequence[Port] = session.get_inputs()
        self.outputs: Sequence[Port] = session.get_outputs()
        self._session = session
        self._run_options = run_options
        # DirectML forbids two threads in one session at a time; no device gains by it.
        self._turn = threading.Lock() if takes_turns else None

    def run(self, output: str, feeds: Feeds) -> Array:
        if self._turn is None:
            return self._compute(output, feeds)
        with self._turn:
            return self._compute(output, feeds)

    def _compute(self, output: str, feeds: Feeds) -> Array:
        vectors: Array = self._session.run([output], feeds, self._run_options)[0]
        return vectors


# onnxruntime has no types.
def _import_onnxruntime() -> Any:
    # Nothing leaves this machine: since 1.29 onnxruntime sends usage data to Microsoft and keeps a
    # device id on disk unless this is set before it is imported (see its Privacy.md).
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # what releases before 1.29 understand, on Windows
    onnxruntime.set_default_logger_severity(_LOG_FATAL_ONLY)
    return onnxruntime
