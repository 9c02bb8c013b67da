"""The middle of the window: pictures, or else why there are none; at first, the first steps."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.welcome import middle
from desktop_app.ui.welcome.empty_state import EmptyState

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow

PATIENCE_MS = 300


class MiddleDesk(QObject):
    """Shows what fits the state of the window.

    Args:
        window: What it belongs to; its header and its grid are there already.
        theme: For the colours.

    Attributes:
        whole: The middle, with what is searched for above it.
        stack: Pictures, or what is said instead.
        empty: Says why there are no pictures.
    """

    def __init__(self, window: "MainWindow", theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self.empty = EmptyState(theme)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(window.grid)
        self.whole = QWidget()
        column = QVBoxLayout(self.whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(window.header.below)
        column.addWidget(self.stack, 1)
        self.whole.setFocusProxy(self.stack)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.refresh)

    def begin(self) -> None:
        """The window is there: for a moment, nothing has to be said."""
        self._patience.start()

    def refresh(self) -> None:
        """Show what is right now."""
        window = self._window
        steps = window.shell.steps_shown
        if steps is not None:
            self.stack.setCurrentWidget(steps)
            return
        library = window.arrival.library
        awaits_room = library is not None and library.awaits_room
        message = middle.message(
            window.results.shown,
            window.arrival.error,
            is_indexing=not window.indexing.is_idle,
            is_patient=self._patience.isActive(),
            add_folder=window.choose_folder,
            try_again=window.session.try_again,
            rescue=window.session.rescue.offer,
            unwritable=window.unwritable,
            try_to_write=window.session.try_to_write if awaits_room else None,
        )
        if message is None:
            self.stack.setCurrentWidget(window.grid)
        else:
            self.empty.show_message(message)
            self.stack.setCurrentWidget(self.empty)
