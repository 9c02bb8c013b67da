"""Gives a folder of the library its new place, after its drive, name or computer changed.

Whether the pictures are there is judged from a sample: the same names below the folder, the same
sizes, and of some of them the same content. What was made of them is kept, so that the next scan
finds every file as it was. A drive that does not answer holds nobody up.
"""

import contextlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.files.fingerprint import fingerprint
from desktop_app.engine.files.patience import NoAnswerError, Patience, Whereabouts
from desktop_app.engine.files.reach import NO_ANSWER
from desktop_app.engine.files.scanner import is_apart
from desktop_app.engine.files.volumes import Volumes, distinct_places, places_on_volume
from desktop_app.engine.path_style import moved, separator_of
from desktop_app.engine.paths import is_below
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import MovedRoot, Picture, RootKind
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.relocation import NewTime
from desktop_app.engine.store.roots import StoredRoot

T = TypeVar("T")

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
        patience: Waits for the disk.
    """

    def __init__(self, catalog: Catalog, patience: Patience | None = None) -> None:
        self._catalog = catalog
        self._patience = patience or Patience()

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
            UserFacingError: If the pictures are not there, the place belongs to another root, or
                its drive does not answer.
            CancelledError: If it was stopped.
        """
        try:
            return self._locate(root_id, new, cancel)
        except NoAnswerError as error:
            raise UserFacingError(
                phrase("Engine: Library", "There is no answer from {places}.").format(
                    places=error.place
                ),
                phrase("Engine: Library", "Connect the drive and try again."),
            ) from None

    def _locate(self, root_id: int, new: str, cancel: CancelToken) -> int:
        """See `locate`.

        Raises:
            NoAnswerError: If a drive does not answer.
        """
        roots = self._catalog.roots()
        root = next((root for root in roots if root.id == root_id), None)
        if root is None:
            raise UserFacingError(phrase("Engine: Library", "The library has no such folder."))
        if root.path == new:
            return root.picture_count
        self._patience.ask(lambda: _check_place(root, new), new, cancel)
        self._patience.ask(lambda: _check_overlap(root, new, roots), new, cancel)
        sample = self._sample(root)
        if not self._holds(sample, root.path, new, _SHARE_THERE, cancel):
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

    def find_moved(
        self, volumes: Volumes, among: Collection[int], cancel: CancelToken
    ) -> list[tuple[MovedRoot, list[NewTime]]]:
        """Look for roots that are not there on all volumes that are, and that answer.

        Args:
            volumes: Tells the mount points.
            among: The roots to look for, if they are not there.
            cancel: Ends it.

        Returns:
            Those whose pictures are at exactly one other place, with what `follow` has to write
            besides.

        Raises:
            CancelledError: If it was stopped.
        """
        roots = self._catalog.roots()
        lost = [
            root
            for root in roots
            if root.picture_count and root.id in among and self._is_lost(root, cancel)
        ]
        mounted = volumes() if lost else []
        found = []
        for root in lost:
            sample = self._sample(root)
            places = [
                place
                for place in self._places(root.path, mounted, cancel)
                if self._is_it(root, place, roots, sample, cancel)
            ]
            if len(places) == 1:
                found.append(MovedRoot(root.id, root.path, places[0]))
        # Two roots that seem to be at one place are left to the user.
        claimed = [one.new for one in found]
        followed = []
        for one in found:
            if claimed.count(one.new) == 1:
                with contextlib.suppress(NoAnswerError):
                    followed.append((one, self.new_times(one, cancel)))
        return followed

    def new_times(self, moved: MovedRoot, cancel: CancelToken) -> list[NewTime]:
        """Find what is to be written besides the place. May take as long as `locate`.

        Raises:
            NoAnswerError: If the drive does not answer any more.
            CancelledError: If it was stopped.
        """
        root = self._root(moved)
        return [] if root is None else self._new_times(root, moved.new, self._sample(root), cancel)

    def follow(self, moved: MovedRoot, times: Sequence[NewTime], cancel: CancelToken) -> bool:
        """Write that a root is elsewhere.

        Returns:
            Whether that was still to be done: the user may have forgotten or located it since, or
            the drive may be gone again.

        Raises:
            CancelledError: If it was stopped.
        """
        root, roots = self._root(moved), self._catalog.roots()
        try:
            if root is None or not self._patience.ask(
                lambda: _is_free(root, moved.new, roots), moved.new, cancel
            ):
                return False
        except NoAnswerError:
            return False
        separators = (separator_of(root.path), os.sep)
        self._catalog.relocate_root(root.id, moved.new, separators, times)
        return True

    def _root(self, moved: MovedRoot) -> StoredRoot | None:
        wanted = (moved.root_id, moved.old)
        roots = self._catalog.roots()
        return next((root for root in roots if (root.id, root.path) == wanted), None)

    def _is_lost(self, root: StoredRoot, cancel: CancelToken) -> bool:
        """Whether a root is not there; one that does not answer may come back by itself."""
        mounts = self._catalog.mounts(root.id)
        reason = self._patience.unreachable_reason(root.path, mounts, cancel)
        return reason is not None and reason != NO_ANSWER

    def _places(self, path: str, volumes: Sequence[str], cancel: CancelToken) -> list[str]:
        """Where a root may be on volumes that answer."""
        answers = self._patience.each(
            volumes, str, lambda volume, _at: list(places_on_volume(path, volume)), cancel
        )
        return distinct_places(place for _, places in answers for place in places)

    def _is_it(
        self,
        root: StoredRoot,
        place: str,
        roots: Sequence[StoredRoot],
        sample: Sequence[Picture],
        cancel: CancelToken,
    ) -> bool:
        """Whether a place belongs to nobody and holds what a root held."""
        try:
            is_free = self._patience.ask(lambda: _is_free(root, place, roots), place, cancel)
            return is_free and self._holds(sample, root.path, place, _SHARE_TO_FOLLOW, cancel)
        except NoAnswerError:
            return False

    def _holds(
        self,
        sample: Sequence[Picture],
        old: str,
        new: str,
        share_there: float,
        cancel: CancelToken,
    ) -> bool:
        """Whether the pictures of a folder are in another one, as far as a sample tells.

        Raises:
            NoAnswerError: If it does not answer.
            CancelledError: If it was stopped.
        """
        if not sample:
            return True
        sizes = self._asked(sample, old, new, _is_as_long, cancel)
        there = [picture for picture, is_as_long in zip(sample, sizes, strict=True) if is_as_long]
        if len(there) < share_there * len(sample):
            return False
        read = there[:: max(1, len(there) // _READ_OF_SAMPLE)]
        same = sum(self._asked(read, old, new, _is_same, cancel))
        return same >= share_there * len(read)

    def _asked(
        self,
        pictures: Sequence[Picture],
        old: str,
        new: str,
        call: Callable[[Picture, str], T],
        cancel: CancelToken,
    ) -> list[T]:
        """Ask for pictures at their new place.

        Args:
            pictures: Which ones.
            old: Their root.
            new: Where that is now.
            call: Asks for a picture at a path.
            cancel: Ends the wait.

        Raises:
            NoAnswerError: If the place does not answer.
            CancelledError: If it was stopped.
        """

        def answers(at: Whereabouts) -> Iterator[T]:
            for picture in pictures:
                path = moved(picture.path, old, new)
                at.go_to(path)
                yield call(picture, path)

        return [one for batch in self._patience.stream(answers, new, cancel) for one in batch]

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
        if not any(self._asked(sample, root.path, new, _new_time, cancel)):
            return []
        times: list[NewTime] = []
        ids = self._catalog.ids_of_root(root.id)
        with ThreadPoolExecutor(_READERS, "relocation") as readers:
            for start in range(0, len(ids), _AT_ONCE):
                cancel.raise_if_cancelled()
                pictures = self._catalog.pictures(ids[start : start + _AT_ONCE].tolist())
                compared = readers.map(
                    lambda some: self._asked(some, root.path, new, _new_time, cancel),
                    [pictures[reader::_READERS] for reader in range(_READERS)],
                )
                times += [time for some in compared for time in some if time is not None]
        return times


def _check_place(root: StoredRoot, new: str) -> None:
    is_there = os.path.isdir(new) if root.kind is RootKind.FOLDER else os.path.isfile(new)
    if not is_there:
        folder, picture = (
            phrase("Engine: Library", "folder"),
            phrase("Engine: Library", "picture"),
        )
        kind = folder if root.kind is RootKind.FOLDER else picture
        raise UserFacingError(
            phrase("Engine: Library", "There is no {kind} at {new}.").format(kind=kind, new=new),
            phrase("Engine: Library", "Check the name."),
        )


def _new_time(picture: Picture, path: str) -> NewTime | None:
    """The time of a picture's file at its new place, where only that is another one."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    if status.st_size != picture.stamp.size_bytes or status.st_mtime_ns == picture.stamp.mtime_ns:
        return None
    return (picture.id, status.st_mtime_ns) if _is_same(picture, path) else None


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
        text = (
            phrase("Engine: Library", "{new} is in the library already.")
            if new == other.path
            else phrase(
                "Engine: Library",
                "{new} belongs to the folder {other}, which is in the library already.",
            )
        )
        raise UserFacingError(
            text.format(new=new, other=other.path),
            phrase("Engine: Library", "Forget {root} if its pictures are there.").format(
                root=root.path
            )
            if is_below(new, other.path)
            else phrase("Engine: Library", "Forget {other} first.").format(other=other.path),
        )
