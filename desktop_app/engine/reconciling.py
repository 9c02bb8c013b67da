"""Brings the catalog in step with a scan, as far as no file has to be decoded for that."""

import os
import time
from collections import defaultdict, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.changes import MissingFile, pair_moved
from desktop_app.engine.files.exclusions import Exclusions
from desktop_app.engine.files.fingerprint import content_hash, fingerprint
from desktop_app.engine.files.known_files import picture_id_of
from desktop_app.engine.files.reach import has_entries, lost_drives, unreachable_reason
from desktop_app.engine.paths import is_below
from desktop_app.engine.records import FoundFile, HeldBack, IndexProgress, RootKind, SkippedFile
from desktop_app.engine.scan_run import Scanned, ScanTarget
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.pictures import StoredContent
from desktop_app.engine.store.roots import StoredRoot

ASKED_FROM = 0.2
"""Where more than this part of a folder is gone at once, a mistake or a drive is more likely than a
wish: nothing is removed before the user says so. (Queryable asks from the same share on.)"""

AT_ONCE_S = 600.0
"""What is gone within so many seconds counts as gone at once: a large folder that is being deleted
is noticed in pieces."""

_SIZES_AT_ONCE = 900
_REMOVED_AT_ONCE = 2_000
"""Pictures removed in one transaction: others wait a tenth of a second."""
_READ_BETWEEN_REPORTS = 100


@dataclass(frozen=True, slots=True)
class Work:
    """A file to decode.

    Attributes:
        file: The file.
        root_id: The root it belongs to.
        picture_id: The picture that it replaces; None where it is new.
        strikes: How often it has cost the decoder its process before.
        is_edited: Whether its content may be another one than the library knows.
    """

    file: FoundFile
    root_id: int
    picture_id: int | None = None
    strikes: int = 0
    is_edited: bool = True


@dataclass(slots=True)
class Reconciled:
    """What a scan came to.

    Attributes:
        work: What is to be decoded.
        moved: Number of pictures found at another place.
        touched: Number of pictures whose files have another time and the same content.
        removed: Ids of pictures that were removed.
        held_back: Folders from which so much is gone that the user is to be asked first.
        known_sizes: Lengths of new files that some picture of the catalog has too.
    """

    work: list[Work] = field(default_factory=list)
    moved: int = 0
    touched: int = 0
    removed: list[int] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)
    known_sizes: set[int] = field(default_factory=set)


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


class Reconciler:
    """Writes moves, removals and lists of skipped files.

    Args:
        catalog: Where to write.
        exclusions: What is passed over: a picture that falls under it leaves without a question.
        removals: What was removed lately.
        confirmed: Whether the user has said yes to all removals.
    """

    def __init__(
        self,
        catalog: Catalog,
        exclusions: Exclusions,
        removals: RecentRemovals,
        *,
        confirmed: bool,
    ) -> None:
        self._catalog = catalog
        self._exclusions = exclusions
        self._removals = removals
        self._confirmed = confirmed

    def apply(
        self, scans: Sequence[Scanned], cancel: CancelToken
    ) -> Generator[IndexProgress, None, Reconciled]:
        """Write all that needs no decoding, and tell what does.

        Args:
            scans: What was found.
            cancel: Looked at while files are read, before anything is written.

        Yields:
            Progress, while files are read to find out whether they have moved.

        Raises:
            CancelledError: If it was cancelled.
        """
        outcome = Reconciled()
        roots = {root.id: root for root in self._catalog.roots()}
        moved = yield from self._move(scans, roots, outcome, cancel)
        gone_to = {one.picture_id for one in moved.values()}
        self._forgive(scans, gone_to)
        for scanned in scans:
            self._list_skips(scanned)
            _plan(scanned, moved, outcome)
            if scanned.is_complete:
                self._note_mounts(scanned)
        self._remove(scans, roots, gone_to, outcome)
        self._drop_renamed(roots)
        return outcome

    def _move(
        self,
        scans: Sequence[Scanned],
        roots: dict[int, StoredRoot],
        outcome: Reconciled,
        cancel: CancelToken,
    ) -> Generator[IndexProgress, None, dict[str, MissingFile]]:
        """Write which files are pictures that lay elsewhere; returns these by path."""
        if not any(root.picture_count for root in roots.values()):
            return {}
        edited = {
            one.file.path: one.picture_id
            for scanned in scans
            for one in scanned.changed
            if one.is_edited
        }
        missing = self._missing(scans, set(edited.values()), roots, outcome)
        if not missing:
            return {}
        places = {file.path: (file, target) for file, target in _candidates(scans)}
        files = [file for file, _ in places.values()]
        digests = yield from _digests(files, missing, cancel)

        def whole(path: str) -> bytes | None:
            cancel.raise_if_cancelled()
            return content_hash(path)

        pairs = pair_moved(files, missing, lambda path, like: digests.get((path, len(like))), whole)
        pairs = _without_edited(pairs, edited)
        self._catalog.move_pictures(
            [
                (one.picture_id, path, places[path][1].root_id, places[path][0].stamp)
                for path, one in pairs.items()
            ]
        )
        outcome.touched = sum(path == one.path for path, one in pairs.items())
        outcome.moved = len(pairs) - outcome.touched
        # What was overwritten by a picture from elsewhere has gone with the moves.
        stayed = {one.picture_id for one in pairs.values()}
        outcome.removed += [
            picture_id
            for path, picture_id in edited.items()
            if path in pairs and picture_id not in stayed
        ]
        return pairs

    def _missing(
        self,
        scans: Sequence[Scanned],
        edited: set[int],
        roots: dict[int, StoredRoot],
        outcome: Reconciled,
    ) -> list[MissingFile]:
        """The pictures that a file could be, as long as it is.

        Also those that lay in folders that are not looked through now, and what edited files were
        before: names can be passed on from one file to the next.
        """
        sizes = sorted({file.stamp.size_bytes for file, _ in _candidates(scans)})
        left = {picture_id_of(known) for scanned in scans for known in scanned.left.values()}
        places = _Places(self._catalog, roots)
        missing: list[MissingFile] = []
        for start in range(0, len(sizes), _SIZES_AT_ONCE):
            for one in self._catalog.contents_of_sizes(sizes[start : start + _SIZES_AT_ONCE]):
                if one.picture_id in left or one.picture_id in edited or places.is_gone(one):
                    missing.append(_missing(one))
                else:
                    outcome.known_sizes.add(one.size_bytes)
        return missing

    def _drop_renamed(self, roots: dict[int, StoredRoot]) -> None:
        """Forget roots that were renamed: nothing is there, and all they had lies elsewhere.

        Not those on drives of their own: another drive may be where theirs was.
        """
        for root in self._catalog.roots():
            before = roots.get(root.id)
            if before is None or not before.picture_count or root.picture_count:
                continue
            if not os.path.lexists(root.path) and not self._catalog.mounts(root.id):
                self._catalog.remove_root(root.id)

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
        # What lies above a root is noted when all of the root is looked through.
        kept = [
            path
            for path in before
            if not is_below(path, target.path)
            and not (target.is_root and is_below(target.path, path))
        ]
        now = sorted({*kept, *scanned.mounts})
        if now != sorted(before):
            self._catalog.set_mounts(target.root_id, now)

    def _remove(
        self,
        scans: Sequence[Scanned],
        roots: dict[int, StoredRoot],
        moved: set[int],
        outcome: Reconciled,
    ) -> None:
        """Remove what is gone, or ask first where that is too much to be meant."""
        removed: list[int] = []
        gone: defaultdict[int, set[int]] = defaultdict(set)
        for scanned in scans:
            root_id, root_path = scanned.target.root_id, scanned.target.root_path
            for path, known in scanned.left.items():
                picture_id = picture_id_of(known)
                if picture_id in moved:
                    continue
                if self._exclusions.exclude(path, root_path):
                    removed.append(picture_id)
                else:
                    gone[root_id].add(picture_id)
        for root_id, ids in gone.items():
            removed += self._removable(roots[root_id], ids, outcome)
        _remove_in_steps(self._catalog, removed)
        outcome.removed += removed

    def _removable(self, root: StoredRoot, gone: set[int], outcome: Reconciled) -> list[int]:
        """Which of the gone pictures of a root may be removed now; the others are marked."""
        # Asked after the scan: a drive may have been pulled out in the middle of it.
        mounts = self._catalog.mounts(root.id)
        if root.kind is RootKind.FOLDER and unreachable_reason(root.path, mounts):
            return []
        if self._confirmed or root.kind is RootKind.FILE:
            self._removals.note(root.id, len(gone))
            return sorted(gone)
        waiting = self._catalog.missing_ids(root.id)
        fresh = gone - waiting
        lately = self._removals.count(root.id)
        if len(gone | waiting) + lately > ASKED_FROM * (root.picture_count + lately):
            self._catalog.mark_missing(fresh, time.time())
            waiting |= fresh
            fresh = set()
        if gone & waiting:
            held = HeldBack(root.id, root.path, len(waiting), root.picture_count)
            outcome.held_back.append(held)
        self._removals.note(root.id, len(fresh))
        return sorted(fresh)


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
    _remove_in_steps(catalog, gone)
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


def _candidates(scans: Iterable[Scanned]) -> Iterator[tuple[FoundFile, ScanTarget]]:
    """The files that may be pictures from elsewhere: new ones, and edited ones."""
    for scanned in scans:
        for file in scanned.new:
            yield file, scanned.target
        for one in scanned.changed:
            if one.is_edited:
                yield one.file, scanned.target


def _digests(
    files: Sequence[FoundFile], missing: Sequence[MissingFile], cancel: CancelToken
) -> Generator[IndexProgress, None, dict[tuple[str, int], bytes]]:
    """Read the fingerprints of the files that are as long as a missing one.

    Returns:
        Them by path and by their own length, which tells the kind of a fingerprint.
    """
    kinds: defaultdict[int, dict[int, bytes]] = defaultdict(dict)
    for one in missing:
        kinds[one.size_bytes][len(one.fingerprint)] = one.fingerprint
    found: dict[tuple[str, int], bytes] = {}
    for number, file in enumerate(files):
        if number % _READ_BETWEEN_REPORTS == 0:
            yield IndexProgress(0, 0, len(files), current=file.path)
        for length, like in kinds.get(file.stamp.size_bytes, {}).items():
            cancel.raise_if_cancelled()
            digest = fingerprint(file.path, like)
            if digest is not None:
                found[file.path, length] = digest
    return found


def _without_edited(
    pairs: Mapping[str, MissingFile], edited: Mapping[str, int]
) -> dict[str, MissingFile]:
    """Leave an edited file its picture, unless another picture has come to its place.

    Programs that keep the former version beside it, under another name, make a copy by that.

    Args:
        pairs: Which picture a file is, by the file's path.
        edited: The picture that an edited file was, by path.
    """
    home = {picture_id: path for path, picture_id in edited.items()}
    taken_to = {home[one.picture_id]: path for path, one in pairs.items() if one.picture_id in home}
    settled = dict(pairs)
    waiting = deque(taken_to)
    while waiting:
        place = waiting.popleft()
        path = taken_to[place]
        if path != place and path in settled and place not in settled:
            del settled[path]
            if path in taken_to:  # what took the picture of that place has to give it back, too
                waiting.append(path)
    return settled


def _plan(scanned: Scanned, moved: Mapping[str, MissingFile], outcome: Reconciled) -> None:
    """Say what has to be decoded."""
    root_id, strikes = scanned.target.root_id, scanned.strikes
    files: list[tuple[FoundFile, int | None, bool]] = [(file, None, True) for file in scanned.new]
    files += [(one.file, one.picture_id, one.is_edited) for one in scanned.changed]
    for file, picture_id, is_edited in files:
        one = moved.get(file.path)
        if one is None:
            count = strikes.get(file.path, 0)
            outcome.work.append(Work(file, root_id, picture_id, count, is_edited))
        elif one.picture_id in scanned.without_vector:
            outcome.work.append(Work(file, root_id, one.picture_id, is_edited=False))


def _remove_in_steps(catalog: Catalog, ids: Sequence[int]) -> None:
    """Remove pictures in transactions between which others may write."""
    for start in range(0, len(ids), _REMOVED_AT_ONCE):
        catalog.remove_pictures(ids[start : start + _REMOVED_AT_ONCE])


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
