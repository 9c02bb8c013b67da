"""Where a vector index gets its vectors from."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import ModelInfo
from desktop_app.engine.store.vector_rows import VectorRows

_CHUNK = 4_096


class VectorSource(Protocol):
    """The truth that an index is a cache of; a `Catalog` is one."""

    def library_id(self) -> str:
        """What tells this library from any other."""
        ...

    def vector_revision(self, model_key: str) -> int:
        """Rises with every change of the model's vectors."""
        ...

    def vectors_since(
        self, model_key: str, revision: int, chunk: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float16]]]:
        """Ids and vectors written after a revision, oldest first; an id may come twice."""
        ...

    def vector_ids(self, model_key: str) -> NDArray[np.int64]:
        """All ids that have a vector of the model."""
        ...


def read_rows(source: VectorSource, model: ModelInfo) -> VectorRows:
    """All vectors of a model."""
    rows = VectorRows(model.dim)
    for ids, vectors in source.vectors_since(model.key, 0, _CHUNK):
        rows.put(ids, vectors)
    # A picture may have been removed after its vector was read.
    rows.remove(np.setdiff1d(rows.ids, source.vector_ids(model.key)))
    return rows


def ids_since(source: VectorSource, model: ModelInfo, revision: int) -> NDArray[np.int64]:
    """The ids of vectors written after a revision, each once, rising."""
    chunks = [ids for ids, _ in source.vectors_since(model.key, revision, _CHUNK)]
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *chunks]))
