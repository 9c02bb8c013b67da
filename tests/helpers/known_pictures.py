"""A catalog in memory: the oracle for searches with filters and names."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.query_language.parts import Filter, Name, OfType
from desktop_app.engine.records import NameHits


@dataclass(frozen=True, slots=True)
class KnownPicture:
    """What is known of a picture besides its looks."""

    id: int
    name: str
    format: str
    date_s: float


class KnownPictures:
    """Satisfies `desktop_app.engine.protocols.Filtering` for names and types.

    Attributes:
        pictures: Those there are; whoever changes them raises `mark`.
        mark: Of the last change.
        asked: How often filters were asked for.
    """

    def __init__(self, pictures: Sequence[KnownPicture] = ()) -> None:
        self.pictures = list(pictures)
        self.mark = 0
        self.asked = 0

    def change_mark(self) -> int:
        return self.mark

    def picture_ids_newest_first(self) -> NDArray[np.int64]:
        newest = sorted(self.pictures, key=lambda one: (-one.date_s, -one.id))
        return _ids(newest)

    def ids_matching(self, filters: Sequence[Filter]) -> NDArray[np.int64]:
        self.asked += 1
        fulfilling = [one for one in self.pictures if fulfils(one, filters)]
        return np.sort(_ids(fulfilling))

    def names_matching(
        self, words: str, most_others: int, among: NDArray[np.int64] | None = None
    ) -> NameHits:
        asked = set(words.split())
        counts = {
            one: len(asked & set(one.name.split()))
            for one in self.pictures
            if among is None or one.id in among
        }
        named = sorted((one for one in counts if counts[one]), key=lambda one: -counts[one])
        have_all = [counts[one] == len(asked) for one in named]
        most = sum(have_all) + most_others
        return NameHits(_ids(named[:most]), np.array(have_all[:most], dtype=np.bool_))


def fulfils(picture: KnownPicture, filters: Sequence[Filter]) -> bool:
    """Whether a picture fulfils all filters; of several wanted types one is enough."""
    types = [one for one in filters if isinstance(one, OfType)]
    wanted = {one.format for one in types if not one.is_excluded}
    unwanted = {one.format for one in types if one.is_excluded}
    if picture.format in unwanted or (wanted and picture.format not in wanted):
        return False
    names = [one for one in filters if isinstance(one, Name)]
    return all((one.text in picture.name) is not one.is_excluded for one in names)


def _ids(pictures: Sequence[KnownPicture]) -> NDArray[np.int64]:
    return np.array([one.id for one in pictures], dtype=np.int64)
