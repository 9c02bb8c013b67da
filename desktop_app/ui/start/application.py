"""Starts Qt, opens the window and runs until it is closed."""

import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

from desktop_app import __version__
from desktop_app.engine.paths import DataPaths
from desktop_app.ui.kit import icons
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.library.rescue import LibraryRescuer
from desktop_app.ui.memory.window_memory import WindowMemory
from desktop_app.ui.messages.faults import FaultHooks
from desktop_app.ui.start.display import require_display
from desktop_app.ui.start.single_window import SingleWindow, bring_other_forward
from desktop_app.ui.window.main_window import TITLE, MainWindow
from desktop_app.ui.window.shell import DESKTOP_FILE
from desktop_app.ui.words.language import install_language
from desktop_app.ui.work.garbage import collected_here

if TYPE_CHECKING:  # the window opens before the engine is imported
    from desktop_app.engine.library import Library

_log = logging.getLogger(__name__)


def run(open_library: Callable[[], "Library"], paths: DataPaths) -> int:
    """Open the window and run until it is closed; where it is open already, bring it forward.

    Args:
        open_library: Opens the library; called in the background once the window is there.
        paths: Where the library lies.

    Returns:
        Exit code.

    Raises:
        UserFacingError: If there is no display to open a window on.
    """
    require_display()
    if bring_other_forward(paths.data):
        return 0
    app = create_application()
    theme = Theme(app)
    theme.set_scheme(WindowMemory(paths.data).scheme)
    single = SingleWindow(paths.data)
    first: Callable[[], object] | None = None
    try:
        while True:
            # Both are chosen in a window and count in the next one.
            memory = WindowMemory(paths.data)
            install_language(app, memory.language)
            theme.set_text_percent(memory.text_percent)
            window = MainWindow(open_library, paths.data, theme, LibraryRescuer(paths), first)
            code = _show(app, window, single)
            if window.reopening is None:
                return code
            first = window.reopening
    finally:
        single.close()


def _show(app: QApplication, window: MainWindow, single: SingleWindow) -> int:
    """Run until a window is closed."""
    hooks = FaultHooks(window.notices.report)
    hooks.install()
    single.asked.connect(window.come_forward)
    try:
        with _ended_by_signals(window.close), collected_here():
            window.show()
            return app.exec()
    finally:
        single.asked.disconnect(window.come_forward)
        hooks.remove()


def create_application() -> QApplication:
    """Make Qt's application object; there can be only one."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName(TITLE)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(DESKTOP_FILE)
    app.setWindowIcon(icons.application_icon())
    return app


@contextmanager
def _ended_by_signals(close: Callable[[], object]) -> Iterator[None]:
    """Close the window on Ctrl+C in the terminal and on SIGTERM, as if by its button.

    Python runs its handlers between two of its own instructions, and Qt's loop runs none: the
    byte that Python writes to a socket at each signal wakes it up.
    """
    receiver, sender = socket.socketpair()
    receiver.setblocking(False)
    sender.setblocking(False)
    notifier = QSocketNotifier(receiver.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: receiver.recv(64))
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    old_fd = signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
    for each in before:
        signal.signal(each, lambda _number, _frame: close())
    try:
        yield
    finally:
        signal.set_wakeup_fd(old_fd)
        for each, handler in before.items():
            signal.signal(each, handler)
        notifier.setEnabled(False)
        receiver.close()
        sender.close()
