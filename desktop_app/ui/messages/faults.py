"""Sees to it that no error goes unnoticed: exceptions nobody caught, and what Qt complains of."""

import logging
import re
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop_app.engine.diagnostics import faults, traces
from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.messages.notices import out_of_memory, unexpected
from desktop_app.ui.words.engine_wording import told_error

_log = logging.getLogger(__name__)
_faults = logging.getLogger(faults.LOGGER)
_qt_log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


_DISPLAY_GONE = re.compile(r"The (X11|Wayland) connection (broke|experienced a fatal error)")
"""Literally what Qt says in its plugins for these, before it leaves by ``exit``."""


class FaultHooks:
    """Python's and Qt's hooks, replaced from `install` to `remove`.

    Args:
        report: Takes a sentence for the user; called from whatever thread had the error.
    """

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._sys_hook = sys.excepthook
        self._threading_hook = threading.excepthook

    def install(self) -> None:
        """Take over."""
        self._sys_hook, sys.excepthook = sys.excepthook, self._uncaught
        self._threading_hook, threading.excepthook = threading.excepthook, self._uncaught_in_thread
        qInstallMessageHandler(_log_qt_message)

    def remove(self) -> None:
        """Put back what was there before."""
        sys.excepthook = self._sys_hook
        threading.excepthook = self._threading_hook
        qInstallMessageHandler(None)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, Exception):  # KeyboardInterrupt and the like are no faults
            self._sys_hook(kind, error, trace)
            return
        known = isinstance(error, UserFacingError | MemoryError)  # no fault of the program
        log = _log if known else _faults
        log.critical("Uncaught exception", exc_info=(kind, error, trace))
        self._report(_said(error))

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _said(error: BaseException) -> str:
    """What a user reads of an exception that nobody caught."""
    if isinstance(error, UserFacingError):
        return str(told_error(error))
    return str(out_of_memory()) if isinstance(error, MemoryError) else unexpected()


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Qt's complaints are for those who read logs; what users must know, the engine says."""
    _qt_log.log(_LEVELS[kind], "%s", message)
    if _DISPLAY_GONE.search(message):
        # Qt ends the process now, as it does whenever somebody logs out; that is no crash.
        traces.current().end()
