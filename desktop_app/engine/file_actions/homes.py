"""Tells which folder of the library a file belongs to."""

import os
from collections.abc import Collection

from desktop_app.engine.files.exclusions import Exclusions
from desktop_app.engine.files.scanner import is_apart
from desktop_app.engine.paths import is_below
from desktop_app.engine.records import RootKind
from desktop_app.engine.store.roots import StoredRoot


class Homes:
    """The folders of the library, as they are when this is made.

    Args:
        roots: All of them.
        exclusions: What scans pass over.
    """

    def __init__(self, roots: list[StoredRoot], exclusions: Exclusions) -> None:
        self._roots = {root.id: root for root in roots}
        # The innermost first: what is hidden in a folder may be one of its own.
        self._folders = sorted(
            (root for root in roots if root.kind is RootKind.FOLDER),
            key=lambda root: -len(root.path),
        )
        self._singles = {root.path for root in roots if root.kind is RootKind.FILE}
        self._exclusions = exclusions

    def of(self, path: str) -> int | None:
        """The id of the folder in which a scan would find a file; None for none."""
        for root in self._folders:
            if (
                is_below(path, root.path)
                and not is_apart(path, root.path)
                and not self._exclusions.exclude(path, root.path)
            ):
                return root.id
        return None

    def known_as(self, folder: str, offline: Collection[int | str]) -> str:
        """The path by which a scan comes to a folder; blocks.

        Args:
            folder: Absolute path, perhaps by way of other links than the library's.
            offline: The ids of roots that cannot be reached now: nobody asks for them.

        Returns:
            The folder itself where it is in no folder of the library.
        """
        if any(is_below(folder, root.path) for root in self._folders):
            return folder
        real = os.path.realpath(folder)
        for root in self._folders:
            if root.id not in offline:
                top = os.path.realpath(root.path)
                if is_below(real, top):
                    return os.path.normpath(os.path.join(root.path, os.path.relpath(real, top)))
        return folder

    def is_single(self, root_id: int) -> bool:
        """Whether a picture was added by itself, and not with a folder."""
        root = self._roots.get(root_id)
        return root is not None and root.kind is RootKind.FILE

    def is_single_at(self, path: str) -> bool:
        """Whether the picture at a path was added by itself."""
        return path in self._singles
