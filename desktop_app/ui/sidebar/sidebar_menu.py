"""What can be done with a row of the sidebar, as a menu."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from desktop_app.engine.records import TreeFolder
from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui.sidebar.sidebar_items import RowKind, SidebarItem
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

if TYPE_CHECKING:
    from desktop_app.ui.sidebar.sidebar import Sidebar


def menu_of(sidebar: "Sidebar", item: SidebarItem, *, is_fixed: bool) -> QMenu:
    """The menu of a row; empty where there is nothing to do with it.

    Args:
        sidebar: Says what is asked for.
        item: The row.
        is_fixed: Whether nothing of the library can be changed.
    """
    menu = QMenu(sidebar)
    menu.aboutToHide.connect(menu.deleteLater)
    if not item.is_choice:
        return menu
    if item.kind is not RowKind.SEARCH or is_fixed:
        _add(menu, tr("Sidebar", "Show only these"), lambda: sidebar.ask(item))
    if sidebar.content.part(item.key) is not None:
        text = tr("Sidebar", "Add to the search")
        _add(menu, text, lambda: sidebar.ask(item, is_added=True))
    if item.folder is not None:
        _add_folder(menu, sidebar, item.folder, is_fixed=is_fixed)
    elif item.search is not None and not is_fixed:
        _add_search(menu, sidebar, item.search)
    elif item.kind is RowKind.TAG and not is_fixed:
        _add_tag(menu, sidebar, item.name)
    return menu


def _add_folder(menu: QMenu, sidebar: "Sidebar", folder: TreeFolder, *, is_fixed: bool) -> None:
    menu.addSeparator()
    if not folder.is_offline:
        _add(
            menu,
            tr("Sidebar", "Open in file manager"),
            lambda: sidebar.opening_asked.emit(folder.path),
        )
    if not is_fixed and not folder.is_offline and not folder.is_single:
        _add(
            menu,
            tr("Sidebar", "Look for changes here"),
            lambda: sidebar.look_asked.emit(folder.path),
        )
    if folder.all_failed:
        files = wording.count(folder.all_failed)
        text = tr("Sidebar", "Files not indexed here ({number})…").format(number=files)
        _add(menu, text, lambda: sidebar.problems_asked.emit(folder.path))
    if folder.is_top:
        menu.addSeparator()
        if folder.is_offline and not is_fixed:
            text = tr("Sidebar", "Locate…")
            _add(menu, text, lambda: sidebar.panel_asked.emit(folder, False))
        _add(
            menu,
            tr("Sidebar", "Show in Folders"),
            lambda: sidebar.panel_asked.emit(folder, False),
        )
        if not is_fixed:
            text = tr("Sidebar", "Forget…")
            _add(menu, text, lambda: sidebar.panel_asked.emit(folder, True))


def _add_search(menu: QMenu, sidebar: "Sidebar", search: SavedSearch) -> None:
    def rename(name: str) -> None:
        sidebar.renamed.emit(search, name)

    title = tr("Sidebar", "Rename the search")
    _add(menu, tr("Sidebar", "Rename…"), lambda: _ask_name(sidebar, title, search.name, rename))
    _add(menu, tr("Sidebar", "Remove"), lambda: sidebar.removal_asked.emit(search))


def _add_tag(menu: QMenu, sidebar: "Sidebar", tag: str) -> None:
    def rename(name: str) -> None:
        sidebar.tag_renamed.emit(tag, name)

    title = tr("Sidebar", "Rename the tag")
    menu.addSeparator()
    _add(menu, tr("Sidebar", "Rename…"), lambda: _ask_name(sidebar, title, tag, rename))
    text = tr("Sidebar", "Remove from all pictures")
    _add(menu, text, lambda: sidebar.tag_removal_asked.emit(tag))


def _add(menu: QMenu, text: str, act: Callable[[], object]) -> None:
    menu.addAction(text).triggered.connect(lambda _is_checked=False: act())


def _ask_name(parent: QWidget, title: str, name: str, take: Callable[[str], None]) -> None:
    """Ask for another name; an empty one, or the same, changes nothing."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(tr("Sidebar", "What should it be called?"))
    dialog.setTextValue(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def chosen(text: str) -> None:
        if text.strip() and text.strip() != name:
            take(text.strip())

    dialog.textValueSelected.connect(chosen)
    dialog.open()
