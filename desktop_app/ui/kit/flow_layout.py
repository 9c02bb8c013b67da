"""A layout that goes on in the next row where a row is full, as words of a text do."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays widgets out from left to right, or from right to left where one reads so.

    Args:
        spacing_px: Between neighbours and between rows.
    """

    def __init__(self, spacing_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing_px)
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item; Qt calls this for `addWidget`."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them; None beyond the end, as Qt wants it."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one back."""
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at a width."""
        return self._arrange(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._arrange(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        """All in one row."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps_px = self.spacing() * max(0, len(hints) - 1)
        width_px = sum(hint.width() for hint in hints) + gaps_px
        return QSize(width_px, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """The widest item must fit."""
        least = QSize()
        for item in self._items:
            if not item.isEmpty():
                least = least.expandedTo(item.minimumSize())
        return least

    def _arrange(self, rect: QRect, *, is_trial: bool) -> int:
        """Go through the rows; returns the height they take."""
        top = rect.top()
        for row in self._rows(rect.width()):
            row_px = max(item.sizeHint().height() for item in row)
            if not is_trial:
                self._place(row, QRect(rect.left(), top, rect.width(), row_px))
            top += row_px + self.spacing()
        return max(0, top - self.spacing() - rect.top())

    def _rows(self, width_px: int) -> Iterator[list[QLayoutItem]]:
        """What stands beside each other at a width."""
        row: list[QLayoutItem] = []
        taken_px = 0
        for item in self._items:
            if item.isEmpty():
                continue
            item_px = item.sizeHint().width()
            if row and taken_px + item_px > width_px:
                yield row
                row, taken_px = [], 0
            row.append(item)
            taken_px += item_px + self.spacing()
        if row:
            yield row

    def _place(self, row: Sequence[QLayoutItem], rect: QRect) -> None:
        """Put a row where it belongs; what is lower than others stands in the middle."""
        widget = self.parentWidget()
        is_mirrored = widget is not None and widget.isRightToLeft()
        left = rect.left()
        for item in row:
            size = item.sizeHint().boundedTo(rect.size())
            place = QRect(QPoint(left, rect.top() + (rect.height() - size.height()) // 2), size)
            if is_mirrored:
                place.moveRight(rect.right() - (place.left() - rect.left()))
            item.setGeometry(place)
            left += size.width() + self.spacing()
