"""The left side of the window: the whole library, and the searches that the user keeps."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QInputDialog, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui import keyboard_mark
from desktop_app.ui.sidebar_row import SidebarRow
from desktop_app.ui.text_label import TextLabel, Tint
from desktop_app.ui.theme import SMALL_PX, Theme

WIDTH_PX = 208
NOTHING_SAVED = "Search for something, then save it with Ctrl+S. Its pictures are counted here."
NOTHING_IN_A_FIXED_ONE = "Nothing was saved in this library."
_EDGE_PX = 8


class Sidebar(QWidget):
    """Shows what it is given and says what the user asks for; knows nothing of the library."""

    library_asked = Signal()
    search_asked = Signal(SavedSearch)
    renamed = Signal(SavedSearch, str)
    removal_asked = Signal(SavedSearch)
    appeared = Signal()
    """It is seen now, and was not before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedWidth(WIDTH_PX)
        self.setAccessibleName("Sidebar")
        self.library = SidebarRow(theme, "images", "Library")
        self.library.clicked.connect(self.library_asked)
        self.library.set_current(True)
        self._is_fixed = False
        self._rows: dict[int, SidebarRow] = {}
        self._searches: dict[int, SavedSearch] = {}
        self._heading = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY, bold=True)
        self._heading.setContentsMargins(_EDGE_PX, 12, 0, 2)
        self._heading.say("Saved searches")
        self._nothing = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._nothing.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 0)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(_EDGE_PX, 4, _EDGE_PX, 8)
        self._column.setSpacing(2)
        for widget in (self.library, self._heading, self._nothing):
            self._column.addWidget(widget)
        self._first = self._column.count()
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)
        self.show_searches([])

    @property
    def rows(self) -> list[SidebarRow]:
        """Those of the saved searches, in order."""
        return list(self._rows.values())

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """List the saved searches; one that was there keeps its row."""
        focused = next((at for at, row in enumerate(self.rows) if row.hasFocus()), None)
        before, self._rows = self._rows, {}
        self._searches_missing(not searches)
        self._searches = {search.id: search for search in searches}
        previous = self.library
        for place, search in enumerate(searches, start=self._first):
            row = before.pop(search.id, None) or self._new_row(search.id)
            row.rename(search.name)
            self._rows[search.id] = row
            self._column.insertWidget(place, row)
            row.show()
            # A new widget is the last of its window for Tab.
            QWidget.setTabOrder(previous, row)
            previous = row
        if focused is not None:  # the keyboard stays where it was, though its row may be gone
            rows = self.rows or [self.library]
            keyboard_mark.give_focus(rows[min(focused, len(rows) - 1)])
        for row in before.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()

    def forbid_changes(self) -> None:
        """Offer no saving, renaming or removing."""
        self._is_fixed = True
        self._searches_missing(not self._rows)

    def _searches_missing(self, are_missing: bool) -> None:
        nothing = NOTHING_IN_A_FIXED_ONE if self._is_fixed else NOTHING_SAVED
        self._nothing.say(nothing if are_missing else "")

    def showEvent(self, event: QShowEvent) -> None:
        """Say that it is seen."""
        super().showEvent(event)
        self.appeared.emit()

    def show_count(self, search_id: int, count: int | None) -> None:
        """Say how many pictures a saved search finds."""
        row = self._rows.get(search_id)
        if row is not None:
            row.show_count(count)

    def show_current(self, search_id: int | None, *, is_library: bool) -> None:
        """Show what is in the grid.

        Args:
            search_id: The saved search, if it is one.
            is_library: Whether it is everything.
        """
        self.library.set_current(is_library)
        for one, row in self._rows.items():
            row.set_current(one == search_id)

    def _new_row(self, search_id: int) -> SidebarRow:
        row = SidebarRow(self._theme, "bookmark", "")
        row.clicked.connect(lambda: self.search_asked.emit(self._searches[search_id]))
        row.menu_asked.connect(lambda at: self._open_menu(search_id, at))
        row.removal_asked.connect(lambda: self.removal_asked.emit(self._searches[search_id]))
        return row

    def _open_menu(self, search_id: int, at: QPoint) -> None:
        if self._is_fixed:
            return
        search = self._searches[search_id]
        menu = QMenu(self)
        menu.addAction("Rename…").triggered.connect(lambda: self._rename(search))
        menu.addAction("Remove").triggered.connect(lambda: self.removal_asked.emit(search))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _rename(self, search: SavedSearch) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle("Rename the search")
        dialog.setLabelText("What should it be called?")
        dialog.setTextValue(search.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(
            lambda name: self.renamed.emit(search, name.strip()) if name.strip() else None
        )
        dialog.open()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the area."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        painter.end()
