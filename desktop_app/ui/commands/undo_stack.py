"""What can be taken back, newest first."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

DEPTH = 100

MOST_BYTES = 64 * 1024 * 1024
"""What all of it may hold together, apart from the newest: 100 moves of 100,000 pictures would be
half a gigabyte for a way back that nobody goes."""


@dataclass(frozen=True, slots=True, eq=False)
class Undoable:
    """Something that was done; each is only equal to itself.

    Attributes:
        text: What it was, as the menu says it after *Undo*, such as ``Move to trash``.
        undo: Takes it back; None where what serves `kind` does.
        kind: What sort of change of the library it was; empty for one of a window alone.
        what: What was done, for what takes it back.
        place: The stack of the window that it belongs to; None for a change of the library.
        held_bytes: About how much memory is kept for that.
    """

    text: str
    undo: Callable[[], object] | None = None
    kind: str = ""
    what: Any = None
    place: "UndoStack | None" = None
    held_bytes: int = 0


class UndoLog(QObject):
    """Holds the last things that were done in all windows of a library.

    The oldest are forgotten, where they are many or hold much; the newest never is.
    """

    changed = Signal()
    """Something else would be taken back next, in some window."""
    taken = Signal(object)
    """An `Undoable` is taken back now, in some window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.done: deque[Undoable] = deque(maxlen=DEPTH)

    def note(self, done: Undoable) -> Undoable:
        """Note something that was done."""
        self.done.append(done)
        held = sum(each.held_bytes for each in self.done)
        while held > MOST_BYTES and len(self.done) > 1:
            held -= self.done.popleft().held_bytes
        self.changed.emit()
        return done

    def take(self, done: Undoable) -> bool:
        """Take something off, because it is taken back now.

        Returns:
            Whether it was there.
        """
        if done not in self.done:
            return False
        self.done.remove(done)
        self.changed.emit()
        self.taken.emit(done)
        return True

    def forget(self, place: "UndoStack") -> None:
        """Forget what belongs to a window that closes."""
        self.done = deque((each for each in self.done if each.place is not place), DEPTH)
        self.changed.emit()


class UndoStack(QObject):
    """What can be taken back in one window, whatever part of it did it.

    What was done to the library can be taken back in every window, what was done to a search only
    in the window it was done in; in each, the newest goes first.

    Args:
        log: What the windows of a library share; None for a window that is alone.
        parent: Its owner.
    """

    changed = Signal()
    """Something else would be taken back next; see `text`."""

    def __init__(self, log: UndoLog | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log or UndoLog(self)
        self._servants: dict[str, Callable[[Any], object]] = {}
        self._log.changed.connect(self.changed)

    @property
    def text(self) -> str:
        """What would be taken back next; empty for nothing."""
        newest = self._newest()
        return newest.text if newest is not None else ""

    def serve(self, kind: str, take_back: Callable[[Any], object]) -> None:
        """Say who takes back changes of the library of one kind when this window is asked.

        Args:
            kind: Which kind.
            take_back: Takes back what was noted, and says itself what could not be.
        """
        self._servants[kind] = take_back

    def push(self, text: str, undo: Callable[[], object]) -> Undoable:
        """Note something that was done in this window and concerns no other.

        Args:
            text: What it was.
            undo: Takes it back, and says itself what could not be.

        Returns:
            What `take_back` is told, by a button that is about this and nothing newer.
        """
        return self._log.note(Undoable(text, undo, place=self))

    def push_change(self, text: str, kind: str, what: object, held_bytes: int = 0) -> Undoable:
        """Note a change of the library, which can be taken back in every window.

        Args:
            text: What it was.
            kind: Of which kind; each window has somebody who serves it.
            what: What was done.
            held_bytes: About how much memory is kept for that.
        """
        return self._log.note(Undoable(text, kind=kind, what=what, held_bytes=held_bytes))

    def undo(self) -> None:
        """Take back the newest; nothing where there is none."""
        newest = self._newest()
        if newest is not None:
            self.take_back(newest)

    def take_back(self, done: Undoable) -> None:
        """Take back one thing, wherever it stands; nothing where it was taken back already."""
        if not self._log.take(done):
            return
        if done.undo is not None:
            done.undo()
        else:
            self._servants[done.kind](done.what)

    def close(self) -> None:
        """Forget what belongs to this window."""
        self._log.forget(self)

    def _newest(self) -> Undoable | None:
        for each in reversed(self._log.done):
            if each.place is None or each.place is self:
                return each
        return None
