"""The line in which pictures get tags and lose them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.engine.records import CommonLabels
from desktop_app.ui.inspector import label_wording
from desktop_app.ui.inspector.tag_completer import TagCompleter, read_tags
from desktop_app.ui.kit.announcement import announce
from desktop_app.ui.kit.field_strip import FieldStrip
from desktop_app.ui.kit.text_label import Tint
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.words.language import tr


class TagStrip(FieldStrip):
    """Says which tags the chosen pictures have, and takes more.

    Args:
        theme: For the colours.
    """

    entered = Signal(object, list, list)
    """What `ask` was told the pictures are, tags to give, and tags to take away."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", tr("Labels", "Tag"), parent)
        self._pictures: object = None
        self.field.setPlaceholderText(tr("Labels", "snow, old house, -ice to take one away"))
        self.completer = TagCompleter(self.field)
        self.field.returnPressed.connect(self._enter)
        self.field.textEdited.connect(lambda _text: self._say_present())
        self.button.clicked.connect(self._enter)
        self._present = ""

    @property
    def said(self) -> str:
        """What stands below the field."""
        return self.below.said

    def ask(self, pictures: object, labels: CommonLabels, known: Sequence[str]) -> None:
        """Appear for some pictures.

        Args:
            pictures: What `entered` gives back.
            labels: Theirs.
            known: All tags there are, the most used first.
        """
        self._pictures = pictures
        title = label_wording.title(labels.pictures)
        self.title.setText(title)
        self.field.setAccessibleName(title)
        self.field.clear()
        self.completer.know(known)
        self._present = label_wording.present(labels)
        self._say_present()
        self.appear()

    def refuse(self, why: str) -> None:
        """Say why what was entered cannot be done, and let it be mended."""
        self.below.say(why, Tint.DANGER)
        self.field.setAccessibleDescription(why)
        announce(self.field, why)

    def _say_present(self) -> None:
        self.below.say(self._present, Tint.SECONDARY)
        self.field.setAccessibleDescription(self._present)

    def _enter(self) -> None:
        if self.completer.has_choice:
            return  # Enter is for the list first, which Qt tells the field, too
        add, remove = read_tags(self.field.text())
        if add or remove:
            self.entered.emit(self._pictures, add, remove)
        else:
            self.leave()
