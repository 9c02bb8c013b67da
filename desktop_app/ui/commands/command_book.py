"""Everything that can be done in the window, by name: menus, keys and the palette read it here."""

import enum
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.words.language import tr

_log = logging.getLogger(__name__)

_STEM_LETTERS = 3
"""Letters that a word and what is made of it have in common, such as rating and rate."""

Keys = str | QKeySequence.StandardKey
WhyNot = Callable[[], str]
"""Says why something cannot be done now, as a sentence; nothing where it can."""


class Menu(enum.Enum):
    """The menus of the menu bar, in order."""

    FILE = enum.auto()
    EDIT = enum.auto()
    VIEW = enum.auto()
    PICTURE = enum.auto()
    SEARCH = enum.auto()
    HELP = enum.auto()


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done.

    Attributes:
        name: What the program calls it, such as ``folder.add``.
        menu: Where it stands.
        text: What the user reads, with an ellipsis where more is asked first.
        group: Commands of a menu with the same number stand together, between lines.
        keys: Keys that do it; the first is shown.
        icon: Name of its icon; a switch shows whether it is on instead.
        is_switch: Whether it is on or off.
        in_palette: Whether the palette offers it.
        below: Title of the menu within the menu that it stands in; empty for none.
    """

    name: str
    menu: Menu
    text: str
    group: int = 0
    keys: Sequence[Keys] = ()
    icon: str = ""
    is_switch: bool = False
    in_palette: bool = True
    below: str = ""

    @property
    def full_text(self) -> str:
        """What it is called away from its menu: ``Order: Name``, but ``Groups by month``."""
        stem = self.below[:_STEM_LETTERS].casefold()
        if not stem or self.text.casefold().startswith(stem):
            return self.text
        return tr("Commands", "{menu}: {command}").format(menu=self.below, command=self.text)


@dataclass(frozen=True, slots=True)
class Entry:
    """A command with what makes it work.

    Attributes:
        command: What it is.
        action: For menus; its shortcut acts wherever the window has the keyboard.
        why_not: Why it cannot be done now.
    """

    command: Command
    action: QAction
    why_not: WhyNot

    @property
    def shown_keys(self) -> list[str]:
        """The keys that do it, as this system writes them."""
        native = QKeySequence.SequenceFormat.NativeText
        shown = (each.toString(native) for each in self.action.shortcuts())
        return [each for each in dict.fromkeys(shown) if each]


class CommandBook(QObject):
    """Holds the commands of a window.

    A command that cannot be done now is grey in menus, which ask when they open. Its key still
    acts: it says why not.

    Args:
        theme: For the icons.
        window: The window whose keys do them.
    """

    refused = Signal(str)
    """Why something that was asked for cannot be done now, as a sentence."""
    tinted = Signal()
    """The theme is another one, and so are the icons."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._entries: dict[str, Entry] = {}
        theme.changed.connect(self._tint)

    def add(
        self, command: Command, act: Callable[[], object], why_not: WhyNot = lambda: ""
    ) -> QAction:
        """Take a command.

        Args:
            command: What it is; its name must be new.
            act: Does it.
            why_not: Why it cannot be done now; asked each time.
        """
        action = self._enter(command, why_not)
        action.triggered.connect(lambda: self._do(command.name, act))
        return action

    def add_switch(self, command: Command, act: Callable[[bool], object]) -> QAction:
        """Take a switch.

        Args:
            command: What it is; its name must be new.
            act: Gets whether it is on now, whoever turned it.
        """
        action = self._enter(command, lambda: "")
        action.toggled.connect(act)
        action.toggled.connect(lambda _is_on: self._tint_one(self._entries[command.name]))
        return action

    def has(self, name: str) -> bool:
        """Whether there is a command of that name."""
        return name in self._entries

    def action(self, name: str) -> QAction:
        """What a menu shows of a command.

        Raises:
            KeyError: If there is none of that name.
        """
        return self._entries[name].action

    @property
    def entries(self) -> list[Entry]:
        """All of them, in the order of the menus."""
        order = list(Menu)
        return sorted(
            self._entries.values(),
            key=lambda each: (order.index(each.command.menu), each.command.group),
        )

    def entries_of(self, menu: Menu) -> list[Entry]:
        """Those of one menu, in order."""
        return [each for each in self.entries if each.command.menu is menu]

    def run(self, name: str) -> None:
        """Do something, or say why not."""
        self._entries[name].action.trigger()

    def refresh(self, menu: Menu | None = None) -> None:
        """Make grey what cannot be done now, for a menu that opens.

        Args:
            menu: Which one; None for all.
        """
        for entry in self._entries.values():
            if menu in (None, entry.command.menu):
                why = entry.why_not()
                entry.action.setEnabled(not why)
                entry.action.setToolTip(why)

    def let_go(self) -> None:
        """Let all keys act again, after a menu has closed."""
        for entry in self._entries.values():
            entry.action.setEnabled(True)

    def _enter(self, command: Command, why_not: WhyNot) -> QAction:
        if command.name in self._entries:
            raise ValueError(f"There is a command {command.name!r} already.")
        action = QAction(command.text, self, checkable=command.is_switch)
        action.setObjectName(command.name)
        action.setShortcuts(_keys(command.keys))
        action.setMenuRole(QAction.MenuRole.NoRole)  # macOS guesses by words otherwise
        self._window.addAction(action)
        self._entries[command.name] = entry = Entry(command, action, why_not)
        self._tint_one(entry)
        return action

    def _do(self, name: str, act: Callable[[], object]) -> None:
        why = self._entries[name].why_not()
        _log.debug("Command %s%s", name, " is refused" if why else "")
        if why:
            self.refused.emit(why)
        else:
            act()

    def _tint(self) -> None:
        for entry in self._entries.values():
            self._tint_one(entry)
        self.tinted.emit()

    def _tint_one(self, entry: Entry) -> None:
        name = entry.command.icon
        if entry.command.is_switch:
            # The style's own tick is black in the dark theme too.
            name = "check" if entry.action.isChecked() else ""
        color = QColor(self._theme.tokens.secondary)
        entry.action.setIcon(icons.icon(name, color) if name else QIcon())


def _keys(keys: Sequence[Keys]) -> list[QKeySequence]:
    """The keys of a command on this system, each once: given twice, a key would be ambiguous.

    ``Standard.Quit`` is Ctrl+Q on some desktops and nothing on others.
    """
    sequences = [QKeySequence(each) for each in keys]
    return [
        each
        for at, each in enumerate(sequences)
        if not each.isEmpty() and each not in sequences[:at]
    ]
