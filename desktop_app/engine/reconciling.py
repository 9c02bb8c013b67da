"""Brings the catalog in step with a scan, as far as no file has to be decoded for that."""

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.engine.files.changes import MissingFile, pair_moved
from desktop_app.engine.files.exclusions import Exclusions
from desktop_app.engine.files.fingerprint import content_hash, fingerprint
from desktop_app.engine.files.known_files import picture_id_of
from desktop_app.engine.files.reach import unreachable_reason
from desktop_app.engine.paths import is_below
from desktop_app.engine.records import FoundFile, HeldBack, RootKind, SkippedFile
from desktop_app.engine.scan_run import Scanned
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.pictures import StoredContent
from desktop_app.engine.store.roots import StoredRoot

ASKED_FROM = 0.2
"""Where more than this part of a folder is gone at once, a mistake or a drive is more likely than a
wish: nothing is removed before the user says so. (Queryable asks from the same share on.)"""

_SIZES_AT_ONCE = 900


@dataclass(frozen=True, slots=True)
class Work:
    """A file to decode.

    Attributes:
        file: The file.
        root_id: The root it belongs to.
        picture_id: The picture that it replaces; None where it is new.
        strikes: How often it has cost the decoder its process before.
    """

    file: FoundFile
    root_id: int
    picture_id: int | None = None
    strikes: int = 0


@dataclass(slots=True)
class Reconciled:
    """What a scan came to.

    Attributes:
        work: What is to be decoded.
        moved: Number of pictures found at another place.
        removed: Ids of pictures that were removed.
        held_back: Folders from which so much is gone that the user is to be asked first.
        known_sizes: Lengths of new files that some picture of the catalog has too.
    """

    work: list[Work] = field(default_factory=list)
    moved: int = 0
    removed: list[int] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)
    known_sizes: set[int] = field(default_factory=set)


class Reconciler:
    """Writes moves, removals and lists of skipped files.

    Args:
        catalog: Where to write.
        exclusions: What is passed over: a picture that falls under it leaves without a question.
        confirmed: Whether the user has said yes to all removals.
    """

    def __init__(self, catalog: Catalog, exclusions: Exclusions, *, confirmed: bool) -> None:
        self._catalog = catalog
        self._exclusions = exclusions
        self._confirmed = confirmed

    def apply(self, scans: Sequence[Scanned]) -> Reconciled:
        """Write all that needs no decoding, and tell what does."""
        outcome = Reconciled()
        roots = {root.id: root for root in self._catalog.roots()}
        moved = self._move(scans, roots, outcome)
        gone_to = {one.picture_id for one in moved.values()}
        self._forgive(scans, gone_to)
        for scanned in scans:
            self._list_skips(scanned)
            _plan(scanned, moved, outcome)
            if scanned.is_complete:
                self._note_mounts(scanned)
        self._remove(scans, roots, gone_to, outcome)
        return outcome

    def _move(
        self, scans: Sequence[Scanned], roots: dict[int, StoredRoot], outcome: Reconciled
    ) -> dict[str, MissingFile]:
        """Write which new files are pictures that lay elsewhere; returns these by path."""
        if not any(root.picture_count for root in roots.values()):
            return {}
        missing = self._missing(scans, roots, outcome)
        if not missing:
            return {}
        new = {file.path: (file, scanned.target) for scanned in scans for file in scanned.new}
        files = (file for file, _ in new.values())
        moved = pair_moved(files, missing, fingerprint, content_hash)
        self._catalog.move_pictures(
            [
                (one.picture_id, path, new[path][1].root_id, new[path][0].stamp)
                for path, one in moved.items()
            ]
        )
        outcome.moved = len(moved)
        self._drop_renamed(roots)
        return moved

    def _drop_renamed(self, roots: dict[int, StoredRoot]) -> None:
        """Forget roots that were renamed: nothing is there, and all they had lies elsewhere."""
        for root in self._catalog.roots():
            had_pictures = roots[root.id].picture_count > 0
            if had_pictures and not root.picture_count and not os.path.lexists(root.path):
                self._catalog.remove_root(root.id)

    def _missing(
        self, scans: Sequence[Scanned], roots: dict[int, StoredRoot], outcome: Reconciled
    ) -> list[MissingFile]:
        """The pictures that a new file could be, as long as it is.

        Also those that lay in folders that are not looked through now.
        """
        sizes = sorted({file.stamp.size_bytes for scanned in scans for file in scanned.new})
        left = {picture_id_of(known) for scanned in scans for known in scanned.left.values()}
        places = _Places(self._catalog, roots)
        missing: list[MissingFile] = []
        for start in range(0, len(sizes), _SIZES_AT_ONCE):
            for one in self._catalog.contents_of_sizes(sizes[start : start + _SIZES_AT_ONCE]):
                if one.picture_id in left or places.is_gone(one):
                    missing.append(_missing(one))
                else:
                    outcome.known_sizes.add(one.size_bytes)
        return missing

    def _forgive(self, scans: Iterable[Scanned], moved: set[int]) -> None:
        """Pictures that were thought to be gone and are there are so no longer."""
        found = {id_ for scanned in scans for id_ in scanned.found_again}
        self._catalog.mark_missing(found - moved, None)

    def _list_skips(self, scanned: Scanned) -> None:
        """Bring the catalog's list of what is not indexed in step."""
        root_id = scanned.target.root_id
        if scanned.new_skips:
            self._catalog.write_skipped(root_id, [dated(one) for one in scanned.new_skips])
        if scanned.skips_gone:
            self._catalog.forget_skipped(scanned.skips_gone)

    def _note_mounts(self, scanned: Scanned) -> None:
        target = scanned.target
        before = self._catalog.mounts(target.root_id)
        elsewhere = [path for path in before if not is_below(path, target.path)]
        now = elsewhere + scanned.mounts
        if sorted(now) != sorted(before):
            self._catalog.set_mounts(target.root_id, now)

    def _remove(
        self,
        scans: Sequence[Scanned],
        roots: dict[int, StoredRoot],
        moved: set[int],
        outcome: Reconciled,
    ) -> None:
        """Remove what is gone, or ask first where that is too much to be meant."""
        gone: dict[int, list[int]] = {}
        for scanned in scans:
            root_id, root_path = scanned.target.root_id, scanned.target.root_path
            for path, known in scanned.left.items():
                picture_id = picture_id_of(known)
                if picture_id in moved:
                    continue
                if self._exclusions.exclude(path, root_path):
                    outcome.removed.append(picture_id)
                else:
                    gone.setdefault(root_id, []).append(picture_id)
        for root_id, ids in gone.items():
            root = roots[root_id]
            # Asked after the scan: a drive may have been pulled out in the middle of it.
            mounts = self._catalog.mounts(root_id)
            if root.kind is RootKind.FOLDER and unreachable_reason(root.path, mounts):
                continue
            if self._is_doubtful(root, len(ids)):
                self._catalog.mark_missing(ids, time.time())
                outcome.held_back.append(HeldBack(root_id, root.path, len(ids), root.picture_count))
            else:
                outcome.removed += ids
        if outcome.removed:
            self._catalog.remove_pictures(outcome.removed)

    def _is_doubtful(self, root: StoredRoot, gone: int) -> bool:
        is_folder = root.kind is RootKind.FOLDER
        return is_folder and not self._confirmed and gone > ASKED_FROM * root.picture_count


def remove_missing(catalog: Catalog, root_ids: Sequence[int]) -> list[int]:
    """Remove the pictures whose removal waits for a yes, but for those that are back.

    Returns:
        The ids of those that were removed.
    """
    places = _Places(catalog, {root.id: root for root in catalog.roots()})
    gone: list[int] = []
    back: list[int] = []
    for root_id in root_ids:
        for one in catalog.missing_contents(root_id):
            (gone if places.is_gone(one) else back).append(one.picture_id)
    catalog.mark_missing(back, None)
    catalog.remove_pictures(gone)
    return gone


class _Places:
    """Tells which files are gone, asking the disk once about each root."""

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

        A root that is missing from a folder that is there was renamed or deleted; a drive takes its
        mount point along.
        """
        if root_id not in self._barred:
            root, mounts = self._roots[root_id], self._catalog.mounts(root_id)
            bars = [place for place in mounts if not os.path.ismount(place)]
            if not _can_look_into(root.path) and not _can_look_into(os.path.dirname(root.path)):
                bars.append(root.path)
            self._barred[root_id] = bars
        return self._barred[root_id]


def _can_look_into(folder: str) -> bool:
    """Whether a folder can be listed and holds something: an empty one may be a mount point."""
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def _plan(scanned: Scanned, moved: dict[str, MissingFile], outcome: Reconciled) -> None:
    """Say what has to be decoded."""
    root_id, strikes = scanned.target.root_id, scanned.strikes
    for file in scanned.new:
        one = moved.get(file.path)
        if one is None:
            outcome.work.append(Work(file, root_id, None, strikes.get(file.path, 0)))
        elif one.picture_id in scanned.without_vector:
            outcome.work.append(Work(file, root_id, one.picture_id))
    for picture_id, file in scanned.changed:
        outcome.work.append(Work(file, root_id, picture_id, strikes.get(file.path, 0)))


def dated(skip: SkippedFile) -> SkippedFile:
    """Say that a file was tried now."""
    return replace(skip, at_s=time.time())


def _missing(content: StoredContent) -> MissingFile:
    return MissingFile(
        content.picture_id,
        content.path,
        content.size_bytes,
        content.fingerprint,
        content.content_hash,
    )
