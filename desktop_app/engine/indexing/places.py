"""Tells which files are gone, and which only cannot be seen now."""

import os

from desktop_app.engine.files.reach import has_entries, lost_drives
from desktop_app.engine.paths import is_below
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.pictures import StoredContent
from desktop_app.engine.store.roots import StoredRoot


class Places:
    """Asks the disk once about each root.

    Args:
        catalog: Knows where drives were.
        roots: All roots, by id.
    """

    def __init__(self, catalog: Catalog, roots: dict[int, StoredRoot]) -> None:
        self._catalog = catalog
        self._roots = roots
        self._barred: dict[int, list[str]] = {}

    def is_gone(self, content: StoredContent) -> bool:
        """Whether a picture's file is not there any more although its place can be reached."""
        try:
            os.lstat(content.path)
        except (FileNotFoundError, NotADirectoryError):
            return not any(is_below(content.path, bar) for bar in self._bars(content.root_id))
        except OSError:  # nobody can say
            return False
        return False

    def _bars(self, root_id: int) -> list[str]:
        """Places of a root below which nothing can be seen now.

        A root that is missing from a folder that is there was renamed or deleted, unless it lay on
        a drive of its own: then another drive may be there now.
        """
        if root_id not in self._barred:
            root, mounts = self._roots[root_id], self._catalog.mounts(root_id)
            bars = lost_drives(mounts)
            is_on_drive = any(is_below(root.path, place) for place in mounts)
            if not os.path.lexists(root.path) and (
                is_on_drive or not has_entries(os.path.dirname(root.path))
            ):
                bars.append(root.path)
            self._barred[root_id] = bars
        return self._barred[root_id]
