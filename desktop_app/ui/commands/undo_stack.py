"""What can be taken back, newest first."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

DEPTH = 100


@dataclass(frozen=True, slots=True, eq=False)
class Undoable:
    """Something that was done; each is only equal to itself.

    Attributes:
        text: What it was, as the menu says it after *Undo*, such as ``Move to trash``.
        undo: Takes it back.
    """

    text: str
    undo: Callable[[], object]


class UndoStack(QObject):
    """Holds the last things that were done, whatever part of the window did them."""

    changed = Signal()
    """Something else would be taken back next; see `text`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: deque[Undoable] = deque(maxlen=DEPTH)

    @property
    def text(self) -> str:
        """What would be taken back next; empty for nothing."""
        return self._done[-1].text if self._done else ""

    def push(self, text: str, undo: Callable[[], object]) -> Undoable:
        """Note something that was done.

        Args:
            text: What it was.
            undo: Takes it back, and says itself what could not be.

        Returns:
            What `take_back` is told, by a button that is about this and nothing newer.
        """
        done = Undoable(text, undo)
        self._done.append(done)
        self.changed.emit()
        return done

    def undo(self) -> None:
        """Take back the newest; nothing where there is none."""
        if self._done:
            self.take_back(self._done[-1])

    def take_back(self, done: Undoable) -> None:
        """Take back one thing, wherever it stands; nothing where it was taken back already."""
        if done in self._done:
            self._done.remove(done)
            self.changed.emit()
            done.undo()
