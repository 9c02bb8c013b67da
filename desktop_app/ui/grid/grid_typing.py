"""Letters that are typed while the grid has the keyboard."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

_SHORTEST_PAUSE_MS = 1000
_BEGINNINGS = '"-'
"""Signs with which a search may begin; others are keys of the viewer that came too late."""
_COMMAND_KEYS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class GridTyping(QObject):
    """One behaviour for each order: among names they lead to a name, else they begin a search.

    Attributes:
        is_by_name: Whether the pictures are in the order of their names.
    """

    sought = Signal(str, bool)
    """What a name is to begin with; whether the next one that does is meant, not this one."""
    searched = Signal(str)
    """What a search begins with."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_by_name = False
        self._typed = ""
        pause_ms = max(_SHORTEST_PAUSE_MS, QGuiApplication.styleHints().keyboardInputInterval())
        self._pause = QTimer(self, singleShot=True, interval=pause_ms)
        self._pause.timeout.connect(self.stop)

    @property
    def is_in_name(self) -> bool:
        """Whether a name has been begun, so that a space belongs to it."""
        return bool(self._typed)

    def key(self, event: QKeyEvent) -> bool:
        """Take a key.

        Returns:
            Whether it was a letter that did something. A space is one within a name only.
        """
        text = event.text()
        if not text or not text.isprintable() or event.modifiers() & _COMMAND_KEYS:
            return False
        if text.isspace() and not self._typed:
            return False
        if not self.is_by_name:
            if not (text[0].isalnum() or text in _BEGINNINGS):
                return False
            self.searched.emit(text)
            return True
        self._typed += text
        self._pause.start()
        # The same letter again: the next of its names, where none begins with two of them.
        self.sought.emit(self._typed, len(set(self._typed)) == 1)
        return True

    def stop(self) -> None:
        """What is typed next begins another name."""
        self._pause.stop()
        self._typed = ""
