"""What is asked and what is answered."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.query_language.parts import Filter, Part, Words


@dataclass(frozen=True, slots=True)
class PictureExample:
    """A picture to find similar ones to: one from outside the library, or one of it.

    Attributes:
        image: An encoded picture (file content).
        picture_id: A picture of the library; not beside an image.
        weight: How much it counts beside other parts of the query; negative pushes away.
    """

    image: bytes | None = None
    picture_id: int | None = None
    weight: float = 1.0

    def __post_init__(self) -> None:
        if (self.image is None) == (self.picture_id is None):
            raise ValueError("an example is either an image or a picture of the library")


@dataclass(frozen=True, slots=True)
class Query:
    """What the user is looking for. Equal queries ask the same.

    Attributes:
        parts: What the search line says.
        pictures: Pictures to find similar ones to; of several, what they have in common.
        liked: Ids of hits of which more like them are wanted.
        disliked: Ids of hits of which less like them are wanted.
    """

    parts: tuple[Part, ...] = ()
    pictures: tuple[PictureExample, ...] = ()
    liked: tuple[int, ...] = ()
    disliked: tuple[int, ...] = ()

    @classmethod
    def of_words(cls, words: str, minus: str = "") -> "Query":
        """Ask for plain words; nothing in them is a sign of the search line.

        Args:
            words: What a picture shows; may be empty.
            minus: What it must not show; may be empty.
        """
        weighted = ((" ".join(words.split()), 1.0), (" ".join(minus.split()), -1.0))
        return cls(parts=tuple(Words(text, weight) for text, weight in weighted if text))

    @classmethod
    def of_picture(cls, image: bytes | None = None, picture_id: int | None = None) -> "Query":
        """Ask for pictures similar to one; see `PictureExample`."""
        return cls(pictures=(PictureExample(image, picture_id),))

    @property
    def words(self) -> tuple[Words, ...]:
        """The parts that say what a picture shows."""
        return tuple(part for part in self.parts if isinstance(part, Words))

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The parts that a picture fulfils or does not."""
        return tuple(part for part in self.parts if not isinstance(part, Words))

    @property
    def is_ranked(self) -> bool:
        """Whether there is anything to rank by. With filters alone the newest come first."""
        return bool(self.words or self.pictures or self.liked or self.disliked)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search for."""
        return not (self.parts or self.is_ranked)


def _no_ids() -> NDArray[np.int64]:
    return np.empty(0, dtype=np.int64)


def _no_scores() -> NDArray[np.float32]:
    return np.empty(0, dtype=np.float32)


class FoundBy(StrEnum):
    """What made a picture a hit."""

    LOOKS = "looks"
    """What it shows."""
    NAME = "name"
    """Words in the name of its file or of a folder."""
    BOTH = "both"
    """Words in a name; what it shows alone would have made it a strong hit, too."""


@dataclass(frozen=True, slots=True, eq=False)
class NameHits:
    """Pictures whose names have words of a query.

    Attributes:
        ids: Int64, shape ``(m,)``, the best name first; before all others those with all words.
        have_all: Whether the names have all words, whole ones, shape ``(m,)``.
    """

    ids: NDArray[np.int64]
    have_all: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reason:
    """How far one part of a query speaks for a picture.

    Attributes:
        part: The words, or the picture that was searched by.
        score: Cosine similarity of the two in [-1, 1].
        relevance: How far that stands above ordinary scores; see `Hits`.
    """

    part: Words | PictureExample
    score: float
    relevance: float


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The answer to a query, best first: strong hits, and after them all others.

    Attributes:
        ids: Picture ids, int64, shape ``(n,)``.
        scores: Cosine similarity to the query in [-1, 1], float32, shape ``(n,)``. Falling, but
            for those whose names have words of the query. Zeros where nothing is ranked by.
        relevance: How far a score stands above ordinary ones, float32, shape ``(n,)``: 0 is
            ordinary, and with 1 strong hits begin; see `search.relevance`.
        seconds: Time from query to ranked ids.
        strong_count: How many of the first hits are strong: what they show stands clearly above
            the ordinary, or their names have all words. All, where there are only filters.
        found_by: What made the first so many hits; empty, or shorter than the hits, where all
            others are found by their looks.
        by_whole_name: Which of the strong hits have all words in their names, as places among the
            hits, rising, int64, shape ``(m,)``.
    """

    ids: NDArray[np.int64] = field(default_factory=_no_ids)
    scores: NDArray[np.float32] = field(default_factory=_no_scores)
    relevance: NDArray[np.float32] = field(default_factory=_no_scores)
    seconds: float = 0.0
    strong_count: int = 0
    found_by: tuple[FoundBy, ...] = ()
    by_whole_name: NDArray[np.int64] = field(default_factory=_no_ids)

    def strong_at(self, shift: float) -> int:
        """How many of the first hits are strong with the border at another place.

        Hits by name stand among the others, so all down to the last one above the border count.
        A name that has all words is above every border.

        Args:
            shift: How far the border lies above its usual place, in the measure of relevance.
        """
        if not shift:
            return self.strong_count
        is_above = self.relevance >= 1 + shift
        is_above[self.by_whole_name] = True
        if shift > 0:  # what was not strong does not become it
            is_above = is_above[: self.strong_count]
        above = np.flatnonzero(is_above)
        lowest = int(above[-1]) + 1 if len(above) else 0
        return max(lowest, self.strong_count) if shift < 0 else lowest


@dataclass(frozen=True, slots=True, eq=False)
class HeatMap:
    """Where in a picture it is what words say, as far as that is known.

    Attributes:
        values: From 0 (as anywhere) to 1 (there, or nowhere more), float32, shape
            ``(rows, columns)``; the upright picture is divided evenly.
        done: Parts of the picture that were looked at.
        total: Parts to look at in all.
    """

    values: NDArray[np.float32]
    done: int
    total: int
