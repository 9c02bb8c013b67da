"""A strip across the window, above its last lines, for what is asked or done in place."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.kit.closable import Closable
from desktop_app.ui.kit.mirroring import margins
from desktop_app.ui.kit.theme import Theme
from desktop_app.ui.words.language import tr


class Strip(Closable):
    """Hidden until it is needed; Esc and the cross at its end close it.

    Args:
        theme: For the colours.

    Attributes:
        row: Takes what stands in it, before the cross.
        column: Takes what stands below.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Strip", "Close (Esc)"), tr("Strip", "Close"), parent)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margins(12, 6, 8, 6))
        self.column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addLayout(self.row, 1)
        line.addWidget(self.cross)
        self.column.addLayout(line)
        self.hide()

    def leave(self) -> None:
        """Disappear."""
        self.hide()
        super().leave()
