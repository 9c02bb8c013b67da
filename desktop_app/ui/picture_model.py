"""The pictures in the grid, as ids; what is known of each is fetched when it is looked at."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.engine.records import Picture
from desktop_app.ui import wording

PAGE_ROWS = 128
KEPT_PICTURES = 20_000

AnyIndex = QModelIndex | QPersistentModelIndex
FetchPictures = Callable[[Sequence[int]], None]


class PictureModel(QAbstractListModel):
    """A list of picture ids with, for search hits, their scores.

    It holds no records beyond the last `KEPT_PICTURES` looked at: a row's record is asked for, a
    page at a time, through `wanted` and comes back through `add_pictures`.
    """

    IdRole = Qt.ItemDataRole.UserRole
    PathRole = Qt.ItemDataRole.UserRole + 1

    wanted = Signal(list)
    """Ids (a list of int) whose records should be given to `add_pictures`."""
    forgotten = Signal()
    """All records were dropped; who shows something of them has to ask again."""
    replaced = Signal(bool)
    """After other ids took the place of the old ones; True if they answer the same question."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._scores: NDArray[np.float32] | None = None
        self._pictures: OrderedDict[int, Picture] = OrderedDict()
        self._asked: dict[int, int] = {}  # id -> row

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ids in order, shape ``(rows,)``. Not to be written to."""
        return self._ids

    def replace(
        self,
        ids: NDArray[np.int64],
        scores: NDArray[np.float32] | None = None,
        *,
        same_question: bool = False,
    ) -> None:
        """Show other pictures.

        Args:
            ids: Picture ids, shape ``(n,)``.
            scores: Their scores, same shape, if they are hits.
            same_question: Whether this is only a newer answer, so that the reader's place in it
                and the selection should stay.
        """
        if same_question and np.array_equal(ids, self._ids):
            self._scores = scores
            return
        self.beginResetModel()
        self._ids, self._scores = ids, scores
        self._asked.clear()
        self.endResetModel()
        self.replaced.emit(same_question)

    def picture(self, row: int) -> Picture | None:
        """The record of a row; None, and asked for, where it is not here yet."""
        picture_id = int(self._ids[row])
        picture = self._pictures.get(picture_id)
        if picture is None:
            self.prefetch(row, row + 1)
        else:
            self._pictures.move_to_end(picture_id)
        return picture

    def known(self, picture_id: int) -> Picture | None:
        """The record of a picture, if it is here; asks for nothing."""
        return self._pictures.get(picture_id)

    def prefetch(self, first: int, stop: int) -> None:
        """Ask for the records of the pages that hold rows `first` to `stop` (not included)."""
        first = first // PAGE_ROWS * PAGE_ROWS
        stop = min(len(self._ids), -(-stop // PAGE_ROWS) * PAGE_ROWS)
        rows = enumerate(self._ids[first:stop].tolist(), first)
        missing = {
            picture_id: row
            for row, picture_id in rows
            if picture_id not in self._pictures and picture_id not in self._asked
        }
        if missing:
            self._asked.update(missing)
            self.wanted.emit(list(missing))

    def add_pictures(self, pictures: dict[int, Picture]) -> None:
        """Take records that were asked for."""
        self._pictures.update(pictures)
        while len(self._pictures) > KEPT_PICTURES:
            self._pictures.popitem(last=False)
        rows = [self._asked.pop(each) for each in pictures if each in self._asked]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def forget_pictures(self) -> None:
        """Drop all records, because they may have changed on disk."""
        self._pictures.clear()
        self._asked.clear()
        self.forgotten.emit()

    def row_of(self, picture_id: int) -> int | None:
        """Where a picture is now; None where it is not shown."""
        rows = np.flatnonzero(self._ids == picture_id)
        return int(rows[0]) if len(rows) else None

    def score(self, row: int) -> float | None:
        """The row's score if it is a hit."""
        return None if self._scores is None else float(self._scores[row])

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Number of pictures."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What Qt, tooltips and screen readers ask for."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == self.IdRole:
            return int(self._ids[index.row()])
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
            self.PathRole,
        ):
            return None
        picture = self.picture(index.row())
        if picture is None:
            return None
        if role == self.PathRole:
            return picture.path
        name = wording.file_name(picture.path)
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        parts = [name, wording.day(picture.date_s)]
        score = self.score(index.row())
        if score is not None:
            parts.append(f"score {score:.2f}")
        parts.append(wording.presence(picture))
        separator = "\n" if role == Qt.ItemDataRole.ToolTipRole else ", "
        return separator.join(part for part in parts if part)
