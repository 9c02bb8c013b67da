"""From what the user is looking for to one unit vector."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.errors import QueryError
from desktop_app.engine.protocols import Encoder
from desktop_app.engine.records import Query

MINUS_WEIGHT = 0.5
"""How strongly unwanted words push away. The weight is that of Rocchio's relevance feedback, kept
under 1 so that "dog minus snow" stays about dogs."""

PictureEncoder = Callable[[bytes], NDArray[np.float32]]
"""From an encoded picture to its unit vector, shape ``(dim,)``."""

VectorLookup = Callable[[int], NDArray[np.float32] | None]
"""From a picture id to the vector in the catalog, shape ``(dim,)``, or None."""


def query_vector(
    query: Query, encoder: Encoder, encode_picture: PictureEncoder, stored_vector: VectorLookup
) -> NDArray[np.float32]:
    """Combine everything a query names into the direction to look in.

    Args:
        query: What to look for.
        encoder: The model; its vectors and those of the library are of one space.
        encode_picture: For a query picture from outside the library.
        stored_vector: For a picture of the library.

    Returns:
        Unit vector, float32, shape ``(dim,)``.

    Raises:
        QueryError: If the query is empty, its picture cannot be used, or its parts cancel out.
    """
    if query.is_empty:
        raise QueryError("There is nothing to search for.", "Type some words or give a picture.")
    total = np.zeros(encoder.info.dim, dtype=np.float32)
    if query.words.strip():
        total += encoder.encode_texts([query.words.strip()])[0]
    if query.image:
        total += encode_picture(query.image)
    if query.picture_id is not None:
        stored = stored_vector(query.picture_id)
        if stored is None:
            raise QueryError(
                "This picture is not indexed with the model in use.", "Index its folder again."
            )
        total += stored
    if query.minus.strip():
        total -= MINUS_WEIGHT * encoder.encode_texts([query.minus.strip()])[0]
    length = float(np.linalg.norm(total))
    if length < 1e-6:
        raise QueryError(
            "The parts of this search cancel each other out.", "Leave one of them out."
        )
    return total / np.float32(length)
