"""What is different on disk from what the catalog remembers."""

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from desktop_app.engine.paths import is_below
from desktop_app.engine.records import FoundFile, KnownFile


@dataclass(frozen=True, slots=True)
class Changes:
    """How to bring the catalog in step with a scan.

    Attributes:
        new: Files to add.
        changed: Pictures to decode again, by their id in the catalog.
        moved: Pictures whose file lies elsewhere now, by id; their vector still holds. One that
            has no vector is in ``changed`` too: write the moves first.
        gone: Ids of pictures whose file is no longer there.
        unchanged: Number of pictures that are as the catalog says.
    """

    new: list[FoundFile]
    changed: list[tuple[int, FoundFile]]
    moved: list[tuple[int, FoundFile]]
    gone: list[int]
    unchanged: int


def compare(
    found: Iterable[FoundFile],
    known: Mapping[str, KnownFile],
    unreachable: Collection[str],
    fingerprint: Callable[[str], bytes | None],
) -> Changes:
    """Compare a scan with the catalog.

    Args:
        found: What the scan came across, each path once.
        known: The catalog's pictures below what was scanned, by path.
        unreachable: Folders and files that could not be read; what the catalog has at or below
            them is neither gone nor moved.
        fingerprint: Digest of the file at a path, None if it cannot be read. Only called for new
            files that are as long as a missing one.
    """
    missing = dict(known)
    candidates: list[FoundFile] = []
    changed: list[tuple[int, FoundFile]] = []
    unchanged = 0
    for file in found:
        before = missing.pop(file.path, None)
        if before is None:
            candidates.append(file)
        elif before.stamp == file.stamp and before.has_vector:
            unchanged += 1
        else:
            changed.append((before.picture_id, file))
    missing = {
        path: file
        for path, file in missing.items()
        if not any(is_below(path, place) for place in unreachable)
    }
    pairs = _pair_moved(candidates, missing, fingerprint)
    moved_from = set(pairs.values())
    return Changes(
        new=[file for file in candidates if file.path not in pairs],
        changed=changed
        + [
            (missing[pairs[file.path]].picture_id, file)
            for file in candidates
            if file.path in pairs and not missing[pairs[file.path]].has_vector
        ],
        moved=[
            (missing[pairs[file.path]].picture_id, file)
            for file in candidates
            if file.path in pairs
        ],
        gone=[file.picture_id for path, file in missing.items() if path not in moved_from],
        unchanged=unchanged,
    )


def _pair_moved(
    candidates: Iterable[FoundFile],
    missing: Mapping[str, KnownFile],
    fingerprint: Callable[[str], bytes | None],
) -> dict[str, str]:
    """Find the new files that are missing ones elsewhere.

    Copies of one picture are paired one to one: first those that kept their name, then the rest
    in order of path, so that the same folders always give the same pairs.

    Returns:
        The old path by the new one.
    """
    sizes = {file.stamp.size_bytes for file in missing.values()}
    arrived: defaultdict[bytes, list[str]] = defaultdict(list)
    for candidate in candidates:
        if candidate.stamp.size_bytes in sizes:
            digest = fingerprint(candidate.path)
            if digest is not None:
                arrived[digest].append(candidate.path)
    left: defaultdict[bytes, list[str]] = defaultdict(list)
    for path, file in missing.items():
        if file.fingerprint in arrived:
            left[file.fingerprint].append(path)
    pairs: dict[str, str] = {}
    for digest, old_paths in left.items():
        pairs.update(_pair_copies(arrived[digest], old_paths))
    return pairs


def _pair_copies(new_paths: Iterable[str], old_paths: Iterable[str]) -> dict[str, str]:
    """Pair paths of equal content, those of equal name first."""
    pairs: dict[str, str] = {}
    unpaired_old = sorted(old_paths)
    unpaired_new: list[str] = []
    for new in sorted(new_paths):
        same_name = next(
            (old for old in unpaired_old if os.path.basename(old) == os.path.basename(new)), None
        )
        if same_name is None:
            unpaired_new.append(new)
        else:
            unpaired_old.remove(same_name)
            pairs[new] = same_name
    pairs.update(zip(unpaired_new, unpaired_old, strict=False))
    return pairs
