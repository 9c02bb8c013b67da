"""Looks through folders, and tells what is different from what the catalog remembers."""

import os
import time
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.exclusions import Exclusions
from desktop_app.engine.files.known_files import KnownFile, KnownFiles
from desktop_app.engine.files.reach import (
    NO_DRIVE,
    has_entries,
    lost_drives,
    mount_above,
    unreachable_reason,
)
from desktop_app.engine.files.scanner import scan
from desktop_app.engine.paths import is_below
from desktop_app.engine.records import (
    FoundFile,
    IndexProgress,
    RootKind,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.store.catalog import Catalog

_BARRING = (SkipKind.UNREADABLE, SkipKind.OFFLINE, SkipKind.CLOUD_ONLY)
"""What hides whether a picture is still there."""


@dataclass(frozen=True, slots=True)
class ScanTarget:
    """A folder or file to look through.

    Attributes:
        root_id: The root of the catalog that its pictures belong to.
        path: Absolute path; the root itself or something inside it.
        kind: Whether a folder or a single picture was asked for.
        root_path: Path of the root; by default that of the target.
        saw_removal: Whether files were seen being removed here: what is missing is gone, and not
            on a drive that was unplugged.
    """

    root_id: int
    path: str
    kind: RootKind = RootKind.FOLDER
    root_path: str = ""
    saw_removal: bool = False

    def __post_init__(self) -> None:
        if not self.root_path:
            object.__setattr__(self, "root_path", self.path)

    @property
    def is_root(self) -> bool:
        """Whether all of its root is looked through."""
        return self.path == self.root_path

    @property
    def is_deleted_file(self) -> bool:
        """Whether it is a single picture that is gone from a folder that is still there."""
        if self.kind is not RootKind.FILE or os.path.lexists(self.path):
            return False
        # An empty one is most likely where a drive is missing.
        return self.saw_removal or has_entries(os.path.dirname(self.path))


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A picture to decode again.

    Attributes:
        picture_id: The catalog's id.
        file: Its file.
        is_edited: Whether the file is another one than when it was indexed; else the picture only
            lacks a vector of the model in use.
    """

    picture_id: int
    file: FoundFile
    is_edited: bool


@dataclass(slots=True)
class Scanned:
    """What looking through one target found.

    Attributes:
        target: What was looked through.
        new: Files that may be pictures and that the catalog does not know.
        changed: Pictures to decode again.
        left: Pictures that were not seen where somebody could look, by path.
        skipped: What is not in the library, with reasons.
        new_skips: Those among them that the catalog does not list like that.
        skips_gone: Paths that the catalog lists as skipped and that were not seen.
        found_again: Ids of pictures that were thought to be gone.
        strikes: How often files to decode have cost the decoder its process, by path.
        without_vector: Ids of all pictures of the library that have no vector of the model.
        unchanged: Number of pictures that are as the catalog says.
        mounts: Where other drives are: below the target, and for a root the one it lies on.
        is_complete: Whether all of the target could be looked through.
    """

    target: ScanTarget
    new: list[FoundFile] = field(default_factory=list)
    changed: list[ChangedFile] = field(default_factory=list)
    left: dict[str, KnownFile] = field(default_factory=dict)
    skipped: list[SkippedFile] = field(default_factory=list)
    new_skips: list[SkippedFile] = field(default_factory=list)
    skips_gone: list[str] = field(default_factory=list)
    found_again: list[int] = field(default_factory=list)
    strikes: dict[str, int] = field(default_factory=dict)
    without_vector: AbstractSet[int] = frozenset()
    unchanged: int = 0
    mounts: list[str] = field(default_factory=list)
    is_complete: bool = True


class ScanRun:
    """Scans targets one after another.

    Args:
        catalog: What is remembered.
        model_key: The model in use: a picture without a vector of it has to be decoded again.
        exclusions: What is passed over.
        retry_failed: Whether to try files again that failed before and have not changed.
    """

    def __init__(
        self, catalog: Catalog, model_key: str, exclusions: Exclusions, *, retry_failed: bool
    ) -> None:
        self._catalog = catalog
        self._exclusions = exclusions
        self._retry_failed = retry_failed
        self._without_vector = set(catalog.ids_without_vector(model_key).tolist())
        self._seen = 0

    def look_through(
        self, target: ScanTarget, cancel: CancelToken
    ) -> Iterator[IndexProgress | Scanned]:
        """Scan a target.

        Yields:
            Progress, and as the last item what was found.

        Raises:
            CancelledError: If it was cancelled.
        """
        known = self._remember(target)
        mounts = self._catalog.mounts(target.root_id)
        found = Scanned(target, without_vector=self._without_vector)
        reason = unreachable_reason(target.root_path, mounts)
        if target.is_deleted_file:
            self._miss_drives(mounts, known, found)  # else what is known of it is left
        elif reason is not None and known.pictures_left:
            path = target.root_path
            self._pass_over(SkippedFile(path, reason, SkipKind.OFFLINE), known, found)
        else:
            if target.is_root and (drive := mount_above(target.path)) is not None:
                found.mounts.append(drive)
            yield from self._scan(target, known, found, cancel)
            self._miss_drives(mounts, known, found)
        self._conclude(known, found)
        yield self._progress(target.path)
        yield found

    def _remember(self, target: ScanTarget) -> KnownFiles:
        return KnownFiles(
            self._catalog.known_files(target.root_id, target.path),
            self._catalog.known_skips(target.root_id, target.path),
            self._without_vector,
            self._catalog.missing_ids(target.root_id),
            retry_failed=self._retry_failed,
        )

    def _scan(
        self, target: ScanTarget, known: KnownFiles, found: Scanned, cancel: CancelToken
    ) -> Iterator[IndexProgress]:
        had_pictures = bool(known.pictures_left)
        seen_before = self._seen
        items = scan([target.path], known.recognise, cancel, self._exclusions, found.mounts.append)
        for item in items:
            if isinstance(item, SkippedFile):
                self._pass_over(item, known, found)
            elif item is not None:
                self._count_strikes(known.skip(item.path), item, found)
                before = known.take(item.path, item.stamp)
                if before is None:
                    found.new.append(item)
                else:
                    found.changed.append(ChangedFile(before[0], item, is_edited=before[1]))
            else:
                self._seen = seen_before + known.unchanged + len(found.new) + len(found.changed)
                yield self._progress(target.path)
        self._seen = seen_before + known.unchanged + len(found.new) + len(found.changed)
        is_empty = self._seen == seen_before and not found.skipped and not known.standing
        if is_empty and not had_pictures and target.kind is RootKind.FOLDER:
            reason = "There is no picture in this folder."
            self._pass_over(SkippedFile(target.path, reason, SkipKind.EMPTY_FOLDER), known, found)

    def _count_strikes(self, before: SkippedFile | None, file: FoundFile, found: Scanned) -> None:
        """Remember how often a file that has not changed has cost the decoder its process."""
        if before is not None and before.stamp == file.stamp and before.strikes:
            found.strikes[file.path] = before.strikes

    def _pass_over(self, skip: SkippedFile, known: KnownFiles, found: Scanned) -> None:
        skip = replace(skip, at_s=time.time())
        found.skipped.append(skip)
        if known.skip(skip.path) != skip:
            found.new_skips.append(skip)

    def _miss_drives(self, mounts: list[str], known: KnownFiles, found: Scanned) -> None:
        """Tell the drives below the target that were there at the last scan."""
        below = [path for path in mounts if is_below(path, found.target.path)]
        for path in lost_drives(below):
            if any(is_below(each, path) for each in known.pictures_left):
                skip = SkippedFile(path, NO_DRIVE, SkipKind.OFFLINE)
                self._pass_over(skip, known, found)
                found.mounts.append(path)  # still awaited

    def _conclude(self, known: KnownFiles, found: Scanned) -> None:
        # What lies where nobody could look is neither gone nor moved.
        barred = {skip.path for skip in found.skipped if skip.kind in _BARRING}
        found.left = {
            path: file for path, file in known.pictures_left.items() if not _is_at(path, barred)
        }
        found.skips_gone = [path for path in known.skips_left if not _is_at(path, barred)]
        found.skipped += known.standing
        found.found_again = known.found_again
        found.unchanged = known.unchanged
        found.is_complete = barred.isdisjoint((found.target.path, found.target.root_path))

    def _progress(self, current: str) -> IndexProgress:
        return IndexProgress(0, 0, self._seen, current=current)


def _is_at(path: str, places: set[str]) -> bool:
    """Whether a path is one of some places or lies below one."""
    while places and path not in places:
        above = os.path.dirname(path)
        if above == path:
            return False
        path = above
    return bool(places)
