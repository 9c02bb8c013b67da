"""The panel that lists all keys."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.ui.commands.command_book import CommandBook, Entry, Menu
from desktop_app.ui.commands.command_menus import menu_title
from desktop_app.ui.kit.card import Card
from desktop_app.ui.kit.side_panel import SidePanel
from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme, text_font
from desktop_app.ui.words.language import tr
from desktop_app.ui.work.turns import Turns

WIDTH_PX = 400
_IN_BRACKETS = re.compile(r"(?P<text>.+) \((?P<key>[^()]{1,8})\)")


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key and what it does.

    Attributes:
        keys: As they are written.
        meaning: What they do.
    """

    keys: str
    meaning: str


@dataclass(frozen=True, slots=True)
class KeySection:
    """Keys that act at one place.

    Attributes:
        title: The place.
        rows: The keys.
    """

    title: str
    rows: Sequence[KeyRow]


def sections_of(book: CommandBook) -> list[KeySection]:
    """The keys of all commands, menu by menu; a command with several keys shows them all.

    A key that acts in one part of the window alone stands in brackets behind the command's text.
    """
    sections = []
    for menu in Menu:
        rows = [row for entry in book.entries_of(menu) if (row := _row(entry)) is not None]
        if rows:
            sections.append(KeySection(menu_title(menu).replace("&", ""), rows))
    return sections


def _row(entry: Entry) -> KeyRow | None:
    text = entry.command.text.rstrip("…")
    keys = list(entry.shown_keys)
    in_brackets = _IN_BRACKETS.fullmatch(text)
    if in_brackets is not None:
        text = in_brackets["text"]
        keys.append(in_brackets["key"])
    return KeyRow("   ".join(keys), text) if keys else None


class KeyboardPanel(SidePanel):
    """Lists what the commands and the parts of the window say of their keys, nothing of its own.

    The keys of one menu come in each turn of the event loop: all at once would take five frames.

    Args:
        theme: For the colours.
        book: The commands.
        others: Keys that act in one part of the window alone.
        parent: Where it belongs.
    """

    def __init__(
        self,
        theme: Theme,
        book: CommandBook,
        others: Sequence[KeySection] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, tr("Keyboard", "Keyboard shortcuts"), None, parent)
        self._cards: list[Card] = []
        self._turns = Turns(self)
        self.cards.addStretch(1)
        sections = (*sections_of(book), *others)
        for section in sections[:1]:
            self._add(section)
        self._turns.add(*(partial(self._add, section) for section in sections[1:]))

    @property
    def is_whole(self) -> bool:
        """Whether all keys are listed."""
        return self._turns.are_over

    def _add(self, section: KeySection) -> None:
        """List more keys, below those that are there."""
        heading = TextLabel(self._theme, self, SMALL_PX, Tint.SECONDARY, bold=True)
        heading.setContentsMargins(0, 4, 0, 0)
        heading.say(section.title)
        for widget in (heading, self._card(section)):
            self.cards.insertWidget(self.cards.count() - 1, widget)

    def _card(self, section: KeySection) -> Card:
        card = Card(self._theme)
        card.column.setSpacing(6)
        for row in section.rows:
            meaning = TextLabel(self._theme, card, BODY_PX)
            meaning.say(row.meaning)
            keys = QLabel(row.keys)
            keys.setTextFormat(Qt.TextFormat.PlainText)
            keys.setFont(text_font(keys.font(), SMALL_PX, figures=True))
            keys.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(meaning, 1)
            line.addWidget(keys)
            around = QVBoxLayout()
            around.addLayout(line)
            card.column.addLayout(around)
        said = [f"{row.keys}: {row.meaning}." for row in section.rows]
        card.describe(section.title, said)
        self._cards.append(card)
        return card
