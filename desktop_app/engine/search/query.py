"""From what the user is looking for to one unit vector."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.errors import QueryError
from desktop_app.engine.phrases import phrase
from desktop_app.engine.query_language.parts import Words
from desktop_app.engine.records import PictureExample, Query

MINUS_WEIGHT = 0.5
"""How strongly unwanted words push away, for each unit of negative weight. Kept under 1, so that
"dog minus snow" stays about dogs."""

ALPHA, BETA, GAMMA = 1.0, 0.75, 0.15
"""How much the query itself, the liked and the disliked hits count: the weights that Manning,
Raghavan and Schütze, Introduction to Information Retrieval (2008), section 9.1.1, call reasonable
for Rocchio's method of 1971. More weight on what is liked than on what is not: hits that one likes
are alike, those that one does not like may be anything."""

VectorLookup = Callable[[int], NDArray[np.float32] | None]
"""From a picture id to the vector in the catalog, shape ``(dim,)``, or None."""


class Encoding(Protocol):
    """What is needed of a model; see `query_encoder.QueryEncoder`."""

    @property
    def dim(self) -> int:
        """Length of its vectors."""
        ...

    def text(self, text: str) -> NDArray[np.float32]:
        """Encode words to a unit vector, shape ``(dim,)``."""
        ...

    def picture(self, data: bytes) -> NDArray[np.float32]:
        """Encode a picture from outside the library to a unit vector, shape ``(dim,)``."""
        ...


def query_vector(
    query: Query, encoding: Encoding, stored_vector: VectorLookup
) -> NDArray[np.float32]:
    """Combine all that a query ranks by into the direction to look in.

    Words and pictures are unit vectors and are added, each with its weight; several pictures
    together count as much as one. Then Rocchio's method moves that direction towards what is
    liked and away from what is not: ``alpha * q + beta * mean(liked) - gamma * mean(disliked)``.
    Pictures that have left the library are passed over as long as anything else is left.

    Args:
        query: What to look for.
        encoding: The model; its vectors and those of the library are of one space.
        stored_vector: For pictures of the library.

    Returns:
        Unit vector, float32, shape ``(dim,)``.

    Raises:
        QueryError: If there is nothing to rank by, a picture from outside cannot be used, none of
            the library's is indexed any more, or the parts cancel out.
    """
    if not query.is_ranked:
        raise nothing_to_search_for()
    shown = _present(query.pictures, encoding, stored_vector)
    liked = _stored(query.liked, stored_vector)
    disliked = _stored(query.disliked, stored_vector)
    if not (query.words or shown or liked or disliked):
        raise _nothing_left(len(query.pictures) + len(query.liked) + len(query.disliked))
    total = np.zeros(encoding.dim, dtype=np.float32)
    if query.words or shown:
        total += _said(query.words, encoding)
        total += _mean([np.float32(weight) * vector for weight, vector in shown], encoding.dim)
        total = ALPHA * _unit(total)
    total += BETA * _mean(liked, encoding.dim)
    total -= GAMMA * _mean(disliked, encoding.dim)
    return _unit(total)


def nothing_to_search_for() -> QueryError:
    """Of a query that is empty."""
    return QueryError(
        phrase("Engine: Search", "There is nothing to search for."),
        phrase("Engine: Search", "Type some words or give a picture."),
    )


def _said(words: Sequence[Words], encoding: Encoding) -> NDArray[np.float32]:
    total = np.zeros(encoding.dim, dtype=np.float32)
    for part in words:
        weight = part.weight if part.weight > 0 else MINUS_WEIGHT * part.weight
        total += np.float32(weight) * encoding.text(part.text)
    return total


def _present(
    pictures: Sequence[PictureExample], encoding: Encoding, stored_vector: VectorLookup
) -> list[tuple[float, NDArray[np.float32]]]:
    """Weights and vectors of query pictures, without those that have left the library."""
    found = []
    for one in pictures:
        if one.image is not None:
            found.append((one.weight, encoding.picture(one.image)))
        elif (vector := stored_vector(one.picture_id or 0)) is not None:
            found.append((one.weight, vector))
    return found


def _stored(ids: Sequence[int], stored_vector: VectorLookup) -> list[NDArray[np.float32]]:
    """The vectors of pictures of the library, without those that have left it."""
    return [vector for vector in map(stored_vector, ids) if vector is not None]


def _mean(vectors: Sequence[NDArray[np.float32]], dim: int) -> NDArray[np.float32]:
    total = np.zeros(dim, dtype=np.float32)
    for vector in vectors:
        total += vector / np.float32(len(vectors))
    return total


def _nothing_left(pictures: int) -> QueryError:
    if pictures == 1:
        text = phrase(
            "Engine: Search",
            "The picture to search by is not in the library, or not indexed with this model.",
        )
    else:
        text = phrase(
            "Engine: Search",
            "No picture to search by is in the library and indexed with this model any more.",
        )
    return QueryError(
        text, phrase("Engine: Search", "Index its folder again, or search by something else.")
    )


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = float(np.linalg.norm(vector))
    if length < 1e-6:
        raise QueryError(
            phrase("Engine: Search", "The parts of this search cancel each other out."),
            phrase("Engine: Search", "Leave one of them out."),
        )
    return vector / np.float32(length)
