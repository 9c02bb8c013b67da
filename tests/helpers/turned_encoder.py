"""Encoders that know colours as `FakeEncoder` does, each in a space of its own."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tests.helpers.fake_encoder import DIM, FakeEncoder


class TurnedEncoder(FakeEncoder):
    """Turns the space of `FakeEncoder`: within it all scores are the same, across two none are.

    Args:
        key: What the vectors are kept under; decides how the space is turned.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        random = np.random.default_rng(zlib.crc32(key.encode()))
        self._turn = np.linalg.qr(random.standard_normal((DIM, DIM)))[0].astype(np.float32)

    def encode_pictures(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        return super().encode_pictures(pixels) @ self._turn

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return super().encode_texts(texts) @ self._turn
