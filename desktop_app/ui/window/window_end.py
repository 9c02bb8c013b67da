"""Lets a window go: the last one ends everything, another one only what nobody sees any more."""

import logging
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.window.session import Session
from desktop_app.ui.work.tasks import Lanes

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow

_log = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 10.0


class WindowEnd(QObject):
    """Stands between a window that is closed and what goes on.

    Args:
        window: The window.
        session: What it shares with others.
        lanes: What is done in the background for it alone.

    Attributes:
        others: What the windows remember that have just been closed together with this one.
    """

    def __init__(self, window: "MainWindow", session: Session, lanes: Lanes) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._lanes = lanes
        self._has_come = False
        self.others: Sequence[WindowMemory] = ()

    def come(self) -> None:
        """The window is closed; a second call does nothing."""
        if self._has_come:
            return
        self._has_come = True
        self._session.windows.leaving_soon.emit()
        window = self._window
        window.viewer.full_screen.leave()
        window.remember()
        window.shell.close()
        window.hide()
        window.thumbnails.close()
        if self._session.windows.leave(window):
            window.memory.keep_others(self.others)
            self._end_all()
        else:
            window.undo.close()
            self._lanes.leave()

    def has_passed(self) -> bool:
        """Whether all is done that was asked for in the window, which was closed."""
        window = self._window
        is_asked = window.folders_desk.is_busy or window.models_desk.is_busy
        if is_asked or self._lanes.are_busy:
            return False
        self._lanes.stop()
        return self.wait(0.0)

    def stop(self) -> None:
        """Cancel what goes on in the background for this window."""
        self._window.folders_desk.stop()
        self._window.thumbnails.close()
        self._lanes.stop()

    def wait(self, timeout_s: float) -> bool:
        """Wait for what goes on to end after `stop`.

        Returns:
            Whether it has.
        """
        return self._lanes.close(timeout_s) and self._window.thumbnails.wait(timeout_s)

    def _end_all(self) -> None:
        """Stop everything in the background, wait for it within bounds, close the library."""
        until_s = time.monotonic() + CLOSE_TIMEOUT_S

        def left_s() -> float:
            return max(0.0, until_s - time.monotonic())

        session = self._session
        ends = [self, *(window.end for window in session.windows.leaving)]
        session.stop()
        for end in ends:
            end.stop()
        # Only now: one may wait for what another holds.
        have_ended = [end.wait(left_s()) for end in ends]
        if session.wait(left_s()) and all(have_ended):
            session.close()
        else:
            # The catalog stands a process that ends; it would not stand being closed in use.
            _log.warning("Some background work did not stop in time")
            session.leave()
