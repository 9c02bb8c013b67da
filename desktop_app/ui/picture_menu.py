"""What can be done with a picture, as a menu."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QColor, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.ui import icons
from desktop_app.ui.theme import Theme


@dataclass(frozen=True)
class PictureActions:
    """What each entry does.

    Attributes:
        open_file: Open it in its own program.
        show_in_folder: Show it in the file manager.
        copy_path: Put the paths of all selected pictures on the clipboard.
        find_similar: Search by it.
        more_like: Ask for more like all selected pictures; None where nothing is searched for.
        less_like: Ask for less like them; None where nothing is searched for.
    """

    open_file: Callable[[], None]
    show_in_folder: Callable[[], None]
    copy_path: Callable[[], None]
    find_similar: Callable[[], None]
    more_like: Callable[[], None] | None = None
    less_like: Callable[[], None] | None = None


def picture_menu(actions: PictureActions, selected: int, theme: Theme, parent: QWidget) -> QMenu:
    """Make the menu.

    Args:
        actions: What the entries do.
        selected: How many pictures are selected; what makes sense for one alone is greyed else.
        theme: For the icons.
        parent: Where it belongs.
    """
    menu = QMenu(parent)
    is_one = selected == 1
    these = "this" if is_one else "these"
    entries = [
        ("Find similar", "images", actions.find_similar, is_one),
        ("Open", "external-link", actions.open_file, is_one),
        ("Show in file manager", "folder-open", actions.show_in_folder, is_one),
        ("Copy path" if is_one else f"Copy {selected} paths", "copy", actions.copy_path, True),
    ]
    liking = [
        (label, name, act, True)
        for label, name, act in (
            (f"More like {these}", "thumbs-up", actions.more_like),
            (f"Less like {these}", "thumbs-down", actions.less_like),
        )
        if act is not None
    ]
    entries[1:1] = liking
    for label, name, act, is_enabled in entries:
        action = QAction(icons.icon(name, QColor(theme.tokens.secondary)), label, menu)
        action.setEnabled(is_enabled)
        action.triggered.connect(act)
        menu.addAction(action)
        if label == (liking[-1][0] if liking else entries[0][0]):
            menu.addSeparator()
    menu.actions()[-1].setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    return menu


def show_menu(menu: QMenu, at: QPoint) -> None:
    """Open a menu and let it go when it closes."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
