"""SQL that finds pictures by the words in the names of their files and folders."""

import math
import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.records import NameHits
from desktop_app.engine.store.id_lists import fetch_ids
from desktop_app.engine.store.names import phrases_of, words_of

_MOST_PART = 5
"""Words that more than a fifth of the pictures have tell nothing."""

_FEW = 10
"""So many pictures are found by a word that they all have: there may be no others."""

_IN_FOLDER = np.float32(0.5)
"""What a word in a folder's name counts beside the same in that of a file: all pictures of the
folder have it."""

_BEGUN = np.float32(0.5)
"""What a word counts of which only the beginning was typed."""

_MOST_WORDS = 12
"""A line that is longer is no name; every word costs a look into the index."""

_LEAST_DIGITS = 3
"""Of a number that is not typed to its end: fewer begin so many that finding them takes longer
than it is worth."""

# English, German, French, Spanish, Italian, Portuguese, Dutch: articles, prepositions, and.
_EMPTY = frozenset(
    words_of(
        "a an the and or of in on at to by for from with without is are my your this that"
        " der die das den dem des ein eine einen einem einer und oder im am auf mit von vor zu zum"
        " le la les un une des du de et ou au aux dans sur avec pour en l d"
        " el los las una y o del al con por para il lo gli i uno e di da nel sul"
        " os as um uma do dos na no com het een op met van"
    )
)
"""Words that say nothing about what a picture is called."""


def names_matching(
    connection: sqlite3.Connection,
    words: str,
    pictures: int,
    most_others: int,
    among: NDArray[np.int64] | None = None,
) -> NameHits:
    """The pictures whose names have some of the words, those with all of them first.

    A word counts by the logarithm of how rare it is (the inverse document frequency of Spärck
    Jones, 1972), in the name of a folder half. The last word may be the beginning of one; then it
    counts half, and the name has not all of the words. Names of folders count from that of the
    root on. Letters and digits that are typed together are one word: ``blorp7`` is not found in
    ``a_7bd``, nor in all names with a 7.

    Args:
        connection: Where to read, in one state.
        words: As they are typed.
        pictures: How many there are, or how many of `among`: how rare a word is.
        most_others: How many at most that have not all of the words.
        among: Only these pictures, rising; None for all.

    Returns:
        Of equally good ones the newer in the library first.
    """
    names = _Names(connection, pictures, among)
    found: list[NDArray[np.int64]] = []
    counted: list[NDArray[np.float32]] = []
    common: list[str] = []
    have_all: NDArray[np.int64] | None = None
    for word, is_whole in _asked(words):
        whole = names.having(word)
        if whole is None:
            common.append(word)
            continue
        of_word = np.concatenate(whole)
        have_all = of_word if have_all is None else have_all[np.isin(have_all, of_word)]
        found.append(of_word)
        counted.append(names.weights(whole))
        begun = None if is_whole else names.having(word, is_begun=True)
        if begun is not None:
            ids = np.concatenate(begun)
            is_new = np.isin(ids, of_word, invert=True)
            found.append(ids[is_new])
            counted.append(_BEGUN * names.weights(begun)[is_new])
    if have_all is None:
        return NameHits(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.bool_))
    for word in common:
        if len(have_all):
            have_all = names.those_having(word, have_all)
    ids, places = np.unique(np.concatenate(found), return_inverse=True)
    scores = np.bincount(places, np.concatenate(counted), minlength=len(ids))
    is_all = np.isin(ids, have_all)
    order = np.lexsort((-ids, -scores, ~is_all))[: len(have_all) + most_others]
    return NameHits(ids[order], is_all[order])


def _asked(words: str) -> Iterator[tuple[str, bool]]:
    """The words that may tell something, once each, and whether they are typed to their end."""
    typed = phrases_of(words)
    for word in list(dict.fromkeys(typed))[:_MOST_WORDS]:
        may_go_on = word == typed[-1] and not words[-1].isspace()
        end = word.rpartition(" ")[2]
        is_short_number = end.isdigit() and len(end) < _LEAST_DIGITS
        if word not in _EMPTY:
            yield word, not may_go_on or is_short_number


class _Names:
    """The words of names, of all pictures or of some.

    Args:
        connection: Where to read.
        pictures: How many they are.
        among: The pictures, rising; None for all.
    """

    def __init__(
        self, connection: sqlite3.Connection, pictures: int, among: NDArray[np.int64] | None
    ) -> None:
        self._connection = connection
        self._pictures = pictures
        self._among = among
        self._most = max(self._pictures // _MOST_PART, _FEW)

    def having(self, word: str, *, is_begun: bool = False) -> list[NDArray[np.int64]] | None:
        """Who has a word in the name of the file, and who in those of folders alone.

        None where they are so many that it tells nothing.
        """
        # Of some pictures all have to be listed; else those that are too many are cut off.
        limit = self._most + 1 if self._among is None else -1
        files = self._of_these(self._in_files(word, limit, is_begun=is_begun))
        if len(files) > self._most:
            return None
        below = self._of_these(self._in_folders(word, limit, is_begun=is_begun))
        below = np.setdiff1d(below, files, assume_unique=True)
        return None if len(files) + len(below) > self._most else [files, below]

    def those_having(self, word: str, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of some pictures that have a word in any name, however many others have it."""
        is_having = np.isin(ids, self._in_files(word, -1))
        return ids[is_having | np.isin(ids, self._in_folders(word, -1))]

    def weights(self, having: Sequence[NDArray[np.int64]]) -> NDArray[np.float32]:
        """What a word counts for each that `having` gave, in their order."""
        files, below = map(len, having)
        rarity = math.log(1 + self._pictures / max(files + below, 1))
        weights = np.full(files + below, rarity, dtype=np.float32)
        weights[files:] *= _IN_FOLDER
        return weights

    def _of_these(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        return ids if self._among is None else ids[np.isin(ids, self._among)]

    def _in_files(self, word: str, limit: int, *, is_begun: bool = False) -> NDArray[np.int64]:
        """Pictures whose file's name has a word; -1 lists all."""
        asked = f'"{word}" *' if is_begun else f'"{word}"'
        select = f"SELECT rowid AS id FROM names WHERE names MATCH ? LIMIT {limit}"
        return fetch_ids(self._connection, select, (asked,))

    def _in_folders(self, word: str, limit: int, *, is_begun: bool = False) -> NDArray[np.int64]:
        """Pictures below folders whose names have a word, likewise."""
        select = f"""
            SELECT id FROM pictures INDEXED BY pictures_by_folder
            WHERE folder_id IN (SELECT id FROM folders WHERE instr(words, ?)) LIMIT {limit}
        """
        return fetch_ids(self._connection, select, (f" {word}" if is_begun else f" {word} ",))
