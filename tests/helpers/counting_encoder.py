"""An encoder that remembers what it was asked."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tests.helpers.fake_encoder import FakeEncoder


class CountingEncoder(FakeEncoder):
    """Knows colours, and notes every text that it encodes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return super().encode_texts(texts)
