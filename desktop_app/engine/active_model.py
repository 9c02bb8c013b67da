"""A model at work on one library: its encoder, its index, and the answers they give together."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import QueryError
from desktop_app.engine.files.picture_reader import DecodeLimits, UndecodableError, open_picture
from desktop_app.engine.protocols import Encoder
from desktop_app.engine.records import Hits, IndexPreparation, ModelInfo, Query
from desktop_app.engine.search.searcher import Searcher
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.index_opening import open_index, opening
from desktop_app.engine.store.vector_index import UsearchIndex, save_index

SAMPLE_SIZE = 2_000
"""Vectors against which scores are judged: enough for a steady median, 2 ms to compare with."""


class ActiveModel:
    """Answers queries with the vectors of one model, never with those of another.

    Whoever has got hold of one can finish with it, whatever the library switches to meanwhile.
    Any thread may call it. Nothing is loaded before it is needed.

    Args:
        name: What the model is called where it is installed.
        encoder: The model.
        catalog: Where the vectors lie.
        index_folder: Where vector indexes are saved.
        limits: What a query picture may cost.
    """

    def __init__(
        self,
        name: str,
        encoder: Encoder,
        catalog: Catalog,
        index_folder: Path,
        limits: DecodeLimits,
    ) -> None:
        self.name = name
        self.encoder = encoder
        self._catalog = catalog
        self._index_folder = index_folder
        self._limits = limits
        self._loading = threading.Lock()  # a generator may be closed by another thread
        self._index: UsearchIndex | None = None
        self._sample: NDArray[np.float32] | None = None

    @property
    def info(self) -> ModelInfo:
        """The model."""
        return self.encoder.info

    def index(self) -> UsearchIndex:
        """Its vector index, up to date with the catalog when it is opened."""
        with self._loading:
            return self._opened()

    def _opened(self) -> UsearchIndex:
        if self._index is None:
            self._index = open_index(self._index_folder, self._catalog, self.info)
        return self._index

    def prepare(self, cancel: CancelToken) -> Iterator[IndexPreparation]:
        """Open the index and make the graphs it lacks: queries are answered quickly then.

        Searches wait as long as it is opened, and are answered exactly from then on.

        Args:
            cancel: Stops it; what is complete by then stays.

        Yields:
            How far it is, several times a second.

        Raises:
            CancelledError: If it was stopped.
        """
        with self._loading:
            if self._index is None:
                self._index = yield from opening(
                    self._index_folder, self._catalog, self.info, cancel
                )
            index = self._index
        # Not saved here: somebody may be indexing, and be between the catalog and the index.
        yield from index.link(cancel)

    def close(self) -> None:
        """Stop what runs in the background. Searches and changes that are under way can finish."""
        index = self._index
        if index is not None:
            index.close()

    def forget(self, ids: Sequence[int]) -> None:
        """Take pictures out of the index that are gone from the catalog; loads no index for it."""
        with self._loading:
            index = self._index  # one that is opened later does not find them
        if index is not None:
            index.remove(np.asarray(ids, dtype=np.int64))

    def save(self) -> None:
        """Save what indexing added, so that the next start need not make it again."""
        with self._loading:
            self._sample, index = None, self._index
        if index is not None:  # outside the lock: searches go on meanwhile
            save_index(index, self._catalog)

    def warm_up(self) -> ModelInfo:
        """Load all that a query needs.

        Raises:
            ModelError: If the model cannot be loaded.
        """
        self.index()
        self.encoder.encode_texts(["a photo"])
        return self.info

    def search(self, query: Query, limit: int | None) -> Hits:
        """Find pictures; see `desktop_app.engine.library.Library.search`."""
        with self._loading:
            index = self._opened()
            sample = self._require_sample(index)
        searcher = Searcher(self.encoder, index, self._encode_picture, self._stored_vector, sample)
        return searcher.search(query, limit)

    def _encode_picture(self, data: bytes) -> NDArray[np.float32]:
        try:
            image = open_picture(data, self.encoder.input_side_px, self._limits)
        except UndecodableError as error:
            raise QueryError(
                f"The picture to search with cannot be used. {error.reason}", "Try another one."
            ) from error
        with image:
            pixels = self.encoder.resizer(image)
        vector: NDArray[np.float32] = self.encoder.encode_pictures(pixels[np.newaxis])[0]
        return vector

    def _stored_vector(self, picture_id: int) -> NDArray[np.float32] | None:
        return self._catalog.vector(picture_id, self.info.key)

    def _require_sample(self, index: UsearchIndex) -> NDArray[np.float32]:
        """Vectors of pictures spread over the library, taken anew when it has grown a lot."""
        if self._sample is None or 2 * len(self._sample) < min(len(index), SAMPLE_SIZE):
            self._sample = index.sample(SAMPLE_SIZE)
        return self._sample
