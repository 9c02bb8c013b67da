"""The command palette: a line over the middle of the window, and all that can be done below it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.commands.palette_model import Choice, ChoiceRole, PaletteModel, ranked
from desktop_app.ui.kit import icons
from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.theme import (
    BODY_PX,
    SMALL_PX,
    Theme,
    leading,
    scaled_px,
    text_font,
    trailing,
)
from desktop_app.ui.words.language import tr

_WIDTH_PX = 600
_EDGE_PX = 16
_PADDING_PX = 8
_ROW_PX, _REASON_PX = 32, 18
_TEXT_LEFT_PX = 34
_MOST_ROWS = 11
_SHADOW_PX = 8
_REMEMBERED = 30

Choices = Callable[[], Sequence[Choice]]
SearchFor = Callable[[str], Choice]


class Palette(QWidget):
    """Hidden until it is opened. Esc and a click beside it close it and change nothing.

    Args:
        theme: For the colours.
        window: Over what it opens.
        choices: Gives all that can be chosen now.
        search_for: Gives the choice to search for what was typed.
        used: Names of what was chosen before, the last one first.
        remember: Keeps that list.
    """

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        choices: Choices,
        search_for: SearchFor,
        used: Sequence[str] = (),
        remember: Callable[[Sequence[str]], object] = lambda _names: None,
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._choices = choices
        self._search_for = search_for
        self._used = list(used)
        self._remember = remember
        self._all: Sequence[Choice] = ()
        self._came_from: QWidget | None = None
        self.model = PaletteModel()
        self.setAccessibleName(tr("Palette", "Commands"))
        self.line = QLineEdit(placeholderText=tr("Palette", "What do you want to do?"))
        self.line.setProperty("quiet", True)
        self.line.setFont(text_font(self.font(), BODY_PX + 2))
        self.line.setAccessibleName(tr("Palette", "Command"))
        self.line.setMinimumHeight(scaled_px(_ROW_PX))
        self.line.textEdited.connect(self._fill)
        self.line.installEventFilter(self)
        self._list = QListView()
        self._list.setModel(self.model)
        self._list.setItemDelegate(_RowDelegate(theme, self._list))
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.viewport().setAutoFillBackground(False)
        self._list.setAccessibleName(tr("Palette", "Commands"))
        self._list.setMouseTracking(True)
        self._list.clicked.connect(lambda index: self._choose(index.row()))
        column = QVBoxLayout(self)
        around = _SHADOW_PX + _PADDING_PX
        column.setContentsMargins(around, around, around, around)
        column.setSpacing(_PADDING_PX)
        column.addWidget(self.line)
        column.addWidget(self._list)
        window.installEventFilter(self)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def current(self) -> int:
        """The row that Enter takes; -1 for none."""
        return self._list.currentIndex().row()

    def open(self) -> None:
        """Appear, empty, and take the keyboard; where it is open already, close."""
        if self.isVisible():
            self.dismiss()
            return
        self._came_from = QApplication.focusWidget()
        self._all = self._choices()
        self.line.clear()
        self._fill("")
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Go away and lead the keyboard back to where it was."""
        if not self.isVisible():
            return
        had_focus = self.line.hasFocus()
        came_from, self._came_from = self._came_from, None
        self.hide()
        if had_focus and came_from is not None and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the line, and where it stands when the window changes."""
        kind = event.type()
        if watched is self.line:
            if kind == QEvent.Type.FocusOut and not self._is_in_menu():
                self.dismiss()
            elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
                return self._key(event)
        elif kind == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _is_in_menu(self) -> bool:
        """Whether only the menu of the line is over it."""
        return QApplication.activePopupWidget() is not None

    def _key(self, event: QKeyEvent) -> bool:
        last = self.model.rowCount() - 1
        match event.key():
            case Qt.Key.Key_Down:
                self._go_to(0 if self.current == last else self.current + 1)
            case Qt.Key.Key_Up:
                self._go_to(last if self.current <= 0 else self.current - 1)
            case Qt.Key.Key_PageDown:
                self._go_to(min(last, self.current + _MOST_ROWS - 1))
            case Qt.Key.Key_PageUp:
                self._go_to(max(0, self.current - _MOST_ROWS + 1))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self.current)
            case Qt.Key.Key_Escape:
                self.dismiss()
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                return True
            case _:
                return False
        return True

    def _fill(self, typed: str) -> None:
        rows = ranked(self._all, typed, self._used)
        if typed.strip():
            possible = sum(not each.why_not for each in rows)  # what cannot be done stands last
            rows.insert(possible, self._search_for(typed.strip()))
        self.model.show(rows)
        self._place()
        self._go_to(0)

    def _go_to(self, row: int) -> None:
        index = self.model.index(row, 0)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index)
        if self.isVisible() and index.isValid():
            announce(self.line, self.model.rows[row].spoken)

    def _choose(self, row: int) -> None:
        if not 0 <= row < self.model.rowCount():
            return
        choice = self.model.rows[row]
        if choice.why_not:
            announce(self.line, choice.why_not)
            return
        self._used = [choice.name, *(each for each in self._used if each != choice.name)]
        del self._used[_REMEMBERED:]
        self._remember(self._used)
        self.dismiss()
        choice.act()

    def _place(self) -> None:
        """Stand over the middle, as high as the rows need."""
        around = self._window.rect()
        width_px = min(_WIDTH_PX, around.width() - 2 * _EDGE_PX) + 2 * _SHADOW_PX
        rows_px = sum(row_height_px(each) for each in self.model.rows[:_MOST_ROWS])
        edge_px = 2 * (_SHADOW_PX + _PADDING_PX)
        height_px = self.line.minimumHeight() + edge_px + (_PADDING_PX + rows_px if rows_px else 0)
        top_px = min(around.height() // 8, 96)
        height_px = min(height_px, around.height() - top_px - _EDGE_PX)
        self.setGeometry((around.width() - width_px) // 2, top_px, width_px, height_px)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the area, its shadow, and the line below what is typed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        area = self.rect().adjusted(_SHADOW_PX, _SHADOW_PX, -_SHADOW_PX, -_SHADOW_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 18 if tokens.is_dark else 6))
        for spread in range(_SHADOW_PX, 0, -1):
            painter.drawRoundedRect(area.adjusted(-spread, -spread, spread, spread), 14, 14)
        painter.setBrush(QColor(tokens.raised))
        painter.setPen(QPen(QColor(tokens.hover), 1))
        painter.drawRoundedRect(area, 10, 10)
        if self.model.rowCount():
            below_px = self.line.geometry().bottom() + _PADDING_PX // 2
            painter.drawLine(area.left() + 1, below_px, area.right() - 1, below_px)
        painter.end()


def row_height_px(choice: Choice) -> int:
    """How high a row is: one that cannot be chosen has its reason below it."""
    return scaled_px(_ROW_PX + (_REASON_PX if choice.why_not else 0))


class _RowDelegate(QStyledItemDelegate):
    """Paints what it does, where it stands and its key, in three columns."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        """How high the row is; as wide as the list."""
        return QSize(0, row_height_px(index.data(ChoiceRole)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a row."""
        choice: Choice = index.data(ChoiceRole)
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(option.rect, 6, 6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(tokens.fill))
            painter.drawRoundedRect(option.rect, 6, 6)
        row = QRect(option.rect.topLeft(), QSize(option.rect.width(), scaled_px(_ROW_PX)))
        middle = Qt.AlignmentFlag.AlignVCenter
        ends = trailing(option.widget)
        is_mirrored = option.widget.isRightToLeft()
        mirrored = Qt.LayoutDirection.RightToLeft if is_mirrored else Qt.LayoutDirection.LeftToRight

        def write(left_px: int, width_px: int, text: str, color: str, at_end: bool) -> None:
            place = QStyle.visualRect(
                mirrored, row, QRect(row.left() + left_px, row.top(), width_px, row.height())
            )
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width_px)
            painter.setPen(QColor(color))
            side = ends if at_end else leading(option.widget)
            painter.drawText(place, int(side | middle), shown)

        secondary = tokens.chosen if is_chosen else tokens.secondary
        small = text_font(option.font, SMALL_PX, figures=True)
        painter.setFont(small)
        keys_px = painter.fontMetrics().horizontalAdvance(choice.keys) + 2
        place_px = painter.fontMetrics().horizontalAdvance(choice.place) + 2
        end_px = row.width() - 10
        write(end_px - keys_px, keys_px, choice.keys, secondary, at_end=True)
        end_px -= max(keys_px, scaled_px(84)) + 8
        if end_px - place_px > row.width() // 2:
            write(end_px - place_px, place_px, choice.place, secondary, at_end=True)
            end_px -= place_px + 12
        else:
            end_px = row.width() - 10 - keys_px - 12
        painter.setFont(text_font(option.font, BODY_PX))
        color = secondary if choice.why_not else tokens.text
        write(_TEXT_LEFT_PX, end_px - _TEXT_LEFT_PX, choice.text, color, at_end=False)
        if choice.is_checked:
            side_px = 16
            tick = QRect(row.left() + 10, row.center().y() - 7, side_px, side_px)
            icons.icon("check", QColor(secondary)).paint(
                painter, QStyle.visualRect(mirrored, row, tick)
            )
        if choice.why_not:
            painter.setFont(small)
            row = QRect(row.left(), row.bottom() - 4, option.rect.width(), scaled_px(_REASON_PX))
            write(_TEXT_LEFT_PX, row.width() - _TEXT_LEFT_PX - 10, choice.why_not, secondary, False)
        painter.restore()
