"""Where to begin to look for a folder that is not at its place any more."""

import os
import threading
from pathlib import Path

from PySide6.QtCore import QStandardPaths

PATIENCE_S = 1.0
"""A network share that is gone can keep whoever asks for it waiting for minutes."""


def nearest_folder(path: str, patience_s: float = PATIENCE_S) -> str:
    """The nearest parent of a folder that is still there. Not for the thread of the window.

    Args:
        path: Absolute path of the folder.
        patience_s: How long to wait for disks that do not answer; what has answered by then counts.

    Returns:
        A parent that is there; where there is none, because its drive has gone or the path is one
        of another system, the folder where people keep their pictures.
    """
    there: list[str] = []
    # A daemon: it must not keep the program alive while a mount hangs.
    walk = threading.Thread(target=_walk, args=(path, there), name="nearest folder", daemon=True)
    walk.start()
    walk.join(patience_s)
    return there[-1] if there else pictures_folder()


def pictures_folder() -> str:
    """Where people keep their pictures, as far as the system says."""
    place = QStandardPaths.StandardLocation
    folder = QStandardPaths.writableLocation(place.PicturesLocation)
    if folder and Path(folder).is_dir():
        return folder
    return QStandardPaths.writableLocation(place.HomeLocation)


def _walk(path: str, there: list[str]) -> None:
    """Add the parents of a path that are there, from the top down until one is not."""
    parents = Path(path).parents if os.path.isabs(path) else ()
    for parent in reversed(parents):
        if not os.path.isdir(parent):
            return
        there.append(str(parent))
