"""The menu at the end of the header: what is used too seldom for a button of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.ui import icons
from desktop_app.ui.captions import Captions
from desktop_app.ui.edge_menu import EdgeMenu
from desktop_app.ui.theme import Theme

MODELS_KEYS = "Ctrl+Shift+M"
FOLDERS_KEYS = "Ctrl+Shift+F"
GENTLE = "Slow down while I work"
NAMES, DATES = "Show names", "Show dates"


@dataclass(frozen=True)
class MainActions:
    """What each entry does.

    Attributes:
        add_folder: Let the user pick a folder.
        rescan: Look through all folders again.
        open_folders: Show the folders.
        open_models: Show the models.
        set_gentle: Whether to work slowly, so that other programs stay quick.
        set_captions: Say what is to be written below the pictures.
    """

    add_folder: Callable[[], None]
    rescan: Callable[[], None]
    open_folders: Callable[[], None]
    open_models: Callable[[], None]
    set_gentle: Callable[[bool], None]
    set_captions: Callable[[Captions], None]


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
        self._changing = [
            self._add("Add folder…", "folder-plus", open_keys, actions.add_folder),
            self._add("Look for changes", "refresh-cw", QKeySequence("F5"), actions.rescan),
        ]
        self.addSeparator()
        self._add("Folders…", "folders", QKeySequence(FOLDERS_KEYS), actions.open_folders)
        self._add("Models…", "boxes", QKeySequence(MODELS_KEYS), actions.open_models)
        self.addSeparator()
        self._names, self._dates = self._add_switch(NAMES), self._add_switch(DATES)
        for switch in (self._names, self._dates):
            switch.toggled.connect(lambda: actions.set_captions(self.captions))
        self.addSeparator()
        self._gentle = self._add_switch(GENTLE)
        self._gentle.toggled.connect(actions.set_gentle)
        theme.changed.connect(self._tint)
        self._tint()

    def set_gentle(self, is_gentle: bool) -> None:
        """Tick the entry, or not, as if by a click."""
        self._gentle.setChecked(is_gentle)

    def forbid_changes(self) -> None:
        """Offer nothing that would change the library."""
        for action in self._changing:
            action.setEnabled(False)

    @property
    def captions(self) -> Captions:
        """What is to be written below the pictures, as ticked."""
        return Captions(names=self._names.isChecked(), dates=self._dates.isChecked())

    def set_captions(self, captions: Captions) -> None:
        """Tick the entries, or not, as if by clicks."""
        self._names.setChecked(captions.names)
        self._dates.setChecked(captions.dates)

    def _add_switch(self, label: str) -> QAction:
        switch = QAction(label, self, checkable=True)
        switch.toggled.connect(self._tint)
        self.addAction(switch)
        return switch

    def _add(self, label: str, icon: str, keys: QKeySequence, act: Callable[[], None]) -> QAction:
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        action = QAction(f"{label}\t{shown}", self)
        action.triggered.connect(lambda: act())
        self.addAction(action)
        self._icons.append((action, icon))
        return action

    def _tint(self) -> None:
        color = QColor(self._theme.tokens.secondary)
        for action, icon in self._icons:
            action.setIcon(icons.icon(icon, color))
        # The style's own tick is black in the dark theme too.
        for switch in (self._names, self._dates, self._gentle):
            switch.setIcon(icons.icon("check", color) if switch.isChecked() else QIcon())
