"""Looks through folders, and tells what is different from what the catalog remembers."""

import logging
import os
import time
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import partial

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.exclusions import Exclusions
from desktop_app.engine.files.known_files import KnownFile, KnownFiles
from desktop_app.engine.files.patience import NoAnswerError, Patience, Whereabouts
from desktop_app.engine.files.reach import (
    NO_ANSWER,
    NO_DRIVE,
    has_entries,
    lost_drives,
    mount_above,
    unreachable_reason,
)
from desktop_app.engine.files.scanner import scan
from desktop_app.engine.paths import is_below
from desktop_app.engine.phrases import phrase
from desktop_app.engine.records import (
    FoundFile,
    IndexProgress,
    RootKind,
    SkipKind,
    SkippedFile,
)
from desktop_app.engine.store.catalog import Catalog

logger = logging.getLogger(__name__)

_BARRING = (SkipKind.UNREADABLE, SkipKind.OFFLINE, SkipKind.CLOUD_ONLY)
"""What hides whether a picture is still there."""

_MOST_SILENT = 3
"""How many folders of one target may fall silent before the rest of it is given up, too."""


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


@dataclass(slots=True)
class _Look:
    """One look at a target. What a thread was given that fell silent is left to that thread.

    Attributes:
        known: What the catalog remembers.
        had_pictures: Whether it remembers pictures there.
        found: What is different.
        mounts: Where drives were at the last scan, but for those that do not answer.
        silent: Places below the target that do not answer.
        lost: Drives below the target that are not there any more.
        is_looked_through: Whether the target was there.
    """

    known: KnownFiles
    had_pictures: bool
    found: Scanned
    mounts: list[str]
    silent: list[str]
    lost: list[str] = field(default_factory=list)
    is_looked_through: bool = False

    @property
    def seen(self) -> int:
        """How many pictures were seen."""
        return self.known.unchanged + len(self.found.new) + len(self.found.changed)


class ScanRun:
    """Scans targets one after another.

    Args:
        catalog: What is remembered.
        model_key: The model in use: a picture without a vector of it has to be decoded again.
        exclusions: What is passed over.
        retry_failed: Whether to try files again that failed before and have not changed.
        patience: Waits for the disk.
    """

    def __init__(
        self,
        catalog: Catalog,
        model_key: str,
        exclusions: Exclusions,
        *,
        retry_failed: bool,
        patience: Patience | None = None,
    ) -> None:
        self._catalog = catalog
        self._exclusions = exclusions
        self._retry_failed = retry_failed
        self._patience = patience or Patience()
        self._without_vector = set(catalog.ids_without_vector(model_key).tolist())
        self._seen = 0

    def look_through(
        self, target: ScanTarget, cancel: CancelToken
    ) -> Iterator[IndexProgress | Scanned]:
        """Scan a target.

        What falls silent below it is told, and the rest is looked through again without it. If all
        of it is silent, its pictures stay as they are.

        Yields:
            Progress, and as the last item what was found.

        Raises:
            CancelledError: If it was cancelled.
        """
        seen_before, silences = self._seen, 0
        while True:
            look = self._begin(target)
            try:
                yield from self._scan(look, seen_before, cancel)
                break
            except NoAnswerError as error:
                silences += 1
                if silences > _MOST_SILENT or is_below(target.path, error.place):
                    look = self._begin(target)
                    is_inside = is_below(error.place, target.root_path)
                    self._give_up(look, error.place if is_inside else target.root_path)
                    break
        self._seen = seen_before + look.seen
        self._conclude(look)
        yield self._progress(target.path)
        yield look.found

    def _begin(self, target: ScanTarget) -> _Look:
        known = KnownFiles(
            partial(self._catalog.known_files, target.root_id, target.path),
            self._catalog.known_skips(target.root_id, target.path),
            self._without_vector,
            self._catalog.missing_ids(target.root_id),
            retry_failed=self._retry_failed,
        )
        silent = self._patience.silent_places()
        return _Look(
            known,
            self._catalog.has_pictures(target.root_id, target.path),
            Scanned(target, without_vector=self._without_vector),
            [path for path in self._catalog.mounts(target.root_id) if path not in silent],
            [path for path in silent if is_below(path, target.path)],
        )

    def _scan(self, look: _Look, seen_before: int, cancel: CancelToken) -> Iterator[IndexProgress]:
        known, found, target = look.known, look.found, look.found.target
        if self._patience.is_silent(target.path):
            raise NoAnswerError(target.path)

        def items(at: Whereabouts) -> Iterator[FoundFile | SkippedFile | None]:
            return self._ask_disk(look, cancel, at)

        for batch in self._patience.stream(items, target.root_path, cancel):
            for item in batch:
                if isinstance(item, SkippedFile):
                    self._pass_over(item, look)
                elif item is not None:
                    self._take(item, look)
                else:
                    self._seen = seen_before + look.seen
                    yield self._progress(target.path)
        if look.is_looked_through:
            is_empty = not look.seen and not found.skipped and not known.standing
            if is_empty and not look.had_pictures and target.kind is RootKind.FOLDER:
                reason = phrase("Engine: Files", "There is no picture in this folder.")
                self._pass_over(SkippedFile(target.path, reason, SkipKind.EMPTY_FOLDER), look)
        self._miss_drives(look)

    def _ask_disk(
        self, look: _Look, cancel: CancelToken, at: Whereabouts
    ) -> Iterator[FoundFile | SkippedFile | None]:
        """All that may have to wait for the disk; runs in a thread that may be given up."""
        found, target = look.found, look.found.target
        reason = unreachable_reason(target.root_path, look.mounts, asked=at.go_to)
        at.go_to(target.path)
        is_deleted = target.is_deleted_file
        if not is_deleted and reason is not None and look.had_pictures:
            yield SkippedFile(target.root_path, reason, SkipKind.OFFLINE)
            return
        if not is_deleted:  # else what is known of it is left
            look.is_looked_through = True
            if target.is_root and (drive := mount_above(target.path)) is not None:
                found.mounts.append(drive)
            yield from scan(
                [target.path],
                look.known.recognise,
                cancel,
                self._exclusions,
                found.mounts.append,
                look.silent,
                at,
                within=None if target.is_root else target.root_path,
            )
        below = [path for path in look.mounts if is_below(path, target.path)]
        look.lost = lost_drives(below, at.go_to)

    def _take(self, file: FoundFile, look: _Look) -> None:
        """Note a file that may be a picture, and is not as the catalog says."""
        found = look.found
        before = look.known.skip(file.path)
        # How often a file that has not changed has cost the decoder its process.
        if before is not None and before.stamp == file.stamp and before.strikes:
            found.strikes[file.path] = before.strikes
        picture = look.known.take(file.path, file.stamp)
        if picture is None:
            found.new.append(file)
        else:
            found.changed.append(ChangedFile(picture[0], file, is_edited=picture[1]))

    def _pass_over(self, skip: SkippedFile, look: _Look) -> None:
        skip = replace(skip, at_s=time.time())
        look.found.skipped.append(skip)
        if look.known.skip(skip.path) != skip:
            look.found.new_skips.append(skip)

    def _miss_drives(self, look: _Look) -> None:
        """Tell the drives below the target that were there at the last scan."""
        for path in look.lost:
            if any(is_below(each, path) for each in look.known.pictures_left):
                self._pass_over(SkippedFile(path, NO_DRIVE, SkipKind.OFFLINE), look)
                look.found.mounts.append(path)  # still awaited
        noted = self._catalog.mounts(look.found.target.root_id) if look.silent else []
        look.found.mounts += [path for path in look.silent if path in noted]

    def _give_up(self, look: _Look, place: str) -> None:
        """Tell that a target does not answer, or so much of it that the rest has to wait."""
        logger.warning("A folder does not answer and is left as it is for now")
        target = look.found.target
        all_of_it = place if is_below(target.path, place) else target.path
        self._pass_over(SkippedFile(all_of_it, NO_ANSWER, SkipKind.OFFLINE), look)

    def _conclude(self, look: _Look) -> None:
        known, found = look.known, look.found
        # What lies where nobody could look is neither gone nor moved.
        barred = {skip.path for skip in found.skipped if skip.kind in _BARRING}
        places = found.target.path, found.target.root_path
        found.is_complete = not any(_is_at(path, barred) for path in places)
        if found.is_complete:
            found.left = {
                path: file for path, file in known.pictures_left.items() if not _is_at(path, barred)
            }
            found.skips_gone = [path for path in known.skips_left if not _is_at(path, barred)]
        found.skipped += known.standing
        found.found_again = known.found_again
        found.unchanged = known.unchanged

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
