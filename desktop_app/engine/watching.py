"""Follows the folders of a library: joins the watcher of files with the catalog."""

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop_app.engine.drive_watch import Drives, DriveWatch
from desktop_app.engine.files.exclusions import Exclusions
from desktop_app.engine.files.follower import Rhythm
from desktop_app.engine.files.scanner import is_hidden
from desktop_app.engine.files.watcher import FolderWatcher, FollowedRoot
from desktop_app.engine.paths import is_below
from desktop_app.engine.records import ChangedPlace, MovedRoot, WatchState
from desktop_app.engine.store.catalog import Catalog


class Watch:
    """Tells which places in a library's folders to look at again, until it is closed.

    From the moment a root is live nothing that happens in it is missed. What happened before is
    not: so a root is told as a whole when it begins to be live. All methods may be called from
    any thread.

    Args:
        catalog: Knows the roots.
        exclusions: What scans pass over.
        on_changes: Called on a thread of the watch with places for `Library.look_again`, a
            second or two after something happened there.
        on_state: Called on threads of the watch when a root is followed in another way.
        rhythm: How often to look where the system tells nothing.
        drives: How to follow drives that are plugged in elsewhere; None where nobody does.
    """

    def __init__(
        self,
        catalog: Catalog,
        exclusions: Exclusions,
        on_changes: Callable[[Sequence[ChangedPlace]], None],
        on_state: Callable[[WatchState], None],
        rhythm: Rhythm | None = None,
        drives: Drives | None = None,
    ) -> None:
        self._catalog = catalog
        self._refreshing = threading.Lock()
        self._exclusions = exclusions
        own = exclusions.own_folders
        self._own_folders = {*own, *map(os.path.realpath, own)}
        self._watcher = FolderWatcher(on_changes, on_state, self._is_left_out, rhythm)
        self.refresh_roots()
        self._drives: DriveWatch | None = None
        if drives is not None:
            told = replace(drives, on_moved=lambda moved: self._take_moved(drives, moved))
            self._drives = DriveWatch(told, (rhythm or Rhythm()).probe_s)
            self._drives.start()

    def states(self) -> list[WatchState]:
        """How each root is followed now."""
        return self._watcher.states()

    def refresh_roots(self) -> None:
        """Follow what the library has now; to be called after roots were added or removed."""
        with self._refreshing:  # or an older list could come last
            self._watcher.set_roots(
                [FollowedRoot(root.id, root.path, root.kind) for root in self._catalog.roots()]
            )

    def looked(self, places: Sequence[ChangedPlace], seconds: float) -> None:
        """Take down how long a look at places took, so that slow drives get their rest."""
        for place in places:
            self._watcher.looked(place.path, seconds)

    def close(self) -> None:
        """Follow nothing any more. Waits for the threads, a second at most as a rule."""
        if self._drives is not None:
            self._drives.close()
        self._watcher.close()

    def _take_moved(self, drives: Drives, moved: Sequence[MovedRoot]) -> None:
        """Tell that roots are elsewhere, then follow them there, which tells of all in them."""
        drives.on_moved(moved)
        self.refresh_roots()

    def _is_left_out(self, path: str, root: str) -> bool:
        """Whether a scan of a root passes over a path below it, too."""
        return (
            is_hidden(path, root)
            or self._exclusions.exclude(path, root)
            or any(is_below(path, own) and not is_below(root, own) for own in self._own_folders)
        )
