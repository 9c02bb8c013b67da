"""Which part of a query brought a hit."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.query_language.parts import Words
from desktop_app.engine.records import PictureExample, Query, Reason
from desktop_app.engine.search.query import Encoding, VectorLookup, query_vector
from desktop_app.engine.search.relevance import Basis, Judge


def reasons(
    query: Query,
    picture: NDArray[np.float32],
    encoding: Encoding,
    stored_vector: VectorLookup,
    judge: Judge,
) -> Iterator[Reason]:
    """Score one picture for each part of a query as if that part had been asked for alone.

    Args:
        query: What was asked.
        picture: The picture's vector, shape ``(dim,)``.
        encoding: The model.
        stored_vector: For pictures of the library.
        judge: Judges scores.

    Yields:
        A reason for each of the words and pictures, in their order. What has left the library
        since is passed over.
    """
    for words in query.words:
        alone = Query(parts=(Words(words.text),))
        vector = query_vector(alone, encoding, stored_vector)
        yield _reason(words, vector, picture, judge, Basis.WORDS)
    for example in query.pictures:
        if example.picture_id is not None:
            stored = stored_vector(example.picture_id)
            if stored is None:
                continue
            vector = stored
        else:
            vector = encoding.picture(example.image or b"")
        yield _reason(example, vector, picture, judge, Basis.PICTURES)


def _reason(
    part: Words | PictureExample,
    vector: NDArray[np.float32],
    picture: NDArray[np.float32],
    judge: Judge,
    basis: Basis,
) -> Reason:
    score = np.array([picture @ vector], dtype=np.float32)
    return Reason(part, float(score[0]), float(judge.relevance(score, vector, basis)[0]))
