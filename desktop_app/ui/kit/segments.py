"""A few choices side by side, of which one counts."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desktop_app.ui.kit.flow_layout import FlowLayout

_GAP_PX = 4


class Segments(QWidget):
    """Buttons of which one is down; arrow keys go from one to the next.

    Args:
        name: What a screen reader calls the choice.
        choices: Values with what stands on their buttons.
        parent: Where it belongs.
    """

    chosen = Signal(object)
    """The value of the button that the user pressed."""

    def __init__(
        self, name: str, choices: Sequence[tuple[Hashable, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._name = name
        self._group = QButtonGroup(self)
        self._row = FlowLayout(_GAP_PX, self)
        self._values: list[Hashable] = []
        self.offer(choices)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._values[at]))

    @property
    def value(self) -> Hashable | None:
        """What counts; None while nothing does."""
        at = self._group.checkedId()
        return self._values[at] if at >= 0 else None

    @property
    def values(self) -> Sequence[Hashable]:
        """What can be chosen."""
        return self._values

    def offer(self, choices: Sequence[tuple[Hashable, str]]) -> None:
        """Offer these choices and no others."""
        if [value for value, _ in choices] == self._values:
            return
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._values = [value for value, _ in choices]
        for at, (_, label) in enumerate(choices):
            button = QPushButton(label)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # the group sees to it; this is for screen readers
            button.setProperty("compact", True)
            button.setProperty("segment", True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(f"{self._name}: {label}")
            self._group.addButton(button, at)
            self._row.addWidget(button)

    def choose(self, value: Hashable) -> None:
        """Show what counts; says nothing."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)
