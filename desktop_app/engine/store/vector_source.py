"""Where a vector index gets its vectors from."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class VectorSource(Protocol):
    """The truth that an index is a cache of; a `Catalog` is one."""

    @property
    def is_writable(self) -> bool:
        """Whether this process is the one that may write, into the folder of indexes too."""
        ...

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

    def vectors_of(
        self, model_key: str, ids: NDArray[np.int64], chunk: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float16]]]:
        """The vectors of some pictures; those that have none are left out."""
        ...

    def vector_ids(self, model_key: str) -> NDArray[np.int64]:
        """All ids that have a vector of the model, rising."""
        ...
