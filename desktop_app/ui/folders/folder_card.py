"""A folder of the library in the panel of folders."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop_app.ui.folders import folder_wording
from desktop_app.ui.folders.folder_lines import FolderLine
from desktop_app.ui.folders.folder_wording import State
from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.card import ButtonRow, Card
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.question import Question
from desktop_app.ui.kit.state_row import StateRow
from desktop_app.ui.kit.text_label import ElidedLabel, TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme, text_font
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr


class FolderCard(Card):
    """Name, path, number of pictures, how it is kept up to date, and what can be done with it."""

    look_asked = Signal(FolderLine)
    forget_asked = Signal(FolderLine)
    """The user has been asked already."""
    cancel_asked = Signal(FolderLine)
    """What is being done here is to stop."""
    locate_asked = Signal(FolderLine)
    removal_asked = Signal(FolderLine)
    """What is gone from the folder is to go from the library too."""
    kept = Signal(FolderLine)
    """What is gone from the folder is to stay in the library."""
    failures_asked = Signal()

    def __init__(self, theme: Theme, line: FolderLine, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._line = line
        self._watch: State | None = None
        self._is_fixed = False
        self._is_busy = False
        self._can_stop = False
        self._name = TextLabel(theme, self, BODY_PX, bold=True)
        self._count = QLabel()
        self._count.setFont(text_font(self.font(), SMALL_PX, figures=True))
        self._path = ElidedLabel(theme, elide=Qt.TextElideMode.ElideMiddle)
        self._path.setFont(text_font(self.font(), SMALL_PX))
        self._state = StateRow(theme)
        self._failed = StateRow(theme)
        self._show_failed = QPushButton(tr("Folders", "Show"), flat=True)
        self._show_failed.setProperty("link", True)
        self._show_failed.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show_failed.setCursor(Qt.CursorShape.PointingHandCursor)
        self._show_failed.clicked.connect(self.failures_asked)
        self._failed.add(self._show_failed)
        self._gone = StateRow(theme, Tint.DANGER)
        self._decision = ButtonRow()
        self._remove = self._decision.add("", self._remove_clicked)
        self._keep = self._decision.add(tr("Folders", "Keep"), self._keep_clicked)
        self._trouble = TextLabel(theme, self, SMALL_PX, Tint.DANGER)
        self._question = Question(theme, tr("Folders", "Forget"), tr("Folders", "Keep"))
        self._question.accepted.connect(self._forget_accepted)
        self._question.declined.connect(self._forget_declined)
        self._buttons = ButtonRow()
        self._look = self._buttons.add(tr("Folders", "Look for changes"), self._look_clicked)
        self._locate = self._buttons.add(tr("Folders", "Locate…"), self._locate_clicked)
        self._locate.setToolTip(
            tr("Folders", "Say where this folder is now; nothing is indexed again")
        )
        self._forget = self._buttons.add(tr("Folders", "Forget…"), self._ask)
        self._cancel = self._buttons.add(tr("Folders", "Cancel"), self._cancel_clicked)
        self._arrange()
        theme.changed.connect(self._tint)
        self._tint()
        self.show_line(line)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        self._count.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        top.addWidget(self._name, 1)
        top.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(top)
        for widget in (
            self._path,
            self._state,
            self._failed,
            self._gone,
            self._decision,
            self._trouble,
            self._question,
            self._buttons,
        ):
            self.column.addWidget(widget)

    @property
    def line(self) -> FolderLine:
        """What is shown."""
        return self._line

    @property
    def asks(self) -> bool:
        """Whether pictures that are gone wait for an answer here."""
        line = self._line
        may_ask = line.is_connected and not self._is_fixed
        return may_ask and line.missing > 0 and not line.is_kept

    def show_line(self, line: FolderLine) -> None:
        """Show the folder's newest state."""
        self._line = line
        title = folder_wording.name(line)
        self._name.say(title)
        self._count.setText(wording.pictures(line.pictures) if line.is_folder else "")
        self._path.say(line.path)
        self._path.setVisible(bool(line.path))
        self.setToolTip(wording.tooltip(line.path))
        state = folder_wording.state(line, self._watch)
        self._state.say(state.icon, state.text)
        self._failed.say("circle-alert", folder_wording.failed(line.failed))
        self._show_gone()
        self._remove.setText(folder_wording.removal(line.missing))
        for button in (*self._orders, self._cancel):
            button.setAccessibleName(wording.button_name(button.text(), title))
        self._show_failed.setAccessibleName(
            tr("Folders", "Show what could not be read: {folder}").format(folder=title)
        )
        self._offer()
        self._describe()

    def _show_gone(self) -> None:
        line = self._line
        if self.asks:
            self._gone.say("file-x", folder_wording.gone(line.missing, line.pictures), Tint.DANGER)
        elif line.is_connected and line.missing:
            kept = folder_wording.kept(line.missing, line.pictures)
            self._gone.say("file-x", kept, Tint.SECONDARY)
        else:  # of a drive that is not connected everything is gone: no reason to ask
            self._gone.say("", "")

    def show_fixed(self) -> None:
        """Offer nothing that would change the library."""
        self._is_fixed = True
        self.show_line(self._line)

    def show_watch(self, watch: State | None) -> None:
        """Say how the folder is watched; None where nobody knows."""
        if watch != self._watch:
            self._watch = watch
            self.show_line(self._line)

    def show_busy(self, text: str) -> None:
        """Take no orders until the answer is there; the keyboard stays at this card."""
        self._is_busy, self._can_stop = True, False
        give_focus(self)
        self._trouble.say(text, Tint.SECONDARY)
        self._offer()
        self._describe()

    def show_progress(self, text: str) -> None:
        """Say how far what was asked for is, and let it be stopped."""
        self._is_busy = self._can_stop = True
        self._trouble.say(text, Tint.SECONDARY)
        self._offer()
        self._describe()

    def show_done(self) -> None:
        """What was asked for has been done."""
        self._is_busy = self._can_stop = False
        self._trouble.say("")
        self.show_line(self._line)

    def show_error(self, text: str) -> None:
        """Say why what was asked for did not happen; the next action takes it away."""
        self._is_busy = self._can_stop = False
        self._trouble.say(text, Tint.DANGER)
        self._offer()
        self._describe()
        announce(self, text)

    def take_back(self, text: str) -> None:
        """Say no more what does not hold any longer."""
        if self._trouble.said == text:
            self._trouble.say("")
            self._describe()

    @property
    def _orders(self) -> tuple[QPushButton, ...]:
        return self._remove, self._keep, self._look, self._locate, self._forget

    def _offer(self) -> None:
        """Show the buttons that make sense now."""
        line = self._line
        decision: tuple[QPushButton, ...] = ()
        if self.asks:
            decision = (self._remove, self._keep)
        elif line.is_connected and line.missing:
            decision = (self._remove,)  # who has kept them may think better of it
        buttons: tuple[QPushButton, ...] = ()
        if self._is_fixed:
            decision = ()
        elif self._question.isVisibleTo(self):
            buttons = ()
        elif self._can_stop:
            buttons = (self._cancel,)
        elif line.is_connected:
            buttons = (self._look, self._forget)
        elif line.is_folder:
            buttons = (self._locate, self._forget)
        else:
            buttons = (self._forget,)
        taken = () if self._is_busy else (*decision, *buttons)
        offered = (self._cancel,) if self._can_stop else taken
        if any(each.hasFocus() for each in (*self._orders, self._cancel) if each not in offered):
            # Else Qt would send the keyboard to whatever comes next.
            give_focus(self)
        for each in self._orders:
            each.setEnabled(not self._is_busy)
        self._decision.offer(*decision)
        self._buttons.offer(*buttons)

    def _describe(self) -> None:
        name = ", ".join(filter(None, (self._name.said, self._count.text())))
        said = (self._state.said, self._failed.said, self._gone.said, self._trouble.said)
        sentences = [f"{each.rstrip('.…')}." for each in said if each]
        self.describe(name, [self._line.path, *sentences])

    def _look_clicked(self) -> None:
        self._trouble.say("")
        self.look_asked.emit(self._line)

    def _locate_clicked(self) -> None:
        self._trouble.say("")
        self.locate_asked.emit(self._line)

    def _remove_clicked(self) -> None:
        self.removal_asked.emit(self._line)

    def _keep_clicked(self) -> None:
        self.show_line(replace(self._line, is_kept=True))
        self.kept.emit(self._line)

    def ask_to_forget(self) -> None:
        """Ask whether the folder should be forgotten, unless something is being done with it."""
        if not self._is_busy:
            self._ask()

    def _ask(self) -> None:
        self._trouble.say("")
        self._question.ask(folder_wording.forgetting(self._line))
        self._offer()

    def _forget_accepted(self) -> None:
        self._offer()
        self.forget_asked.emit(self._line)

    def _cancel_clicked(self) -> None:
        self.show_busy(folder_wording.stopping())
        self.cancel_asked.emit(self._line)

    def _forget_declined(self) -> None:
        self._offer()
        give_focus(self._forget)

    def _tint(self) -> None:
        palette = self._count.palette()
        palette.setColor(self._count.foregroundRole(), QColor(self._theme.tokens.secondary))
        self._count.setPalette(palette)
