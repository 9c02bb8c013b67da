"""Removes what is gone, or asks first."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.cache_tags import CacheFolders
from desktop_app.engine.files.exclusions import Exclusions
from desktop_app.engine.files.known_files import picture_id_of
from desktop_app.engine.files.patience import Patience, Whereabouts
from desktop_app.engine.indexing.places import Places
from desktop_app.engine.indexing.scan_run import Scanned
from desktop_app.engine.indexing.work import Reconciled
from desktop_app.engine.records import HeldBack, RootKind
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.roots import StoredRoot

ASKED_FROM = 0.2
"""Where more than this part of a folder is gone at once, a mistake or a drive is more likely than a
wish: nothing is removed before the user says so. (Queryable asks from the same share on.)"""

AT_ONCE_S = 600.0
"""What is gone within so many seconds counts as gone at once: a large folder that is being deleted
is noticed in pieces."""

_REMOVED_AT_ONCE = 2_000
"""Pictures removed in one transaction: others wait a tenth of a second."""


class RecentRemovals:
    """Remembers how many pictures left each root lately.

    Args:
        clock: Seconds of a clock that never goes back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._removals: defaultdict[int, deque[tuple[float, int]]] = defaultdict(deque)

    def note(self, root_id: int, count: int) -> None:
        """Note that pictures of a root were removed."""
        if count:
            self._removals[root_id].append((self._clock(), count))

    def count(self, root_id: int) -> int:
        """How many pictures of a root were removed within `AT_ONCE_S`."""
        removals = self._removals[root_id]
        while removals and self._clock() - removals[0][0] > AT_ONCE_S:
            removals.popleft()
        return sum(count for _, count in removals)


@dataclass(frozen=True, slots=True)
class _Left:
    """A picture whose file a scan has not found."""

    picture_id: int
    path: str
    root_id: int
    root_path: str

    def is_in(self, caches: CacheFolders, at: Whereabouts) -> bool:
        """Whether it lies in a folder that is a cache now."""
        at.go_to(self.path, self.root_path)
        return caches.hold(self.path, self.root_path)


class Remover:
    """Takes out of the catalog what scans did not find any more.

    Args:
        catalog: Where to remove.
        exclusions: What is passed over: a picture that falls under it leaves without a question,
            and so does one in a folder that is a cache now.
        removals: What was removed lately.
        confirmed: Whether the user has said yes to all removals.
        patience: Waits for the disk.
    """

    def __init__(
        self,
        catalog: Catalog,
        exclusions: Exclusions,
        removals: RecentRemovals,
        *,
        confirmed: bool,
        patience: Patience,
    ) -> None:
        self._catalog = catalog
        self._exclusions = exclusions
        self._removals = removals
        self._confirmed = confirmed
        self._patience = patience

    def remove(
        self,
        scans: Sequence[Scanned],
        roots: dict[int, StoredRoot],
        moved: set[int],
        outcome: Reconciled,
        cancel: CancelToken,
    ) -> None:
        """Remove what is gone, or ask first where that is too much to be meant."""
        removed: list[int] = []
        gone: defaultdict[int, set[int]] = defaultdict(set)
        left: list[_Left] = []
        for scanned in scans:
            root_id, root_path = scanned.target.root_id, scanned.target.root_path
            for path, known in scanned.left.items():
                picture_id = picture_id_of(known)
                if picture_id in moved:
                    continue
                if self._exclusions.exclude(path, root_path):
                    removed.append(picture_id)
                else:
                    left.append(_Left(picture_id, path, root_id, root_path))
        caches = CacheFolders()
        answers = self._patience.each(
            left, lambda one: one.path, lambda one, at: one.is_in(caches, at), cancel
        )
        for one, is_in_cache in answers:  # what does not answer stays
            if is_in_cache:
                removed.append(one.picture_id)
            else:
                gone[one.root_id].add(one.picture_id)
        for root_id, ids in gone.items():
            removed += self._removable(roots[root_id], ids, outcome, cancel)
        removed = self._still_there(removed, scans)
        outcome.unneeded += _remove_in_steps(self._catalog, removed)
        outcome.removed += removed

    def _still_there(self, ids: Sequence[int], scans: Sequence[Scanned]) -> list[int]:
        """Those that the catalog still has where they were not found.

        The user may have moved them while the scan went on, or be moving them right now: then it
        is known where they are, and what is known of them is to be kept.
        """
        if not ids:
            return []
        places = {
            picture_id_of(known): path for scanned in scans for path, known in scanned.left.items()
        }
        still = []
        for start in range(0, len(ids), _REMOVED_AT_ONCE):
            for one in self._catalog.pictures(ids[start : start + _REMOVED_AT_ONCE]):
                if one.path == places.get(one.id):
                    still.append(one.id)
        in_work = self._catalog.file_moves.in_work()
        return [each for each in still if each not in in_work]

    def _removable(
        self, root: StoredRoot, gone: set[int], outcome: Reconciled, cancel: CancelToken
    ) -> list[int]:
        """Which of the gone pictures of a root may be removed now; the others are marked."""
        # Asked after the scan: a drive may have been pulled out in the middle of it.
        mounts = self._catalog.mounts(root.id)
        if root.kind is RootKind.FOLDER and self._patience.unreachable_reason(
            root.path, mounts, cancel
        ):
            return []
        if self._confirmed or root.kind is RootKind.FILE:
            self._removals.note(root.id, len(gone))
            return sorted(gone)
        waiting = self._catalog.missing_ids(root.id)
        fresh, since_s = gone - waiting, root.missing_since_s
        lately = self._removals.count(root.id)
        if len(gone | waiting) + lately > ASKED_FROM * (root.picture_count + lately):
            now_s = time.time()
            self._catalog.mark_missing(fresh, now_s)
            since_s = max(since_s, now_s) if fresh else since_s
            waiting |= fresh
            fresh = set()
        if gone & waiting:
            held = HeldBack(root.id, root.path, len(waiting), root.picture_count, since_s)
            outcome.held_back.append(held)
        self._removals.note(root.id, len(fresh))
        return sorted(fresh)


def remove_missing(
    catalog: Catalog, root_ids: Sequence[int], patience: Patience, cancel: CancelToken
) -> tuple[list[int], list[bytes]]:
    """Remove the pictures whose removal waits for a yes, but for those that are back.

    Returns:
        The ids of those that were removed, and the fingerprints that no picture has any more.
    """
    places = Places(catalog, {root.id: root for root in catalog.roots()}, patience)
    gone: list[int] = []
    back: list[int] = []
    for root_id in root_ids:
        missing = list(catalog.missing_contents(root_id))
        now_gone = places.gone(missing, cancel)
        for one in missing:
            if one.picture_id in now_gone:
                gone.append(one.picture_id)
            elif not patience.is_silent(one.path):
                back.append(one.picture_id)
    catalog.mark_missing(back, None)
    return gone, _remove_in_steps(catalog, gone)


def _remove_in_steps(catalog: Catalog, ids: Sequence[int]) -> list[bytes]:
    """Remove pictures in transactions between which others may write.

    Returns:
        The fingerprints that no picture has any more; nobody needs their thumbnails.
    """
    unneeded: list[bytes] = []
    for start in range(0, len(ids), _REMOVED_AT_ONCE):
        some = ids[start : start + _REMOVED_AT_ONCE]
        contents = {
            (picture.stamp.size_bytes, picture.fingerprint) for picture in catalog.pictures(some)
        }
        catalog.remove_pictures(some)
        unneeded += [
            fingerprint
            for size_bytes, fingerprint in contents
            if not catalog.contents_alike(size_bytes, fingerprint)
        ]
    return unneeded
