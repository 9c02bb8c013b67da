"""What the panel of folders lists: a line for each folder, and one for all single pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from desktop_app.engine.records import Root, RootKind, SkippedFile

SINGLE_PICTURES = 0
"""The key of the line that all single pictures share; no root has this id."""


@dataclass(frozen=True, slots=True)
class FolderLine:
    """A folder of the library, or all the pictures that were added one by one.

    Attributes:
        key: The root's id, or `SINGLE_PICTURES`.
        roots: The ids of the roots it stands for.
        path: Where the folder is; empty for single pictures.
        pictures: Pictures in the library.
        missing: Pictures among them whose removal waits for a yes.
        missing_since_s: When the last of those was found gone; 0 where there are none.
        is_kept: Whether the user has said that they are to stay.
        why_offline: Why it cannot be reached, in one sentence; empty where it can, and where there
            is more than one reason.
        failed: Files that should be in the library and are not.
        is_connected: Whether it can be reached now.
        scanned_at_s: When it was last looked through, None if never.
    """

    key: int
    roots: tuple[int, ...]
    path: str
    pictures: int
    missing: int = 0
    failed: int = 0
    is_connected: bool = True
    scanned_at_s: float | None = None
    missing_since_s: float = 0.0
    is_kept: bool = False
    why_offline: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether this is one folder."""
        return self.key != SINGLE_PICTURES


def folder_lines(roots: Sequence[Root], failures: Sequence[SkippedFile]) -> list[FolderLine]:
    """Make the lines: folders in the order they were added, single pictures last."""
    failed = _failed_of(roots, failures)
    lines = [
        FolderLine(
            key=root.id,
            roots=(root.id,),
            path=root.path,
            pictures=root.picture_count,
            missing=root.missing_count,
            failed=failed.get(root.id, 0),
            is_connected=root.is_connected,
            scanned_at_s=root.scanned_at_s,
            missing_since_s=root.missing_since_s,
            why_offline=root.why_offline,
        )
        for root in roots
        if root.kind is RootKind.FOLDER
    ]
    single = [root for root in roots if root.kind is RootKind.FILE]
    if single:
        scans = [root.scanned_at_s for root in single if root.scanned_at_s is not None]
        reasons = {root.why_offline for root in single}
        lines.append(
            FolderLine(
                key=SINGLE_PICTURES,
                roots=tuple(root.id for root in single),
                path="",
                pictures=sum(root.picture_count for root in single),
                missing=sum(root.missing_count for root in single),
                failed=sum(failed.get(root.id, 0) for root in single),
                is_connected=any(root.is_connected for root in single),
                scanned_at_s=max(scans, default=None),
                why_offline=reasons.pop() if len(reasons) == 1 else "",
            )
        )
    return lines


def _failed_of(roots: Sequence[Root], failures: Sequence[SkippedFile]) -> dict[int, int]:
    """How many files failed in each root, by its id; a file counts in the innermost.

    A folder that cannot be reached is listed among the failures itself, and is no file.
    """
    ids = {root.path: root.id for root in roots}
    folders = {root.path for root in roots if root.kind is RootKind.FOLDER}
    counts: dict[int, int] = {}
    for failure in failures:
        if failure.path in folders:
            continue
        path = PurePath(failure.path)
        around = next((ids[str(one)] for one in (path, *path.parents) if str(one) in ids), None)
        if around is not None:
            counts[around] = counts.get(around, 0) + 1
    return counts
