"""The pictures in the grid, as ids; what is known of each is fetched when it is looked at."""

import html
from collections import OrderedDict
from collections.abc import Iterable, Sequence

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
from desktop_app.ui.grid.grid_sections import NO_SECTIONS, Section, Sections
from desktop_app.ui.grid.grid_selection import SelectedRows
from desktop_app.ui.pictures.average_colours import AverageColours
from desktop_app.ui.search.hit_reasons import HitReasons
from desktop_app.ui.words import date_wording, wording
from desktop_app.ui.words.language import tr

PAGE_ROWS = 128
KEPT_PICTURES = 20_000

AnyIndex = QModelIndex | QPersistentModelIndex


class PictureModel(QAbstractListModel):
    """A list of picture ids with the sections they stand in and, for search hits, their scores.

    It holds no records beyond the last `KEPT_PICTURES` looked at: a row's record is asked for, a
    page at a time, through `wanted` and comes back through `add_pictures`.

    Attributes:
        colours: What colours the pictures are on the whole.
    """

    IdRole = Qt.ItemDataRole.UserRole
    PathRole = Qt.ItemDataRole.UserRole + 1

    wanted = Signal(list)
    """Ids (a list of int) whose records should be given to `add_pictures`."""
    forgotten = Signal()
    """All records were dropped; who shows something of them has to ask again."""
    replaced = Signal(bool)
    """After other ids took the place of the old ones; True if they answer the same question."""
    sections_changed = Signal()
    """The same pictures stand in other sections."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.colours = AverageColours(self)
        self._ids: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._scores: NDArray[np.float32] | None = None
        self._relevance: NDArray[np.float32] | None = None
        self._sections = NO_SECTIONS
        self._reasons: HitReasons | None = None
        self._pictures: OrderedDict[int, Picture] = OrderedDict()
        self._asked: dict[int, int] = {}  # id -> row

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ids in order, shape ``(rows,)``. Not to be written to."""
        return self._ids

    @property
    def sections(self) -> Sections:
        """The groups that the pictures stand in."""
        return self._sections

    def replace(
        self,
        ids: NDArray[np.int64],
        scores: NDArray[np.float32] | None = None,
        relevance: NDArray[np.float32] | None = None,
        *,
        sections: Iterable[Section] | Sections = (),
        reasons: HitReasons | None = None,
        same_question: bool = False,
    ) -> None:
        """Show other pictures.

        Args:
            ids: Picture ids, shape ``(n,)``.
            scores: Their scores, same shape, if they are hits.
            relevance: How far each stands out, same shape, if they are hits; see `Hits`.
            sections: The groups they stand in, in order; those that begin after the last picture
                are not seen.
            reasons: Why they are hits, if they are.
            same_question: Whether this is only a newer answer, so that the reader's place in it
                and the selection should stay.

        Raises:
            ValueError: The sections are out of order.
        """
        grouped = sections if isinstance(sections, Sections) else Sections(sections)
        self._reasons = reasons
        if same_question and np.array_equal(ids, self._ids):
            self._scores, self._relevance = scores, relevance
            self._regroup(grouped)
            return
        self.beginResetModel()
        self._ids, self._scores, self._relevance = ids, scores, relevance
        self._sections = grouped
        self._asked.clear()
        self.endResetModel()
        self.replaced.emit(same_question)

    def set_sections(self, sections: Iterable[Section]) -> None:
        """Group the same pictures otherwise; their rows, and what is selected, stay.

        Raises:
            ValueError: The sections are out of order.
        """
        self._regroup(Sections(sections))

    def _regroup(self, sections: Sections) -> None:
        if sections != self._sections:
            self._sections = sections
            self.sections_changed.emit()

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
        self.colours.forget()
        self.forgotten.emit()

    def row_of(self, picture_id: int) -> int | None:
        """Where a picture is now; None where it is not shown."""
        rows = np.flatnonzero(self._ids == picture_id)
        return int(rows[0]) if len(rows) else None

    def ids_of(self, rows: Sequence[int]) -> NDArray[np.int64]:
        """The ids of some rows, shape ``(n,)``; rows that are not there any more are left out."""
        if isinstance(rows, SelectedRows):
            return rows.of(self._ids)
        return self._ids[[row for row in rows if row < len(self._ids)]]

    def score(self, row: int) -> float | None:
        """The row's score if it is a hit."""
        return None if self._scores is None else float(self._scores[row])

    def relevance(self, row: int) -> float | None:
        """The row's relevance if it is a hit."""
        return None if self._relevance is None else float(self._relevance[row])

    def reason(self, row: int) -> str:
        """What brought a row, if that was not its looks alone; may be empty."""
        return "" if self._reasons is None else self._reasons.of_row(row)

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
            Qt.ItemDataRole.AccessibleDescriptionRole,
            self.PathRole,
        ):
            return None
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self._place(index.row())
        picture = self.picture(index.row())
        if picture is None:  # a screen reader says at least something until it is here
            is_read = role == Qt.ItemDataRole.AccessibleTextRole
            return self._place(index.row()) if is_read else None
        if role == self.PathRole:
            return picture.path
        if role == Qt.ItemDataRole.DisplayRole:
            return wording.file_name(picture.path)
        told = self._told(index.row(), picture, role == Qt.ItemDataRole.ToolTipRole)
        if role != Qt.ItemDataRole.ToolTipRole:
            return ", ".join(told)
        if self._reasons is None or not self._reasons.of_row(index.row()):
            return wording.tooltip("\n".join(told))
        # Only HTML can show which words of the name were meant.
        name = self._reasons.marked(index.row(), told[0])
        folders = self._reasons.folders(index.row(), picture.path)
        lines = [name, folders, *map(html.escape, told[1:])]
        return f"<qt>{'<br>'.join(line for line in lines if line)}</qt>"

    def _place(self, row: int) -> str:
        """Where a row is among all."""
        return tr("Grid", "Picture {number} of {count}").format(
            number=wording.count(row + 1), count=wording.count(len(self._ids))
        )

    def _told(self, row: int, picture: Picture, is_tooltip: bool) -> list[str]:
        """What is known of a picture; who cannot see the headings is told them too."""
        parts = [
            wording.file_name(picture.path),
            date_wording.moment(picture),
            wording.match(self.score(row), self.relevance(row)),
            "" if self._reasons is None else self._reasons.of_row(row),
            *(() if is_tooltip else self._sections.titles(row)),
            wording.presence(picture),
        ]
        return [part for part in parts if part]
