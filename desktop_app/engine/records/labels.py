"""What people say of their pictures: ratings and tags."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class PictureLabels:
    """Rating and tags of a picture.

    Attributes:
        rating: 1 to 5 stars; 0 where nobody has said.
        tags: As they were written, in the order of the alphabet.
    """

    rating: int = 0
    tags: tuple[str, ...] = ()


PictureIds = Sequence[int] | NDArray[np.int64]
"""Ids of pictures: of very many as an array, of which no list need be made."""

IdsOf = tuple[tuple[str, NDArray[np.int64]], ...]
"""Tags, and for each the pictures that it is about, int64, shape ``(n,)``."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelChange:
    """What was changed, and what was before: all that is needed to take it back.

    Eight bytes a picture, for it may be about very many of them.

    Attributes:
        ratings: Former ratings, and for each the pictures that had it, int64, shape ``(n,)``.
        tagged: Tags that were given, each with the pictures that did not have it.
        untagged: Tags that were taken away, each with the pictures that had it.
        renamed: Of a tag that is called otherwise now, its new and its former name.
    """

    ratings: tuple[tuple[int, NDArray[np.int64]], ...] = ()
    tagged: IdsOf = ()
    untagged: IdsOf = ()
    renamed: tuple[str, str] | None = None

    @property
    def ids(self) -> NDArray[np.int64]:
        """The pictures that have other labels now, each once, int64, shape ``(n,)``, rising.

        Those of a tag that was only renamed are not among them.
        """
        ids = np.sort(np.concatenate([np.empty(0, dtype=np.int64), *self._parts]))
        # Not np.unique, which hashes since numpy 2.3: a second for a million ids that are sorted
        # in a tenth of it.
        return ids[np.flatnonzero(np.diff(ids, prepend=-1))]

    @property
    def is_empty(self) -> bool:
        """Whether all was so before already."""
        return self.renamed is None and not any(len(ids) for ids in self._parts)

    @property
    def held_bytes(self) -> int:
        """About how much memory it takes."""
        return sum(ids.nbytes for ids in self._parts)

    @property
    def _parts(self) -> list[NDArray[np.int64]]:
        return [ids for _, ids in (*self.ratings, *self.tagged, *self.untagged)]


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """What labels there are in the library.

    Attributes:
        ratings: How many pictures have no rating, and one to five stars.
        tags: The tags that pictures have and how many have each, in the order of the alphabet.
    """

    ratings: tuple[int, int, int, int, int, int]
    tags: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CommonLabels:
    """What labels some pictures have.

    Attributes:
        pictures: How many pictures of those asked for are there.
        ratings: How many of them have no rating, and one to five stars.
        tags: The tags they have and how many have each, in the order of the alphabet.
    """

    pictures: int
    ratings: tuple[int, int, int, int, int, int]
    tags: tuple[tuple[str, int], ...]

    @property
    def rating(self) -> int | None:
        """The rating that all of them have; None where they differ or there are none."""
        same = [stars for stars, count in enumerate(self.ratings) if count == self.pictures]
        return same[0] if self.pictures and same else None

    @property
    def of_all(self) -> tuple[str, ...]:
        """The tags that all of them have."""
        return tuple(name for name, count in self.tags if count == self.pictures)


@dataclass(frozen=True, slots=True)
class SidecarFailure:
    """A picture beside which its labels could not be written.

    Attributes:
        picture_id: The catalog's id.
        path: The picture's path.
        reason: A sentence for the user.
    """

    picture_id: int
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class SidecarProgress:
    """How far the writing of labels beside pictures is.

    Attributes:
        done: Pictures dealt with.
        total: Pictures in all.
        failures: What has failed since the last report.
    """

    done: int
    total: int
    failures: tuple[SidecarFailure, ...] = ()
