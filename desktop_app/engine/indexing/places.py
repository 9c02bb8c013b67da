"""Tells which files are gone, and which only cannot be seen now."""

import os
from collections.abc import Sequence

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.patience import Patience, Whereabouts
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
        patience: Waits for the disk.
    """

    def __init__(self, catalog: Catalog, roots: dict[int, StoredRoot], patience: Patience) -> None:
        self._catalog = catalog
        self._roots = roots
        self._patience = patience
        self._mounts: dict[int, list[str]] = {}
        self._barred: dict[int, list[str]] = {}

    def gone(self, contents: Sequence[StoredContent], cancel: CancelToken) -> set[int]:
        """The ids of pictures whose files are not there any more although it can be told.

        Raises:
            CancelledError: If it was cancelled.
        """
        for one in contents:
            if one.root_id not in self._mounts:
                self._mounts[one.root_id] = self._catalog.mounts(one.root_id)
        answers = self._patience.each(contents, lambda one: one.path, self._is_gone, cancel)
        return {one.picture_id for one, is_gone in answers if is_gone}

    def _is_gone(self, content: StoredContent, at: Whereabouts) -> bool:
        at.go_to(os.path.dirname(content.path), self._roots[content.root_id].path)
        try:
            os.lstat(content.path)
        except (FileNotFoundError, NotADirectoryError):
            bars = self._bars(content.root_id, at)
            return not any(is_below(content.path, bar) for bar in bars)
        except OSError:  # nobody can say
            return False
        return False

    def _bars(self, root_id: int, at: Whereabouts) -> list[str]:
        """Places of a root below which nothing can be seen now.

        A root that is missing from a folder that is there was renamed or deleted, unless it lay on
        a drive of its own: then another drive may be there now.
        """
        if root_id not in self._barred:
            root, mounts = self._roots[root_id], self._mounts[root_id]
            silent = [place for place in mounts if self._patience.is_silent(place)]
            bars = lost_drives([place for place in mounts if place not in silent], at.go_to)
            bars += silent
            is_on_drive = any(is_below(root.path, place) for place in mounts)
            at.go_to(root.path)
            if not os.path.lexists(root.path) and (
                is_on_drive or not has_entries(os.path.dirname(root.path))
            ):
                bars.append(root.path)
            self._barred[root_id] = bars
        return self._barred[root_id]
