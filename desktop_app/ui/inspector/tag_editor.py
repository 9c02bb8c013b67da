"""The tags of the chosen pictures, and a field for more."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.engine.records import CommonLabels
from desktop_app.ui.inspector.tag_chip import HEIGHT_PX, TagChip
from desktop_app.ui.inspector.tag_completer import TagCompleter, read_tags
from desktop_app.ui.kit.flow_layout import FlowLayout
from desktop_app.ui.kit.keyboard_mark import give_focus
from desktop_app.ui.kit.theme import SMALL_PX, Theme, text_font
from desktop_app.ui.words.language import tr

MOST_CHIPS = 60
"""Tags that are shown: of very many pictures nobody reads more."""
_FIELD_PX = 96
_EDGES_PX = 24
"""Of the field, beside its words."""


class TagEditor(QWidget):
    """Chips in the order of the alphabet, those that all pictures have first; then the field."""

    entered = Signal(list, list)
    """Tags to give, and tags to take away, as they were typed together."""
    removed = Signal(str)
    typing = Signal()
    """Somebody begins to type: it is time to `know` which tags there are."""
    asked = Signal(str)
    """Pictures with a tag are to be searched for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_fixed = False
        self._shown: tuple[tuple[str, tuple[int, int] | None], ...] = ()
        self._chips: list[TagChip] = []
        self.field = _Field(self)
        self.field.returnPressed.connect(self._enter)
        self.field.entered.connect(self.typing)
        self._completer = TagCompleter(self.field)
        # Qt writes the choice into the field afterwards, which is to be empty then.
        self._completer.activated.connect(self._choose, Qt.ConnectionType.QueuedConnection)
        self._flow = FlowLayout(6, self)
        self._flow.addWidget(self.field)

    @property
    def chips(self) -> list[TagChip]:
        """The tags that are shown, in order."""
        return list(self._chips)

    def show_tags(self, labels: CommonLabels) -> None:
        """Show the tags of some pictures; a chip that stays keeps the keyboard."""
        every = labels.pictures
        shown = [
            *((name, None) for name in labels.of_all),
            *((name, (count, every)) for name, count in labels.tags if count < every),
        ][:MOST_CHIPS]
        if tuple(shown) == self._shown:
            return
        self._shown = tuple(shown)
        focused = next((chip.tag for chip in self._chips if chip.hasFocus()), None)
        had_focus = focused is not None
        while self._flow.count():
            self._flow.takeAt(0)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(name, of) for name, of in shown]
        previous: QWidget | None = None
        for widget in (*self._chips, self.field):
            self._flow.addWidget(widget)
            if previous is not None:
                QWidget.setTabOrder(previous, widget)
            previous = widget
            widget.setVisible(widget is not self.field or not self._is_fixed)
        if had_focus:
            same = (chip for chip in self._chips if chip.tag == focused)
            give_focus(next(same, self.field))
        self.updateGeometry()

    def know(self, tags: Sequence[str]) -> None:
        """Offer these tags while one types."""
        self._completer.know(tags)

    def forbid_changes(self) -> None:
        """Only show from now on."""
        self._is_fixed = True
        self.field.hide()

    def _chip(self, tag: str, of: tuple[int, int] | None) -> TagChip:
        chip = TagChip(self._theme, tag, of, is_fixed=self._is_fixed, parent=self)
        chip.asked.connect(lambda: self.asked.emit(tag))
        chip.removed.connect(lambda: self.removed.emit(tag))
        return chip

    def _enter(self) -> None:
        if not self._completer.has_choice:
            self._choose(self.field.text())

    def _choose(self, text: str) -> None:
        self.field.clear()
        add, remove = read_tags(text)
        if add or remove:
            self.entered.emit(add, remove)


class _Field(QLineEdit):
    """A field that looks like a chip; Esc empties it, and then is the panel's."""

    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(text_font(self.font(), SMALL_PX))
        self.setProperty("tag", True)
        self.setPlaceholderText(tr("Inspector", "+ tag"))
        words_px = self.fontMetrics().horizontalAdvance(self.placeholderText())
        self.setFixedSize(max(_FIELD_PX, words_px + _EDGES_PX), HEIGHT_PX)
        self.setAccessibleName(tr("Inspector", "Add a tag"))
        self.setToolTip(tr("Inspector", "Enter adds it; several with commas between"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
