"""The one door to the user: a line at the bottom of the window, never a dialog."""

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop_app.engine.diagnostics import faults
from desktop_app.engine.errors import CatalogDamagedError, NoRoomError, UserFacingError
from desktop_app.ui.kit import icons
from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.mirroring import margins
from desktop_app.ui.kit.theme import Theme, leading
from desktop_app.ui.words.engine_wording import told, told_error
from desktop_app.ui.words.language import tr

_log = logging.getLogger(__name__)
_faults = logging.getLogger(faults.LOGGER)

SHOWN_MS = 7000
KEPT = 50
"""Notices that can be read again."""


@dataclass(frozen=True)
class Notice:
    """One line for the user.

    Attributes:
        text: What happened, and what to do.
        is_error: Whether something went wrong.
        action: Label of a button, empty for none.
        act: What the button does.
        stays: Whether it is there until it is closed or its button is pressed; errors always are.
        about: What its button takes back; None where it does something else. See `settle`.
    """

    text: str
    is_error: bool = False
    action: str = ""
    act: Callable[[], None] | None = None
    stays: bool = False
    about: object = None


@dataclass(frozen=True)
class Told:
    """A notice that was shown.

    Attributes:
        at_s: When, seconds since the epoch.
        notice: What was said.
    """

    at_s: float
    notice: Notice


def unexpected() -> str:
    """What is said of a fault of the program itself."""
    return tr("Notices", "Something went wrong. Nothing that was indexed is lost.")


def out_of_memory() -> UserFacingError:
    """What is said where there was no memory for something, which is no fault of the program."""
    return UserFacingError(
        tr("Notices", "There is too little memory for that."),
        tr("Notices", "Close other programs and try again."),
    )


def explain(error: Exception) -> UserFacingError:
    """What an exception means to the user, in the language of the window.

    One that means nothing to them is a fault: whoever listens to these tells of it.
    """
    if isinstance(error, UserFacingError):
        return told_error(error)
    if isinstance(error, MemoryError):
        _log.error("Out of memory", exc_info=error)
        return out_of_memory()
    _faults.error("Unexpected error", exc_info=error)
    return UserFacingError(unexpected())


class Notices(QWidget):
    """Shows the latest notice; those that stay come back when what covers them goes.

    Attributes:
        speaks: Tells whether notices are read out by a screen reader here, or in another window.
    """

    damaged = Signal(object)
    """A `CatalogDamagedError` was told."""
    lacked_room = Signal(object)
    """A `NoRoomError` was told."""
    history_changed = Signal()
    """See `history`."""
    answered = Signal(str)
    """A notice that stays was closed, or its button was pressed; its text."""
    _reported = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heir: Notices | None = None
        self.speaks: Callable[[], bool] = lambda: True
        self._staying: list[Notice] = []
        self._shown: Notice | None = None
        self._details: tuple[str, Callable[[], None]] | None = None
        self._history: deque[Told] = deque(maxlen=KEPT)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.dismiss)
        # From any thread, so by way of the event loop.
        self._reported.connect(self.error, Qt.ConnectionType.QueuedConnection)
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setAlignment(leading(self) | Qt.AlignmentFlag.AlignVCenter)
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
        self._close.setToolTip(tr("Notices", "Close"))
        self._close.setAccessibleName(tr("Notices", "Close this message"))
        self._close.clicked.connect(self.close_shown)
        row = QHBoxLayout(self)
        row.setContentsMargins(margins(12, 6, 8, 6))
        row.setSpacing(8)
        for widget in (self._icon, self._text, self._button, self._close):
            row.addWidget(widget)
        self.hide()
        theme.changed.connect(self._tint)

    @property
    def shown(self) -> Notice | None:
        """What is to be read now."""
        return self._shown

    @property
    def history(self) -> Sequence[Told]:
        """What was said lately, oldest first; what was said twice stands where it was said last."""
        return tuple(self._history)

    def forget(self) -> None:
        """Forget what was said, apart from what still stays."""
        self._history = deque(
            (each for each in self._history if each.notice in self._staying), maxlen=KEPT
        )
        self.history_changed.emit()

    def act_on(self, told: Told) -> None:
        """Do now what the button of an earlier notice would have done; it is not done twice."""
        if told in self._history:
            self._history.remove(told)
            self.withdraw(told.notice.text)
            self.history_changed.emit()
            if told.notice.act is not None:
                told.notice.act()

    def info(
        self,
        text: str,
        action: str = "",
        act: Callable[[], None] | None = None,
        about: object = None,
    ) -> None:
        """Say something that goes away by itself."""
        self._say(Notice(text, False, action, act, about=about))

    def error(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Say that something is wrong; it stays."""
        if not action and self._details is not None and text == unexpected():
            action, act = self._details
        self._stay(Notice(text, True, action, act, stays=True))

    def offer_details(self, action: str, act: Callable[[], None]) -> None:
        """Give what is said of a fault of the program a button.

        Args:
            action: Its label.
            act: Shows more.
        """
        self._details = (action, act)

    def mention(self, text: str) -> None:
        """Say how something is, quietly; it stays until it is closed."""
        self._stay(Notice(text, stays=True))

    def remind(self, text: str, action: str, act: Callable[[], None]) -> None:
        """Say something that waits for the user's answer, until it has one; see `withdraw`."""
        self._stay(Notice(text, False, action, act, stays=True))

    def withdraw(self, text: str) -> None:
        """Take back what needs no answer any more."""
        self._drop(text)
        if self._shown is not None and self._shown.text == text:
            self.dismiss()
        self._staying = [each for each in self._staying if each.text != text]

    def settle(self, about: object) -> None:
        """Say no more that something was done: it is taken back, here or in another window.

        Args:
            about: What was taken back.
        """
        if self._shown is not None and self._shown.about is about:
            self.dismiss()
        self._keep([each for each in self._history if each.notice.about is not about])

    def _drop(self, text: str) -> None:
        """Forget that something was said."""
        self._keep([each for each in self._history if each.notice.text != text])

    def _keep(self, kept: Sequence[Told]) -> None:
        if len(kept) < len(self._history):
            self._history = deque(kept, maxlen=KEPT)
            self.history_changed.emit()

    def _stay(self, notice: Notice) -> None:
        if self._heir is not None:
            self._pass_on(notice)
            return
        self._staying = [each for each in self._staying if each.text != notice.text]
        self._staying.append(notice)
        self._say(notice)

    def exception(self, error: Exception) -> None:
        """Say what an exception means to the user."""
        if isinstance(error, CatalogDamagedError):
            self.error(told(error.text))  # the window has more to offer than the hint
            self.damaged.emit(error)
        else:
            self.error(str(explain(error)))
            if isinstance(error, NoRoomError):
                self.lacked_room.emit(error)

    def close_same(self, text: str) -> None:
        """Close what was answered elsewhere."""
        if self._shown is not None and self._shown.text == text:
            self.dismiss()
        self._staying = [each for each in self._staying if each.text != text]

    def hand_over(self, heir: "Notices") -> None:
        """Have everything that stays, and what is said from now on, said elsewhere.

        Its buttons would act in a window that nobody sees any more, and stay away.
        """
        self._heir = heir
        for notice in self._staying:
            if notice.text not in heir.staying:
                self._pass_on(notice)

    @property
    def staying(self) -> list[str]:
        """What stays until it is closed."""
        return [each.text for each in self._staying]

    def _pass_on(self, notice: Notice) -> None:
        if self._heir is not None:
            notice = replace(notice, action="", act=None)
            (self._heir._stay if notice.stays else self._heir._say)(notice)

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

    def _say(self, notice: Notice) -> None:
        """Show a notice, and note that it was shown."""
        if self._heir is not None:
            self._pass_on(notice)
            return
        kept = [each for each in self._history if each.notice.text != notice.text]
        self._history = deque([*kept, Told(time.time(), notice)], maxlen=KEPT)
        self._show(notice)
        self.history_changed.emit()

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
        if self.speaks():
            announce(self, notice.text)

    def _act(self) -> None:
        shown = self._shown
        act = shown.act if shown is not None else None
        self.close_shown()
        if shown is not None:
            self._drop(shown.text)  # what has been done need not be offered again
        if act is not None:
            act()

    def close_shown(self) -> None:
        """Close what is shown, because the user has read it; in other windows too if it stays."""
        shown = self._shown
        self.dismiss()
        if shown is not None and shown.stays:
            self.answered.emit(shown.text)

    def _tint(self) -> None:
        tokens = self._theme.tokens
        is_error = self._shown is not None and self._shown.is_error
        name, color = ("circle-alert", tokens.danger) if is_error else ("info", tokens.secondary)
        self._icon.setPixmap(icons.icon(name, QColor(color)).pixmap(QSize(16, 16)))
        self._close.setIcon(icons.icon("x", QColor(tokens.secondary), 14))
        self.update()
