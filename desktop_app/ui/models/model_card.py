"""An installed model in the panel of models."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop_app.engine.records import LibraryModel, ModelRole
from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.card import ButtonRow, Card
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.question import Question
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme, text_font
from desktop_app.ui.messages.embedding_line import cancel_means, pause_means
from desktop_app.ui.models import model_wording
from desktop_app.ui.words import wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr


class ModelCard(Card):
    """Title, what it is, how good it is, what it takes, and what can be done with it."""

    use_asked = Signal(str)
    """Its name."""
    removal_asked = Signal(str)
    """Its name; the user has been asked already."""
    paused = Signal()
    continued = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, entry: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._entry = entry
        self._is_paused = False
        self._title = TextLabel(theme, self, BODY_PX, bold=True)
        self._role = QLabel()
        self._role.setFont(text_font(self.font(), SMALL_PX, bold=True))
        self._role.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._facts = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._quality = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._library = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._stays = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._problem = TextLabel(theme, self, SMALL_PX, Tint.DANGER)
        self._buttons = ButtonRow()
        self._use = self._buttons.add(tr("Models", "Use"), self._use_clicked)
        self._pause = self._buttons.add(tr("Models", "Pause"), self._pause_clicked)
        self._cancel = self._buttons.add(tr("Models", "Cancel"), self.cancelled.emit)
        self._cancel.setToolTip(cancel_means())
        self._remove = self._buttons.add(tr("Models", "Remove…"), self._ask_removal)
        self._question = Question(theme, tr("Models", "Remove"), tr("Models", "Keep"))
        self._question.accepted.connect(self._remove_accepted)
        self._question.declined.connect(self._remove_declined)
        self._arrange()
        theme.changed.connect(self._tint)
        self.show_model(entry, is_paused=False)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title, 1)
        top.addWidget(self._role, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(top)
        for widget in (
            self._facts,
            self._quality,
            self._library,
            self._stays,
            self._problem,
            self._question,
            self._buttons,
        ):
            self.column.addWidget(widget)

    @property
    def entry(self) -> LibraryModel:
        """What is shown."""
        return self._entry

    def show_model(self, entry: LibraryModel, *, is_paused: bool, is_waiting: bool = False) -> None:
        """Show the model's newest state.

        Args:
            entry: The model.
            is_paused: Whether its preparation waits for the user.
            is_waiting: Whether it waits for indexing.
        """
        self._entry, self._is_paused = entry, is_paused
        is_held = {"is_paused": is_paused, "is_waiting": is_waiting}
        model = entry.model
        self._title.say(model.title)
        self._role.setText(model_wording.role(entry, **is_held))
        self._facts.say(model_wording.facts(model))
        self._quality.say(model_wording.quality(model.quality))
        self._library.say("" if model.problem else model_wording.in_library(entry, **is_held))
        self._stays.say(model_wording.not_removable(entry))
        self._problem.say(told(model.problem or ""))
        self._name_buttons()
        self._offer()
        self._tint()
        self._describe()

    def show_error(self, text: str) -> None:
        """Say why what was asked for did not happen; the next action takes it away."""
        self._problem.say(text)
        self._use.setEnabled(True)
        self._remove.setEnabled(True)
        self._describe()
        announce(self, text)

    def _name_buttons(self) -> None:
        title = self._entry.model.title
        self._pause.setText(tr("Models", "Continue") if self._is_paused else tr("Models", "Pause"))
        self._pause.setToolTip(pause_means(is_paused=self._is_paused))
        for button in (self._use, self._pause, self._cancel, self._remove):
            button.setAccessibleName(wording.button_name(button.text(), title))

    def _offer(self) -> None:
        """Show the buttons that make sense now."""
        entry = self._entry
        if self._question.isVisibleTo(self):
            self._buttons.offer()
            return
        buttons = []
        if entry.role is ModelRole.NEXT and entry.model.problem is None:
            buttons += [self._pause, self._cancel]
        elif entry.role is not ModelRole.IN_USE:
            buttons += [] if entry.model.problem else [self._use]
            buttons += [] if entry.model.is_builtin else [self._remove]
        self._use.setEnabled(True)
        self._remove.setEnabled(True)
        had_focus = any(button.hasFocus() for button in (self._use, self._pause, self._cancel))
        self._buttons.offer(*buttons)
        if had_focus and not any(button.hasFocus() for button in buttons):
            give_focus(self)

    def _describe(self) -> None:
        name = ", ".join(filter(None, (self._title.said, self._role.text())))
        lines = (self._facts, self._quality, self._library, self._stays, self._problem)
        self.describe(name, [line.said for line in lines])

    def _use_clicked(self) -> None:
        self._problem.say("")
        self._wait()
        self.use_asked.emit(self._entry.model.name)

    def _wait(self) -> None:
        """Take no more orders until the answer is there; the keyboard stays at this card."""
        give_focus(self)
        self._use.setEnabled(False)
        self._remove.setEnabled(False)

    def _pause_clicked(self) -> None:
        (self.continued if self._is_paused else self.paused).emit()

    def _ask_removal(self) -> None:
        self._problem.say(told(self._entry.model.problem or ""))
        self._question.ask(model_wording.removal(self._entry))
        self._offer()

    def _remove_accepted(self) -> None:
        self._offer()
        self._wait()
        self.removal_asked.emit(self._entry.model.name)

    def _remove_declined(self) -> None:
        self._offer()
        give_focus(self._remove)

    def _tint(self) -> None:
        tokens = self._theme.tokens
        palette = self._role.palette()
        color = (
            self._theme.accent_text if self._entry.role is ModelRole.IN_USE else tokens.secondary
        )
        palette.setColor(
            self._role.foregroundRole(), tokens.danger if self._entry.model.problem else color
        )
        self._role.setPalette(palette)
