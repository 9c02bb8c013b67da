"""Gives a folder of the library its new place, after its drive, name or computer changed.

Whether the pictures are there is judged from a sample: the same names below the folder, the same
sizes, and of some of them the same content. What was made of them is kept, so that the next scan
finds every file as it was.
"""

import os
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.files.fingerprint import fingerprint
from desktop_app.engine.files.reach import unreachable_reason
from desktop_app.engine.files.scanner import is_apart
from desktop_app.engine.files.volumes import Volumes, places_on_volumes
from desktop_app.engine.path_style import moved, separator_of
from desktop_app.engine.paths import is_below
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import MovedRoot, Picture, RootKind
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.relocation import NewTime
from desktop_app.engine.store.roots import StoredRoot

_SAMPLE = 200
"""Files whose size is compared; a network drive answers for so many within a second."""
_READ_OF_SAMPLE = 16
"""Files of the sample whose content is compared, 128 KB each."""
_SHARE_THERE = 0.5
"""Share of the sample that has to be there: some pictures may have been deleted meanwhile."""
_SHARE_TO_FOLLOW = 0.95
"""The share where nobody was asked: a backup that is half as old is not the folder."""

_AT_ONCE = 500
_READERS = 4
"""Files that are read at the same time where times differ; more make a hard disk slower."""


class Relocation:
    """Moves the roots of one catalog. Nothing else may change it during `locate` and `follow`.

    Args:
        catalog: What to correct.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def locate(self, root_id: int, new: str, cancel: CancelToken) -> int:
        """Give a root the place where its pictures are now.

        Takes seconds for a million pictures; where the copy has other times than the original,
        the beginning and end of every file are read to see that it is the same.

        Args:
            root_id: The root.
            new: Absolute path.
            cancel: Stops it with nothing changed.

        Returns:
            How many pictures the root has.

        Raises:
            UserFacingError: If the pictures are not there, or the place belongs to another root.
            CancelledError: If it was stopped.
        """
        roots = self._catalog.roots()
        root = next((root for root in roots if root.id == root_id), None)
        if root is None:
            raise UserFacingError(phrase("Engine: Library", "The library has no such folder."))
        if root.path == new:
            return root.picture_count
        self._check_place(root, new)
        _check_overlap(root, new, roots)
        sample = self._sample(root)
        if not _holds(sample, root.path, new):
            raise UserFacingError(
                phrase("Engine: Library", "{new} does not hold the pictures of {root}.").format(
                    new=new, root=root.path
                ),
                phrase(
                    "Engine: Library",
                    "Choose the folder that has the same pictures under the same names.",
                ),
            )
        times = self._new_times(root, new, sample, cancel)
        separators = (separator_of(root.path), os.sep)
        self._catalog.relocate_root(root_id, new, separators, times)
        return root.picture_count

    def find_moved(self, volumes: Volumes, among: Collection[int] | None = None) -> list[MovedRoot]:
        """Look for roots that are not there on all volumes that are.

        Args:
            volumes: Tells the mount points.
            among: The roots to look for, if they are not there; None for any.

        Returns:
            Those whose pictures are at exactly one other place.
        """
        roots = self._catalog.roots()
        lost = [
            root
            for root in roots
            if root.picture_count and (among is None or root.id in among) and self._is_lost(root)
        ]
        mounted = volumes() if lost else []
        found = []
        for root in lost:
            sample = self._sample(root)
            places = [
                place
                for place in places_on_volumes(root.path, mounted)
                if _is_free(root, place, roots)
                and _holds(sample, root.path, place, _SHARE_TO_FOLLOW)
            ]
            if len(places) == 1:
                found.append(MovedRoot(root.id, root.path, places[0]))
        # Two roots that seem to be at one place are left to the user.
        claimed = [one.new for one in found]
        return [one for one in found if claimed.count(one.new) == 1]

    def new_times(self, moved: MovedRoot, cancel: CancelToken) -> list[NewTime]:
        """Find what `follow` has to write besides the place. May take as long as `locate`.

        Raises:
            CancelledError: If it was stopped.
        """
        root = self._root(moved)
        return [] if root is None else self._new_times(root, moved.new, self._sample(root), cancel)

    def follow(self, moved: MovedRoot, times: Sequence[NewTime]) -> bool:
        """Write that a root is elsewhere; asks no disk.

        Returns:
            Whether that was still to be done: the user may have forgotten or located it since.
        """
        root = self._root(moved)
        if root is None or not _is_free(root, moved.new, self._catalog.roots()):
            return False
        separators = (separator_of(root.path), os.sep)
        self._catalog.relocate_root(root.id, moved.new, separators, times)
        return True

    def _root(self, moved: MovedRoot) -> StoredRoot | None:
        wanted = (moved.root_id, moved.old)
        roots = self._catalog.roots()
        return next((root for root in roots if (root.id, root.path) == wanted), None)

    def _is_lost(self, root: StoredRoot) -> bool:
        return unreachable_reason(root.path, self._catalog.mounts(root.id)) is not None

    def _check_place(self, root: StoredRoot, new: str) -> None:
        is_there = os.path.isdir(new) if root.kind is RootKind.FOLDER else os.path.isfile(new)
        if not is_there:
            folder, picture = (
                phrase("Engine: Library", "folder"),
                phrase("Engine: Library", "picture"),
            )
            kind = folder if root.kind is RootKind.FOLDER else picture
            raise UserFacingError(
                phrase("Engine: Library", "There is no {kind} at {new}.").format(
                    kind=kind, new=new
                ),
                phrase("Engine: Library", "Check the name."),
            )

    def _sample(self, root: StoredRoot) -> list[Picture]:
        ids = self._catalog.ids_of_root(root.id)
        spread = np.linspace(0, len(ids) - 1, min(len(ids), _SAMPLE)).astype(np.int64)
        return self._catalog.pictures(ids[spread].tolist())

    def _new_times(
        self, root: StoredRoot, new: str, sample: Sequence[Picture], cancel: CancelToken
    ) -> list[NewTime]:
        """Find the files that have another time there and are the same all the same.

        A file system that rounds times or knows no time zones changes those of all files, and so
        does a copy that does not keep them: the sample tells whether to look at every file.
        """
        if not any(_new_time(picture, root.path, new) for picture in sample):
            return []
        times: list[NewTime] = []
        ids = self._catalog.ids_of_root(root.id)
        with ThreadPoolExecutor(_READERS, "relocation") as readers:
            for start in range(0, len(ids), _AT_ONCE):
                cancel.raise_if_cancelled()
                pictures = self._catalog.pictures(ids[start : start + _AT_ONCE].tolist())
                compared = readers.map(lambda one: _new_time(one, root.path, new), pictures)
                times += [time for time in compared if time is not None]
        return times


def _new_time(picture: Picture, old: str, new: str) -> NewTime | None:
    """The time of a picture's file at its new place, where only that is another one."""
    path = moved(picture.path, old, new)
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    if status.st_size != picture.stamp.size_bytes or status.st_mtime_ns == picture.stamp.mtime_ns:
        return None
    return (picture.id, status.st_mtime_ns) if _is_same(picture, path) else None


def _holds(
    sample: Sequence[Picture], old: str, new: str, share_there: float = _SHARE_THERE
) -> bool:
    """Whether the pictures of a folder are in another one, as far as a sample tells."""
    if not sample:
        return True
    there = [
        (picture, path)
        for picture in sample
        if _is_as_long(picture, path := moved(picture.path, old, new))
    ]
    if len(there) < share_there * len(sample):
        return False
    read = there[:: max(1, len(there) // _READ_OF_SAMPLE)]
    same = sum(_is_same(picture, path) for picture, path in read)
    return same >= share_there * len(read)


def _is_same(picture: Picture, path: str) -> bool:
    return fingerprint(path, picture.fingerprint) == picture.fingerprint


def _is_as_long(picture: Picture, path: str) -> bool:
    try:
        return os.stat(path).st_size == picture.stamp.size_bytes
    except (OSError, ValueError):  # ValueError: a name this system cannot have
        return False


def _overlapping(root: StoredRoot, new: str, roots: Sequence[StoredRoot]) -> Iterator[StoredRoot]:
    """Other roots that hold a place or lie inside it. What is hidden or a cache is in no other."""
    for other in roots:
        inside = is_below(new, other.path) and not is_apart(new, other.path)
        around = is_below(other.path, new) and not is_apart(other.path, new)
        if other.id != root.id and (inside or around):
            yield other


def _is_free(root: StoredRoot, new: str, roots: Sequence[StoredRoot]) -> bool:
    return next(_overlapping(root, new, roots), None) is None


def _check_overlap(root: StoredRoot, new: str, roots: Sequence[StoredRoot]) -> None:
    other = next(_overlapping(root, new, roots), None)
    if other is not None:
        raise UserFacingError(
            phrase(
                "Engine: Library",
                "{new} belongs to the folder {other}, which is in the library already.",
            ).format(new=new, other=other.path),
            phrase("Engine: Library", "Forget {root}; its pictures are found there.").format(
                root=root.path
            )
            if is_below(new, other.path)
            else phrase("Engine: Library", "Forget {other} first.").format(other=other.path),
        )
