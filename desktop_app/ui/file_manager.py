"""Opens a picture's file elsewhere: in its own program, or in the platform's file manager."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from desktop_app.engine.errors import UserFacingError

_DBUS_TIMEOUT_MS = 3000


def open_file(path: str) -> None:
    """Open a file in its own program.

    Raises:
        UserFacingError: If it is gone or no program takes it.
    """
    _check(path)
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
        raise UserFacingError(f"No program is set up to open {Path(path).name}.")


def show_in_file_manager(path: str) -> None:
    """Open the folder of a file with the file selected, or at least the folder.

    Raises:
        UserFacingError: If the file is gone or there is no file manager.
    """
    _check(path)
    if sys.platform == "win32":
        # Explorer parses the line itself and wants quotes around the path alone.
        subprocess.Popen(f'explorer /select,"{path}"')
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", path])
    else:
        _show_on_freedesktop(path)


def _check(path: str) -> None:
    if not Path(path).exists():
        raise UserFacingError(
            f"{Path(path).name} is not at its place any more.",
            "Press F5 to look through your folders again.",
        )


def _show_on_freedesktop(path: str) -> None:
    """Ask the file manager (freedesktop.org, File Manager D-Bus Interface), without waiting."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _open_folder(path)
        return
    message = QDBusMessage.createMethodCall(
        "org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1",
        "ShowItems",
    )
    url = QUrl.fromLocalFile(path).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    message.setArguments([[url], ""])  # what to show, and an id that starting windows may use
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _DBUS_TIMEOUT_MS))

    def answered() -> None:
        if watcher.isError():
            _open_folder(path)
        watcher.deleteLater()

    watcher.finished.connect(answered)


def _open_folder(path: str) -> None:
    folder = Path(path).parent
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        raise UserFacingError(f"No file manager was found to show {folder}.")
