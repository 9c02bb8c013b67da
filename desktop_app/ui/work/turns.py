"""Long work of the window's thread in pieces, between which it answers."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

Piece = Callable[[], object]


class Turns(QObject):
    """Does pieces of work in their order, one in each turn of the event loop.

    In between, keys and the mouse are heard and the window is painted. Where a piece fails, those
    that wait are given up: they would build on it.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Piece] = deque()
        # Begun anew for each piece: one that goes on fires again at once, in place of another timer
        # that was due as well but was begun anew by the piece.
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def are_over(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def add(self, *pieces: Piece) -> None:
        """Have these done after all that waits already."""
        self._waiting.extend(pieces)
        if self._waiting:
            self._timer.start()

    def finish(self) -> None:
        """Do all that waits at once, because it is needed now."""
        while self._waiting:
            self._go_on()

    def _go_on(self) -> None:
        piece = self._waiting.popleft()
        try:
            piece()
        except BaseException:
            self._waiting.clear()
            raise
        finally:
            if self._waiting:
                self._timer.start()
            else:
                self._timer.stop()
