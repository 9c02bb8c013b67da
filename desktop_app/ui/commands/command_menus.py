"""The commands as menus: the bar at the top, and the menu of the right mouse button."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop_app.ui.commands.command_book import CommandBook, Menu
from desktop_app.ui.words.language import tr


def menu_title(menu: Menu) -> str:
    """What a menu is called in the bar, with ``&`` before its letter."""
    return {
        Menu.FILE: tr("Menus", "&File"),
        Menu.EDIT: tr("Menus", "&Edit"),
        Menu.VIEW: tr("Menus", "&View"),
        Menu.PICTURE: tr("Menus", "&Picture"),
        Menu.SEARCH: tr("Menus", "&Search"),
        Menu.HELP: tr("Menus", "&Help"),
    }[menu]


def fill_bar(bar: QMenuBar, book: CommandBook) -> None:
    """Put all menus into the bar of a window."""
    for menu in Menu:
        if book.entries_of(menu):
            below = command_menu(book, menu, bar)
            below.setTitle(menu_title(menu))
            bar.addMenu(below)


def command_menu(book: CommandBook, which: Menu, parent: QWidget) -> QMenu:
    """Make a menu of the commands of one kind."""
    menu = QMenu(parent)
    group: int | None = None
    below: dict[str, QMenu] = {}
    for entry in book.entries_of(which):
        if group not in (None, entry.command.group):
            menu.addSeparator()
        group = entry.command.group
        title = entry.command.below
        if title and title not in below:
            below[title] = menu.addMenu(title)
            below[title].setToolTipsVisible(True)
        below.get(title, menu).addAction(entry.action)
    menu.setToolTipsVisible(True)
    menu.aboutToShow.connect(lambda: book.refresh(which))
    # Later: what was chosen is triggered after the menu has gone.
    menu.aboutToHide.connect(lambda: QTimer.singleShot(0, book, book.let_go))
    return menu


def show_menu(menu: QMenu, at: QPoint) -> None:
    """Open a menu and let it go when it closes."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
