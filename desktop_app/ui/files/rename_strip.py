"""The line in which a picture gets another name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.engine.file_names import name_problem, split_ending, with_ending
from desktop_app.ui.kit.field_strip import FieldStrip
from desktop_app.ui.kit.text_label import Tint
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.words.engine_wording import told
from desktop_app.ui.words.language import tr


class RenameStrip(FieldStrip):
    """Asks for a name, and says at once what is wrong with one.

    Args:
        theme: For the colours.
    """

    renamed = Signal(int, str)
    """A picture's id and the name it is to have."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Rename", "Name"), tr("Rename", "Rename"), parent)
        self._picture_id = 0
        self._old = ""
        self.field.setAccessibleName(tr("Rename", "New name of the picture"))
        self.field.textChanged.connect(self._check)
        self.field.returnPressed.connect(self._rename)
        self.button.clicked.connect(self._rename)

    @property
    def problem(self) -> str:
        """What is wrong with the name that stands there."""
        return self.below.said

    def ask(self, picture_id: int, name: str) -> None:
        """Appear with the name a picture has, its ending not marked."""
        self._picture_id, self._old = picture_id, name
        self.field.setText(name)
        self.appear()
        self.field.setSelection(0, len(split_ending(name)[0]))
        self._check()

    def _check(self) -> None:
        name = self.field.text().strip()
        said = (
            ""
            if name == self._old
            else told(name_problem(with_ending(name, self._old) if name else ""))
        )
        self.below.say(said, Tint.DANGER)
        self.button.setEnabled(not said)
        self.field.setAccessibleDescription(said)

    def _rename(self) -> None:
        name = self.field.text().strip()
        if self.problem:
            return
        self.leave()
        if name != self._old:
            self.renamed.emit(self._picture_id, name)
