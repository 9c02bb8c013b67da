"""Where in the pictures one is, in a word or two: told beside the scroll bar."""

from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractScrollArea

from desktop_app.engine.records import Picture, SortBy
from desktop_app.ui.grid import group_wording
from desktop_app.ui.grid.grid_bubble import ScrollBubble
from desktop_app.ui.grid.picture_model import PictureModel
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.order import Order
from desktop_app.ui.words import date_wording, wording
from desktop_app.ui.work.throttle import Throttle

FETCH_MS = 30


class PositionTeller(QObject):
    """Tells where one is while one scrolls.

    Args:
        area: What is scrolled.
        model: The pictures in it.
        row: The row that counts, None where there is none.
        theme: For the colours.

    Attributes:
        order: In which order the pictures are.
        bubble: Where it is told.
    """

    def __init__(
        self,
        area: QAbstractScrollArea,
        model: PictureModel,
        row: Callable[[], int | None],
        theme: Theme,
    ) -> None:
        super().__init__(area)
        self.order = Order()
        self.bubble = ScrollBubble(area, theme)
        self._bar = area.verticalScrollBar()
        self._model = model
        self._row = row
        self._due = Throttle(FETCH_MS, self)
        self._due.fired.connect(self._fetch)
        model.dataChanged.connect(self._records_came)

    def moved(self) -> None:
        """The area was scrolled."""
        if self._bar.maximum() > self._bar.pageStep():  # else one sees it at a glance
            self._due.trigger()
            self._tell()

    def _tell(self) -> None:
        row = self._row()
        if row is not None:
            self.bubble.say(position(self._model, row, self.order))

    def _fetch(self) -> None:
        """Ask for the record that tells it, before scrolling rests."""
        row = self._row()
        if row is not None:
            self._model.prefetch(row, row + 1)

    def _records_came(self) -> None:
        if not self.bubble.rect.isEmpty() or self._due.is_waiting:
            self._tell()


def position(model: PictureModel, row: int, order: Order) -> str:
    """What stands at a row: its group, or else what the pictures are ordered by.

    Args:
        model: The pictures.
        row: One of its rows.
        order: The order that they are in; that of a search is by relevance.

    Returns:
        Empty where it is not known yet.
    """
    heading = model.sections.heading(row)
    if heading:
        return heading.partition(group_wording.FOLDER_DASH)[0]
    score = model.score(row)
    meant = order.of_answer(is_ranked=score is not None)
    if score is not None and meant.sort_by is SortBy.RELEVANCE:
        return wording.number(score)
    picture = model.known(int(model.ids[row]))
    return "" if picture is None else _ordered_by(picture, meant.sort_by)


def _ordered_by(picture: Picture, sort_by: SortBy) -> str:
    match sort_by:
        case SortBy.NAME:
            return wording.file_name(picture.path)
        case SortBy.FOLDER:
            return wording.file_name(str(PurePath(picture.path).parent))
        case SortBy.SIZE:
            return wording.file_size(picture.stamp.size_bytes)
        case _:
            return date_wording.short_day(picture)
