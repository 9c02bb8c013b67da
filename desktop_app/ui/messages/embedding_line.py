"""How far the preparation of a new model is, in the bottom line, with *Pause* and *Cancel*."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from desktop_app.engine.records import EmbedProgress, ModelInfo
from desktop_app.ui.kit.pause_button import PauseButton
from desktop_app.ui.kit.text_label import ElidedLabel, taken_px
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.words import preparation_wording
from desktop_app.ui.words.language import tr

_BAR_STEPS = 1000
_BAR_PX = 96
_SPACING_PX = 8


def pause_means(*, is_paused: bool) -> str:
    """What the button does that pauses, or lets go on."""
    if is_paused:
        return tr("Models", "Go on from where it stopped")
    return tr("Models", "Stop preparing for now; what is prepared is kept")


def cancel_means() -> str:
    """What the button does that cancels."""
    return tr("Models", "Stay with the model in use; what is prepared is kept for another time")


class EmbeddingLine(QWidget):
    """Hidden until there is something to tell."""

    paused = Signal()
    continued = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_cancel = True
        self._text = ElidedLabel(theme)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, _BAR_STEPS)
        self._bar.setFixedWidth(_BAR_PX)
        self._bar.setAccessibleName(tr("Models", "Preparing the new model"))
        self._pause = PauseButton(theme)
        self._pause.paused.connect(self.paused)
        self._pause.resumed.connect(self.continued)
        self._cancel = QPushButton(tr("Models", "Cancel"))
        self._cancel.setProperty("small", True)
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(self.cancelled)
        self._cancel.setAccessibleName(tr("Models", "Cancel preparing the new model"))
        self._cancel.setToolTip(cancel_means())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING_PX)
        for widget in (self._text, self._bar, self._pause, self._cancel):
            row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._text.text

    @property
    def shown(self) -> str:
        """As much of the sentence as there is room for."""
        return self._text.shown

    def fit(self, room_px: int, *, has_bar: bool, has_cancel: bool) -> None:
        """Leave room to the words.

        Args:
            room_px: How wide it can be without taking from what stands beside it.
            has_bar: Whether there is room for the bar.
            has_cancel: Whether there is room for *Cancel*; the panel of models has it too.
        """
        self._bar.setVisible(has_bar)
        self._cancel.setVisible(has_cancel and self._may_cancel)
        beside = (self._bar, self._pause, self._cancel)
        self._text.limit(room_px - taken_px(beside, _SPACING_PX))

    def show_state(
        self,
        state: EmbedProgress,
        answering: ModelInfo | None,
        *,
        is_paused: bool,
        reason: str = "",
    ) -> None:
        """Say how far it is.

        Args:
            state: How far.
            answering: The model that answers meanwhile, None while it is not known.
            is_paused: Whether it goes on only when the user says so.
            reason: Why it is paused, where it was not the user who paused it here.
        """
        self._text.say(
            *preparation_wording.embedding(state, answering, is_paused=is_paused, reason=reason)
        )
        self._may_cancel = not state.is_answering  # there is no other model to stay with
        self._bar.setValue(_BAR_STEPS * state.done // state.total if state.total else 0)
        go_on = tr("Models", "Continue preparing {model}")
        name = go_on if is_paused else tr("Models", "Pause preparing {model}")
        meaning = pause_means(is_paused=is_paused)
        self._pause.show_state(name.format(model=state.title), meaning, is_paused=is_paused)
        self.show()
