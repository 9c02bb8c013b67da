"""Below the search box: what the search consists of, as chips, and what could not be understood."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from desktop_app.engine.query_language.editing import opposite, weighed
from desktop_app.engine.query_language.parsing import Complaint
from desktop_app.engine.query_language.parts import Part, Words
from desktop_app.ui.kit import icons
from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.flow_layout import FlowLayout
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import SMALL_PX, Theme
from desktop_app.ui.search.part_chip import PartChip
from desktop_app.ui.search.query_draft import QueryDraft
from desktop_app.ui.search.query_picture import QueryPicture
from desktop_app.ui.words import part_wording, wording
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr

PATIENCE_MS = 600
"""Nobody is corrected in the middle of a word."""
LONG_PATIENCE_MS = 3000
"""What more typing could put right is said only to who has stopped."""

_SPACE_PX = 6

Entry = tuple[str, Callable[[], object], bool]
"""What a menu says, what it does, and whether it is so already."""


class QueryStrip(QWidget):
    """Takes no room for plain words, which need no explanation.

    Args:
        draft: The search.
        theme: What it looks like.
        parent: Where it belongs.
    """

    save_asked = Signal()
    """The search is to be kept."""
    went_up = Signal()
    """The keyboard belongs to the line again: it went up, or its chip was the last."""
    went_down = Signal()
    """The keyboard goes on to the pictures."""

    def __init__(self, draft: QueryDraft, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._theme = theme
        self._shown: Sequence[object] = ()
        self._said: frozenset[str] = frozenset()
        self.chips: list[PartChip] = []
        self._tab_place = QWidget(self)  # without children, for Tab goes on behind the last of them
        self._tab_place.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # else nothing can come behind it
        self._tab_place.hide()
        self._chips = QWidget(self)
        self._flow = FlowLayout(_SPACE_PX, self._chips)
        self._save = QPushButton(tr("Search", "Save search"), self._chips)
        self._save.setProperty("link", True)
        self._save.setToolTip(tr("Search", "Keep this search in the sidebar (Ctrl+S)"))
        self._save.clicked.connect(self.save_asked)
        self._complaints = TextLabel(theme, self, SMALL_PX, Tint.DANGER)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, _SPACE_PX)
        column.setSpacing(4)
        column.addWidget(self._chips)
        column.addWidget(self._complaints)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._complain_of_finished)
        self._long_patience = QTimer(self, singleShot=True, interval=LONG_PATIENCE_MS)
        self._long_patience.timeout.connect(self.complain)
        draft.changed.connect(self._show)
        self._show()

    @property
    def said(self) -> str:
        """What it says of what could not be understood."""
        return self._complaints.said

    def follow(self, line: QWidget) -> None:
        """Let Tab lead from the line to the chips, and from them to what stood behind it."""
        QWidget.setTabOrder(line, self._tab_place)
        self._order_tabs()

    def forbid_saving(self, why: str) -> None:
        """Offer no saving; a tooltip says why."""
        self._save.setEnabled(False)
        self._save.setToolTip(wording.tooltip(why))

    def complain(self) -> None:
        """Say everything that is wrong with the line, for the user has finished it."""
        self._say(self._draft.parsed.complaints)
        self._patience.stop()
        self._long_patience.stop()

    def _show(self) -> None:
        state, parsed = self._draft.state, self._draft.parsed
        is_plain = len(parsed.parts) < 2 and all(
            isinstance(part, Words) and part.weight == 1 for part in parsed.parts
        )
        pictures = (*state.pictures, *state.liked, *state.disliked)
        shown = () if is_plain and not pictures else parsed.parts
        now = (shown, state.pictures, state.liked, state.disliked)
        if now != self._shown:
            self._shown = now
            self._fill(shown)
        # What is mended vanishes at once; what is new waits for a pause.
        self._say([each for each in parsed.complaints if each.text in self._said])
        is_new = len(self._said) < len({told(each.text) for each in parsed.complaints})
        for timer in (self._patience, self._long_patience):
            timer.start() if is_new else timer.stop()

    def _complain_of_finished(self) -> None:
        """Say what no more typing at the end of the line can put right, and what was said."""
        line = self._draft.state.line
        self._say(
            [
                each
                for each in self._draft.parsed.complaints
                if told(each.text) in self._said or not each.is_unfinished or each.end < len(line)
            ]
        )

    def _say(self, complaints: Sequence[Complaint]) -> None:
        said = dict.fromkeys(told(each.text) for each in complaints)
        announce(self._complaints, " ".join(text for text in said if text not in self._said))
        self._said = frozenset(said)
        self._complaints.say("\n".join(said))
        self.setVisible(bool(self.chips or said))

    # The chips

    def _fill(self, parts: Sequence[Part]) -> None:
        """Make the chips anew; the keyboard stays at the same place of the row."""
        focused = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), None)
        old, self.chips = self.chips, []
        while self._flow.takeAt(0) is not None:
            pass
        for part in parts:
            self._add_part(part)
        state = self._draft.state
        for picture in state.pictures:
            self._add_picture(picture)
        for picture in state.liked:
            self._add_liking(picture, less=False)
        for picture in state.disliked:
            self._add_liking(picture, less=True)
        self._flow.addWidget(self._save)
        self._chips.setVisible(bool(self.chips))
        self._order_tabs()
        if focused is not None:
            self._focus(focused)
        for chip in old:
            chip.hide()
            chip.deleteLater()

    def _order_tabs(self) -> None:
        """Put new chips, which are the last of their window for Tab, where the strip is."""
        row: list[QWidget] = [self._tab_place, *self.chips, self._save]
        for before, after in pairwise(row):
            QWidget.setTabOrder(before, after)

    def _focus(self, at: int) -> None:
        """Lead the keyboard to a chip, or where there is none, back to the line."""
        self.setVisible(bool(self.chips or self._said))
        if self.chips:
            give_focus(self.chips[min(max(at, 0), len(self.chips) - 1)])
        else:
            self.went_up.emit()

    def _chip(self, label: str, meaning: str, picture: QueryPicture | None = None) -> PartChip:
        chip = PartChip(self._theme, label, meaning, picture, self._chips)
        at = len(self.chips)
        chip.stepped.connect(lambda by: self._focus(at + by))
        chip.went_up.connect(self.went_up)
        chip.went_down.connect(self.went_down)
        self.chips.append(chip)
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _add_part(self, part: Part) -> None:
        chip = self._chip(part_wording.label(part), part_wording.meaning(part))
        change = partial(self._draft.replace_part, part)
        chip.removed.connect(lambda: change(None))
        entries: list[Entry] = []
        if isinstance(part, Words):
            for weight, text in _weights():
                other = weighed(part, weight if part.weight > 0 else -weight)
                entries.append((text, partial(change, other), part == other))
        self._offer(chip, [*entries, _turning(partial(change, opposite(part)))])

    def _add_picture(self, picture: QueryPicture) -> None:
        label = f"{part_wording.weighed(picture.weight)}{picture.name}"
        unlike = tr("Search", "Pictures that look unlike {picture}.")
        meaning = (
            unlike if picture.weight < 0 else tr("Search", "Pictures that look like {picture}.")
        )
        chip = self._chip(label, meaning.format(picture=picture.name), picture)

        def change(other: QueryPicture | None) -> None:
            pictures = [other if each is picture else each for each in self._draft.state.pictures]
            self._draft.set_pictures([each for each in pictures if each is not None])

        chip.removed.connect(lambda: change(None))
        entries: list[Entry] = []
        for weight, text in _weights():
            signed = weight if picture.weight > 0 else -weight
            is_so = picture.weight == signed
            entries.append((text, partial(change, replace(picture, weight=signed)), is_so))
        turned = replace(picture, weight=-picture.weight)
        self._offer(chip, [*entries, _turning(partial(change, turned))])

    def _add_liking(self, picture: QueryPicture, *, less: bool) -> None:
        label = (
            part_wording.less_like(picture.name) if less else part_wording.more_like(picture.name)
        )
        less_meant = tr("Search", "Pictures less like this hit.")
        meaning = less_meant if less else tr("Search", "Pictures more like this hit.")
        chip = self._chip(label, meaning, picture)
        chip.removed.connect(lambda: self._draft.forget_liking(picture))
        self._offer(chip, [_turning(partial(self._draft.like, [picture], less=not less))])

    def _offer(self, chip: PartChip, entries: Sequence[Entry]) -> None:
        """Let a chip open a menu of entries and of its removal."""

        def open_menu() -> None:
            menu = QMenu(chip)
            for text, act, is_so in entries:
                action = QAction(text, menu, checkable=is_so, checked=is_so)
                if is_so:  # the style's own tick is black in the dark theme too
                    color = QColor(self._theme.tokens.secondary)
                    action.setIcon(icons.icon("check", color))
                action.triggered.connect(lambda _checked=False, act=act: act())
                menu.addAction(action)
            menu.addSeparator()
            remove = menu.addAction(tr("Search", "Remove"))
            remove.triggered.connect(chip.removed)
            menu.setActiveAction(menu.actions()[0])
            chip.open_menu(menu)

        chip.menu_asked.connect(open_menu)


def _turning(turn: Callable[[], object]) -> Entry:
    return tr("Search", "Turn into its opposite"), turn, False


def _weights() -> Sequence[tuple[float, str]]:
    return (
        (2.0, tr("Search", "Counts twice")),
        (1.0, tr("Search", "Counts as usual")),
        (0.5, tr("Search", "Counts half")),
    )
