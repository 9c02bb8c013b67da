"""Which new files are pictures that lay elsewhere before."""

import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop_app.engine.records import FoundFile

Fingerprint = Callable[[str, bytes], bytes | None]
"""From a path, and a fingerprint to compare with, to that file's fingerprint of the same kind."""

ContentHash = Callable[[str], bytes | None]
"""From a path to the digest of the whole file; None where it cannot be read."""


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A picture whose file is no longer where it was.

    Attributes:
        picture_id: The catalog's id.
        path: Where it was.
        size_bytes: Its length.
        fingerprint: Digest of what tells pictures apart.
        content_hash: Digest of all of it; None where nobody has made one.
    """

    picture_id: int
    path: str
    size_bytes: int
    fingerprint: bytes
    content_hash: bytes | None = None


def pair_moved(
    new: Iterable[FoundFile],
    missing: Sequence[MissingFile],
    fingerprint: Fingerprint,
    content_hash: ContentHash,
) -> dict[str, MissingFile]:
    """Find the new files that are missing ones elsewhere.

    Only new files that are as long as a missing one are read, and of these only the parts that a
    fingerprint needs. Where that leaves a choice, they are read whole. Exact copies are paired one
    to one: first those that kept their name, then the rest in order of path, so that the same
    folders always give the same pairs.

    Args:
        new: Files that the catalog does not know, each path once.
        missing: Pictures whose files are gone.
        fingerprint: Digests parts of a file.
        content_hash: Digests a file.

    Returns:
        The picture that a file is, by the file's path.
    """
    by_size: defaultdict[int, list[MissingFile]] = defaultdict(list)
    for one in missing:
        by_size[one.size_bytes].append(one)
    arrived: defaultdict[bytes, list[str]] = defaultdict(list)
    for file in new:
        for kind in {len(one.fingerprint): one for one in by_size[file.stamp.size_bytes]}.values():
            digest = fingerprint(file.path, kind.fingerprint)
            if digest is not None:
                arrived[digest].append(file.path)
    left: defaultdict[bytes, list[MissingFile]] = defaultdict(list)
    for one in missing:
        if one.fingerprint in arrived:
            left[one.fingerprint].append(one)
    pairs: dict[str, MissingFile] = {}
    for digest, gone in left.items():
        here = [path for path in arrived[digest] if path not in pairs]
        if len(gone) == len(here) == 1:
            pairs[here[0]] = gone[0]
        else:
            pairs.update(_pair_copies(here, gone, content_hash))
    return pairs


def _pair_copies(
    paths: Sequence[str], missing: Sequence[MissingFile], content_hash: ContentHash
) -> dict[str, MissingFile]:
    """Pair files of one fingerprint, those that agree in all bytes only."""
    hashes = {path: content_hash(path) for path in paths}
    pairs: dict[str, MissingFile] = {}
    # Twice over all of them: whoever kept its name comes before whoever did not.
    for name_of in (os.path.basename, _no_name):
        waiting: defaultdict[tuple[str, bytes | None], deque[MissingFile]] = defaultdict(deque)
        paired = {one.picture_id for one in pairs.values()}
        for one in sorted(missing, key=lambda one: one.path):
            if one.picture_id not in paired:
                waiting[name_of(one.path), one.content_hash].append(one)
        for path in sorted(hashes.keys() - pairs.keys()):
            # Catalogs of older programs have no digest of the whole file: the fingerprint has
            # to do.
            for whole in (hashes[path], None):
                if fitting := waiting.get((name_of(path), whole)):
                    pairs[path] = fitting.popleft()
                    break
    return pairs


def _no_name(_path: str) -> str:
    return ""
