"""Covers the screen with the viewer, and puts away what is not the picture."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_MS = 2000


class FullScreen(QObject):
    """Makes the viewer's window cover the screen; after a while without the mouse the bars go.

    Args:
        viewer: What is to be alone on the screen.
        bars: Gives those of its parts that go; they come back with the mouse or Tab.
    """

    changed = Signal()
    """The screen is covered, or no longer."""
    bars_changed = Signal(bool)
    """Whether bars and pointer are shown."""

    def __init__(self, viewer: QWidget, bars: Callable[[], Sequence[QWidget]]) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._bars = bars
        self._others: Sequence[QWidget] = ()
        self._hidden: list[QWidget] = []
        self._is_on = False
        self._are_bars_shown = True
        self._before = Qt.WindowState.WindowNoState
        self._pointer = QPoint()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._hide_bars)

    @property
    def is_on(self) -> bool:
        """Whether the screen is covered."""
        return self._is_on

    @property
    def are_bars_shown(self) -> bool:
        """Whether bars and pointer are shown."""
        return self._are_bars_shown

    def set_others(self, others: Sequence[QWidget]) -> None:
        """Say what else is in the window, which goes while the screen is covered."""
        self._others = others

    def toggle(self) -> None:
        """Cover the screen, or give it back."""
        if self._is_on:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Cover the screen."""
        if self._is_on:
            return
        self._is_on = True
        window = self._viewer.window()
        self._before = window.windowState() & ~Qt.WindowState.WindowFullScreen
        self._hidden = [each for each in self._others if not each.isHidden()]
        for other in self._hidden:
            other.hide()
        window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
        self._pointer = QCursor.pos()
        self._patience.start()
        self.changed.emit()

    def leave(self) -> None:
        """Give the screen back, with the window as it was."""
        if not self._is_on:
            return
        self._is_on = False
        self._patience.stop()
        self._viewer.window().setWindowState(self._before)
        for other in self._hidden:
            other.show()
        self._hidden = []
        self.show_bars()
        self.changed.emit()

    def show_bars(self) -> None:
        """Show bars and pointer, for a while in full screen."""
        if self._is_on:
            self._patience.start()
        if not self._are_bars_shown:
            self._are_bars_shown = True
            self.bars_changed.emit(True)

    def follow_pointer(self, at: QPoint) -> None:
        """Show the bars if the mouse was moved.

        Args:
            at: Where it is on the screen.
        """
        # Qt tells of moves that are none, when something below the pointer is hidden.
        if at != self._pointer:
            self._pointer = at
            self.show_bars()

    def _hide_bars(self) -> None:
        """Hide them, unless the mouse was moved over them, or they are used."""
        at = QCursor.pos()
        focused = QApplication.focusWidget()
        is_used = focused is not None and any(each.isAncestorOf(focused) for each in self._bars())
        if at != self._pointer or is_used or QApplication.activePopupWidget() is not None:
            self._pointer = at
            self._patience.start()
        else:
            self._are_bars_shown = False
            self.bars_changed.emit(False)
