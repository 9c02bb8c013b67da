"""One tower of a model at work, whatever opens its ONNX file."""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.errors import ModelError, PassingModelError
from desktop_app.engine.model.json_fields import INSTALL_AGAIN
from desktop_app.engine.model.model_folder import ModelFolder
from desktop_app.engine.phrases import phrase

CPU = "CPUExecutionProvider"

_POOLED_OUTPUT = "pooler_output"
_FLOATS = {"tensor(float)": np.float32, "tensor(float16)": np.float16}
_INTEGERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_TYPES = _FLOATS | _INTEGERS
_TEXT_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
# What each tower may ask for, by the output it is known by; the first tells how many there are.
_INPUTS = {"image_embeds": ("pixel_values",), "text_embeds": _TEXT_INPUTS}
_PLACEHOLDER_TOKENS = 3
# How onnxruntime, C++ and graphics drivers say it; only Python has an exception of its own for it.
_LACKING_MEMORY = (
    "bad_alloc",
    "bad allocation",
    "allocate memory",
    "out of memory",
    "enough memory",
)

Array = NDArray[np.generic]
Feeds = Mapping[str, Array]


class Port(Protocol):
    """An input or output of a session, as onnxruntime describes it."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def type(self) -> str:
        """Such as ``tensor(float)``."""
        ...

    @property
    def shape(self) -> Sequence[int | str | None] | None:
        """A number for every dimension that is fixed."""
        ...


class Session(Protocol):
    """A loaded ONNX file. Any thread may call it."""

    @property
    def inputs(self) -> Sequence[Port]:
        """What it asks for."""
        ...

    @property
    def outputs(self) -> Sequence[Port]:
        """What it gives."""
        ...

    def run(self, output: str, feeds: Feeds) -> Array:
        """Compute one output, and nothing that it does not need."""
        ...


class Runtime(Protocol):
    """What opens ONNX files."""

    @property
    def version(self) -> str:
        """Of the library behind it."""
        ...

    @property
    def providers(self) -> Sequence[str]:
        """What it can compute on, by onnxruntime's names."""
        ...

    def open(self, path: Path, threads: int, provider: str) -> Session:
        """Load a file.

        Raises:
            Exception: Of any kind, if it is damaged or the provider does not work.
        """
        ...


class LazySession:
    """A session that is opened when it is first needed. Any thread may call it."""

    def __init__(self, path: Path, open_session: Callable[[], Session]) -> None:
        """Prepare it.

        Args:
            path: The ONNX file, for errors.
            open_session: Opens it.
        """
        self.path = path
        self._open = open_session
        self._lock = threading.Lock()
        self._session: Session | None = None

    def get(self) -> Session:
        """The session; opens it the first time."""
        with self._lock:
            if self._session is None:
                self._session = self._open()
            return self._session


class Tower:
    """The image or the text tower of a model. Any thread may call it."""

    def __init__(self, folder: ModelFolder, session: LazySession, output: str) -> None:
        """Prepare it; nothing is loaded yet.

        Args:
            folder: The model.
            session: The tower's file; both towers may share one.
            output: ``image_embeds`` or ``text_embeds``.
        """
        self._folder = folder
        self._session = session
        self._wanted_output = output
        self._holds_both = folder.vision_model == folder.text_model
        self._lock = threading.Lock()
        self._ports: tuple[Mapping[str, Port], str] | None = None

    def load(self) -> None:
        """Open its file, which the first call does otherwise.

        Raises:
            PassingModelError: If there is too little memory for it.
            ModelError: If it is damaged or of an unknown make.
        """
        self._load()

    def encode(self, feeds: Feeds) -> NDArray[np.float32]:
        """Run the tower on those of `feeds` that it takes; unit vectors, shape ``(n, dim)``.

        Raises:
            PassingModelError: If there is too little memory for it.
            ModelError: If it is damaged or of an unknown make.
        """
        count = len(next(iter(feeds.values())))
        if count == 0:
            return np.empty((0, self._folder.dim), dtype=np.float32)
        session, inputs, output = self._load()
        given = {
            name: feeds[name].astype(_TYPES[port.type], copy=False)
            if name in feeds
            else self._placeholder(port)
            for name, port in inputs.items()
        }
        try:
            vectors = self._run(session, output, given, inputs, count)
        except Exception as error:  # onnxruntime's errors share no other base
            raise self._failed(error, phrase("Engine: Models", "cannot be run")) from error
        return self._unit_vectors(vectors, count)

    def _run(
        self,
        session: Session,
        output: str,
        feeds: dict[str, Array],
        inputs: Mapping[str, Port],
        count: int,
    ) -> Array:
        first = _INPUTS[self._wanted_output][0]
        port = inputs.get(first)
        if count == 1 or port is None or not port.shape or port.shape[0] != 1:
            return session.run(output, feeds)
        # Exported for one at a time.
        own = [name for name in _INPUTS[self._wanted_output] if name in feeds]
        return np.concatenate(
            [
                session.run(output, feeds | {name: feeds[name][i : i + 1] for name in own})
                for i in range(count)
            ]
        )

    def _load(self) -> tuple[Session, Mapping[str, Port], str]:
        """The session, its inputs and the name of the output to take."""
        try:
            session = self._session.get()
        except Exception as error:  # onnxruntime's errors share no other base
            raise self._failed(error, phrase("Engine: Models", "cannot be loaded")) from error
        with self._lock:
            if self._ports is None:
                self._ports = (self._choose_inputs(session), self._choose_output(session))
            return session, *self._ports

    def _choose_inputs(self, session: Session) -> Mapping[str, Port]:
        known = _INPUTS[self._wanted_output]
        if self._holds_both:
            known = tuple(name for names in _INPUTS.values() for name in names)
        for port in session.inputs:
            types = _FLOATS if port.name == "pixel_values" else _INTEGERS
            if port.name not in known or port.type not in types:
                raise self._error(
                    phrase("Engine: Models", "cannot be used"),
                    phrase("Engine: Models", "asks for an unknown input, {name}").format(
                        name=port.name
                    ),
                )
        return {port.name: port for port in session.inputs}

    def _choose_output(self, session: Session) -> str:
        ports = {port.name: port for port in session.outputs if port.type in _FLOATS}
        if self._wanted_output in ports:
            return self._wanted_output
        # CLIP's pooled outputs lie before the projection into the common space, SigLIP's in it.
        pooled = ports.pop(_POOLED_OUTPUT, None)
        if pooled is not None and self._folder.has_pooled_outputs:
            return pooled.name
        tables = [port.name for port in ports.values() if port.shape and len(port.shape) == 2]
        if len(tables) != 1 or self._holds_both:
            raise self._error(
                phrase("Engine: Models", "cannot be used"),
                phrase("Engine: Models", "has no output {name}").format(name=self._wanted_output),
            )
        return tables[0]

    def _placeholder(self, port: Port) -> Array:
        """The smallest input for a tower that is not wanted now but shares the graph.

        It only has to be there: what the wanted output does not need is not computed.
        """
        shape: tuple[int, ...] = (1, _PLACEHOLDER_TOKENS)
        if port.name == "pixel_values":
            shape = (1, 3, *self._folder.preprocessing.shape_px)
        fixed = port.shape or ()
        if len(fixed) == len(shape):
            shape = tuple(
                side if isinstance(side, int) else ours
                for side, ours in zip(fixed, shape, strict=True)
            )
        return np.zeros(shape, dtype=_TYPES[port.type])

    def _unit_vectors(self, vectors: Array, count: int) -> NDArray[np.float32]:
        if vectors.shape != (count, self._folder.dim):
            raise self._error(
                phrase("Engine: Models", "is damaged"),
                phrase("Engine: Models", "gives results of another length than it should"),
            )
        # In float64, so that squaring large values cannot overflow.
        exact = vectors.astype(np.float64)
        lengths = np.linalg.norm(exact, axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and lengths.min() > 0):
            raise self._error(
                phrase("Engine: Models", "is damaged"),
                phrase("Engine: Models", "gives no usable results"),
            )
        unit_vectors: NDArray[np.float32] = (exact / lengths).astype(np.float32)
        return unit_vectors

    def _failed(self, error: Exception, reason: str) -> ModelError:
        """What onnxruntime's error means: damage, or a computer that is too small or too busy."""
        said = str(error).casefold()
        if isinstance(error, MemoryError) or any(words in said for words in _LACKING_MEMORY):
            return too_little_memory(self._folder.name)
        return self._error(phrase("Engine: Models", "is damaged"), reason)

    def _error(self, state: str, reason: str) -> ModelError:
        return ModelError(
            phrase("Engine: Models", "The model {folder} {state}: {file} {reason}.").format(
                folder=self._folder.name,
                state=state,
                file=self._session.path.name,
                reason=reason,
            ),
            INSTALL_AGAIN,
        )


def too_little_memory(model: str) -> PassingModelError:
    """The error for a model that finds no memory, which says nothing against it.

    Args:
        model: What it is called.
    """
    return PassingModelError(
        phrase("Engine: Models", "The model {folder} takes more memory than there is.").format(
            folder=model
        ),
        phrase("Engine: Models", "Close other programs and try again, or choose a smaller model."),
    )
