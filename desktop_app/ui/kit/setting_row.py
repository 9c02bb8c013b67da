"""A row with a name, an explanation and the control that it is about."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.kit.text_label import TextLabel, Tint
from desktop_app.ui.kit.theme import BODY_PX, SMALL_PX, Theme
from desktop_app.ui.words.plain_words import words_of


class SettingRow(QWidget):
    """One setting.

    Args:
        theme: For the colours.
        title: What it is.
        explanation: What it does; may be empty.
        control: What it is changed with.
        is_beside: Whether there is room for the control beside the words.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        explanation: str = "",
        control: QWidget | None = None,
        *,
        is_beside: bool = False,
    ) -> None:
        super().__init__()
        self._title = TextLabel(theme, self, BODY_PX)
        self._title.say(title)
        self._explanation = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        self._explanation.say(explanation)
        self._note = TextLabel(theme, self, SMALL_PX, Tint.SECONDARY)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._explanation)
        column.addWidget(self._note)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(column, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(6)
        around.addLayout(row)
        if control is not None:
            control.setAccessibleDescription(explanation)
            if is_beside:
                row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
            else:
                around.addWidget(control)

    @property
    def words(self) -> Sequence[str]:
        """What it is found by."""
        return words_of(f"{self._title.said} {self._explanation.said}")

    @property
    def note(self) -> str:
        """What there is to say of it now."""
        return self._note.said

    def say(self, note: str, *, is_wrong: bool = False) -> None:
        """Say something of it, below its explanation; empty takes that away."""
        self._note.say(note, Tint.DANGER if is_wrong else Tint.SECONDARY)
        self._make_room()

    def explain(self, explanation: str) -> None:
        """Say something else below its name."""
        self._explanation.say(explanation)
        self._make_room()

    def _make_room(self) -> None:
        """Lay out the words at once, or they would be painted squashed first."""
        if not self.isVisible():
            return
        around: QWidget | None = self
        while around is not None and (layout := around.layout()) is not None:
            layout.activate()  # tells the next one what it needs now
            around = around.parentWidget()
        # What scrolls them all learns it from a message.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
