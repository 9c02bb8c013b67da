"""What the command palette lists for the words that were typed, best first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop_app.ui.words.plain_words import words_of

Index = QModelIndex | QPersistentModelIndex
ChoiceRole = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: a command, a saved search, or the search for what was typed.

    Attributes:
        name: What is remembered of it once it was chosen.
        text: What it does.
        place: Where it stands otherwise, such as ``Picture``.
        keys: The keys that do it.
        why_not: Why it cannot be done now; empty where it can.
        is_checked: Whether it is a switch that is on.
        act: Does it.
    """

    name: str
    text: str
    place: str = ""
    keys: str = ""
    why_not: str = ""
    is_checked: bool = False
    act: Callable[[], object] = field(default=lambda: None, compare=False)

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        return ", ".join(filter(None, (self.text, self.place, self.keys, self.why_not)))


def ranked(choices: Sequence[Choice], typed: str, used: Sequence[str]) -> list[Choice]:
    """Choose what fits the words that were typed.

    Each must be the beginning of a word of the text or of the place, in any order.

    Args:
        choices: All there is, in its usual order.
        typed: The words.
        used: Names of what was chosen before, the last one first.

    Returns:
        What can be done goes before what cannot, what begins with the words before what has them
        somewhere, and that before what stands at a place called so; among these, what was used
        last goes first.
    """
    wanted = words_of(typed)
    newness = {name: at for at, name in enumerate(used)}
    found = []
    for at, choice in enumerate(choices):
        fit = _fit(wanted, words_of(choice.text), words_of(choice.place))
        if fit is not None:
            newest = newness.get(choice.name, len(newness))
            found.append((bool(choice.why_not), fit, newest, at, choice))
    return [each[-1] for each in sorted(found, key=lambda each: each[:-1])]


def _fit(wanted: Sequence[str], text: Sequence[str], place: Sequence[str]) -> int | None:
    """How well a choice fits, 0 best; None where it does not."""
    if all(_begins(word, text) for word in wanted):
        pairs = zip(wanted, text, strict=False)  # there may be more words than were typed
        is_start = len(wanted) <= len(text) and all(has.startswith(word) for word, has in pairs)
        return 0 if is_start else 1
    everything = (*text, *place)
    return 2 if all(_begins(word, everything) for word in wanted) else None


def _begins(word: str, among: Sequence[str]) -> bool:
    return any(each.startswith(word) for each in among)


class PaletteModel(QAbstractListModel):
    """The rows, for a list and for screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Choice] = []

    @property
    def rows(self) -> Sequence[Choice]:
        """What is listed."""
        return self._rows

    def show(self, rows: Sequence[Choice]) -> None:
        """List something else."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The choice itself, and what is read of it."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        choice = self._rows[index.row()]
        if role == ChoiceRole:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return choice.spoken
        return None
