"""The seams of the engine: what indexing and search need from a model and from an index."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.query_language.parts import Filter
from desktop_app.engine.records import (
    DeviceChoice,
    InstalledModel,
    ModelInfo,
    ModelOffer,
    ModelProgress,
    NameHits,
)

PictureResizer = Callable[[Image.Image], NDArray[np.uint8]]
"""From an upright RGB picture to the model's input, uint8, shape ``(height, width, 3)``.

Can be pickled: it runs in the decoder's worker processes.
"""


class Encoder(Protocol):
    """Turns pictures and words into unit vectors of one space. Any thread may call it."""

    @property
    def info(self) -> ModelInfo:
        """The model behind it."""
        ...

    @property
    def device(self) -> DeviceChoice:
        """What computes the vectors, and why this. May load the model."""
        ...

    @property
    def resizer(self) -> PictureResizer:
        """How this model wants a picture resized."""
        ...

    @property
    def input_side_px(self) -> int:
        """Shorter side, in pixels, that a picture should at least have before resizing."""
        ...

    def prepare_pictures(self) -> None:
        """Load what pictures are encoded with, which the first batch does otherwise.

        Raises:
            ModelError: If it cannot be loaded.
        """
        ...

    def encode_pictures(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Encode a batch.

        Args:
            pixels: What `resizer` returned, stacked, shape ``(n, height, width, 3)``.

        Returns:
            Unit vectors, shape ``(n, dim)``.
        """
        ...

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode sentences.

        Returns:
            Unit vectors, shape ``(len(texts), dim)``.
        """
        ...


class Models(Protocol):
    """The models that are there, and how more come. Any thread may call it."""

    def installed(self) -> Sequence[InstalledModel]:
        """All of them, the built-in one first, then by title; broken ones with their problem."""
        ...

    def load(self, name: str) -> Encoder:
        """Make a model's encoder. Quick: towers are loaded when they are first needed.

        Raises:
            ModelError: If there is no such model or it cannot be used.
        """
        ...

    def add(self, source: Path, cancel: CancelToken) -> Iterator[ModelProgress | InstalledModel]:
        """Copy a model folder or a .zip of one, check it, and install it.

        Yields:
            Progress, and as the last item the installed model.

        Raises:
            ModelError: If it is refused; nothing of it stays.
            CancelledError: If it was cancelled; nothing of it stays.
        """
        ...

    def remove(self, name: str) -> None:
        """Delete an installed model's folder.

        Raises:
            ModelError: If there is none of that name, or it is the built-in one.
        """
        ...

    def offers(self) -> Sequence[ModelOffer]:
        """The models that can be downloaded. Opens no connection."""
        ...

    def get(self, name: str, cancel: CancelToken) -> Iterator[ModelProgress | InstalledModel]:
        """Download an offered model, check it, and install it. The only thing that uses a network.

        What was fetched before an interruption is kept and used by the next attempt.

        Yields:
            Progress, and as the last item the installed model.

        Raises:
            ModelError: If it cannot be had; says why.
            CancelledError: If it was cancelled.
        """
        ...


class Filtering(Protocol):
    """What is known of the pictures of a library besides how they look. Any thread may call it."""

    def change_mark(self) -> Hashable:
        """Something that is another one after every change of the library."""
        ...

    def picture_ids_newest_first(self) -> NDArray[np.int64]:
        """Every picture, shape ``(n,)``."""
        ...

    def ids_matching(self, filters: Sequence[Filter]) -> NDArray[np.int64]:
        """The pictures that fulfil all filters, shape ``(n,)``, rising."""
        ...

    def names_matching(
        self, words: str, most_others: int, among: NDArray[np.int64] | None = None
    ) -> NameHits:
        """The pictures whose files' or folders' names have some of the words.

        Args:
            words: As they are typed; the last may be the beginning of a word.
            most_others: How many at most that have not all of the words.
            among: Only these pictures, rising; None for all.
        """
        ...


class VectorSearch(Protocol):
    """Finds the nearest vectors by cosine. Any thread may call it."""

    def search(
        self,
        vector: NDArray[np.float32],
        limit: int | None,
        among: NDArray[np.int64] | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rank by cosine similarity.

        Args:
            vector: Unit vector, shape ``(dim,)``.
            limit: How many at most; None ranks everything, exactly.
            among: Only these ids are ranked, exactly; unknown ones are ignored.

        Returns:
            Ids and scores, best first, equal scores in order of id.
        """
        ...


class VectorIndex(VectorSearch, Protocol):
    """Vectors that can be added and removed, too."""

    def __len__(self) -> int: ...

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Add vectors, shape ``(n, dim)``; an id already there is replaced."""
        ...

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Remove ids; unknown ones are ignored."""
        ...
