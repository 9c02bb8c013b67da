"""The one door to the user: a line at the bottom of the window, never a dialog."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop_app.engine.errors import CatalogDamagedError, UserFacingError
from desktop_app.ui import icons
from desktop_app.ui.announcement import announce
from desktop_app.ui.theme import Theme

_log = logging.getLogger(__name__)

SHOWN_MS = 7000
UNEXPECTED = "Something went wrong; the details are in the log."


@dataclass(frozen=True)
class Notice:
    """One line for the user.

    Attributes:
        text: What happened, and what to do.
        is_error: Whether something went wrong.
        action: Label of a button, empty for none.
        act: What the button does.
        stays: Whether it is there until it is closed or its button is pressed; errors always are.
    """

    text: str
    is_error: bool = False
    action: str = ""
    act: Callable[[], None] | None = None
    stays: bool = False


def explain(error: Exception) -> UserFacingError:
    """What an exception means to the user; one that means nothing to them goes to the log."""
    if isinstance(error, UserFacingError):
        return error
    _log.error("Unexpected error", exc_info=error)
    return UserFacingError(UNEXPECTED)


class Notices(QWidget):
    """Shows the latest notice; those that stay come back when what covers them goes."""

    damaged = Signal(object)
    """A `CatalogDamagedError` was told."""
    _reported = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._staying: list[Notice] = []
        self._shown: Notice | None = None
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.dismiss)
        # From any thread, so by way of the event loop.
        self._reported.connect(self.error, Qt.ConnectionType.QueuedConnection)
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._button = QPushButton()
        self._button.setProperty("small", True)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setProperty("quiet", True)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setFixedSize(24, 24)
        self._close.setToolTip("Close")
        self._close.setAccessibleName("Close this message")
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        for widget in (self._icon, self._text, self._button, self._close):
            row.addWidget(widget)
        self.hide()
        theme.changed.connect(self._tint)

    @property
    def shown(self) -> Notice | None:
        """What is to be read now."""
        return self._shown

    def info(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Say something that goes away by itself."""
        self._show(Notice(text, False, action, act))

    def error(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Say that something is wrong; it stays."""
        self._stay(Notice(text, True, action, act, stays=True))

    def mention(self, text: str) -> None:
        """Say how something is, quietly; it stays until it is closed."""
        self._stay(Notice(text, stays=True))

    def remind(self, text: str, action: str, act: Callable[[], None]) -> None:
        """Say something that waits for the user's answer, until it has one; see `withdraw`."""
        self._stay(Notice(text, False, action, act, stays=True))

    def withdraw(self, text: str) -> None:
        """Take back what needs no answer any more."""
        if self._shown is not None and self._shown.text == text:
            self.dismiss()
        self._staying = [each for each in self._staying if each.text != text]

    def _stay(self, notice: Notice) -> None:
        self._staying = [each for each in self._staying if each.text != notice.text]
        self._staying.append(notice)
        self._show(notice)

    def exception(self, error: Exception) -> None:
        """Say what an exception means to the user."""
        if isinstance(error, CatalogDamagedError):
            self.error(error.text)  # the window has more to offer than the hint
            self.damaged.emit(error)
        else:
            self.error(str(explain(error)))

    def report(self, text: str) -> None:
        """Say that something stays wrong, from any thread."""
        self._reported.emit(text)

    def dismiss(self) -> None:
        """Close what is shown; what stays and was covered by it comes back."""
        if self._shown in self._staying:
            self._staying.remove(self._shown)
        self._shown = None
        if self._staying:
            self._show(self._staying[-1])
        else:
            self._timer.stop()
            self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.fill))
        painter.end()

    def _show(self, notice: Notice) -> None:
        self._shown = notice
        self._text.setText(notice.text)
        self.setAccessibleName(notice.text)
        self._button.setText(notice.action)
        self._button.setVisible(bool(notice.action))
        self._tint()
        self._timer.stop()
        if not notice.stays:
            self._timer.start()
        self.show()
        announce(self, notice.text)

    def _act(self) -> None:
        act = self._shown.act if self._shown is not None else None
        self.dismiss()
        if act is not None:
            act()

    def _tint(self) -> None:
        tokens = self._theme.tokens
        is_error = self._shown is not None and self._shown.is_error
        name, color = ("circle-alert", tokens.danger) if is_error else ("info", tokens.secondary)
        self._icon.setPixmap(icons.icon(name, QColor(color)).pixmap(QSize(16, 16)))
        self._close.setIcon(icons.icon("x", QColor(tokens.secondary), 14))
        self.update()
