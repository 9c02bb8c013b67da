"""What tests of libraries with several models share."""

import os
from pathlib import Path

from PIL import Image

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.library import Library
from desktop_app.engine.records import (
    EmbedProgress,
    EmbedSummary,
    LibraryModel,
    ModelRole,
    Query,
)
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.one_model import OneModel
from tests.helpers.turned_encoder import TurnedEncoder


def three_models() -> OneModel:
    """The first is the built-in one; each has a space of its own."""
    return OneModel(*map(TurnedEncoder, ("first", "second", "third")))


def embed(library: Library) -> EmbedSummary:
    """Embed to the end; only the last report is a summary."""
    *progress, summary = library.embed_next(CancelToken())
    assert all(isinstance(report, EmbedProgress) for report in progress)
    assert isinstance(summary, EmbedSummary)
    return summary


def answers(library: Library) -> dict[str, str]:
    """The best hit for every colour, by its name."""
    best = {}
    for colour in COLOURS:
        hits = library.search(Query.of_words(colour), 1)
        (picture,) = library.pictures(hits.ids.tolist()).values()
        best[colour] = Path(picture.path).stem
    return best


RIGHT = {colour: colour for colour in COLOURS}


def by_name(library: Library) -> dict[str, LibraryModel]:
    return {one.model.name: one for one in library.models()}


def roles(library: Library) -> dict[str, ModelRole]:
    return {name: one.role for name, one in by_name(library).items()}


def save_colour(path: Path, colour: str, mtime_s: int | None = None) -> None:
    Image.new("RGB", (64, 48), COLOURS[colour]).save(path)
    if mtime_s is not None:
        os.utime(path, (mtime_s, mtime_s))
