"""The sidebar's rows on the screen: mouse, keys, and what is open."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from desktop_app.ui.kit import keyboard_mark
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.sidebar.sidebar_items import RowKind
from desktop_app.ui.sidebar.sidebar_model import AnyIndex, SidebarModel
from desktop_app.ui.sidebar.sidebar_painter import Look, SidebarPainter

_Key = Qt.Key
MOST_REMEMBERED = 500
"""Open folders that are remembered: who opened more does not look for them again."""
_ROWS_AHEAD = 40
"""Below what is seen, in which more rows are made before somebody gets there."""


class SidebarView(QTreeView):
    """A tree without lines, in which sections take no room of their own in width.

    Args:
        model: The rows.
        theme: What they look like.
        parent: Where it belongs.
    """

    asked = Signal(object, bool)
    """A row (`SidebarItem`) was chosen; True if it should come beside what is searched for."""
    menu_asked = Signal(object, QPoint)
    """The menu of a row (`SidebarItem`) should open at this place of the screen."""
    removal_asked = Signal(object)
    """A row (`SidebarItem`) should go."""

    def __init__(self, model: SidebarModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._theme = theme
        self._open: dict[str, None] = {}
        self._closed_sections: set[str] = set()
        self._current: frozenset[str] = frozenset()
        self._painter = SidebarPainter(model, theme, self)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setAnimated(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setAutoFillBackground(False)
        self.setItemDelegate(self._painter)
        self.setModel(model)
        self._more = QTimer(self, singleShot=True, interval=0)  # not in the middle of laying out
        self._more.timeout.connect(self._make_more)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._more.start())
        self.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._more.start())
        model.rowsInserted.connect(self._open_known)
        model.refreshed.connect(self.viewport().update)
        self.expanded.connect(self._opened)
        self.collapsed.connect(self._closed)
        theme.changed.connect(self.viewport().update)
        self._open_known(QModelIndex(), 0, model.rowCount() - 1)

    # What is open, and what is marked

    @property
    def open_keys(self) -> list[str]:
        """The folders that are open, those opened last at the end, and the closed sections."""
        folders = list(self._open)[-MOST_REMEMBERED:]
        return [*folders, *(f"-{key}" for key in sorted(self._closed_sections))]

    def restore_open(self, keys: Collection[str]) -> None:
        """Open what was open before, now or once it is there."""
        self._open = {key: None for key in keys if not key.startswith("-")}
        self._closed_sections = {key[1:] for key in keys if key.startswith("-")}
        self._open_known(QModelIndex(), 0, self._rows.rowCount() - 1)

    def go_back_to(self, place_px: int) -> None:
        """Scroll to where one was when the window was closed."""
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place_px)

    def set_current(self, keys: frozenset[str]) -> None:
        """Mark the rows that are what is in the grid."""
        if keys != self._current:
            self._current = keys
            self.viewport().update()

    def open_row(self, key: str) -> None:
        """Show what is below a row."""
        index = self._rows.find(key)
        if index.isValid():
            self._show_below(index, is_shown=True)

    def reveal(self, key: str) -> None:
        """Open what is above a row, and lead to it."""
        index = self._rows.find(key)
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _open_known(self, parent: AnyIndex, first: int, last: int) -> None:
        for row, key in enumerate(self._rows.keys(parent, first, last), first):
            is_section = key.startswith("section:")
            is_open = key not in self._closed_sections if is_section else key in self._open
            if is_section or is_open:
                self.setExpanded(self._rows.index(row, 0, parent), is_open)

    def _opened(self, index: AnyIndex) -> None:
        item = self._rows.item(index)
        if item.kind is RowKind.SECTION:
            self._closed_sections.discard(item.key)
        else:
            self._open.pop(item.key, None)
            self._open[item.key] = None

    def _closed(self, index: AnyIndex) -> None:
        item = self._rows.item(index)
        if item.kind is RowKind.SECTION:
            self._closed_sections.add(item.key)
        else:
            self._open.pop(item.key, None)

    def _make_more(self) -> None:
        """Make rows that come next, where the end of those that were made is nearly seen."""
        index = self.indexAt(QPoint(1, 1))
        left = _ROWS_AHEAD + self.viewport().height() // max(1, self.visualRect(index).height())
        while index.isValid() and left:
            parent = index.parent()
            if index.row() == self._rows.rowCount(parent) - 1 and self._rows.has_more(parent):
                self._rows.make_more(parent)
                return  # they are laid out first; then the bar says so, and this looks again
            index, left = self.indexBelow(index), left - 1

    # Mouse and keys

    def keyboardSearch(self, search: str) -> None:
        """Lead to a row whose name begins so, among those beside the current one."""
        parent = self.currentIndex().parent()
        if self._rows.has_more(parent):
            self._rows.make_more(parent, all_of_them=True)
        super().keyboardSearch(search)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A chevron or a section's heading opens and closes; what else is pressed is chosen."""
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        item = self._rows.item(index)
        if item.kind is RowKind.SECTION or self._is_on_chevron(event.position().toPoint(), index):
            self._show_below(index, is_shown=not self.isExpanded(index))
        elif item.is_choice:
            self.setCurrentIndex(index)
            self.asked.emit(item, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Everything has happened when the button was pressed."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of two opens or closes a folder, the first has chosen it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._show_below(index, is_shown=not self.isExpanded(index))

    def _show_below(self, index: AnyIndex, *, is_shown: bool) -> None:
        # Rows that come while their parent opens would be laid out twice.
        if is_shown and self._rows.canFetchMore(index):
            self._rows.fetchMore(index)
        self.setExpanded(index, is_shown)

    def _is_on_chevron(self, point: QPoint, index: AnyIndex) -> bool:
        if not self._rows.hasChildren(index):
            return False
        from_edge = self.viewport().width() - point.x() if self.isRightToLeft() else point.x()
        return from_edge <= self._painter.chevron_end_px(self._depth(index))

    def _depth(self, index: AnyIndex) -> int:
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return max(0, depth - 1)  # a section stands above what it holds, but not before it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose, Delete removes; arrows and letters are Qt's."""
        index = self.currentIndex()
        item = self._rows.item(index) if index.isValid() else None
        if item is not None and event.key() in (_Key.Key_Plus, _Key.Key_Asterisk):
            # Qt's asterisk would open all folders of a disk at once.
            self._show_below(index, is_shown=True)
        elif item is None or event.key() not in (
            _Key.Key_Return,
            _Key.Key_Enter,
            _Key.Key_Space,
            _Key.Key_Delete,
        ):
            super().keyPressEvent(event)
        elif event.key() == _Key.Key_Delete:
            self.removal_asked.emit(item)
        elif item.kind is RowKind.SECTION:
            self.setExpanded(index, not self.isExpanded(index))
        elif item.is_choice:
            is_added = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.asked.emit(item, is_added)

    def event(self, event: QEvent) -> bool:
        """Take Delete and Space before the window's commands for pictures do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if is_plain and event.key() in (_Key.Key_Delete, _Key.Key_Space, _Key.Key_Return):
                event.accept()
                return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a row's menu."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        else:
            index, at = self.indexAt(event.pos()), event.globalPos()
        if index.isValid():
            self.menu_asked.emit(self._rows.item(index), at)

    def focusInEvent(self, event: object) -> None:
        """Begin at the row that is marked, or at the first."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid():
            marked = (self._rows.find(key) for key in self._current)
            index = next((each for each in marked if each.isValid()), self._rows.index(0, 0))
            self.setCurrentIndex(index)

    # Painting

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Tell how a row is to look, and paint it."""
        is_focused = self.hasFocus() and index == self.currentIndex()
        self._painter.look = Look(
            depth=self._depth(index),
            is_open=self.isExpanded(index),
            is_current=self._rows.item(index).key in self._current,
            is_focused=is_focused and keyboard_mark.is_marked(self),
        )
        super().drawRow(painter, options, index)

    def drawBranches(self, _painter: QPainter, _rect: object, _index: AnyIndex) -> None:
        """There are none."""
