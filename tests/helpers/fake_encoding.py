"""Encodes queries with `FakeEncoder`; every picture from outside is the one that a test says."""

import numpy as np
from numpy.typing import NDArray

from tests.helpers.fake_encoder import DIM, FakeEncoder


class FakeEncoding:
    """Satisfies `desktop_app.engine.search.query.Encoding`.

    Args:
        picture: The words whose vector every picture has.
    """

    def __init__(self, picture: str = "blue") -> None:
        self._encoder = FakeEncoder()
        self._picture = picture

    @property
    def dim(self) -> int:
        return DIM

    def text(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._encoder.encode_texts([text])[0]
        return vector

    def picture(self, data: bytes) -> NDArray[np.float32]:
        return self.text(self._picture)
