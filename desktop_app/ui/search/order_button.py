"""The button in the header that says how pictures are ordered, and its menu."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QIcon
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.engine.records import GroupBy, SortBy
from desktop_app.ui.kit import icons
from desktop_app.ui.kit.edge_menu import EdgeMenu
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.memory.order import Order, group_labels, sort_labels
from desktop_app.ui.words.language import tr


class OrderButton(QToolButton):
    """Shows what goes first; without a search *Relevance* is *Newest first*."""

    changed = Signal(Order)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._order = Order()
        self._is_search = False
        self.setProperty("quiet", True)
        self.setProperty("worded", True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tr("Order", "How the pictures are ordered and grouped"))
        self._menu = EdgeMenu(self)
        self._sorts = {sort: self._entry(label) for sort, label in sort_labels().items()}
        self._exclusive(self._sorts.values())
        self._menu.addSeparator()
        self._reversed = self._entry(tr("Order", "Other way round"))
        self._menu.addSeparator()
        self._groups = {group: self._entry(label) for group, label in group_labels().items()}
        self._exclusive(self._groups.values())
        for sort, action in self._sorts.items():
            action.triggered.connect(lambda _on=False, sort=sort: self._choose(sort_by=sort))
        for group, action in self._groups.items():
            action.triggered.connect(lambda _on=False, group=group: self._choose(group_by=group))
        self._reversed.triggered.connect(lambda on: self._choose(is_reversed=on))
        self.setMenu(self._menu)
        theme.changed.connect(self._show)
        self._show()

    @property
    def order(self) -> Order:
        """What is chosen."""
        return self._order

    def set_order(self, order: Order) -> None:
        """Choose, as if by the menu."""
        if order != self._order:
            self._order = order
            self._show()
            self.changed.emit(order)

    def set_search(self, is_search: bool) -> None:
        """Say whether there is something to be relevant to."""
        self._is_search = is_search
        self._show()

    def _entry(self, label: str) -> QAction:
        action = QAction(label, self._menu, checkable=True)
        self._menu.addAction(action)
        return action

    def _exclusive(self, actions: Iterable[QAction]) -> None:
        group = QActionGroup(self._menu)
        for action in actions:
            group.addAction(action)

    def _choose(
        self,
        sort_by: SortBy | None = None,
        group_by: GroupBy | None = None,
        is_reversed: bool | None = None,
    ) -> None:
        order = self._order
        if sort_by is not None:
            order = replace(order, sort_by=sort_by, is_reversed=False)
        if group_by is not None:
            order = replace(order, group_by=group_by)
        if is_reversed is not None:
            order = replace(order, is_reversed=is_reversed)
        self.set_order(order)
        self._show()

    def _show(self) -> None:
        first = tr("Order", "Relevance") if self._is_search else tr("Order", "Newest first")
        self._sorts[SortBy.RELEVANCE].setText(first)
        chosen = self._order.sort_by
        label = first if chosen is SortBy.RELEVANCE else sort_labels()[chosen]
        group = self._order.group_by
        if group is not GroupBy.NONE:
            label = f"{label}, {group_labels()[group].lower()}"
        self.setText(f"{label} \u25be")
        self.setAccessibleName(tr("Order", "Order: {order}").format(order=label))
        secondary = QColor(self._theme.tokens.secondary)
        ticked = {self._sorts[chosen], self._groups[self._order.group_by]}
        if self._order.is_reversed:
            ticked.add(self._reversed)
        self._reversed.setEnabled(chosen is not SortBy.RELEVANCE or not self._is_search)
        # The style's own tick is black in the dark theme too.
        for action in (*self._sorts.values(), self._reversed, *self._groups.values()):
            action.setChecked(action in ticked)
            action.setIcon(icons.icon("check", secondary) if action in ticked else QIcon())
