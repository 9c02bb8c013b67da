"""One window a library: a second start brings the first window forward.

The two talk through a socket that belongs to the user (a pipe on Windows), by Python's own means:
Qt's need QtNetwork, which the built program leaves out, and which needs Kerberos on Linux.
"""

import hashlib
import logging
import os
import sys
import tempfile
import threading
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)

ANSWER_TIMEOUT_S = 3.0
"""How long a second start waits: the event loop of a window that works never takes so long."""

_SHOW, _SHOWN = b"show yourself", b"shown"
_LONGEST_ADDRESS = 100  # bytes; macOS takes 104, Linux 108
_WAITING = 16
_PAUSE_S = 0.1
"""After a failed attempt to take a call, which would fail at once again."""
_MOST_FAILURES = 100
"""So many in a row, 10 s: nobody is listened to any more."""


def bring_other_forward(data_dir: Path, timeout_s: float = ANSWER_TIMEOUT_S) -> bool:
    """Ask the window that has a library to come forward.

    Args:
        data_dir: Where the library lies.
        timeout_s: How long to wait for its answer.

    Returns:
        Whether it has; False where there is none, or it does not answer.
    """
    address = _address(data_dir)
    if not _is_ours(address):
        return False
    try:
        with Client(address) as connection:
            connection.send_bytes(_SHOW)
            return connection.poll(timeout_s) and connection.recv_bytes(len(_SHOWN)) == _SHOWN
    except (OSError, EOFError):  # nobody is there, or it has just gone
        return False


class SingleWindow(QObject):
    """Listens for later starts, from the moment it is made until it is closed.

    Where it cannot listen, because another one does or the system does not let it, a later start
    opens a window that says who has the library.

    Args:
        data_dir: Where the library lies.
        parent: Its owner in Qt.
    """

    asked = Signal()
    """Another start wants the window to come forward."""
    _arrived = Signal()

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended = threading.Event()
        self._has_shown = threading.Event()
        self._address = _address(data_dir)
        self._arrived.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._listener = self._listen()
        self._thread: threading.Thread | None = None
        if self._listener is not None:
            self._thread = threading.Thread(target=self._serve, name="later starts", daemon=True)
            self._thread.start()

    @property
    def is_listening(self) -> bool:
        """Whether later starts can reach it."""
        return self._thread is not None

    def close(self) -> None:
        """Stop listening; the address is free afterwards."""
        self._ended.set()
        self._has_shown.set()
        if self._thread is None or self._listener is None:
            return
        with suppress(OSError, EOFError), Client(self._address):  # wakes the thread up
            pass
        self._thread.join(ANSWER_TIMEOUT_S)
        with suppress(OSError):
            self._listener.close()

    def _listen(self) -> Listener | None:
        try:
            if sys.platform != "win32" and _is_ours(self._address) and not self._is_alive():
                os.unlink(self._address)  # left by a process that was killed
            return Listener(self._address, backlog=_WAITING)
        except OSError as error:
            _log.info("Later starts cannot reach this window: %s", error)
            return None

    def _is_alive(self) -> bool:
        try:
            Client(self._address).close()
        except (OSError, EOFError):
            return False
        return True

    def _serve(self) -> None:
        """Body of the listening thread."""
        listener, failures = self._listener, 0
        while listener is not None and not self._ended.is_set():
            try:
                connection = listener.accept()
            except (OSError, EOFError) as error:  # it has gone, or no more files may be open
                failures += 1
                if failures == _MOST_FAILURES:
                    _log.warning("Later starts cannot reach this window any more: %s", error)
                    return
                self._ended.wait(_PAUSE_S)
                continue
            failures = 0
            with suppress(OSError, EOFError), connection:  # it has gone without waiting
                self._answer(connection)

    def _answer(self, connection: "Connection[bytes, bytes]") -> None:
        """Answer once the window has come forward, so that a window that hangs does not."""
        if self._ended.is_set() or not connection.poll(ANSWER_TIMEOUT_S):
            return
        if connection.recv_bytes(len(_SHOW)) == _SHOW:
            self._has_shown.clear()
            self._arrived.emit()
            if self._has_shown.wait(ANSWER_TIMEOUT_S) and not self._ended.is_set():
                connection.send_bytes(_SHOWN)

    @Slot()
    def _show(self) -> None:
        self.asked.emit()
        self._has_shown.set()


def _address(data_dir: Path) -> str:
    """Where the window of a library listens; the same however the folder is written."""
    place = os.path.normcase(os.path.realpath(data_dir))
    name = f"image-seeker-{hashlib.sha256(os.fsencode(place)).hexdigest()[:24]}"
    if sys.platform == "win32":
        return rf"\\.\pipe\{name}"
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if not os.path.isdir(folder) or len(os.fsencode(f"{folder}/{name}.sock")) > _LONGEST_ADDRESS:
        folder = tempfile.gettempdir()
    return os.path.join(folder, f"{name}-{os.getuid()}.sock")


def _is_ours(address: str) -> bool:
    """Whether a socket is there that this user has made, and not somebody else in his place."""
    if sys.platform == "win32":
        return True  # a pipe that is not there refuses
    try:
        return os.lstat(address).st_uid == os.getuid()
    except OSError:
        return False
