"""A search as it is kept, and as the search box has it."""

from typing import TYPE_CHECKING

from desktop_app.engine.saved_search import ExampleRole, SavedExample, SavedSearch
from desktop_app.ui.pictures.thumbnail_image import cell_image
from desktop_app.ui.search.query_draft import DraftState
from desktop_app.ui.search.query_picture import CHIP_SIDE_PX, QueryPicture

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library


def examples_of(state: DraftState) -> tuple[SavedExample, ...]:
    """The pictures of a search, as they are kept."""
    return tuple(
        SavedExample(role, picture.name, picture.example)
        for role, pictures in (
            (ExampleRole.ALIKE, state.pictures),
            (ExampleRole.LIKED, state.liked),
            (ExampleRole.DISLIKED, state.disliked),
        )
        for picture in pictures
    )


def state_of(search: SavedSearch, library: "Library") -> DraftState:
    """A saved search as the box has it.

    Takes a moment for its pictures, so not for the thread of the window.
    """

    def pictures(role: ExampleRole) -> tuple[QueryPicture, ...]:
        return tuple(_picture(each, library) for each in search.examples if each.role is role)

    return DraftState(
        search.line,
        pictures(ExampleRole.ALIKE),
        pictures(ExampleRole.LIKED),
        pictures(ExampleRole.DISLIKED),
    )


def _picture(saved: SavedExample, library: "Library") -> QueryPicture:
    example = saved.example
    encoded = example.image
    if example.picture_id is not None:
        encoded = library.thumbnail(example.picture_id)
    scale = 2.0  # sharp on every usual screen
    thumbnail = None if encoded is None else cell_image(encoded, round(CHIP_SIDE_PX * scale), scale)
    return QueryPicture(saved.name, thumbnail, example.image, example.picture_id, example.weight)
