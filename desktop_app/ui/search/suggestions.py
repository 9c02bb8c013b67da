"""The list below the search box: what could be typed next, and what was searched for before."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QStandardItem,
    QStandardItemModel,
    QWindow,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.theme import leading
from desktop_app.ui.words.language import tr

_HintRole = Qt.ItemDataRole.UserRole
_EDGE_PX = 12
_GAP_PX = 24
_FRAME_PX = 10
"""The frame and the padding of the style sheet, above and below together."""
_LEAST_HINT_PX = 64
_LEAST_PX = 400
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One row of the list.

    Attributes:
        label: What it says.
        line: The whole line once it is chosen.
        cursor: Where one goes on typing in it.
        hint: What it means, beside the label; may be empty.
        is_quiet: Whether it is rather something to do than something to search for.
    """

    label: str
    line: str
    cursor: int
    hint: str = ""
    is_quiet: bool = False


class _RowDelegate(QStyledItemDelegate):
    """Writes the hint at the end of the row, in the second colour."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Let each text read in its own direction, at the side where rows begin."""
        super().initStyleOption(option, index)
        option.displayAlignment = leading(option.widget) | Qt.AlignmentFlag.AlignVCenter
        direction = Qt.LayoutDirection
        is_mirrored = _reads_right_to_left(option.text)
        option.direction = direction.RightToLeft if is_mirrored else direction.LeftToRight

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a row."""
        super().paint(painter, option, index)
        hint = str(index.data(_HintRole) or "")
        label_px = _EDGE_PX + option.fontMetrics.horizontalAdvance(str(index.data()))
        room = option.rect.adjusted(label_px + _GAP_PX, 0, -_EDGE_PX, 0)
        if not hint or room.width() < _LEAST_HINT_PX:
            return
        shown = option.fontMetrics.elidedText(hint, Qt.TextElideMode.ElideRight, room.width())
        is_mirrored = option.widget.isRightToLeft()
        direction = Qt.LayoutDirection
        place = QStyle.visualRect(
            direction.RightToLeft if is_mirrored else direction.LeftToRight, option.rect, room
        )
        side = Qt.AlignmentFlag.AlignLeft if is_mirrored else Qt.AlignmentFlag.AlignRight
        painter.save()
        painter.setLayoutDirection(direction.LayoutDirectionAuto)
        # Upon what marks the row, the second colour could hardly be read.
        is_marked = option.state & QStyle.StateFlag.State_Selected
        role = QPalette.ColorRole.Text if is_marked else QPalette.ColorRole.PlaceholderText
        painter.setPen(option.palette.color(role))
        alignment = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(alignment), shown)
        painter.restore()


def _reads_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is of Hebrew, Arabic or their like."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


class Suggestions(QObject):
    """Shows a list below a line, which keeps the keyboard and hands keys on; see `take_key`.

    Nothing is chosen before the user goes to a row: Enter still searches for what is typed.
    The list lies over its window rather than being one: nothing is grabbed, input methods go on,
    and a click beside it does what it would do without it.

    Args:
        edit: The line.
        anchor: Below which widget the list stands, and as wide as which.
        inset_px: By how much it is narrower on either side, and higher up.
    """

    chosen = Signal(object)
    """A `Suggestion`."""

    def __init__(self, edit: QLineEdit, anchor: QWidget, inset_px: int = 0) -> None:
        super().__init__(edit)
        self._edit = edit
        self._anchor = anchor
        self._inset_px = inset_px
        self._rows: list[Suggestion] = []
        self._model = QStandardItemModel(self)
        self._list = QListView(anchor)
        self._list.setObjectName("suggestions")
        self._list.setAccessibleName(tr("Search", "Suggestions"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(_RowDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.clicked.connect(lambda index: self._choose(index.row()))
        self._list.hide()
        self._watched: QWindow | None = None
        edit.installEventFilter(self)
        anchor.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether the list is there."""
        return not self._list.isHidden()

    @property
    def rows(self) -> list[Suggestion]:
        """What it shows, or showed last."""
        return self._rows

    @property
    def current(self) -> int:
        """The row that the user went to; -1 before that."""
        return self._list.currentIndex().row()

    def show_rows(self, rows: Sequence[Suggestion]) -> None:
        """Open the list with these rows; without any it closes."""
        if self.is_open and rows and list(rows) == self._rows:
            return
        self._rows = list(rows)
        self._model.clear()
        for row in self._rows:
            item = QStandardItem(row.label)
            item.setData(row.hint, _HintRole)
            item.setData(row.hint, Qt.ItemDataRole.AccessibleDescriptionRole)
            if row.is_quiet:
                item.setForeground(self._list.palette().placeholderText())
            self._model.appendRow(item)
        if self._rows:
            self._open()
        else:
            self.close()

    def close(self) -> None:
        """Close the list."""
        self._list.hide()
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None

    def go_to(self, row: int) -> None:
        """Go to a row; -1 goes back to the line."""
        self._list.setCurrentIndex(self._model.index(row, 0))
        if row >= 0:
            shown = self._rows[row]
            announce(self._edit, f"{shown.label}, {shown.hint}" if shown.hint else shown.label)

    def take_key(self, event: QKeyEvent) -> bool:
        """Use a key that was pressed in the line, if it is one for the list.

        Down and Up move, Enter takes the row one went to, Tab that or the first, Esc closes.

        Returns:
            Whether it was; if not, the line has it.
        """
        if not self.is_open or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self.go_to(min(self.current + 1, len(self._rows) - 1))
            case Qt.Key.Key_Up if self.current >= 0:
                self.go_to(self.current - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.current >= 0:
                self._choose(self.current)
            case Qt.Key.Key_Tab:
                self._choose(max(0, self.current))
            case Qt.Key.Key_Escape:
                self.close()
            case _:
                return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close when the user turns to something else; stay below the line where that moves."""
        kind = event.type()
        has_left = watched is self._edit and kind == QEvent.Type.FocusOut
        has_gone = watched is self._anchor and kind == QEvent.Type.Hide
        if watched is self._anchor and kind in _MOVES and self.is_open:
            self._place()  # such as when what stands beside the line goes
        is_beside = (
            watched is self._watched
            and isinstance(event, QMouseEvent)
            and kind == QEvent.Type.MouseButtonPress
            and not self._is_ours(event)
        )
        if has_left or has_gone or is_beside:
            self.close()
        return super().eventFilter(watched, event)

    def _is_ours(self, event: QMouseEvent) -> bool:
        """Whether a press is in the list or in the line."""
        at = event.globalPosition().toPoint()
        return any(
            widget.rect().contains(widget.mapFromGlobal(at)) for widget in (self._list, self._edit)
        )

    def _choose(self, row: int) -> None:
        suggestion = self._rows[row]
        self.close()
        self.chosen.emit(suggestion)

    def _open(self) -> None:
        window = self._anchor.window()
        if self._list.parentWidget() is not window:
            self._list.setParent(window)
        self._list.setCurrentIndex(QModelIndex())
        self._place()
        self._list.scrollToTop()
        self._list.show()
        self._list.raise_()
        handle = window.windowHandle()
        if handle is not None and self._watched is None:
            self._watched = handle
            handle.installEventFilter(self)

    def _place(self) -> None:
        """Stand below the anchor, wherever it is now."""
        window, inset_px = self._anchor.window(), self._inset_px
        below = self._anchor.mapTo(window, QPoint(inset_px, self._anchor.height() - inset_px + 4))
        wanted_px = self._list.sizeHintForRow(0) * len(self._rows) + _FRAME_PX
        height_px = min(wanted_px, max(0, window.height() - below.y() - 4))
        width_px = self._anchor.width() - 2 * inset_px
        if width_px < _LEAST_PX:
            wider_px = min(_LEAST_PX, window.width() - 2 * _EDGE_PX)
            left = below.x() - (wider_px - width_px if self._anchor.isRightToLeft() else 0)
            below.setX(min(max(left, _EDGE_PX), window.width() - _EDGE_PX - wider_px))
            width_px = wider_px
        self._list.setGeometry(below.x(), below.y(), width_px, height_px)
