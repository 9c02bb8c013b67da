"""From the words and pictures of a query to vectors, each encoded once."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.errors import QueryError
from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError, open_picture
from desktop_app.engine.phrases import phrase
from desktop_app.engine.protocols import Encoder
from desktop_app.engine.search.vector_cache import VectorCache


class QueryEncoder:
    """Encodes queries with one model, and remembers the last ones. Any thread may call it.

    Args:
        encoder: The model.
        limits: What a query picture may cost.
    """

    def __init__(self, encoder: Encoder, limits: DecodeLimits) -> None:
        self._encoder = encoder
        self._limits = limits
        self._cache = VectorCache()

    @property
    def dim(self) -> int:
        """Length of its vectors."""
        return self._encoder.info.dim

    def text(self, text: str) -> NDArray[np.float32]:
        """Encode words.

        Returns:
            Unit vector, shape ``(dim,)``.

        Raises:
            ModelError: If the model cannot be loaded.
        """
        return self._cache.get(text, lambda: self._encoder.encode_texts([text])[0])

    def picture(self, data: bytes) -> NDArray[np.float32]:
        """Encode a picture from outside the library.

        Args:
            data: The content of a picture file.

        Returns:
            Unit vector, shape ``(dim,)``.

        Raises:
            QueryError: If it cannot be used.
            ModelError: If the model cannot be loaded.
        """
        digest = hashlib.blake2b(data, digest_size=16).digest()
        return self._cache.get(digest, lambda: self._encode(data))

    def crops(self, crops: Sequence[Image.Image]) -> NDArray[np.float32]:
        """Encode pictures that are in memory; none is remembered.

        Args:
            crops: Mode RGB, at least one.

        Returns:
            Unit vectors, shape ``(len(crops), dim)``.
        """
        resize = self._encoder.resizer
        return self._encoder.encode_pictures(np.stack([resize(crop) for crop in crops]))

    def open(self, data: bytes, min_side_px: int | None = None) -> Image.Image:
        """Decode a query picture.

        Args:
            data: The content of a picture file.
            min_side_px: Shorter side that is needed; what the model wants if None.

        Raises:
            QueryError: If it cannot be used.
        """
        side_px = self._encoder.input_side_px if min_side_px is None else min_side_px
        try:
            return open_picture(data, side_px, self._limits)
        except UndecodableError as error:
            raise QueryError(
                phrase(
                    "Engine: Search", "The picture to search with cannot be used. {reason}"
                ).format(reason=error.reason),
                phrase("Engine: Search", "Try another one."),
            ) from error

    def _encode(self, data: bytes) -> NDArray[np.float32]:
        with self.open(data) as image:
            vector: NDArray[np.float32] = self.crops([image])[0]
        return vector
