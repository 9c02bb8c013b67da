"""Ratings and tags, and the tree of folders, of a library that holds nothing."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.folder_tree import FolderTree, build
from desktop_app.engine.labels import Labels
from desktop_app.engine.records import (
    CommonLabels,
    FolderTreeState,
    LabelChange,
    LabelCounts,
    PictureIds,
    PictureLabels,
    PictureSums,
    RootKind,
)
from desktop_app.engine.store.folder_counts import CountedFolder
from desktop_app.engine.store.roots import StoredRoot


class FakeLabels(Labels):
    """Keeps labels in a dict.

    Attributes:
        held: The labels of pictures that have some.
        error: Raised by what changes something, while it is set.
    """

    def __init__(self) -> None:
        self.held: dict[int, PictureLabels] = {}
        self.error: Exception | None = None
        self._before: dict[int, dict[int, PictureLabels]] = {}

    def of(self, ids: PictureIds) -> dict[int, PictureLabels]:
        return {each: self.held.get(each, PictureLabels()) for each in ids}

    def counts(self) -> LabelCounts:
        ratings = Counter(each.rating for each in self.held.values())
        tags = Counter(tag for each in self.held.values() for tag in each.tags)
        return LabelCounts(_six(ratings), tuple(sorted(tags.items())))

    def common(self, ids: PictureIds) -> CommonLabels:
        labels = self.of(ids).values()
        ratings = Counter(each.rating for each in labels)
        tags = Counter(tag for each in labels for tag in each.tags)
        return CommonLabels(len(labels), _six(ratings), tuple(sorted(tags.items())))

    def rate(self, ids: PictureIds, rating: int) -> LabelChange:
        return self._change({each: PictureLabels(rating, self._of(each).tags) for each in ids})

    def tag(
        self, ids: PictureIds, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> LabelChange:
        changed = {}
        for each in ids:
            tags = sorted({*self._of(each).tags, *add} - {*remove} | {*add})
            changed[each] = PictureLabels(self._of(each).rating, tuple(tags))
        return self._change(changed)

    def rename_tag(self, name: str, new: str) -> LabelChange:
        having = [each for each, labels in self.held.items() if name in labels.tags]
        return self.tag(having, [new], [name])

    def delete_tag(self, name: str) -> LabelChange:
        having = [each for each, labels in self.held.items() if name in labels.tags]
        return self.tag(having, [], [name])

    def restore(self, change: LabelChange) -> LabelChange:
        return self._change(self._before.pop(id(change)))

    def _of(self, picture_id: int) -> PictureLabels:
        return self.held.get(picture_id, PictureLabels())

    def _change(self, labels: dict[int, PictureLabels]) -> LabelChange:
        if self.error is not None:
            raise self.error
        before = {each: self._of(each) for each in labels if self._of(each) != labels[each]}
        self.held.update(labels)
        change = LabelChange(((0, np.array(sorted(before), dtype=np.int64)),))
        self._before[id(change)] = before
        return change


class FakeTree(FolderTree):
    """Says what a test has told it.

    Attributes:
        told: What `state` gives.
        summed: What `sums` was asked for: how many pictures, or None for all.
        gone: How many pictures it never finds.
    """

    def __init__(self) -> None:
        self.told = FolderTreeState()
        self.summed: list[int | None] = []
        self.gone = 0

    def state(self) -> FolderTreeState:
        return self.told

    def sums(self, ids: NDArray[np.int64] | None) -> PictureSums:
        self.summed.append(None if ids is None else len(ids))
        count = 3 if ids is None else max(0, len(ids) - self.gone)
        return PictureSums(count, 1_000_000 * count, folders=1, folder="/pictures")


def tree_of(*paths: str, root: str = "/pictures", failed: Sequence[str] = ()) -> FolderTreeState:
    """The tree of one root with a picture in each of some folders.

    Args:
        paths: The folders' paths; one that comes twice has two pictures.
        root: The root's path.
        failed: Folders with a file that failed, one for each time.
    """
    counted = [CountedFolder(path, 1, number) for path, number in Counter(paths).items()]
    stored = StoredRoot(1, root, RootKind.FOLDER, None, len(paths))
    return build([stored], counted, Counter(failed), {})


def _six(ratings: Counter[int]) -> tuple[int, int, int, int, int, int]:
    none, one, two, three, four, five = (ratings[stars] for stars in range(6))
    return none, one, two, three, four, five
