"""What was shown when the window was closed, so that it can begin there."""

import json
from dataclasses import dataclass
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
    """

    search: SavedSearch
    top_id: int = 0

    @classmethod
    def of(cls, state: DraftState, top_id: int) -> "LastPlace":
        """Where one is now.

        A picture from outside the library is not kept: without it the search would be another
        one, so there is none then.
        """
        examples = examples_of(state)
        if any(each.example.picture_id is None for each in examples):
            return cls(SavedSearch(0, "", "", ()))
        return cls(SavedSearch(0, "", state.line.strip(), examples), top_id)

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
                    [str(each.role), each.name, each.example.picture_id, each.example.weight]
                    for each in self.search.examples
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
            line, top_id = kept["line"], kept["top"]
        except (ValueError, TypeError, KeyError, OverflowError):
            return nothing
        if not isinstance(line, str) or not isinstance(top_id, int):
            return nothing
        return cls(SavedSearch(0, "", line, examples), top_id)


def _example(role: Any, name: Any, picture_id: Any, weight: Any) -> SavedExample:
    example = PictureExample(picture_id=int(picture_id), weight=float(weight))
    return SavedExample(ExampleRole(role), str(name), example)
