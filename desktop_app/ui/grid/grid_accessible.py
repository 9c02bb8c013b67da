"""What screen readers hear of the grid."""

from collections.abc import Sequence

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QAbstractItemView


class QTableView(QAbstractItemView):
    """A view that Qt shows to screen readers as it shows its own tables.

    Qt chooses by the names of an object's classes (``qaccessiblewidgetfactory.cpp``): for this
    name it makes a table with one cell a row, on demand, named by the model. It asks the view
    itself where a cell is, so it is right for a view that computes places. Any other view is a
    bare area with scroll bars for it; what it makes of the name ``QListView`` ends the process,
    because it believes that it has one (6.11).

    What Qt's own view would do besides is done here: telling where the keyboard is and what is
    selected. All of it costs the same for any number of rows.
    """

    def tell_current(self, row: int) -> None:
        """The keyboard is on another row now."""
        self._tell(QAccessible.Event.Focus, row)

    def tell_changes(self, selected: Sequence[range], deselected: Sequence[range]) -> None:
        """Rows came to the selection, others left it: each way one by name, more as a whole."""
        event = QAccessible.Event
        counts = [sum(map(len, parts)) for parts in (selected, deselected)]
        if max(counts) > 1:
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleEvent(self, event.SelectionWithin))
            return
        for parts, what in ((deselected, event.SelectionRemove), (selected, event.SelectionAdd)):
            for part in parts:
                self._tell(what, part.start)

    def tell_named(self, row: int) -> None:
        """The name of a row has become known, or is another one."""
        self._tell(QAccessible.Event.NameChanged, row)

    def _tell(self, what: QAccessible.Event, row: int) -> None:
        if not QAccessible.isActive():
            return  # else Qt would make an object of every row that was ever current
        event = QAccessibleEvent(self, what)
        event.setChild(row)
        QAccessible.updateAccessibility(event)
