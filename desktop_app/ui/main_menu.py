"""The menu at the end of the header: what is used too seldom for a button of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.ui import icons
from desktop_app.ui.edge_menu import EdgeMenu
from desktop_app.ui.theme import Theme

MODELS_KEYS = "Ctrl+Shift+M"
FOLDERS_KEYS = "Ctrl+Shift+F"
GENTLE = "Slow down while I work"


@dataclass(frozen=True)
class MainActions:
    """What each entry does.

    Attributes:
        add_folder: Let the user pick a folder.
        rescan: Look through all folders again.
        open_folders: Show the folders.
        open_models: Show the models.
        set_gentle: Whether to work slowly, so that other programs stay quick.
    """

    add_folder: Callable[[], None]
    rescan: Callable[[], None]
    open_folders: Callable[[], None]
    open_models: Callable[[], None]
    set_gentle: Callable[[bool], None]


class MainMenu(EdgeMenu):
    """Names the keys too; the window's own shortcuts act on them, whether it is open or not.

    Args:
        actions: What the entries do.
        theme: For the icons.
        parent: Where it belongs.
    """

    def __init__(self, actions: MainActions, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons: list[tuple[QAction, str]] = []
        open_keys = QKeySequence(QKeySequence.StandardKey.Open)
        self._add("Add folder…", "folder-plus", open_keys, actions.add_folder)
        self._add("Look for changes", "refresh-cw", QKeySequence("F5"), actions.rescan)
        self.addSeparator()
        self._add("Folders…", "folders", QKeySequence(FOLDERS_KEYS), actions.open_folders)
        self._add("Models…", "boxes", QKeySequence(MODELS_KEYS), actions.open_models)
        self.addSeparator()
        self._gentle = QAction(GENTLE, self, checkable=True)
        self._gentle.toggled.connect(actions.set_gentle)
        self._gentle.toggled.connect(self._tint)
        self.addAction(self._gentle)
        theme.changed.connect(self._tint)
        self._tint()

    def set_gentle(self, is_gentle: bool) -> None:
        """Tick the entry, or not, as if by a click."""
        self._gentle.setChecked(is_gentle)

    def _add(self, label: str, icon: str, keys: QKeySequence, act: Callable[[], None]) -> None:
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        action = QAction(f"{label}\t{shown}", self)
        action.triggered.connect(lambda: act())
        self.addAction(action)
        self._icons.append((action, icon))

    def _tint(self) -> None:
        color = QColor(self._theme.tokens.secondary)
        for action, icon in self._icons:
            action.setIcon(icons.icon(icon, color))
        # The style's own tick is black in the dark theme too.
        is_gentle = self._gentle.isChecked()
        self._gentle.setIcon(icons.icon("check", color) if is_gentle else QIcon())
