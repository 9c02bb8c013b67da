"""From pixels and words to unit vectors of one space, by onnxruntime.

The only module that imports onnxruntime, and only when the first vector is wanted: the window
opens first.
"""

import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.json_fields import INSTALL_AGAIN
from desktop_app.engine.model.model_folder import ModelFolder
from desktop_app.engine.model.preprocess import Resizer, normalise
from desktop_app.engine.model.tokenizer import Tokenizer
from desktop_app.engine.records import ModelInfo

_LOG_FATAL_ONLY = 4
_POOLED_OUTPUT = "pooler_output"
_FLOATS, _INTEGERS = "tensor(float)", "tensor(int64)"
# What each tower may ask for, by the output it is known by.
_INPUT_TYPES = {
    "image_embeds": {"pixel_values": _FLOATS},
    "text_embeds": {"input_ids": _INTEGERS, "attention_mask": _INTEGERS},
}

_Feeds = Mapping[str, NDArray[np.float32] | NDArray[np.int64]]


class _Port(Protocol):
    """An input or output of a session, as onnxruntime describes it."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def shape(self) -> Sequence[int | str | None] | None: ...


class _Session(Protocol):
    """What is used of ``onnxruntime.InferenceSession``, which has no types of its own."""

    def get_inputs(self) -> Sequence[_Port]: ...
    def get_outputs(self) -> Sequence[_Port]: ...
    def run(
        self, output_names: Sequence[str], input_feed: _Feeds
    ) -> Sequence[NDArray[np.float32]]: ...


class OnnxEncoder:
    """A model folder at work. Any thread may call it; nothing is loaded before it is needed.

    Each tower is loaded by the first call that needs it: a query never waits for the image tower.
    """

    def __init__(self, folder: ModelFolder, threads: int = 1) -> None:
        """Prepare the encoder.

        Args:
            folder: The model.
            threads: Cores one call may use.
        """
        self._folder = folder
        self._vision = _Tower(folder, folder.vision_model, "image_embeds", threads)
        self._text = _Tower(folder, folder.text_model, "text_embeds", threads)
        self._tokenizer: Tokenizer | None = None
        self._tokenizer_lock = threading.Lock()

    @property
    def info(self) -> ModelInfo:
        """The model behind it."""
        folder = self._folder
        return ModelInfo(folder.key, folder.name, folder.dim, folder.is_builtin)

    @property
    def resizer(self) -> Resizer:
        """How this model wants a picture resized."""
        return Resizer(self._folder.preprocessing)

    @property
    def input_side_px(self) -> int:
        """Shorter side, in pixels, that a picture should at least have before resizing."""
        return self._folder.preprocessing.input_side_px

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
        return self._vision.encode({"pixel_values": pixels})

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
            feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            vectors[number] = self._text.encode(feeds)[0]
        return vectors

    def _loaded_tokenizer(self) -> Tokenizer:
        with self._tokenizer_lock:
            if self._tokenizer is None:
                self._tokenizer = Tokenizer(self._folder)
            return self._tokenizer


class _Tower:
    """One ONNX file, loaded when it is first used."""

    def __init__(self, folder: ModelFolder, path: Path, output: str, threads: int) -> None:
        self._folder = folder
        self._path = path
        self._wanted_output = output
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: tuple[_Session, list[str], str] | None = None

    def encode(self, feeds: _Feeds) -> NDArray[np.float32]:
        """Run the tower on those of `feeds` that it takes; unit vectors, shape ``(n, dim)``."""
        count = len(next(iter(feeds.values())))
        if count == 0:
            return np.empty((0, self._folder.dim), dtype=np.float32)
        session, inputs, output = self._load()
        try:
            (vectors,) = session.run([output], {name: feeds[name] for name in inputs})
        except Exception as error:  # onnxruntime's errors share no other base
            raise self._error("is damaged", "cannot be run") from error
        return self._unit_vectors(vectors, count)

    def _load(self) -> tuple[_Session, list[str], str]:
        """The session, the names of its inputs and of the output to take."""
        with self._lock:
            if self._loaded is None:
                try:
                    session = _open_session(self._path, self._threads)
                except Exception as error:  # onnxruntime's errors share no other base
                    raise self._error("is damaged", "cannot be loaded") from error
                self._loaded = (session, self._choose_inputs(session), self._choose_output(session))
            return self._loaded

    def _choose_inputs(self, session: _Session) -> list[str]:
        inputs = session.get_inputs()
        for port in inputs:
            if _INPUT_TYPES[self._wanted_output].get(port.name) != port.type:
                raise self._error("cannot be used", f"asks for an unknown input, {port.name}")
        return [port.name for port in inputs]

    def _choose_output(self, session: _Session) -> str:
        ports = {port.name: port for port in session.get_outputs() if port.type == _FLOATS}
        if self._wanted_output in ports:
            return self._wanted_output
        # CLIP's pooled outputs lie before the projection into the common space, SigLIP's in it.
        pooled = ports.pop(_POOLED_OUTPUT, None)
        if pooled is not None and self._folder.has_pooled_outputs:
            return pooled.name
        tables = [port.name for port in ports.values() if port.shape and len(port.shape) == 2]
        if len(tables) != 1:
            raise self._error("cannot be used", f"has no output {self._wanted_output}")
        return tables[0]

    def _unit_vectors(self, vectors: NDArray[np.float32], count: int) -> NDArray[np.float32]:
        if vectors.shape != (count, self._folder.dim):
            raise self._error("is damaged", "gives vectors of another length than it should")
        # In float64, so that squaring large values cannot overflow.
        lengths = np.linalg.norm(vectors.astype(np.float64), axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and lengths.min() > 0):
            raise self._error("is damaged", "gives no usable vectors")
        unit_vectors: NDArray[np.float32] = (vectors / lengths).astype(np.float32)
        return unit_vectors

    def _error(self, state: str, reason: str) -> ModelError:
        return ModelError(
            f"The model {self._folder.name} {state}: {self._path.name} {reason}.", INSTALL_AGAIN
        )


def _open_session(path: Path, threads: int) -> _Session:
    # Nothing leaves this machine: since 1.29 onnxruntime sends usage data to Microsoft and keeps a
    # device id on disk unless this is set before it is imported (see its Privacy.md).
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # what releases before 1.29 understand, on Windows
    onnxruntime.set_default_logger_severity(_LOG_FATAL_ONLY)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = _LOG_FATAL_ONLY
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Threads that spin while they wait take the cores that decoding needs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    session: _Session = onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"]
    )
    return session
