"""One program a library: a second start brings its window forward, and hands over what to open.

The two talk through a socket that belongs to the user (a pipe on Windows), by Python's own means:
Qt's need QtNetwork, which the built program leaves out, and which needs Kerberos on Linux.
"""

import hashlib
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.words.language import tr

_log = logging.getLogger(__name__)

ANSWER_TIMEOUT_S = 3.0
"""How long a second start waits: the event loop of a window that works never takes so long."""

_SHOW, _OPEN, _SHOWN = b"show yourself", b"open\0", b"shown"
MOST_BYTES = 4 * 1024 * 1024
"""Of the paths that are handed over: twice what a command line can hold on Linux."""
_LONGEST_ADDRESS = 100  # bytes; macOS takes 104, Linux 108
_WAITING = 16
_PAUSE_S = 0.1
"""After a failed attempt to take a call, which would fail at once again."""
_MOST_FAILURES = 100
"""So many in a row, 10 s: nobody is listened to any more."""


def bring_other_forward(
    data_dir: Path, wanted: Sequence[str] = (), timeout_s: float = ANSWER_TIMEOUT_S
) -> bool:
    """Ask the program that has a library to come forward, and to open files and folders.

    Args:
        data_dir: Where the library lies.
        wanted: What to open: absolute paths.
        timeout_s: How long to wait for its answer.

    Returns:
        Whether it has; False where there is none, or it does not answer.

    Raises:
        UserFacingError: If these are more paths than can be handed over.
    """
    message = _message(wanted)
    address = _address(data_dir)
    if not _is_ours(address):
        return False
    try:
        with Client(address) as connection:
            connection.send_bytes(message)
            return connection.poll(timeout_s) and connection.recv_bytes(len(_SHOWN)) == _SHOWN
    except (OSError, EOFError):  # nobody is there, or it has just gone
        return False


def _message(wanted: Sequence[str]) -> bytes:
    """What is sent: no name holds a zero byte, whatever else it may hold."""
    if not wanted:
        return _SHOW
    message = _OPEN + b"\0".join(map(os.fsencode, wanted))
    if len(message) > MOST_BYTES:
        raise UserFacingError(
            tr("Window", "These are too many files to open at once."),
            tr("Window", "Drop their folder on the window."),
        )
    return message


def _paths(message: bytes) -> list[str] | None:
    """What is to be opened; None where it is no message of ours."""
    if message == _SHOW:
        return []
    if not message.startswith(_OPEN):
        return None
    return [os.fsdecode(path) for path in message[len(_OPEN) :].split(b"\0") if path]


class SingleWindow(QObject):
    """Listens for later starts, from the moment it is made until it is closed.

    Where it cannot listen, because another one does or the system does not let it, a later start
    opens a window that says who has the library.

    Args:
        data_dir: Where the library lies.
        parent: Its owner in Qt.
    """

    asked = Signal(object)
    """Another start wants the window to come forward, and to open these paths; there may be none.

    A list of absolute paths, not of a kind that Qt knows: it would make strings of its own of them,
    and lose names that are no text.
    """
    _arrived = Signal()

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended = threading.Event()
        self._has_shown = threading.Event()
        self._wanted: list[str] = []
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
            listener = Listener(self._address, backlog=_WAITING)
            if sys.platform != "win32":
                os.chmod(self._address, 0o600)  # whatever the user lets others do with new files
            return listener  # noqa: TRY300 - what fails above is one and the same
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
        wanted = _paths(connection.recv_bytes(MOST_BYTES))
        if wanted is not None:
            self._wanted = [path for path in wanted if os.path.isabs(path)]
            self._has_shown.clear()
            self._arrived.emit()
            if self._has_shown.wait(ANSWER_TIMEOUT_S) and not self._ended.is_set():
                connection.send_bytes(_SHOWN)

    @Slot()
    def _show(self) -> None:
        wanted, self._wanted = self._wanted, []
        self._has_shown.set()  # the loop runs, and what follows may take its time
        self.asked.emit(wanted)


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
