"""The windows that are open on one library, in the order in which they were used."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.ui.messages.notices import Notices

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow

_LOOK_MS = 200


class OpenWindows(QObject):
    """Knows them, lets messages be answered in any of them, and frees those that were closed.

    A window that is closed while others are open is not seen any more, but stays until what was
    asked for in it is done; what it then has to say, another one says.

    Args:
        parent: Its owner.
    """

    leaving_soon = Signal()
    """One is about to be closed; a window that is being made has to be whole before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: list[MainWindow] = []
        self._leaving: list[MainWindow] = []
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._free)

    @property
    def all(self) -> "list[MainWindow]":
        """Those that are open, the one used last at the end."""
        return list(self._open)

    @property
    def front(self) -> "MainWindow | None":
        """The one used last; None where none is open."""
        return self._open[-1] if self._open else None

    @property
    def leaving(self) -> "list[MainWindow]":
        """Those that were closed, and are there until what was asked for in them is done."""
        return list(self._leaving)

    @property
    def are_seen(self) -> bool:
        """Whether the user looks at one of them."""
        return any(each.isActiveWindow() for each in self._open)

    def join(self, window: "MainWindow") -> None:
        """One more is open."""
        # Not at the end: it counts as used once the user is there, if one is used already.
        self._open.insert(0, window)
        window.notices.answered.connect(partial(self._close_elsewhere, window.notices))
        window.notices.speaks = lambda: self.front is window

    def use(self, window: "MainWindow") -> None:
        """The user is in this one now."""
        if window in self._open and self._open[-1] is not window:
            self._open.remove(window)
            self._open.append(window)

    def leave(self, window: "MainWindow") -> bool:
        """One was closed.

        Returns:
            Whether it was the last one.
        """
        if window in self._open:
            self._open.remove(window)
        front = self.front
        if front is None:
            return True
        window.notices.hand_over(front.notices)
        self._leaving.append(window)
        self._timer.start()
        return False

    def report(self, text: str) -> None:
        """Say in the window used last that something stays wrong; from any thread."""
        front = self.front
        if front is not None:
            front.notices.report(text)

    def _close_elsewhere(self, answered: Notices, text: str) -> None:
        """What stays until it is answered was answered in one window: that is enough."""
        for each in self._open:
            if each.notices is not answered:
                each.notices.close_same(text)

    def _free(self) -> None:
        for window in [each for each in self._leaving if each.end.has_passed()]:
            self._leaving.remove(window)
            window.deleteLater()
        if not self._leaving:
            self._timer.stop()
