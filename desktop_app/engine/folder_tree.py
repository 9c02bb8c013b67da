"""The folders of the library as a tree with counts, and what some pictures come to together."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.path_style import parts_below_drive
from desktop_app.engine.records import FolderTreeState, PictureSums, RootKind, TreeFolder
from desktop_app.engine.store.catalog import Catalog
from desktop_app.engine.store.folder_counts import CountedFolder
from desktop_app.engine.store.names import sort_key, split_path
from desktop_app.engine.store.roots import StoredRoot

Places = Mapping[int | str, str]
"""Ids of roots, and paths of drives below them, with the reason for what is said of each."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of the catalog.

    Attributes:
        mark: What stands for the state of the catalog it was read in.
        offline: What could not be reached then.
        state: What came of it.
    """

    mark: tuple[int, int]
    offline: Places
    state: FolderTreeState


class FolderTree:
    """Counts the pictures of all folders. Any thread may call it; no method is quick.

    Args:
        catalog: Where the pictures are.
        offline: Tells what cannot be reached now, and why.
    """

    def __init__(self, catalog: Catalog, offline: Callable[[], Places]) -> None:
        self._catalog = catalog
        self._offline = offline
        self._lock = threading.Lock()
        self._read: _Read | None = None

    def state(self) -> FolderTreeState:
        """The tree: 0.5 s for 1,000,000 pictures in 17,000 folders; at once while nothing changes.

        Raises:
            StoreError: If the catalog cannot be read.
        """
        offline = self._offline()
        with self._lock:
            mark = self._catalog.change_mark()
            read = self._read
            if read is not None and (read.mark, read.offline) == (mark, offline):
                return read.state
            with self._catalog.snapshot():
                state = build(
                    self._catalog.roots(),
                    self._catalog.counted_folders(),
                    self._catalog.failures_by_folder(),
                    offline,
                )
            self._read = _Read(mark, offline, state)
            return state

    def sums(self, ids: NDArray[np.int64] | None) -> PictureSums:
        """What pictures come to together; a second for any half of a million of them.

        Args:
            ids: The pictures, int64, shape ``(n,)``, each once; None takes the whole library.

        Raises:
            StoreError: If the catalog cannot be read.
        """
        return self._catalog.sums(ids)


def build(
    roots: Sequence[StoredRoot],
    counted: Sequence[CountedFolder],
    failures: Counter[str],
    offline: Places,
) -> FolderTreeState:
    """Put the tree together. Folders that only hold others belong to it too.

    Args:
        roots: What the user added, in that order.
        counted: The folders that pictures lie right in.
        failures: How many files failed right in folders, by path; where such a folder is not in
            the tree, they count in the next one above.
        offline: What cannot be reached, and why.
    """
    tops = {root.path: root.id for root in roots if root.kind is RootKind.FOLDER}
    whole = set(tops)
    kinds = {root.id: root for root in roots}
    own: Counter[str] = Counter()
    belongs = dict(tops)
    for one in counted:
        root = kinds.get(one.root_id)
        if root is None:
            continue
        own[one.path] += one.pictures
        belongs.setdefault(one.path, one.root_id)
        if root.kind is RootKind.FILE and not _is_inside(one.path, whole):
            tops.setdefault(one.path, one.root_id)
    children = _children(belongs, tops)
    failed: Counter[str] = Counter()
    for path, number in failures.items():
        place = _nearest(path, belongs)
        if place is not None:
            failed[place] += number
    total, all_failed = Counter(own), Counter(failed)
    folders: dict[str, TreeFolder] = {}
    names = {path: _name(path) for path in belongs}
    above = {each: path for path, below in children.items() for each in below}
    # What is below has the longer path, so that it is added up before what is above.
    for path in sorted(belongs, key=len, reverse=True):
        below = sorted(children.get(path, ()), key=lambda one: (sort_key(names[one]), one))
        total[path] += sum(total[each] for each in below)
        all_failed[path] += sum(all_failed[each] for each in below)
        root_id = belongs[path]
        folders[path] = TreeFolder(
            path=path,
            name=names[path],
            root_id=root_id,
            own=own[path],
            total=total[path],
            failed=failed[path],
            all_failed=all_failed[path],
            children=tuple(below),
            above=above.get(path, ""),
            is_top=path in tops,
            is_single=path in tops and path not in whole,
            is_offline=path in offline or (path in tops and root_id in offline),
            why_offline=offline.get(path, offline.get(root_id, "") if path in tops else ""),
        )
    order = sorted(tops, key=lambda path: (path not in whole, tops[path], path))
    return FolderTreeState(tuple(order), folders, sum(own.values()))


def _children(belongs: dict[str, int], tops: dict[str, int]) -> dict[str, list[str]]:
    """The folders right below others; those between a root and its pictures are added."""
    children: dict[str, list[str]] = defaultdict(list)
    for path, root_id in list(belongs.items()):
        below = path
        while below not in tops:
            above = split_path(below)[0]
            if len(above) >= len(below):  # the top of a drive, which is below no root
                tops[below] = root_id
                break
            is_new = above not in belongs
            if is_new:
                belongs[above] = root_id
            children[above].append(below)
            if not is_new:  # it has its own way up, or has gone it
                break
            below = above
    return children


def _is_inside(path: str, folders: set[str]) -> bool:
    """Whether a folder is one of these or lies below one."""
    return _nearest(path, folders) is not None


def _nearest(path: str, known: Collection[str]) -> str | None:
    """The folder itself or the next one above it that is known."""
    while path not in known:
        above = split_path(path)[0]
        if len(above) >= len(path):
            return None
        path = above
    return path


def _name(path: str) -> str:
    parts = parts_below_drive(path)
    return parts[-1] if parts else path
