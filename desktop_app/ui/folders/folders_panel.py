"""The panel of folders: what the library is made of, and how each part is kept up to date."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.engine.records import LibraryStatus
from desktop_app.ui.folders import folder_wording
from desktop_app.ui.folders.folder_card import FolderCard
from desktop_app.ui.folders.folder_lines import SINGLE_PICTURES, FolderLine
from desktop_app.ui.folders.folder_wording import State
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.side_panel import SidePanel, TopButton
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme
from desktop_app.ui.words import wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr

WIDTH_PX = 400


class FoldersPanel(SidePanel):
    """Shows what it is given and says what the user asks for; knows nothing of the library."""

    add_asked = Signal()
    look_asked = Signal(FolderLine)
    forget_asked = Signal(FolderLine)
    cancel_asked = Signal(FolderLine)
    locate_asked = Signal(FolderLine)
    removal_asked = Signal(FolderLine)
    kept = Signal(FolderLine)
    failures_asked = Signal()
    reload_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        add = TopButton(
            tr("Folders", "Add folder…"),
            tr("Folders", "Add a folder of pictures (Ctrl+O)"),
            tr("Folders", "Add a folder"),
        )
        super().__init__(theme, tr("Folders", "Folders"), add, parent)
        self._folders: dict[int, FolderCard] = {}
        self._is_fixed = False
        self._watched: dict[int, State | None] = {}
        self._awaited: tuple[int, bool] | None = None  # where to lead to once it is listed
        self._trouble = TextLabel(theme, self, BODY_PX, Tint.DANGER)
        self._again = QPushButton(tr("Folders", "Try again"))
        self._again.clicked.connect(self.reload_asked)
        self._again.hide()
        self._empty = TextLabel(theme, self, BODY_PX, Tint.SECONDARY)
        self._disk = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        for widget in (self._trouble, self._again, self._empty):
            self.cards.addWidget(widget)
        self._first = self.cards.count()
        self.cards.addStretch(1)
        self.footer.addWidget(self._disk)
        self.top_button.clicked.connect(self.add_asked)

    # What is shown

    def show_folders(self, lines: Sequence[FolderLine]) -> None:
        """List the folders, in this order; a folder keeps its card while it is there."""
        self.show_trouble("")
        self._empty.say("" if lines else folder_wording.empty())
        before, at = list(self._folders), self._row_with_focus()
        cards = {line.key: self._card(line) for line in lines}
        for key, card in self._folders.items():
            if key not in cards:
                self.cards.removeWidget(card)
                card.hide()
                card.deleteLater()
        self._folders = cards
        for place, card in enumerate(cards.values(), start=self._first):
            if self.cards.indexOf(card) != place:
                self.cards.insertWidget(place, card)
            card.show()
        if at is not None and before[at] not in cards:
            self._focus_near(before, at)
        elif not before and self.top_button.hasFocus():
            self.take_keyboard()  # the panel was opened before it was known what is in it
        self._lead()

    def lead_to(self, root_id: int, *, asks_to_forget: bool = False) -> None:
        """Go to a folder with the keyboard, now or as soon as it is listed.

        Args:
            root_id: The folder; one that is not listed by itself is of the single pictures.
            asks_to_forget: Whether to ask right away whether it should be forgotten.
        """
        self._awaited = root_id, asks_to_forget
        if self._folders:
            self._lead()

    def _lead(self) -> None:
        if self._awaited is None:
            return
        root_id, asks_to_forget = self._awaited
        card = self._folders.get(root_id) or self._folders.get(SINGLE_PICTURES)
        if card is None:
            return
        self._awaited = None
        give_focus(card)
        if asks_to_forget and not self._is_fixed:
            card.ask_to_forget()
        self.scroll_to(card)

    def show_watch(self, root_id: int, text: str, *, is_offline: bool, icon: str = "eye") -> None:
        """Say how a folder is watched.

        Args:
            root_id: The folder.
            text: In words; empty where nobody knows.
            is_offline: Whether it cannot be reached, which is said in the panel's own words.
            icon: The icon before it.
        """
        watch = State(icon, text) if text and not is_offline else None
        self._watched[root_id] = watch
        if root_id in self._folders:
            self._folders[root_id].show_watch(watch)

    def show_fixed(self, why: str) -> None:
        """Offer nothing that would change the library.

        Args:
            why: Why not, in a sentence.
        """
        self._is_fixed = True
        self.top_button.setEnabled(False)
        self.top_button.setToolTip(wording.tooltip(told(why)))
        for card in self._folders.values():
            card.show_fixed()

    def show_disk(self, status: LibraryStatus) -> None:
        """Say what the library takes on disk, and where."""
        self._disk.say(folder_wording.on_disk(status) if status.pictures else "")
        self._disk.setToolTip(wording.tooltip(status.data_dir))

    def show_trouble(self, text: str) -> None:
        """Say why the folders cannot be listed; empty takes it away."""
        self._trouble.say(text)
        self._again.setVisible(bool(text))

    def take_back(self, text: str) -> None:
        """Say no more at any folder what does not hold any longer."""
        for card in self._folders.values():
            card.take_back(text)

    def card(self, line: FolderLine) -> FolderCard | None:
        """Where a folder is shown; None where it is not any more."""
        return self._folders.get(line.key)

    @property
    def asks(self) -> bool:
        """Whether pictures that are gone wait for an answer."""
        return any(card.asks for card in self._folders.values())

    def take_keyboard(self) -> None:
        """Go on with the keyboard at a question, else the first folder, else the button to add."""
        cards = sorted(self._folders.values(), key=lambda card: not card.asks)
        if cards:
            give_focus(cards[0])
            self.scroll_to(cards[0])
        else:
            super().take_keyboard()

    def _card(self, line: FolderLine) -> FolderCard:
        card = self._folders.get(line.key)
        if card is not None:
            card.show_line(line)
            return card
        card = FolderCard(self._theme, line)
        card.show_watch(self._watched.get(line.key))
        card.look_asked.connect(self.look_asked)
        card.forget_asked.connect(self.forget_asked)
        card.cancel_asked.connect(self.cancel_asked)
        card.locate_asked.connect(self.locate_asked)
        card.removal_asked.connect(self.removal_asked)
        card.kept.connect(self.kept)
        card.failures_asked.connect(self.failures_asked)
        if self._is_fixed:
            card.show_fixed()
        return card

    def _row_with_focus(self) -> int | None:
        focused = self.focusWidget()
        for row, card in enumerate(self._folders.values()):
            if focused is not None and (card is focused or card.isAncestorOf(focused)):
                return row
        return None

    def _focus_near(self, before: Sequence[int], at: int) -> None:
        """Go on with the keyboard at the folder after one that is gone, or else before it."""
        for key in (*before[at + 1 :], *reversed(before[:at])):
            if key in self._folders:
                give_focus(self._folders[key])
                return
        super().take_keyboard()
