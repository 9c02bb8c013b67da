"""What was shown when the window was closed, so that it can begin there."""

import json
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.engine.records import PictureExample
from desktop_app.engine.saved_search import ExampleRole, SavedExample, SavedSearch
from desktop_app.ui.search.query_draft import DraftState
from desktop_app.ui.search.saved_state import examples_of


@dataclass(frozen=True, slots=True)
class LastPlace:
    """A search, and how far down one was.

    Attributes:
        search: The search as it would be saved; its name means nothing.
        top_id: The picture at the top of the grid; 0 where that is the first.
        files: For each example of the search the file it was read from, absolute; empty for those
            of the library. Of these pictures only the file is kept, and not what is in it.
    """

    search: SavedSearch
    top_id: int = 0
    files: tuple[str, ...] = ()

    @classmethod
    def of(cls, state: DraftState, top_id: int) -> "LastPlace":
        """Where one is now.

        A picture that is in no file, such as one that was pasted, is not kept: without it the
        search would be another one, so there is none then.
        """
        pictures = (*state.pictures, *state.liked, *state.disliked)
        if any(each.picture_id is None and not each.path for each in pictures):
            return cls(SavedSearch(0, "", "", ()))
        files = tuple("" if each.picture_id is not None else each.path for each in pictures)
        examples = tuple(
            replace(each, example=_of_file(each.example.weight)) if file else each
            for each, file in zip(examples_of(state), files, strict=True)
        )
        return cls(SavedSearch(0, "", state.line.strip(), examples), top_id, files)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to come back to."""
        return not (self.search.line or self.search.examples or self.top_id)

    def written(self) -> str:
        """As text, for `read`."""
        return json.dumps(
            {
                "line": self.search.line,
                "examples": [
                    [
                        str(each.role),
                        each.name,
                        file or each.example.picture_id,
                        each.example.weight,
                    ]
                    for each, file in zip(self.search.examples, self.files, strict=True)
                ],
                "top": self.top_id,
            }
        )

    @classmethod
    def read(cls, text: str) -> "LastPlace":
        """From text; empty where somebody spoiled it."""
        nothing = cls(SavedSearch(0, "", "", ()))
        try:
            kept = json.loads(text)
            examples = tuple(_example(*each) for each in kept["examples"])
            files = tuple(_file(each[2]) for each in kept["examples"])
            line, top_id = kept["line"], kept["top"]
        except (ValueError, TypeError, KeyError, OverflowError):
            return nothing
        if not isinstance(line, str) or not isinstance(top_id, int):
            return nothing
        return cls(SavedSearch(0, "", line, examples), top_id, files)


def _example(role: Any, name: Any, where: Any, weight: Any) -> SavedExample:
    if _file(where):
        example = _of_file(float(weight))
    else:
        example = PictureExample(picture_id=int(where), weight=float(weight))
    return SavedExample(ExampleRole(role), str(name), example)


def _of_file(weight: float) -> PictureExample:
    """What stands for a picture until its file has been read."""
    return PictureExample(image=b"", weight=weight)


def _file(where: Any) -> str:
    """Where a picture lies: a path, or an id of the library."""
    return where if isinstance(where, str) else ""
