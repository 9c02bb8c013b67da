"""Why a picture is a hit, in words."""

import html
from collections.abc import Callable, Sequence
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.query_language.parts import Words
from desktop_app.engine.records import FoundBy, PictureExample, Query, Reason
from desktop_app.ui.search.name_marking import NameMarking
from desktop_app.ui.search.query_draft import DraftState
from desktop_app.ui.words import part_wording, wording
from desktop_app.ui.words.language import tr

_MOST_FOLDERS = 3
"""Of a path that are told, from its end."""


class HitReasons:
    """Knows what made the pictures of one answer hits.

    Args:
        query: What was asked.
        found_by: What made the first so many hits; all others are found by their looks.
        places: For each row its place among the hits, int64, shape ``(rows,)``; None where they
            are shown in the order of the hits.
    """

    def __init__(
        self,
        query: Query,
        found_by: Sequence[FoundBy] = (),
        places: NDArray[np.int64] | None = None,
    ) -> None:
        self._found_by = found_by
        self._places = places
        self._marking = NameMarking(" ".join(part.text for part in query.words if part.weight > 0))

    def of_row(self, row: int) -> str:
        """What brought a row, if that was not its looks alone: ``found by name``."""
        place = row if self._places is None else int(self._places[row])
        found_by = self._found_by[place] if place < len(self._found_by) else FoundBy.LOOKS
        return _by_name(found_by)

    def marked(self, row: int, name: str) -> str:
        """A name as HTML, with the words that brought it in bold."""
        return self._marking.marked(name) if self.of_row(row) else html.escape(name)

    def folders(self, row: int, path: str) -> str:
        """The last folders of a path as HTML, where they have words that its name has not.

        Returns:
            Such as ``in <b>Snow</b> / day 1``; empty where the folders brought nothing.
        """
        if not self.of_row(row):
            return ""
        missing = self._marking.wanted - self._marking.found_in(wording.file_name(path))
        folders = [each for each in PurePath(path).parent.parts if each.strip("/\\")]
        brought = [at for at, each in enumerate(folders) if self._marking.found_in(each) & missing]
        if not brought:
            return ""
        told = [self._marking.marked(each) for each in folders[brought[0] :]]
        if len(told) > _MOST_FOLDERS:  # the first of them brought it
            told = [told[0], "…", *told[1 - _MOST_FOLDERS :]]
        return tr("Search", "in {folder}").format(folder=" / ".join(told))


def sentence(
    reasons: Sequence[Reason],
    name_of: Callable[[PictureExample], str],
    liked: Sequence[str] = (),
    disliked: Sequence[str] = (),
) -> str:
    """How far each part of the search speaks for a picture.

    Args:
        reasons: What the library says.
        name_of: Says what a picture of the search is called.
        liked: Names of the hits of which more like them were asked for; they have no score.
        disliked: The same of those of which less were.

    Returns:
        Such as ``two dogs 0.34 (strong) · − snow 0.05 · more like a.jpg``.
    """
    said = []
    for reason in reasons:
        part = reason.part
        if isinstance(part, Words):
            label = part_wording.label(part)
        else:
            name = name_of(part)
            label = part_wording.unlike(name) if part.weight < 0 else part_wording.like(name)
        strong = tr("Search", "{part} {score} (strong)")
        text = strong if reason.relevance >= 1 else tr("Search", "{part} {score}")
        said.append(text.format(part=label, score=wording.number(reason.score)))
    said += [part_wording.more_like(name) for name in liked]
    said += [part_wording.less_like(name) for name in disliked]
    return " · ".join(said)


def told(reasons: Sequence[Reason], query: Query, state: DraftState) -> str:
    """The same sentence, with the names that things have in the search box.

    Args:
        reasons: What the library says.
        query: What was asked.
        state: The search in the box, which may be another one by now.
    """
    names = [(each.example, each.name) for each in state.pictures]

    def name_of(part: PictureExample) -> str:
        return next(
            (name for example, name in names if example == part), tr("Search", "the picture")
        )

    liked = [each.name for each in state.liked if each.picture_id in query.liked]
    disliked = [each.name for each in state.disliked if each.picture_id in query.disliked]
    return sentence(reasons, name_of, liked, disliked)


def _by_name(found_by: FoundBy) -> str:
    if found_by is FoundBy.NAME:
        return tr("Search", "found by name")
    return tr("Search", "found by what it shows and by name") if found_by is FoundBy.BOTH else ""
