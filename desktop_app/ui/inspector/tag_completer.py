"""How tags are typed: with commas between, a minus in front of those to be taken away."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from desktop_app.ui.words.language import tr

_MINUSES = "-\u2212\u2013"


def read_tags(text: str) -> tuple[list[str], list[str]]:
    """What was typed: tags with commas between, those to be taken away with a minus in front.

    Returns:
        Tags to give and tags to take away, each once.
    """
    add: dict[str, None] = {}
    remove: dict[str, None] = {}
    for part in text.split(","):
        name = part.strip()
        into = remove if name.startswith(tuple(_MINUSES)) else add
        name = name.lstrip(_MINUSES).strip() if into is remove else name
        if name:
            into[name] = None
    return list(add), list(remove)


class TagCompleter(QCompleter):
    """Completes the tag at the end of the line, behind the last comma.

    Args:
        field: Where tags are typed.

    Attributes:
        list: The tags that are offered.
    """

    def __init__(self, field: QLineEdit) -> None:
        self._known = QStringListModel(field)
        super().__init__(self._known, field)
        self._field = field
        self.list = QListView()
        self.list.setObjectName("suggestions")
        self.list.setAccessibleName(tr("Labels", "Known tags"))
        # Qt reckons without the padding of the style sheet, and would show a bar for two lines.
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPopup(self.list)  # which is the completer's from now on
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(self)

    @property
    def has_choice(self) -> bool:
        """Whether the list is open and one went to a line of it."""
        return self.list.isVisible() and self.list.currentIndex().isValid()

    def know(self, tags: Sequence[str]) -> None:
        """Offer these."""
        if list(tags) != self._known.stringList():
            self._known.setStringList(list(tags))

    def splitPath(self, path: str) -> list[str]:
        """What is looked for among the tags."""
        last = path.rpartition(",")[2].strip()
        # An empty text fits everything: the list would open after every comma.
        return [last.lstrip(_MINUSES).strip() or "\0"]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The whole line with a tag at its end."""
        before, comma, last = self._field.text().rpartition(",")
        minus = "-" if last.strip().startswith(tuple(_MINUSES)) else ""
        return f"{before}{comma}{' ' if comma else ''}{minus}{index.data()}"
