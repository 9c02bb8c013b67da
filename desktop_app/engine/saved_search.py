"""A search that the user keeps."""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.engine.query_language.parsing import parse
from desktop_app.engine.records import PictureExample, Query


class ExampleRole(StrEnum):
    """What a picture is in a search."""

    ALIKE = "alike"
    """Hits should look like it."""
    LIKED = "liked"
    """A hit of which more like it are wanted."""
    DISLIKED = "disliked"
    """A hit of which less like it are wanted."""


@dataclass(frozen=True, slots=True)
class SavedExample:
    """A picture in a saved search.

    Attributes:
        role: What it is in it.
        name: What it is called on its chip.
        example: The picture.
    """

    role: ExampleRole
    name: str
    example: PictureExample


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search with a name.

    Attributes:
        id: The catalog's id; 0 for one that is not kept yet.
        name: What the user calls it.
        line: The search line.
        examples: Its pictures. Those that have left the library since are missing.
        lost: How many of them are known to have left; one that was the last of several is not.
    """

    id: int
    name: str
    line: str
    examples: tuple[SavedExample, ...] = ()
    lost: int = 0

    @property
    def query(self) -> Query:
        """What it asks."""

        def ids(role: ExampleRole) -> tuple[int, ...]:
            chosen = (each.example.picture_id for each in self.examples if each.role is role)
            return tuple(one for one in chosen if one is not None)

        return Query(
            parts=parse(self.line).parts,
            pictures=tuple(
                each.example for each in self.examples if each.role is ExampleRole.ALIKE
            ),
            liked=ids(ExampleRole.LIKED),
            disliked=ids(ExampleRole.DISLIKED),
        )
