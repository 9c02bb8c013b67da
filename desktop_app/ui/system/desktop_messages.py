"""Has the system say something to a user who is elsewhere, and show how far a job is."""

import sys

from PySide6.QtCore import QObject, QProcess, QStandardPaths, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

_SHOWN_MS = 8000
_LAUNCHER = "com.canonical.Unity.LauncherEntry"
_PORTAL = "org.freedesktop.portal.Desktop"


class DesktopMessages(QObject):
    """The system's own messages. Nothing here waits for the system.

    On Linux ``notify-send`` asks the desktop: what it needs, an unsigned number, cannot be sent by
    Qt from Python. Where there is none, the desktop's portal is asked.

    Args:
        name: What the program is called.
        desktop_file: Name of its entry in the menus of Linux desktops, without the ending.
        icon: The program's icon.
        parent: Its owner.
    """

    clicked = Signal()
    """The user has clicked on a message."""

    def __init__(
        self, name: str, desktop_file: str, icon: QIcon, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._desktop_file = desktop_file
        self._icon = icon
        self._tray: QSystemTrayIcon | None = None
        self._said = 0

    def say(self, title: str, text: str) -> None:
        """Let the system say something; where it cannot, nothing happens."""
        if sys.platform in ("win32", "darwin"):
            self._say_by_tray(title, text)
        elif sender := QStandardPaths.findExecutable("notify-send"):
            options = [f"--app-name={self._name}", f"--icon={self._desktop_file}"]
            QProcess.startDetached(sender, [*options, "--", title, text])
        else:
            self._say_by_portal(title, text)

    def show_progress(self, share: float | None) -> None:
        """Show on the program's icon how far a job is, where the desktop can (Linux alone).

        Qt 6 has no way to the task bar of Windows.

        Args:
            share: 0 to 1; None for nothing.
        """
        if sys.platform in ("win32", "darwin"):
            return
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        signal = QDBusMessage.createSignal("/org/image_seeker/launcher", _LAUNCHER, "Update")
        state = {"progress": share or 0.0, "progress-visible": share is not None}
        signal.setArguments([f"application://{self._desktop_file}.desktop", state])
        bus.send(signal)

    def _say_by_tray(self, title: str, text: str) -> None:
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._icon, self)
            self._tray.setToolTip(self._name)
            self._tray.messageClicked.connect(self.clicked)
            self._tray.messageClicked.connect(self._tray.hide)
        self._tray.show()  # it takes a place among the icons as long as it is needed
        self._tray.showMessage(title, text, self._icon, _SHOWN_MS)

    def close(self) -> None:
        """Take the icon away that messages needed."""
        if self._tray is not None:
            self._tray.hide()

    def _say_by_portal(self, title: str, text: str) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        self._said += 1
        call = QDBusMessage.createMethodCall(
            _PORTAL,
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Notification",
            "AddNotification",
        )
        call.setArguments([f"job-{self._said}", {"title": title, "body": text}])
        bus.send(call)
