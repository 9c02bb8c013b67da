"""The left side of the window: the library, its folders, saved searches, ratings and tags."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.engine.query_language.parts import Part
from desktop_app.engine.records import FolderTreeState, Query, TreeFolder, WatchState
from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui.folders.folder_signs import Work
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.sidebar import sidebar_items
from desktop_app.ui.sidebar.sidebar_items import RowKind, SidebarContent, SidebarItem
from desktop_app.ui.sidebar.sidebar_menu import menu_of
from desktop_app.ui.sidebar.sidebar_model import SidebarModel
from desktop_app.ui.sidebar.sidebar_view import SidebarView
from desktop_app.ui.words.language import tr

WIDTH_PX = 240
NARROWEST_PX, WIDEST_PX = 180, 400


class Sidebar(QWidget):
    """Shows what it is given and says what the user asks for; knows nothing of the library.

    Attributes:
        content: What is listed.
        view: The rows.
    """

    library_asked = Signal()
    part_asked = Signal(object, bool)
    """Pictures that fulfil a `Part`; True where it should come beside what is searched for, or
    go from it if it is there."""
    search_asked = Signal(SavedSearch)
    renamed = Signal(SavedSearch, str)
    removal_asked = Signal(SavedSearch)
    tag_renamed = Signal(str, str)
    tag_removal_asked = Signal(str)
    opening_asked = Signal(str)
    """The path of a folder to show in the system's file manager."""
    look_asked = Signal(str)
    """The path of a folder that may have changed."""
    problems_asked = Signal(str)
    """The path of a folder of which files are not indexed."""
    panel_asked = Signal(TreeFolder, bool)
    """A folder to show in the panel of folders; True where it should be forgotten."""
    chosen = Signal()
    """Something was asked for that the grid shows."""
    appeared = Signal()
    """It is seen now, and was not before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("Sidebar", "Sidebar"))
        self.content = SidebarContent()
        self._model = SidebarModel(self.content, self)
        self.view = SidebarView(self._model, theme, self)
        self.view.setAccessibleName(tr("Sidebar", "Folders, searches and tags"))
        self._query = Query()
        self._search_id: int | None = None
        self._has_tree = False
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 4, 0, 0)
        around.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.view.asked.connect(lambda item, is_added: self.ask(item, is_added=is_added))
        self.view.menu_asked.connect(self._open_menu)
        self.view.removal_asked.connect(self._remove)
        theme.changed.connect(self.update)

    # What is shown

    def show_tree(self, tree: FolderTreeState) -> None:
        """List the folders."""
        self.content.tree, self.content.is_known = tree, True
        self._refresh()
        if not self._has_tree and len(tree.tops) == 1 and not self.view.open_keys:
            self.view.open_row(sidebar_items.folder_key(tree.tops[0]))  # one folder is a start
        self._has_tree = self._has_tree or bool(tree.tops)

    def show_watch(self, states: Mapping[int, WatchState]) -> None:
        """Say how roots are followed, by their ids."""
        self.content.watch = states
        self.view.viewport().update()

    def show_work(self, work: Work) -> None:
        """Say what is being indexed."""
        if work != self.content.work:
            self.content.work = work
            self.view.viewport().update()

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """List the saved searches; what is known of their pictures stays."""
        content = self.content
        content.searches = {search.id: search for search in searches}
        content.found = {key: content.found.get(key) for key in content.searches}
        content.broken = {search.id: _loss(search) for search in searches if search.lost}
        self._refresh()

    def show_count(self, search_id: int, count: int | None) -> None:
        """Say how many pictures a saved search finds; None where it cannot be answered."""
        if search_id in self.content.searches:
            self.content.found[search_id] = count
            self.view.viewport().update()

    def show_labels(self, ratings: Sequence[int], tags: Mapping[str, int]) -> None:
        """List ratings and tags.

        Args:
            ratings: How many pictures have no rating, and one to five stars.
            tags: How many pictures have each tag, in order.
        """
        self.content.ratings, self.content.tags = ratings, dict(tags)
        self._refresh()

    def show_query(self, query: Query) -> None:
        """Mark what is searched for."""
        self._query = query
        self._mark()

    def show_current(self, search_id: int | None) -> None:
        """Mark the saved search that is what is searched for, if it is one."""
        self._search_id = search_id
        self._mark()

    def forbid_changes(self) -> None:
        """Offer nothing that would change the library."""
        self.content.is_fixed = True
        self._refresh()

    def _refresh(self) -> None:
        self._model.refresh()
        self._mark()

    def _mark(self) -> None:
        keys = self.content.keys_of(self._query)
        if self._search_id is not None:
            keys |= {sidebar_items.search_key(self._search_id)}
        self.view.set_current(keys)

    # What the user asks for

    def ask(self, item: SidebarItem, *, is_added: bool = False) -> None:
        """Ask for what a row stands for.

        Args:
            item: The row.
            is_added: Whether it should come beside what is searched for, where it can.
        """
        part: Part | None = self.content.part(item.key)
        if item.search is not None:
            self.search_asked.emit(item.search)
        elif part is not None:
            self.part_asked.emit(part, is_added)
        elif item.is_choice:
            self.library_asked.emit()
        if not is_added:
            self.chosen.emit()

    def _open_menu(self, item: SidebarItem, at: QPoint) -> None:
        menu = menu_of(self, item, is_fixed=self.content.is_fixed)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(at)

    def _remove(self, item: SidebarItem) -> None:
        if self.content.is_fixed:
            return
        if item.search is not None:
            self.removal_asked.emit(item.search)
        elif item.kind is RowKind.TAG:
            self.tag_removal_asked.emit(item.name)

    def showEvent(self, event: QShowEvent) -> None:
        """Say that it is seen."""
        super().showEvent(event)
        self.appeared.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the area."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.raised))
        painter.end()


def _loss(search: SavedSearch) -> str:
    if search.lost == 1:
        return tr("Sidebar", "A picture it was made with has left the library.")
    text = tr("Sidebar", "{number} pictures it was made with have left the library.")
    return text.format(number=search.lost)
