"""What runs in the process that tries out a model: encodes a few pictures and texts with it.

The process is there to die: whatever a hostile graph does, the program survives it. Its parent,
`desktop_app.engine.model.inspection`, watches its time and memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.child_process import follow_parent
from desktop_app.engine.errors import ModelError, PassingModelError
from desktop_app.engine.model.encoder import OnnxEncoder, OnnxRuntime
from desktop_app.engine.model.json_fields import INSTALL_AGAIN
from desktop_app.engine.model.model_folder import read_model_folder
from desktop_app.engine.model.sample_pictures import draw_pictures
from desktop_app.engine.model.tower import too_little_memory
from desktop_app.engine.phrases import phrase
from desktop_app.engine.protocols import Encoder

# Words that any English model tells apart, some in other scripts, and nothing at all.
TEXTS = (
    "a photo of a red car",
    "two green trees under a blue sky",
    "black and white",
    "一只黄色的狗 и кошка",
    "",
)
# Far more than float32 or a change of batch size does to a unit vector, far less than another
# picture does to it.
_SAME = 1e-5
# int8 towers take their scale from the batch.
_MIN_COSINE_IN_BATCH = 0.9


@dataclass(frozen=True, slots=True)
class Passed:
    """The model did all that is asked of one."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The model is of no use.

    Attributes:
        text: Why, one plain sentence.
        hint: What to do about it.
        may_pass: Whether it says nothing against the model, and another attempt may end well.
    """

    text: str
    hint: str
    may_pass: bool = False


Result = Passed | Refused


def run(pipe: "connection.Connection[Result, object]", folder: Path) -> None:
    """Try the model in a folder and send the result through the pipe."""
    follow_parent()
    try:
        pipe.send(try_folder(folder))
    except OSError:
        return  # the parent is gone


class _OnlyCpu(OnnxRuntime):
    """Knows no other processor.

    A driver that crashes, compiles for minutes or maps gigabytes is not the model's fault, and
    has a test of its own.
    """

    @property
    def providers(self) -> Sequence[str]:
        """None besides the CPU."""
        return ()


def try_folder(folder: Path) -> Result:
    """Read a model folder and try it."""
    try:
        model = read_model_folder(folder)
        encoder = OnnxEncoder(model, runtime=_OnlyCpu())
        check_encoder(encoder, model.name)
    except ModelError as error:
        return Refused(error.text, error.hint, isinstance(error, PassingModelError))
    except MemoryError:  # outside of the towers
        lack = too_little_memory(folder.name)
        return Refused(lack.text, lack.hint, may_pass=True)
    return Passed()


def check_encoder(encoder: Encoder, name: str) -> None:
    """Encode a few pictures and texts, and see that the vectors mean something.

    That their shape is right and that they are finite the encoder itself makes sure of.

    Raises:
        ModelError: If not.
    """
    pixels = np.stack([encoder.resizer(picture) for picture in draw_pictures()])
    together = encoder.encode_pictures(pixels)
    alone = np.concatenate([encoder.encode_pictures(pixels[i : i + 1]) for i in range(len(pixels))])
    again = np.concatenate([encoder.encode_pictures(pixels[i : i + 1]) for i in range(len(pixels))])
    if (together * alone).sum(axis=1).min() < _MIN_COSINE_IN_BATCH:
        raise _useless(
            name,
            phrase("Engine: Models", "gives a picture another result when it comes with others"),
        )
    _check_vectors(alone, again, name, phrase("Engine: Models", "picture"))
    texts = encoder.encode_texts(TEXTS)
    _check_vectors(texts, encoder.encode_texts(TEXTS), name, phrase("Engine: Models", "text"))


def _check_vectors(
    once: NDArray[np.float32], twice: NDArray[np.float32], name: str, what: str
) -> None:
    if np.abs(once - twice).max() > _SAME:
        raise _useless(
            name,
            phrase("Engine: Models", "gives the same {what} another result each time").format(
                what=what
            ),
        )
    if np.abs(once - once[0]).max() < _SAME:
        raise _useless(
            name, phrase("Engine: Models", "gives every {what} the same result").format(what=what)
        )


def _useless(name: str, reason: str) -> ModelError:
    return ModelError(
        phrase("Engine: Models", "The model {name} is of no use: it {reason}.").format(
            name=name, reason=reason
        ),
        INSTALL_AGAIN,
    )
