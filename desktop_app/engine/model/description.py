"""Tells what there is to know of a model without loading it."""

import os
from contextlib import suppress
from pathlib import Path

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.key_cache import KeyCache
from desktop_app.engine.model.model_card import read_card
from desktop_app.engine.model.model_folder import read_model_folder
from desktop_app.engine.records import InstalledModel


def describe_model(name: str, folder: Path, keys: KeyCache | None = None) -> InstalledModel:
    """What is known of a model without loading it; of a broken one, its problem."""
    card = read_card(folder)
    key, dim, problem, title = "", 0, None, folder.name
    try:
        model = read_model_folder(folder, keys=keys)
    except ModelError as error:
        problem = error.text
    else:
        key, dim, title = model.key, model.dim, model.name
    return InstalledModel(
        name=name,
        title=card.title if title == folder.name and card.title else title,
        key=key,
        dim=dim,
        size_bytes=folder_bytes(folder),
        licence=card.licence,
        languages=card.languages,
        quality=card.quality,
        problem=problem,
    )


def folder_bytes(folder: Path) -> int:
    """Size of all files of a folder on disk."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # deleted meanwhile
                total += os.lstat(os.path.join(place, name)).st_size
    return total
