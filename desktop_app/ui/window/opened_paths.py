"""Tells apart what the program was started with, or what was opened with it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.ui.window.dropped_models import is_model


@dataclass(frozen=True)
class Opened:
    """What was opened, by kind.

    Attributes:
        folders: Folders of pictures.
        files: Single files, which are pictures or turn out not to be.
        models: Paths of what looks like a model.
        missing: Paths at which there is nothing.
    """

    folders: Sequence[str]
    files: Sequence[str]
    models: Sequence[str]
    missing: Sequence[str]


def sort_opened(paths: Sequence[str]) -> Opened:
    """Sort paths by what is there; looks at the disk, so not where the window waits for it."""
    folders, files, models, missing = list[str](), list[str](), list[str](), list[str]()
    for path in dict.fromkeys(paths):
        if not _is_there(path):
            missing.append(path)
        elif is_model(Path(path)):
            models.append(path)
        elif os.path.isdir(path):
            folders.append(path)
        else:
            files.append(path)
    return Opened(folders, files, models, missing)


def _is_there(path: str) -> bool:
    try:
        return os.path.exists(path)
    except (OSError, ValueError):  # a name that no file can have
        return False
