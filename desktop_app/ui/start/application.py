"""Starts Qt, opens the windows and runs until they are closed."""

import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSocketNotifier, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from desktop_app import __version__
from desktop_app.engine.cancellation import ending_signals
from desktop_app.engine.paths import DataPaths
from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.library.rescue import LibraryRescuer
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages.faults import FaultHooks
from desktop_app.ui.start.display import require_display
from desktop_app.ui.start.single_window import SingleWindow, bring_other_forward
from desktop_app.ui.start.windows import DESKTOP_FILE, Windows
from desktop_app.ui.window.session import Session
from desktop_app.ui.window.window_title import TITLE
from desktop_app.ui.words.language import install_language
from desktop_app.ui.work.garbage import collected_here
from desktop_app.ui.work.python_lock import lock_passed_on

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library


def run(open_library: Callable[[], "Library"], paths: DataPaths, wanted: Sequence[str] = ()) -> int:
    """Open the window and run until all are closed; where one is open already, bring it forward.

    Args:
        open_library: Opens the library; called in the background once the window is there.
        paths: Where the library lies.
        wanted: Files and folders to open, absolute: folders are added, pictures searched by.

    Returns:
        Exit code.

    Raises:
        UserFacingError: If there is no display to open a window on, or there is too much to open.
    """
    require_display()
    if bring_other_forward(paths.data, wanted):
        return 0
    app = create_application()
    theme = Theme(app)
    theme.set_scheme(WindowMemory(paths.data).scheme)
    single = SingleWindow(paths.data)
    first: Callable[[], object] | None = None
    refused: Sequence[str] = ()
    try:
        while True:
            # Both are chosen in a window and count in the next ones.
            memory = WindowMemory(paths.data)
            install_language(app, memory.language)
            theme.set_text_percent(memory.text_percent)
            session = Session(open_library, paths.data, LibraryRescuer(paths), first)
            if refused:
                session.indexing.add(refused)
            windows = Windows(session, theme)
            code = _show(app, session, windows, single, wanted)
            if windows.reopening is None:
                return code
            first, wanted, refused = windows.reopening, (), session.indexing.refused_paths
    finally:
        single.close()


def _show(
    app: "Application",
    session: Session,
    windows: Windows,
    single: SingleWindow,
    wanted: Sequence[str],
) -> int:
    """Run until all windows are closed."""
    hooks = FaultHooks(session.windows.report)
    hooks.install()
    single.asked.connect(windows.take)
    app.file_opened.connect(windows.take_one)
    app.quit_asked.connect(windows.quit)
    try:
        with _ended_by_signals(windows.quit), collected_here(), lock_passed_on():
            windows.open_as_left()
            if wanted:
                windows.take(wanted)
            # A signal may have closed them by now, and Qt ends no loop that has not begun.
            QTimer.singleShot(0, app, lambda: session.windows.all or app.quit())
            return app.exec()
    finally:
        single.asked.disconnect(windows.take)
        app.file_opened.disconnect(windows.take_one)
        app.quit_asked.disconnect(windows.quit)
        windows.close()
        hooks.remove()


class Application(QApplication):
    """Qt's application object; there can be only one."""

    file_opened = Signal(str)
    """The system wants a file or folder opened: on macOS, one that was dropped on the icon."""
    quit_asked = Signal()
    """The system wants the program to end, and so all windows closed together."""

    def event(self, event: QEvent) -> bool:
        """Take what the system wants."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(event.file())
            return True
        if event.type() == QEvent.Type.Quit:  # Qt would close them one after another
            self.quit_asked.emit()
        return super().event(event)


def create_application() -> Application:
    """Make Qt's application object."""
    app = Application(sys.argv[:1])
    app.setApplicationName(TITLE)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(DESKTOP_FILE)
    app.setWindowIcon(icons.application_icon())
    return app


@contextmanager
def _ended_by_signals(leave: Callable[[], object]) -> Iterator[None]:
    """Quit on Ctrl+C in the terminal, on SIGTERM and SIGHUP, as if by the command.

    Python runs its handlers between two of its own instructions, and Qt's loop runs none: the
    byte that Python writes to a socket at each signal wakes it up.
    """
    receiver, sender = socket.socketpair()
    receiver.setblocking(False)
    sender.setblocking(False)
    notifier = QSocketNotifier(receiver.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: receiver.recv(64))
    before = {each: signal.getsignal(each) for each in ending_signals()}
    old_fd = signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
    for each in before:
        signal.signal(each, lambda _number, _frame: leave())
    try:
        yield
    finally:
        signal.set_wakeup_fd(old_fd)
        for each, handler in before.items():
            signal.signal(each, handler)
        notifier.setEnabled(False)
        receiver.close()
        sender.close()
