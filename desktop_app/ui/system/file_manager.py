"""Opens pictures' files elsewhere: in their own program, or in the platform's file manager."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from desktop_app.engine.errors import UserFacingError
from desktop_app.ui.words.language import tr

_DBUS_TIMEOUT_MS = 3000
MOST_SHOWN = 500
"""Files that are marked in a file manager: more would not fit into one message."""
MOST_FOLDERS = 5
"""Windows that are opened where each folder has one of its own."""


def open_file(path: str) -> None:
    """Open a file in its own program; asks no disk.

    Raises:
        UserFacingError: If no program takes it.
    """
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
        raise UserFacingError(
            tr("Files", "No program is set up to open {name}.").format(name=Path(path).name)
        )


def show_in_file_manager(paths: Sequence[str]) -> int:
    """Open the folders of files with the files selected, or at least the folders; asks no disk.

    Args:
        paths: The files, one at least.

    Returns:
        How many are shown.

    Raises:
        UserFacingError: If there is no file manager.
    """
    there = list(paths[:MOST_SHOWN])
    first_of = {str(Path(path).parent): path for path in reversed(there)}
    if sys.platform == "win32":
        for path in list(first_of.values())[:MOST_FOLDERS]:
            # Explorer parses the line itself and wants quotes around the path alone.
            subprocess.Popen(f'explorer /select,"{path}"')
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", *there])
    else:
        _show_on_freedesktop(there)
    return len(there)


def those_there(paths: Sequence[str]) -> list[str]:
    """Leave files out that are gone. Blocks: a drive may not answer for minutes.

    Raises:
        UserFacingError: If all are gone.
    """
    there = [path for path in paths if os.path.exists(path)]
    if not there and paths:
        path = paths[0]
        raise UserFacingError(
            tr("Files", "{name} is not at its place any more.").format(name=Path(path).name),
            tr("Files", "Press F5 to look through your folders again."),
        )
    return there


def _show_on_freedesktop(paths: Sequence[str]) -> None:
    """Ask the file manager (freedesktop.org, File Manager D-Bus Interface), without waiting."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _open_folder(paths[0])
        return
    message = QDBusMessage.createMethodCall(
        "org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1",
        "ShowItems",
    )
    encoded = QUrl.ComponentFormattingOption.FullyEncoded
    urls = [QUrl.fromLocalFile(path).toString(encoded) for path in paths]
    message.setArguments([urls, ""])  # what to show, and an id that starting windows may use
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _DBUS_TIMEOUT_MS))

    def answered() -> None:
        if watcher.isError():
            _open_folder(paths[0])
        watcher.deleteLater()

    watcher.finished.connect(answered)


def open_folder(path: str) -> bool:
    """Show what is in a folder; returns whether a program was found for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def _open_folder(path: str) -> None:
    folder = Path(path).parent
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        raise UserFacingError(
            tr("Files", "No file manager was found to show {folder}.").format(folder=folder)
        )
