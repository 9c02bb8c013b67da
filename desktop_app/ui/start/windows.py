"""Opens the windows, closes them together, and leads to them what comes from outside."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages.job_messages import JobMessages
from desktop_app.ui.system.desktop_messages import DesktopMessages
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.session import Session
from desktop_app.ui.window.window_place import put_beside
from desktop_app.ui.work.turns import Turns

DESKTOP_FILE = "image-seeker"


class Windows(QObject):
    """All windows of a session.

    Args:
        session: What they share.
        theme: What they look like.

    Attributes:
        session: The same.
        reopening: What is to be done before the library is opened for new windows; set when the
            user has asked for something that needs all of them closed.
    """

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self._theme = theme
        self.reopening: Callable[[], object] | None = None
        self._turns = Turns(self)
        self._awaited = 0
        session.windows.leaving_soon.connect(self._turns.finish)
        messages = DesktopMessages(
            QApplication.applicationName(), DESKTOP_FILE, icons.application_icon(), self
        )
        messages.clicked.connect(self.come_forward)
        self._messages = JobMessages(
            session.jobs,
            messages,
            lambda: session.windows.are_seen,
            lambda: session.memory.tells_of_ends,
            parent=self,
        )
        session.restoring_asked.connect(self.reopen)

    def open_as_left(self) -> None:
        """Open as many windows as were closed together last, each as it was.

        The one used last says so where the program did not come to its end last time.
        """
        folder = self.session.data_dir
        for number in range(WindowMemory(folder).other_count):
            self._open(WindowMemory(folder, number))
        front = self._open(WindowMemory(folder))
        self.session.windows.use(front)
        self.come_forward()
        front.shell.support.begin()

    def open_beside(self, window: MainWindow) -> None:
        """Open one more window that is like another one, but shows the whole library.

        It is made in several turns of the event loop, so that the others answer meanwhile, and
        comes once it is whole.
        """
        if self._turns.are_over:
            self._awaited = 0
            self._make_beside(window)
        else:
            self._awaited += 1

    def _make_beside(self, other: MainWindow) -> None:
        memory = WindowMemory(self.session.data_dir)
        other.remember()
        memory.become(other.memory)
        new = self._make(memory, self._turns)
        self._turns.add(partial(self._show_beside, new, other))

    def _show_beside(self, new: MainWindow, other: MainWindow) -> None:
        put_beside(new, other)
        new.come_forward()
        self.session.windows.use(new)
        if self._awaited:
            self._awaited -= 1
            self._make_beside(new)

    def come_forward(self) -> None:
        """Have the window that was used last be in front."""
        front = self.session.windows.front
        if front is not None:
            front.come_forward()

    def take(self, paths: Sequence[str]) -> None:
        """Come forward, and do with files and folders what is meant by opening them.

        Args:
            paths: Where they are, absolute; none for coming forward alone.
        """
        front = self.session.windows.front
        if front is not None:
            front.come_forward()
            front.drops.open(paths)

    def take_one(self, path: str) -> None:
        """Do with a file or folder what is meant by opening it."""
        self.take([path])

    def quit(self) -> None:
        """Close all windows; the next start opens as many."""
        self._turns.finish()
        open_now = self.session.windows.all
        if not open_now:
            return
        *others, last = open_now
        for window in others:
            window.close()
        last.end.others = [window.memory for window in others]
        last.close()

    def reopen(self, first: Callable[[], object]) -> None:
        """Close all windows, and come back with others that are as these were.

        Args:
            first: What is to be done before the library is opened again.
        """
        self.reopening = first
        self.quit()

    def close(self) -> None:
        """Leave nothing behind on the desktop, because all windows have gone."""
        self._messages.close()

    def _open(self, memory: WindowMemory) -> MainWindow:
        window = self._make(memory)
        window.show()
        return window

    def _make(self, memory: WindowMemory, turns: Turns | None = None) -> MainWindow:
        window = MainWindow(self.session, self._theme, memory, turns)
        window.new_asked.connect(self.open_beside)
        window.quit_asked.connect(self.quit)
        window.reopening_asked.connect(self.reopen)
        return window
