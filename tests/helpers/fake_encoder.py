"""An encoder that needs no model: it knows colours, in pictures and in words.

Deterministic and quick, and its answers make sense: "red" finds red pictures.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.protocols import PictureResizer
from desktop_app.engine.records import DeviceChoice, ModelInfo

SIDE_PX = 8
COLOURS: dict[str, tuple[int, int, int]] = {
    "black": (0, 0, 0),
    "white": (255, 255, 255),
    "red": (220, 20, 20),
    "green": (20, 200, 20),
    "blue": (20, 20, 220),
    "yellow": (230, 220, 20),
    "orange": (250, 140, 10),
    "purple": (140, 20, 160),
}
DIM = 16


def resize_small(image: Image.Image) -> NDArray[np.uint8]:
    """Shrink to 8 × 8; a plain function, so that worker processes can be handed it."""
    small = image.convert("RGB").resize((SIDE_PX, SIDE_PX), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.uint8)


def _colour_vector(rgb: NDArray[np.float32]) -> NDArray[np.float32]:
    """Place a mean colour, shape (3,) in [0, 1], on the unit sphere with some texture."""
    centred = rgb - 0.5
    angles = np.outer(np.arange(1, 5), centred).ravel()
    texture = np.cos(angles[: DIM - 4]) * 0.1
    vector = np.concatenate([centred, texture, np.full(1, 0.3)])
    unit: NDArray[np.float32] = (vector / np.linalg.norm(vector)).astype(np.float32)
    return unit


class FakeEncoder:
    """Satisfies `desktop_app.engine.protocols.Encoder`.

    Args:
        key: What the vectors are kept under; another key is another model.
    """

    def __init__(self, key: str = "fake") -> None:
        self._info = ModelInfo(key=key, name="colours for tests", dim=DIM, is_builtin=True)
        self.encoded_pictures = 0

    @property
    def info(self) -> ModelInfo:
        return self._info

    @property
    def device(self) -> DeviceChoice:
        return DeviceChoice("CPUExecutionProvider", "It needs nothing better.")

    @property
    def resizer(self) -> PictureResizer:
        return resize_small

    @property
    def input_side_px(self) -> int:
        return SIDE_PX

    def prepare_pictures(self) -> None:
        pass

    def encode_pictures(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.encoded_pictures += len(pixels)
        means = pixels.reshape(len(pixels), -1, 3).mean(axis=1).astype(np.float32) / 255
        return np.stack([_colour_vector(mean) for mean in means])

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._encode_text(text) for text in texts])

    def _encode_text(self, text: str) -> NDArray[np.float32]:
        named = [COLOURS[word] for word in text.lower().split() if word in COLOURS]
        rgb = np.mean(named or [(128, 128, 128)], axis=0).astype(np.float32) / 255
        return _colour_vector(rgb)
