"""How far one model's installation is, or why it failed, inside a card."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.records import ModelProgress, ModelStep
from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.card import ButtonRow
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import SMALL_PX, Theme
from desktop_app.ui.models import model_wording
from desktop_app.ui.words import wording
from desktop_app.ui.words.engine_wording import told_error
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.pace import Pace

_BAR_STEPS = 1000


def stopped() -> str:
    """That a download was cancelled."""
    return tr(
        "Models",
        "Stopped. What has been downloaded is kept; trying again goes on from there.",
    )


class InstallView(QWidget):
    """Hidden until something is being installed.

    Args:
        theme: For the text.
        title: The model's, or where it comes from, for screen readers.
        resumes: Whether what was fetched before an interruption is kept.
    """

    cancelled = Signal()
    retried = Signal()
    closed = Signal()

    def __init__(
        self, theme: Theme, title: str, *, resumes: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._resumes = resumes
        self._pace = Pace()
        self._step: ModelStep | None = None
        self._has_fetched = False
        self._text = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(tr("Models", "Installing {model}").format(model=title))
        self._buttons = ButtonRow()
        self._cancel = self._buttons.add(tr("Models", "Cancel"), self.cancelled.emit)
        self._retry = self._buttons.add(tr("Models", "Try again"), self.retried.emit)
        self._close = self._buttons.add(tr("Models", "Dismiss"), self._close_clicked)
        for button in (self._cancel, self._retry, self._close):
            button.setAccessibleName(wording.button_name(button.text(), title))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        for widget in (self._text, self._bar, self._buttons):
            column.addWidget(widget)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.said

    def wait(self) -> None:
        """Another model is being installed first, or this one has not told anything yet."""
        self._step = None
        self._show(tr("Models", "Waiting…"))

    def show_progress(self, state: ModelProgress) -> None:
        """Say how far it is."""
        if state.step is not self._step:
            self._step, self._pace = state.step, Pace()
        if state.step is ModelStep.DOWNLOADING and state.done_bytes:
            self._has_fetched = True
        self._pace.count(state.done_bytes)
        seconds_left = self._pace.seconds_left(state.total_bytes) if state.total_bytes else None
        self._show(model_wording.installing(state, self._pace.per_second, seconds_left), state)

    def show_failure(self, error: UserFacingError, *, may_retry: bool = True) -> None:
        """Say what went wrong.

        Args:
            error: What went wrong; whether something is kept it says itself.
            may_retry: Whether trying again may help.
        """
        text = str(told_error(error))
        self._end(text, Tint.DANGER, may_retry=may_retry)
        announce(self, text)

    def show_stopped(self) -> None:
        """Say that it was cancelled, where something of it is kept."""
        if self._resumes and self._has_fetched:
            self._end(stopped(), Tint.SECONDARY)
        else:
            self._close_clicked()

    def _show(self, text: str, state: ModelProgress | None = None) -> None:
        self._text.say(text, Tint.SECONDARY)
        if state is not None and state.total_bytes:
            self._bar.setRange(0, _BAR_STEPS)
            self._bar.setValue(_BAR_STEPS * state.done_bytes // state.total_bytes)
        else:
            self._bar.setRange(0, 0)
        self._bar.show()
        self._appear(self._cancel)

    def _end(self, text: str, tint: Tint, *, may_retry: bool = True) -> None:
        had_focus = self._cancel.hasFocus()
        self._text.say(text, tint)
        self._bar.hide()
        buttons = [self._retry, self._close] if may_retry else [self._close]
        self._appear(*buttons)
        if had_focus:
            give_focus(buttons[0])

    def _appear(self, *buttons: QPushButton) -> None:
        self._buttons.offer(*buttons)
        self.show()

    def _close_clicked(self) -> None:
        self.hide()
        self.closed.emit()
