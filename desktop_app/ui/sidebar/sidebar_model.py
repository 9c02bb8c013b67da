"""The sidebar's rows as a tree for Qt: a row exists once somebody has opened what is above it."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.ui.sidebar.sidebar_items import RowKind, SidebarContent, SidebarItem
from desktop_app.ui.words import wording

AnyIndex = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_GROUP_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_LEAF_FLAGS = _GROUP_FLAGS | Qt.ItemFlag.ItemNeverHasChildren


PIECE = 300
"""Rows that are made at once below one; more than anybody sees at once. Of 10,000 folders in one,
making takes 10 ms and laying out 70."""


class _Node:
    """A row that exists.

    Attributes:
        id: What Qt's indexes hold.
        key: What it shows.
        above: The one above it; None for the root, which is no row.
        row: Its place among its siblings.
        below: The rows below it, as far as they were made; None as long as nobody has asked.
        wanted: The keys of all that are to be below it, of which those of ``below`` come first.
        flags: What can be done with it.
        mark: Is another one when it shows something else.
    """

    __slots__ = ("above", "below", "flags", "id", "key", "mark", "row", "wanted")

    def __init__(self, number: int, key: str, above: "_Node | None", row: int) -> None:
        self.id = number
        self.key = key
        self.above = above
        self.row = row
        self.below: list[_Node] | None = None
        self.wanted: tuple[str, ...] = ()
        self.mark: object = None
        # A folder may get its first folder, so that it is never said to have none.
        is_group = key.startswith(("section:", "folder:"))
        self.flags = _GROUP_FLAGS if is_group else _LEAF_FLAGS


class SidebarModel(QAbstractItemModel):
    """Lists what a `SidebarContent` holds; `refresh` brings it in step with that.

    Rows that are still there stay themselves: what is open, and where the keyboard is, stays. Where
    there are very many below one, they are made piece by piece; see `has_more`.
    """

    refreshed = Signal()
    """Signs and what is marked may be others: who paints the rows does so anew."""

    def __init__(self, content: SidebarContent, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._last_id = 0
        self._by_id: dict[int, _Node] = {}
        self._by_key: dict[str, _Node] = {}
        self._root = _Node(0, "", None, 0)
        self._root.below = []
        self.refresh()

    def item(self, index: AnyIndex) -> SidebarItem:
        """What a row shows."""
        return self._content.item(self._node(index).key)

    def keys(self, parent: AnyIndex, first: int, last: int) -> list[str]:
        """What rows below one show, as far as they were made; both ends included."""
        return [node.key for node in (self._node(parent).below or [])[first : last + 1]]

    def find(self, key: str) -> QModelIndex:
        """Where a row is, which is made if what is above it allows; else no index."""
        above = self._root
        for each in (*self._content.place(key), key):
            if each not in self._by_key and each in above.wanted:
                self._make_up_to(above, above.wanted.index(each) + 1)
            node = self._by_key.get(each)
            if node is None:
                return QModelIndex()
            if each != key:
                self._fetch(node)
            above = node
        return self._index(above)

    def has_more(self, parent: AnyIndex) -> bool:
        """Whether rows below one were made and others are still to be made."""
        node = self._node(parent)
        return node.below is not None and len(node.below) < len(node.wanted)

    def make_more(self, parent: AnyIndex, *, all_of_them: bool = False) -> None:
        """Make the next piece of them, or the whole rest."""
        node = self._node(parent)
        made = len(node.below or ())
        self._make_up_to(node, len(node.wanted) if all_of_them else made + PIECE)

    def refresh(self) -> None:
        """Show what the content holds now."""
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            if node.below is None:
                continue
            wanted = self._content.children(node.key)
            made = {each.key for each in node.below}
            last = next((at for at in reversed(range(len(wanted))) if wanted[at] in made), 0)
            node.wanted = wanted
            self._match(node, wanted[: max(PIECE, last + 1)])
            self._tell_changed(node)
            waiting += node.below
        self.refreshed.emit()

    # What Qt asks for

    def index(self, row: int, column: int, parent: AnyIndex = _NOTHING) -> QModelIndex:
        """A row below another one."""
        below = self._node(parent).below or []
        if column != 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self._index(below[row])

    def parent(self, index: AnyIndex = _NOTHING) -> QModelIndex:  # type: ignore[override]
        """The row above another one."""
        above = self._node(index).above if index.isValid() else None
        return QModelIndex() if above is None or above is self._root else self._index(above)

    def rowCount(self, parent: AnyIndex = _NOTHING) -> int:
        """How many rows there are below one, as far as they were made."""
        if parent.isValid() and parent.column() != 0:
            return 0
        return len(self._node(parent).below or [])

    def columnCount(self, _parent: AnyIndex = _NOTHING) -> int:
        """One."""
        return 1

    def hasChildren(self, parent: AnyIndex = _NOTHING) -> bool:
        """Whether there is anything below a row, made or not."""
        node = self._node(parent)
        if node.below is not None:
            return bool(node.below)
        return self._content.has_children(node.key)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether there are rows below one that were not made yet."""
        node = self._node(parent)
        return node.below is None and self._content.has_children(node.key)

    def fetchMore(self, parent: AnyIndex) -> None:
        """Make the rows below one."""
        self._fetch(self._node(parent))

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Everything can be led to by the keyboard; what only says something is not chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return self._node(index).flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What Qt, tooltips and screen readers ask for."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.item(index).name
        if role == Qt.ItemDataRole.ToolTipRole:
            item = self.item(index)
            counted = "" if item.count is None else wording.pictures(item.count)
            lines = (item.meaning or item.name, counted, *(sign.text for sign in item.signs))
            is_plain = item.kind is RowKind.SECTION
            return None if is_plain else wording.tooltip("\n".join(each for each in lines if each))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.item(index).said
        return None

    # Rows that come and go

    def _node(self, index: AnyIndex) -> _Node:
        return self._by_id[index.internalId()] if index.isValid() else self._root

    def _index(self, node: _Node) -> QModelIndex:
        return self.createIndex(node.row, 0, node.id)

    def _fetch(self, node: _Node) -> None:
        if node.below is None:
            node.below = []
            node.wanted = self._content.children(node.key)
            self._make_up_to(node, PIECE)

    def _make_up_to(self, node: _Node, count: int) -> None:
        """See that so many rows below one are made, as far as there are so many."""
        if node.below is not None:
            made = len(node.below)
            self._insert(node, made, node.wanted[made:count])

    def _match(self, node: _Node, wanted: tuple[str, ...]) -> None:
        """Let rows go and come so that those below one are the wanted ones, in their order."""
        below = node.below or []
        if [each.key for each in below] == list(wanted):
            return
        keep = set(wanted)
        for first, last in reversed(_runs([each.key not in keep for each in below])):
            self._remove(node, first, last)
        place = 0
        while place < len(wanted):
            if place < len(below) and below[place].key == wanted[place]:
                place += 1
                continue
            there = {each.key for each in below[place:]}
            if wanted[place] in there:  # it stands further down: it is made anew here
                at = next(each.row for each in below[place:] if each.key == wanted[place])
                self._remove(node, at, at)
                there.discard(wanted[place])
            stop = place + 1
            while stop < len(wanted) and wanted[stop] not in there:
                stop += 1
            self._insert(node, place, wanted[place:stop])
            place = stop

    def _insert(self, node: _Node, first: int, keys: tuple[str, ...]) -> None:
        below = node.below
        if below is None or not keys:
            return
        parent = QModelIndex() if node is self._root else self._index(node)
        self.beginInsertRows(parent, first, first + len(keys) - 1)
        made = []
        for row, key in enumerate(keys, first):
            self._last_id += 1
            made.append(_Node(self._last_id, key, node, row))
            made[-1].mark = self._content.mark(key)
            self._by_id[self._last_id] = self._by_key[key] = made[-1]
        below[first:first] = made
        _number(below, first + len(made))
        self.endInsertRows()

    def _remove(self, node: _Node, first: int, last: int) -> None:
        below = node.below
        if below is None:
            return
        parent = QModelIndex() if node is self._root else self._index(node)
        self.beginRemoveRows(parent, first, last)
        gone = below[first : last + 1]
        del below[first : last + 1]
        _number(below, first)
        for each in gone:
            self._forget(each)
        self.endRemoveRows()

    def _forget(self, node: _Node) -> None:
        waiting = [node]
        while waiting:
            one = waiting.pop()
            waiting += one.below or []
            self._by_id.pop(one.id, None)
            if self._by_key.get(one.key) is one:
                del self._by_key[one.key]

    def _tell_changed(self, node: _Node) -> None:
        # One by one: of a range, a view asks every row that stands between its ends on the screen,
        # a fifth of a second for ten thousand.
        for each in node.below or []:
            mark = self._content.mark(each.key)
            if mark is not each.mark and mark != each.mark:
                each.mark = mark
                self.dataChanged.emit(self._index(each), self._index(each))


def _number(below: list[_Node], first: int) -> None:
    """Note the places of rows from one on."""
    for row in range(first, len(below)):
        below[row].row = row


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    """The first and the last place of each run of flags that are set."""
    runs: list[tuple[int, int]] = []
    for at, is_set in enumerate(flags):
        if not is_set:
            continue
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs
